"""Two runs on the same rows: differences of every measure, paired, athletes resampled."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from common.errors import StridecastError
from models.evaluation.model_table import evaluate
from models.metrics.intervals import Replicates
from models.settings.evaluation import IntervalSettings

KEYS: Final = ["athlete", "date"]
HIGHER_IS_BETTER: Final = ("auroc", "average_precision", "ipa", "auroc_soft")
LOWER_IS_BETTER: Final = ("brier", "ici", "ici_true", "ranking_error_true", "e50", "e90")
IDEAL: Final = {
    "observed_expected": 1.0, "calibration_intercept": 0.0, "calibration_slope": 1.0,
    "slope_true": 1.0,
}  # fmt: skip
"""Measures that can be too high as well as too low, with their value for perfect forecasts."""

SAME: Final = "same forecasts"
_TRUTH: Final = "true_probability"


def paired(
    first: pd.DataFrame,
    second: pd.DataFrame,
    model: str,
    settings: IntervalSettings,
    *,
    common: bool = False,
) -> pd.DataFrame:
    """Compare a model's forecasts of two runs.

    Parameters
    ----------
    first, second : pandas.DataFrame
        Row-level forecasts as `evaluate` keeps them: athlete, date, event, a column per model and,
        on simulated data, true_probability.
    model : str
        Column that is compared.
    settings : IntervalSettings
        Draws of athletes.
    common : bool
        Whether to compare on the rows that both runs forecast, where their test parts differ.

    Returns
    -------
    pandas.DataFrame
        metric, one and other (the values of the first and the second run), difference (the second
        minus the first), low, high, verdict. The verdict is ""
        where the interval of the difference includes 0 or is unknown. Where it excludes 0: "better"
        or "worse"; for a measure with an ideal value "nearer 1" or "further from 1", if the paired
        interval of the distances excludes 0 as well, else "differs". Of two runs with the same
        forecasts every verdict is :data:`SAME`.

    Raises
    ------
    StridecastError
        If the runs were tested on different rows or outcomes, or one lacks the model.
    """
    _refuse_unknown_model(first, second, model)
    joined = _joined(first, second, common=common)
    truth = joined.get(f"{_TRUTH}_x")
    evaluation = evaluate(
        joined["event_x"],
        {"one": joined[f"{model}_x"].to_numpy(), "other": joined[f"{model}_y"].to_numpy()},
        joined["athlete"],
        settings,
        truth,
    )
    values = evaluation.table.set_index(["metric", "model"])["value"].unstack()  # noqa: PD010 - keeps nan
    gaps = _gaps(evaluation.replicates)
    rows = values[["one", "other"]].join(gaps).loc[gaps.index].reset_index()
    # Said before any interval: those of equal forecasts are 0 to 0, which excludes nothing.
    if (joined[f"{model}_x"] == joined[f"{model}_y"]).all():
        return rows.assign(verdict=SAME)
    # A slope that rose from 0.8 to 1.2 differs surely and is no nearer to 1.
    further = _gaps(_distances(evaluation.replicates))
    return rows.assign(verdict=[_verdict(name, gaps, further) for name in gaps.index])


def _gaps(replicates: Replicates) -> pd.DataFrame:
    """Return difference, low, high of each metric, other minus one."""
    gaps = replicates.differences("other").set_index("metric")
    return gaps.rename(columns={"value": "difference"})[["difference", "low", "high"]]


def _distances(replicates: Replicates) -> Replicates:
    """Return how far each measure that has an ideal is from it, on the same draws."""
    table = replicates.values  # noqa: PD011 - a field of that name
    at = [column for column, name in enumerate(table.columns) if name in IDEAL]
    ideal = np.array([IDEAL[name] for name in table.columns[at]])
    drawn = replicates.draws[:, :, np.array(at)]
    return replace(
        replicates, values=(table.iloc[:, at] - ideal).abs(), draws=np.abs(drawn - ideal)
    )


def _verdict(metric: str, gaps: pd.DataFrame, further: pd.DataFrame) -> str:
    side = _side(gaps, metric)
    if not side:
        return ""
    if metric in IDEAL:
        words = {-1: "nearer", 1: "further from", 0: ""}[_side(further, metric)]
        return f"{words} {IDEAL[metric]:g}" if words else "differs"
    if metric not in HIGHER_IS_BETTER + LOWER_IS_BETTER:
        return "differs"
    return "better" if (side > 0) == (metric in HIGHER_IS_BETTER) else "worse"


def _side(gaps: pd.DataFrame, metric: str) -> int:
    """Return on which side of 0 the whole interval is; 0 for neither, or if it is unknown."""
    low, high = gaps.loc[metric, ["low", "high"]].to_numpy(dtype=float)
    return int(low > 0) - int(high < 0)


def _refuse_unknown_model(first: pd.DataFrame, second: pd.DataFrame, model: str) -> None:
    for position, frame in (("first", first), ("second", second)):
        if model not in frame:
            known = [c for c in frame.columns if c not in {*KEYS, "event", _TRUTH}]
            raise StridecastError(
                f"the {position} run has no forecasts of {model!r}", f"it has {', '.join(known)}"
            )


def _joined(first: pd.DataFrame, second: pd.DataFrame, *, common: bool) -> pd.DataFrame:
    joined = first.merge(second, on=KEYS, validate="1:1")
    shared = len(joined)
    if not common and not (shared == len(first) == len(second)):
        raise StridecastError(
            f"the runs were tested on different rows ({len(first):,} and {len(second):,}, of which "
            f"{shared:,} are the same athlete and week): a difference between them would be one "
            "of data, not of models",
            "compare runs of the same data and split, or pass --common for the shared rows"
            if shared
            else "compare runs of the same data and split",
        )
    if not shared:
        raise StridecastError("the runs share no row: no athlete and week is in both test parts")
    differing = int((joined["event_x"] != joined["event_y"]).sum())
    if differing:
        raise StridecastError(
            f"the runs were tested on different outcomes: {differing:,} of {shared:,} shared rows "
            "have another label",
            "compare runs with the same `outcome` and `features.injuries`",
        )
    if len(np.unique(joined["event_x"])) < 2:  # both outcomes must occur
        raise StridecastError(
            f"all {shared:,} rows have the same outcome: no difference is defined"
        )
    return joined
