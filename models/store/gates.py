"""The gates: what a model has to show before it may score anyone, each with its number.

Everything is computed from what the stages wrote; the simulator's truth is never looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from models.estimators.cross_calibration import cross_calibrated
from models.evaluation.model_table import MEASURES, Evaluation, compare
from models.metrics.calibration_measures import calibration_slope
from models.metrics.intervals import IntervalSettings, replicate
from models.numeric.weighted_logistic import Floats

GATED_MEASURES: Final = {k: MEASURES[k] for k in MEASURES if k != ("ici", "e50", "e90")}


class GateSettings(BaseModel):
    """Where the gates close.

    Parameters
    ----------
    slope_low, slope_high : float
        Range of the calibration slope. 0.8 to 1.25: predicted log-odds that are a quarter too
        wide or a fifth too narrow.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    slope_low: Annotated[float, Field(gt=0, le=1)] = 0.8
    slope_high: Annotated[float, Field(ge=1)] = 1.25


@dataclass(frozen=True)
class Gate:
    """One gate's verdict.

    Parameters
    ----------
    gate : str
        Its name.
    passed : bool
        Whether it lets the model through.
    number : float or None
        What was measured; None where nothing could be.
    limit : str
        What it is held against.
    sentence : str
        The verdict in words.
    """

    gate: str
    passed: bool
    number: float | None
    limit: str
    sentence: str

    def plain(self) -> dict[str, Any]:
        """Return the verdict as JSON takes it."""
        known = self.number is not None and np.isfinite(self.number)
        return {**vars(self), "number": self.number if known else None}


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """What the gates look at.

    Parameters
    ----------
    audits : mapping of str to mapping, or None
        `passed` and `sentence` of each audit of the data the model learnt from; None if no audit
        was made.
    out_of_fold : pandas.DataFrame or None
        athlete, event, fold, probability of the training rows by models that had not seen them.
    recalibrates : bool
        Whether the model's slope was fitted on these out-of-fold rows, so that the gate has to
        fit it anew without the fold it is judged on.
    tested : pandas.DataFrame
        athlete and event of the test rows: unseen athletes in later weeks.
    predictions : mapping of str to ndarray of shape (n,)
        Probabilities on the test rows: of the candidate, of every rule and of the incumbent.
    candidate : str
        Name of the candidate among `predictions`.
    rules : sequence of str
        Names of the rules.
    incumbent : str
        Name of what scores now: the champion, or before the first one published evidence.
    model_simulated, data_simulated : bool
        Whether the model's training data, and the athletes it would score, are simulated.
    """

    audits: Mapping[str, Mapping[str, Any]] | None
    out_of_fold: pd.DataFrame | None
    recalibrates: bool
    tested: pd.DataFrame
    predictions: Mapping[str, Floats]
    candidate: str
    rules: tuple[str, ...]
    incumbent: str
    model_simulated: bool
    data_simulated: bool


def judge(
    evidence: Evidence, settings: GateSettings, intervals: IntervalSettings
) -> tuple[list[Gate], Evaluation]:
    """Return every gate's verdict, and the measures of the test rows behind them.

    Parameters
    ----------
    evidence : Evidence
        What the stages wrote.
    settings : GateSettings
        Limits.
    intervals : IntervalSettings
        Draws of athletes.
    """
    replicates = replicate(
        {"drawn": evidence.tested["event"].to_numpy(dtype=float)},
        evidence.predictions,
        GATED_MEASURES,
        evidence.tested["athlete"],
        intervals,
    )
    found = Evaluation(replicates.frame(), replicates)
    compared = compare(replicates, evidence.candidate).set_index("against")
    gates = [
        reality_gate(evidence),
        audit_gate(evidence.audits),
        slope_gate(evidence.out_of_fold, settings, recalibrates=evidence.recalibrates),
        unseen_slope_gate(found.table, evidence.candidate, settings),
        rules_gate(compared, evidence.rules),
        incumbent_gate(compared, evidence.incumbent),
    ]
    return gates, found


def reality_gate(evidence: Evidence) -> Gate:
    """Require that real athletes are scored by a model of real athletes."""
    passed = evidence.data_simulated or not evidence.model_simulated
    learnt, scored = (
        "simulated" if flag else "real"
        for flag in (evidence.model_simulated, evidence.data_simulated)
    )
    sentence = f"learnt from {learnt} athletes, would score {scored} ones"
    limit = "real data for real athletes"
    return Gate("reality", passed, None, limit, sentence if passed else f"{sentence}: refused")


def audit_gate(audits: Mapping[str, Mapping[str, Any]] | None) -> Gate:
    """Require that every audit of the data that the model learnt from is green."""
    limit = "no audit failed"
    if not audits:
        sentence = "no audit of the training data is on record: run the audit stage, train again"
        return Gate("audits", passed=False, number=None, limit=limit, sentence=sentence)
    failed = {name: one["sentence"] for name, one in audits.items() if not one["passed"]}
    told = "; ".join(f"{name}: {sentence}" for name, sentence in failed.items())
    sentence = told or f"all {len(audits)} audits passed"
    return Gate("audits", not failed, float(len(failed)), limit, sentence)


def slope_gate(
    out_of_fold: pd.DataFrame | None, settings: GateSettings, *, recalibrates: bool
) -> Gate:
    """Require that the calibration slope, corrected for optimism, lies in its range.

    Cross-validation by athlete in place of the bootstrap (Harrell, Regression Modeling Strategies,
    5.3; Steyerberg & Harrell 2016): each row is forecast by a model *and a recalibration* that
    have not seen its athlete, see :func:`models.estimators.cross_calibration.cross_calibrated`.
    """
    limit = f"{settings.slope_low:g} to {settings.slope_high:g}"
    if out_of_fold is None or out_of_fold.empty:
        sentence = "no out-of-fold forecasts are on record: train with calibration_folds of 2 or"
        return Gate("slope", passed=False, number=None, limit=limit, sentence=f"{sentence} more")
    event = out_of_fold["event"].to_numpy(dtype=float)
    probability = out_of_fold["probability"].to_numpy(dtype=float)
    if recalibrates:
        probability = cross_calibrated(probability, event, out_of_fold["fold"].to_numpy())
    slope = calibration_slope(event, probability)
    passed = bool(settings.slope_low <= slope <= settings.slope_high)
    sentence = (
        f"optimism-corrected calibration slope {slope:.2f} on {len(event):,} rows with "
        f"{event.sum():.0f} events, {'within' if passed else 'outside'} {limit}"
    )
    return Gate("slope", passed, slope, limit, sentence)


def unseen_slope_gate(table: pd.DataFrame, candidate: str, settings: GateSettings) -> Gate:
    """Require that the slope on unseen athletes in later weeks is not surely outside the range."""
    own = table[(table["model"] == candidate) & (table["metric"] == "calibration_slope")].iloc[0]
    limit = f"interval reaches {settings.slope_low:g} to {settings.slope_high:g}"
    low, high = own["low"], own["high"]
    passed = bool(high >= settings.slope_low and low <= settings.slope_high)
    sentence = (
        f"calibration slope on unseen athletes {own['value']:.2f} ({low:.2f} to {high:.2f}), "
        + ("which reaches" if passed else "all of it outside")
        + f" {settings.slope_low:g} to {settings.slope_high:g}"
    )
    return Gate("unseen_slope", passed, float(own["value"]), limit, sentence)


def rules_gate(compared: pd.DataFrame, rules: tuple[str, ...]) -> Gate:
    """Require that it is better than every rule, see :mod:`models.evaluation.model_table`."""
    own = compared.loc[list(rules)]
    worst = own.sort_values(["better", "auroc_gain"]).iloc[0]
    beaten, passed = int(own["better"].sum()), bool(own["better"].all())
    told = _gains(worst)
    sentence = (
        f"better than all {len(own)} rules; the closest is {worst.name}: {told}"
        if passed
        else f"better than {beaten} of {len(own)} rules, not than {worst.name}: {told}"
    )
    limit = "gains in Brier and AUROC, one surely above 0, none surely below"
    return Gate("rules", passed, float(worst["auroc_gain"]), limit, sentence)


def incumbent_gate(compared: pd.DataFrame, incumbent: str) -> Gate:
    """Require that the model is not surely worse than what scores now, on the same rows."""
    row = compared[compared.index == incumbent].iloc[0]
    passed = bool(row["auroc_high"] >= 0 and row["brier_high"] >= 0)
    name = incumbent.replace("_", " ")
    sentence = f"{'not worse' if passed else 'worse'} than the {name}: {_gains(row)}"
    limit = "neither gain surely below 0"
    return Gate("incumbent", passed, float(row["auroc_gain"]), limit, sentence)


def _gains(row: "pd.Series[Any]") -> str:
    """Say both gains with their intervals; Brier scores in thousandths."""
    auroc = f"AUROC {row['auroc_gain']:+.3f} ({row['auroc_low']:+.3f} to {row['auroc_high']:+.3f})"
    brier, low, high = (1000 * row[f"brier_{k}"] for k in ("gain", "low", "high"))
    return f"{auroc}, Brier gain in thousandths {brier:+.2f} ({low:+.2f} to {high:+.2f})"
