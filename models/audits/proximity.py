"""The label-proximity audit: what is left of a forecast that has to come some days earlier.

A runner stops logging because they are hurt, and the injury is written down a day later: a feature
window that ends on the eve of the onset may have read it. So a quick model's scores are measured
against injuries that begin at least 1 to 7 days after the as-of date. A forecast honestly loses a
little by the day, most of it in a week; records that were dated back lose far more.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from features.audits.result import NOT_JUDGED, Audit, non_blocking
from models.audits.quick_score import QuickRows
from models.metrics.intervals import athlete_draws
from models.metrics.ranking_draws import drawn_areas
from models.settings.audits import ProximitySettings
from models.settings.evaluation import IntervalSettings

COLUMNS: Final = ["lead_days", "rows", "events", "auroc", "lost", "lost_low", "lost_high"]
LEADS: Final = (0, 1, 2, 4, 7)
EVE: Final = 2


def audit_label_proximity(
    x: pd.DataFrame,
    events: Mapping[int, npt.ArrayLike],
    athletes: npt.ArrayLike,
    settings: ProximitySettings | None = None,
    score: Floats | None = None,
) -> Audit:
    """Compare one quick model's AUROC at leads of 0 to 7 days.

    The model is fitted out of fold on lead 0 and its scores are measured against the outcomes of
    each lead, on the rows at risk there; the interval of the loss resamples athletes.

    Parameters
    ----------
    x : pandas.DataFrame of shape (n, k)
        Features.
    events : mapping of int to array-like of shape (n,)
        Outcome by lead in days, null where a row is not at risk; lead 0 among them.
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : ProximitySettings, optional
        None takes the defaults.
    score : ndarray, optional
        The quick model's scores of the rows at risk at lead 0; None fits it here.

    Returns
    -------
    Audit
        One row per lead.
    """
    settings = settings or ProximitySettings()
    outcomes = {lead: np.asarray(y, dtype=float) for lead, y in sorted(events.items())}
    fewest = int(min(np.nansum(y) for y in outcomes.values()))
    if fewest < settings.least_events:
        sentence = (
            f"{fewest} events are too few to compare leads (at least {settings.least_events} are "
            "needed)."
        )
        return non_blocking(sentence, pd.DataFrame(columns=COLUMNS), NOT_JUDGED)
    known = ~np.isnan(outcomes[0])
    who = np.asarray(athletes)
    if score is None:
        # Fitted once on lead 0: a model for each lead would learn other things, and hide the loss.
        score = QuickRows(x[known]).quick_score(
            outcomes[0][known], who[known], folds=settings.folds, seed=settings.seed
        )
    table = _table({k: y[known] for k, y in outcomes.items()}, score, who[known], settings)
    # An honest forecast loses more in a week than in two days.
    limit = np.where(table["lead_days"] <= EVE, settings.highest_loss, settings.highest_week_loss)
    caught = table[table["lost_low"] > limit]
    return Audit(caught.empty, _sentence(table, caught, settings), table)


def _table(
    outcomes: Mapping[int, Floats], score: Floats, who: npt.ArrayLike, settings: ProximitySettings
) -> pd.DataFrame:
    codes, names = pd.factorize(np.asarray(who), sort=True)
    # The same draws for every lead: the loss is a paired difference, far less noisy than two areas.
    draws = athlete_draws(
        len(names), IntervalSettings(replicates=settings.replicates, seed=settings.seed)
    )
    counts = np.vstack([np.ones(len(names)), draws])
    areas = {lead: _areas(y, score, codes, counts) for lead, y in outcomes.items()}
    rows = []
    for lead, y in outcomes.items():
        lost = areas[0] - areas[lead]
        low, high = np.nanquantile(lost[1:], [0.025, 0.975])
        at_risk = ~np.isnan(y)
        facts = int(at_risk.sum()), int(y[at_risk].sum())
        rows.append((lead, *facts, areas[lead][0], lost[0], low, high))
    return pd.DataFrame(rows, columns=COLUMNS)


def _areas(y: Floats, score: Floats, codes: npt.NDArray[np.intp], counts: Floats) -> Floats:
    known = np.flatnonzero(~np.isnan(y))
    known = known[np.argsort(score[known], kind="stable")]
    return drawn_areas(y[known], score[known], codes[known], counts)


def _sentence(table: pd.DataFrame, caught: pd.DataFrame, settings: ProximitySettings) -> str:
    by_lead = ", ".join(f"{row.auroc:.3f} at {row.lead_days} days" for row in table.itertuples())
    fact = f"a quick model's AUROC by lead is {by_lead}"
    if caught.empty:
        return (
            f"{fact}: no loss whose lower bound is above {settings.highest_loss:g} in two days or "
            f"{settings.highest_week_loss:g} in a week."
        )
    worst = caught.iloc[-1]
    return (
        f"{fact}: {worst['lost']:.3f} ({worst['lost_low']:.3f} to {worst['lost_high']:.3f}) is "
        f"lost with a lead of {int(worst['lead_days'])} days, so the forecast lives on the eve of "
        "the onset: the log already knew. Report results with a lead, and find the feature that "
        "reads it."
    )
