"""Two runs on the same rows: differences of every measure, paired, athletes resampled."""

from typing import Final

import numpy as np
import pandas as pd

from ingest.errors import StridecastError
from models.evaluation import evaluate
from models.intervals import IntervalSettings

KEYS: Final = ["athlete", "date"]
HIGHER_IS_BETTER: Final = ("auroc", "average_precision", "ipa", "auroc_soft")
LOWER_IS_BETTER: Final = ("brier", "ici", "ici_true", "e50", "e90")
_TRUTH: Final = "true_probability"


def paired(
    one: pd.DataFrame,
    other: pd.DataFrame,
    model: str,
    settings: IntervalSettings,
    *,
    common: bool = False,
) -> pd.DataFrame:
    """Compare a model's forecasts of two runs.

    Parameters
    ----------
    one, other : pandas.DataFrame
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
        metric, one, other, difference (other minus one), low, high, verdict: "better" or "worse"
        where the interval of the difference excludes 0 and the measure has a direction, else "".

    Raises
    ------
    StridecastError
        If the runs were tested on different rows or outcomes, or one lacks the model.
    """
    _refuse_unknown_model(one, other, model)
    joined = _joined(one, other, common=common)
    truth = joined.get(f"{_TRUTH}_x")
    evaluation = evaluate(
        joined["event_x"],
        {"one": joined[f"{model}_x"].to_numpy(), "other": joined[f"{model}_y"].to_numpy()},
        joined["athlete"],
        settings,
        truth,
    )
    values = evaluation.table.set_index(["metric", "model"])["value"].unstack()  # noqa: PD010 - keeps nan
    gaps = evaluation.replicates.differences("other").set_index("metric")
    gaps = gaps.rename(columns={"value": "difference"})[["difference", "low", "high"]]
    found = values[["one", "other"]].join(gaps).loc[gaps.index].reset_index()
    told = zip(found["metric"], found["low"], found["high"], strict=True)
    return found.assign(verdict=[_verdict(*row) for row in told])


def _verdict(metric: str, low: float, high: float) -> str:
    if metric not in HIGHER_IS_BETTER + LOWER_IS_BETTER or not (low > 0 or high < 0):
        return ""
    return "better" if (low > 0) == (metric in HIGHER_IS_BETTER) else "worse"


def _refuse_unknown_model(one: pd.DataFrame, other: pd.DataFrame, model: str) -> None:
    for which, frame in (("first", one), ("second", other)):
        if model not in frame:
            known = [c for c in frame.columns if c not in {*KEYS, "event", _TRUTH}]
            raise StridecastError(
                f"the {which} run has no forecasts of {model!r}", f"it has {', '.join(known)}"
            )


def _joined(one: pd.DataFrame, other: pd.DataFrame, *, common: bool) -> pd.DataFrame:
    joined = one.merge(other, on=KEYS, validate="1:1")
    shared = len(joined)
    if not common and not (shared == len(one) == len(other)):
        raise StridecastError(
            f"the runs were tested on different rows ({len(one):,} and {len(other):,}, of which "
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
    if len(np.unique(joined["event_x"])) < 2:  # noqa: PLR2004 - both outcomes must occur
        raise StridecastError(
            f"all {shared:,} rows have the same outcome: no difference is defined"
        )
    return joined
