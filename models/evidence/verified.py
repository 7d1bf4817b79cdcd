"""Whether a team's forecasts beat its base rate, on its own weeks, each forecast from the past."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from models.evidence.model import ANY, KNEE, EvidenceModel
from models.numeric.log_score import log_score
from models.settings.outcomes import OutcomeSettings

QUARTER: Final = pd.Timedelta(weeks=13)
"""The model is fitted anew so often; the weeks until then are forecast with what was known."""
LEAST_EVENTS: Final = 20
"""Injuries among the verified weeks below which nothing is decided."""
PRIOR_EVENTS: Final = 2.0
"""Injuries at the published rate with which the base rate begins."""
REPLICATES: Final = 200
LEVEL: Final = 0.9


@dataclass(frozen=True)
class Verified:
    """Gain in log score over the team's base rate.

    Parameters
    ----------
    rows, events : int
        Verified athlete-weeks and injuries among them.
    gain : float
        Mean gain in nats per athlete-week; above 0 the forecasts are better.
    low, high : float
        Its 90 % interval, athletes resampled.
    base_rate : float
        The team's base rate by now.
    """

    rows: int
    events: int
    gain: float
    low: float
    high: float
    base_rate: float

    @property
    def steps_back(self) -> bool:
        """Whether the base rate for everyone did better on enough injuries."""
        return self.events >= LEAST_EVENTS and self.gain < 0

    @property
    def beats_base_rate(self) -> bool:
        """Whether the whole interval of the gain lies above 0."""
        return self.events >= LEAST_EVENTS and self.low > 0


def verified_gain(learnt: pd.DataFrame, outcome: str, window: OutcomeSettings) -> Verified:
    """Forecast each quarter of a team's past from what came before it, beside the base rate.

    Parameters
    ----------
    learnt : pandas.DataFrame
        From :func:`models.evidence.team.learnable`: athlete, date, features, `event_any` and
        `event_knee`.
    outcome : str
        ``any`` or ``knee``.
    window : OutcomeSettings
        Lead and horizon, days.
    """
    start = EvidenceModel.published(outcome, None, window.horizon_days)
    published = start.reference_probability
    parts = []
    first, last = learnt["date"].min(), learnt["date"].max()
    gap = pd.Timedelta(days=window.reach_days)
    for begin in pd.date_range(first + QUARTER, last, freq=QUARTER):
        # A week whose outcome was still open at the beginning could not have taught anything then.
        before = learnt[learnt["date"] <= begin - gap]
        now = learnt[(learnt["date"] > begin) & (learnt["date"] <= begin + QUARTER)]
        if not (before.empty or now.empty):
            seen = (before, before[f"event_{ANY}"], before[f"event_{KNEE}"], before["athlete"])
            p = start.updated(*seen).predict_proba(now)[:, 1]
            # The base rate too is learnt from the past alone, or it would have the better
            # knowledge.
            rate = _base_rate(before[f"event_{outcome}"], published)
            parts.append(_gains(now, outcome, p, rate))
    base = _base_rate(learnt[f"event_{outcome}"], published)
    if not parts:
        return Verified(0, 0, 0.0, -np.inf, np.inf, base)
    table = pd.concat(parts, ignore_index=True)
    low, high = _interval(table)
    events = int(table["event"].sum())
    return Verified(len(table), events, float(table["gain"].mean()), low, high, base)


def _base_rate(events: pd.Series, published: float) -> float:
    """Rate of the weeks so far, begun with a few injuries at the published rate."""
    return float((events.sum() + PRIOR_EVENTS) / (len(events) + PRIOR_EVENTS / published))


def _gains(rows: pd.DataFrame, outcome: str, p: Floats, rate: float) -> pd.DataFrame:
    event = rows[f"event_{outcome}"].to_numpy(dtype=np.float64)
    gain = log_score(event, p) - log_score(event, np.full(len(event), rate))
    return pd.DataFrame({"athlete": rows["athlete"].to_numpy(), "event": event, "gain": gain})


def _interval(table: pd.DataFrame) -> tuple[float, float]:
    """Interval of the mean gain; athletes are drawn with replacement."""
    by = table.groupby("athlete")["gain"]
    sums, sizes = by.sum().to_numpy(), by.size().to_numpy()
    # The seed is fixed: a page must not say another thing when it is made again.
    draws = np.random.default_rng(0).integers(0, len(sums), (REPLICATES, len(sums)))
    means = sums[draws].sum(axis=1) / sizes[draws].sum(axis=1)
    low, high = np.quantile(means, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
