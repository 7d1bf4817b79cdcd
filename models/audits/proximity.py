"""The label-proximity audit: what is left of a forecast that has to come a day or two earlier.

A runner stops logging because they are hurt, and the injury is written down a day later: a feature
window that ends on the eve of the onset may have read it. So a quick model's scores are measured
against injuries that begin at least 1 and 2 days after the as-of date.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from features.audits.result import Audit
from models.estimators.risk import RiskModel
from models.metrics.intervals import athlete_draws
from models.metrics.measures import auroc
from models.numeric.weighted_logistic import Floats
from models.settings.audits import ProximitySettings
from models.settings.evaluation import IntervalSettings
from models.settings.risk import RiskSettings

COLUMNS: Final = ["lead_days", "rows", "events", "auroc", "lost", "lost_low", "lost_high"]
LEADS: Final = (0, 1, 2)


def audit_label_proximity(
    x: pd.DataFrame,
    events: Mapping[int, npt.ArrayLike],
    athletes: npt.ArrayLike,
    settings: ProximitySettings | None = None,
) -> Audit:
    """Compare one quick model's AUROC at leads of 0, 1 and 2 days.

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
        return Audit(passed=True, sentence=sentence, table=pd.DataFrame(columns=COLUMNS))
    known = ~np.isnan(outcomes[0])
    who = np.asarray(athletes)
    score = _out_of_fold(x[known], outcomes[0][known], who[known], settings)
    table = _table({k: y[known] for k, y in outcomes.items()}, score, who[known], settings)
    caught = table[table["lost_low"] > settings.highest_loss]
    return Audit(caught.empty, _sentence(table, caught, settings), table)


def _out_of_fold(
    x: pd.DataFrame, y: Floats, who: npt.ArrayLike, settings: ProximitySettings
) -> Floats:
    model = RiskModel(
        RiskSettings(
            trees=60,
            num_leaves=6,
            min_data_in_leaf=30,
            learning_rate=0.1,
            feature_fraction=0.5,
            extra_trees=False,
            calibration_folds=settings.folds,
            seed=settings.seed,
        )
    )
    return model.fit(x, y, who).out_of_fold_


def _table(
    outcomes: Mapping[int, Floats], score: Floats, who: npt.ArrayLike, settings: ProximitySettings
) -> pd.DataFrame:
    codes, names = pd.factorize(np.asarray(who), sort=True)
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
    kept = np.flatnonzero(~np.isnan(y))
    kept = kept[np.argsort(score[kept], kind="stable")]
    return np.array([auroc(y[kept], score[kept], count[codes[kept]]) for count in counts])


def _sentence(table: pd.DataFrame, caught: pd.DataFrame, settings: ProximitySettings) -> str:
    told = ", ".join(f"{row.auroc:.3f} at {row.lead_days} days" for row in table.itertuples())
    found = f"a quick model's AUROC by lead is {told}"
    if caught.empty:
        return f"{found}: no loss whose lower bound is above {settings.highest_loss:g}."
    worst = caught.iloc[-1]
    return (
        f"{found}: {worst['lost']:.3f} ({worst['lost_low']:.3f} to {worst['lost_high']:.3f}) is "
        f"lost with a lead of {int(worst['lead_days'])} days, so the forecast lives on the eve of "
        "the onset: the log already knew. Report results with a lead, and find the feature that "
        "reads it."
    )
