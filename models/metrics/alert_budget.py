"""What a coach gets who can look after k athletes of a team each week."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.metrics.resampling import Resampling, ratio
from models.settings.evaluation import IntervalSettings

BUDGETS: Final = (1, 3, 5, 10)
SEASON_ROWS: Final = 52  # weekly rows


def tie_places(p: Floats, teams_weeks: npt.NDArray[Any]) -> tuple[Floats, Floats]:
    """Return the first and the last place of each row's tie among those that compete, from 1.

    Parameters
    ----------
    p : ndarray of shape (n,)
        Forecasts.
    teams_weeks : ndarray of shape (n,)
        Which rows compete.
    """
    group = pd.factorize(teams_weeks)[0]
    ranks = pd.DataFrame({"group": group, "p": np.asarray(p, dtype=float)})
    by_group = ranks.groupby("group")["p"]
    best, worst = (by_group.rank(method=m, ascending=False).to_numpy() for m in ("min", "max"))
    return best, worst


def flag_shares(best: Floats, worst: Floats, budget: int) -> Floats:
    """Return the probability of each row to be flagged if `budget` flags go to the highest risks.

    Those tied at the last place share what is left, the mean over ways to break the tie: a
    forecast that is the same for everybody flags everybody equally.

    Parameters
    ----------
    best, worst : ndarray of shape (n,)
        From :func:`tie_places`.
    budget : int
        Flags per team and week.

    Examples
    --------
    >>> places = tie_places(np.array([0.3, 0.1, 0.1, 0.2]), np.array([0, 0, 0, 1]))
    >>> flag_shares(*places, 2)
    array([1. , 0.5, 0.5, 1. ])
    """
    return np.asarray(np.clip((budget - best + 1) / (worst - best + 1), 0, 1))


def alert_budget(
    rows: pd.DataFrame,
    predictions: Mapping[str, Floats],
    settings: IntervalSettings,
    budgets: Sequence[int] = BUDGETS,
) -> pd.DataFrame:
    """Return precision, recall, lead and false alarms of k flags per team and week.

    precision = flagged injuries / flags; recall = flagged injuries / injuries; lead = mean days
    from the flag to the onset, over flagged injuries; false alarms per athlete-season = flags
    without an injury / (rows / 52). Only rows at risk compete. Intervals resample athletes and
    keep the flags as they were: whom else a team has is not resampled.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, team, date, event (0 or 1), onset_date (of the event).
    predictions : mapping of str to ndarray of shape (n,)
        Forecasts by model.
    settings : IntervalSettings
        Draws, coverage, seed.
    budgets : sequence of int
        The k.

    Returns
    -------
    pandas.DataFrame
        model, flags_per_team_week, flagged (share of rows), then precision, recall, lead_days and
        false_alarms_per_season, each with _low and _high.
    """
    event = rows["event"].to_numpy(dtype=float)
    lead = (rows["onset_date"] - rows["date"]).to_numpy() / np.timedelta64(1, "D")
    # Rows without an injury have no lead; they are multiplied by 0 later, and nan would not vanish.
    lead = np.where(np.isnan(lead), 0.0, lead)
    # dropna would drop athletes without a team, and with them their injuries.
    competing = rows.groupby(["team", "date"], dropna=False).ngroup().to_numpy()
    draws = Resampling.of(event, rows["athlete"], settings)
    records = []
    for name, p in predictions.items():
        # Once for all budgets: ranking takes longer than all that follows.
        best, worst = tie_places(p, competing)
        for budget in budgets:
            flag = flag_shares(best, worst, budget)
            sums = draws.totals(_amounts(flag, event, lead)).T
            key = {"model": name, "flags_per_team_week": budget, "flagged": flag.mean()}
            records.append(key | _measures(draws, sums))
    return pd.DataFrame(records)


def _amounts(flag: Floats, event: Floats, lead: Floats) -> Floats:
    return np.stack([np.ones(len(flag)), flag, event, flag * event, flag * event * lead], axis=1)


def _measures(draws: Resampling, sums: Floats) -> dict[str, float]:
    rows, flags, events, hits, days = sums
    values = {
        "precision": ratio(hits, flags),
        "recall": ratio(hits, events),
        "lead_days": ratio(days, hits),
        "false_alarms_per_season": SEASON_ROWS * ratio(flags - hits, rows),
    }
    together = draws.interval(np.stack(list(values.values()), axis=1))
    measures: dict[str, float] = {}
    for name, value, low, high in zip(values, *together, strict=True):
        measures |= {name: float(value), f"{name}_low": float(low), f"{name}_high": float(high)}
    return measures
