"""The gates: what a model has to show before it may score anyone, each with its number.

Everything is computed from what the stages wrote; the simulator's truth is never looked at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from features.audits.result import NOT_JUDGED, WARNED
from models.estimators.cross_calibration import cross_calibrated
from models.evaluation.model_table import MEASURES, Evaluation, compare
from models.metrics.calibration_measures import calibration_slope, observed_expected
from models.metrics.intervals import Measures, replicate
from models.settings.evaluation import GateSettings, IntervalSettings

CALIBRATION: Final[Measures] = {
    "calibration_slope": (calibration_slope, "drawn"),
    "observed_expected": (observed_expected, "drawn"),
}
CALIBRATION_WORDS: Final = {
    "calibration_slope": "calibration slope",
    "observed_expected": "observed over expected",
}
GATE_OF: Final = {"calibration_slope": "slope", "observed_expected": "level"}
# No gate looks at them, and a smooth curve on every draw of athletes takes long.
GATED_MEASURES: Final = {k: MEASURES[k] for k in MEASURES if k != ("ici", "e50", "e90")}


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
class GateInputs:
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
    learns_freely : bool
        Whether the model may learn anything that the data say: an audit without a verdict blocks
        it. False for a model that published evidence holds.
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
    learns_freely: bool = True


def judge(
    evidence: GateInputs, settings: GateSettings, intervals: IntervalSettings
) -> tuple[list[Gate], Evaluation]:
    """Return every gate's verdict, and the measures of the test rows behind them.

    Parameters
    ----------
    evidence : GateInputs
        What the stages wrote.
    settings : GateSettings
        Limits.
    intervals : IntervalSettings
        Draws of athletes.
    """
    # One set of draws for all forecasts: the gates on rules and incumbent need paired differences.
    replicates = replicate(
        {"drawn": evidence.tested["event"].to_numpy(dtype=float)},
        evidence.predictions,
        GATED_MEASURES,
        evidence.tested["athlete"],
        intervals,
    )
    evaluation = Evaluation(replicates.frame(), replicates)
    compared = compare(replicates, evidence.candidate).set_index("against")
    gates = [
        reality_gate(evidence),
        audit_gate(evidence.audits, judged=evidence.learns_freely),
        *cross_fitted_gates(
            evidence.out_of_fold, settings, intervals, recalibrates=evidence.recalibrates
        ),
        *unseen_gates(evaluation.table, evidence.candidate, settings),
        rules_gate(compared, evidence.rules),
        incumbent_gate(compared, evidence.incumbent),
    ]
    return gates, evaluation


def reality_gate(evidence: GateInputs) -> Gate:
    """Require that real athletes are scored by a model of real athletes."""
    passed = evidence.data_simulated or not evidence.model_simulated
    learnt, scored = (
        "simulated" if flag else "real"
        for flag in (evidence.model_simulated, evidence.data_simulated)
    )
    sentence = f"learnt from {learnt} athletes, would score {scored} ones"
    limit = "real data for real athletes"
    return Gate("reality", passed, None, limit, sentence if passed else f"{sentence}: refused")


def audit_gate(audits: Mapping[str, Mapping[str, Any]] | None, *, judged: bool = True) -> Gate:
    """Require that no audit stopped on the data that the model was trained on.

    Parameters
    ----------
    audits : mapping or None
        Verdicts by name.
    judged : bool
        Whether an audit that had too little to judge blocks the model too: it does where a model
        learnt freely from the data, not where published evidence holds it.
    """
    limit = "no audit failed, none without a verdict" if judged else "no audit failed"
    # No audit is no pass: otherwise leaving the stage out would be the easiest way through.
    if not audits:
        sentence = "no audit of the training data is on record: run the audit stage, train again"
        return Gate("audits", passed=False, number=None, limit=limit, sentence=sentence)
    failed = {
        name: audit["sentence"]
        for name, audit in audits.items()
        if not audit["passed"] or (judged and audit.get("status") == NOT_JUDGED)
    }
    failures = "; ".join(f"{name}: {sentence}" for name, sentence in failed.items())
    warned = [name for name, audit in audits.items() if audit.get("status") == WARNED]
    sentence = failures or f"none of {len(audits)} audits stops" + (
        f"; to be read: {', '.join(warned)}" if warned else ""
    )
    return Gate("audits", not failed, float(len(failed)), limit, sentence)


def cross_fitted_gates(
    out_of_fold: pd.DataFrame | None,
    settings: GateSettings,
    intervals: IntervalSettings,
    *,
    recalibrates: bool,
) -> list[Gate]:
    """Require that slope and level, corrected for optimism, surely lie in their range.

    Cross-validation by athlete in place of the bootstrap (Harrell, Regression Modeling Strategies,
    5.3; Steyerberg & Harrell 2016): each row is forecast by a model *and a recalibration* that
    have not seen its athlete, see
    :func:`models.estimators.cross_calibration.cross_calibrated`. The interval resamples athletes.
    """
    limit = f"the interval inside {settings.interval_low:g} to {settings.interval_high:g}"
    if out_of_fold is None or out_of_fold.empty:
        sentence = (
            "no out-of-fold forecasts are on record: train with calibration_folds of 2 or more"
        )
        return [
            Gate(gate, passed=False, number=None, limit=limit, sentence=sentence)
            for gate in GATE_OF.values()
        ]
    event = out_of_fold["event"].to_numpy(dtype=float)
    probability = out_of_fold["probability"].to_numpy(dtype=float)
    if recalibrates:
        # The model's own slope is 1 on these rows by construction, and would pass whatever it is
        # worth.
        probability = cross_calibrated(probability, event, out_of_fold["fold"].to_numpy())
    measured = replicate(
        {"drawn": event}, {"candidate": probability}, CALIBRATION, out_of_fold["athlete"], intervals
    ).frame()
    size = f"on {len(event):,} rows with {event.sum():.0f} events"
    return [
        _inside(measured, name, f"optimism-corrected {words} {{}} {size}", settings)
        for name, words in CALIBRATION_WORDS.items()
    ]


def _inside(measured: pd.DataFrame, name: str, template: str, settings: GateSettings) -> Gate:
    """Judge one measure by its whole interval."""
    own = measured[measured["metric"] == name].iloc[0]
    low, high = settings.interval_low, settings.interval_high
    # nan compares as False, so a measure without an interval does not pass.
    passed = bool(own["low"] >= low and own["high"] <= high)
    figure = f"{own['value']:.2f} ({own['low']:.2f} to {own['high']:.2f})"
    verdict = "inside" if passed else "not shown to be calibrated: not inside"
    return Gate(
        GATE_OF[name],
        passed,
        float(own["value"]),
        f"the interval inside {low:g} to {high:g}",
        f"{template.format(figure)}, {verdict} {low:g} to {high:g}",
    )


def unseen_gates(table: pd.DataFrame, candidate: str, settings: GateSettings) -> list[Gate]:
    """Require that slope and level on unseen athletes in later weeks lie in their range."""
    own = table[table["model"] == candidate]
    return [
        _point(own[own["metric"] == name].iloc[0], name, f"{words} on unseen athletes", settings)
        for name, words in CALIBRATION_WORDS.items()
    ]


def _point(row: "pd.Series[Any]", name: str, wording: str, settings: GateSettings) -> Gate:
    """Judge one measure by its value."""
    low, high = settings.slope_low, settings.slope_high
    # The value and not the interval: with some hundred injuries the interval of the truth fails
    # too.
    passed = bool(low <= row["value"] <= high)
    figure = f"{row['value']:.2f} ({row['low']:.2f} to {row['high']:.2f})"
    verdict = "within" if passed else "not shown to be calibrated: outside"
    return Gate(
        f"unseen_{GATE_OF[name]}",
        passed,
        float(row["value"]),
        f"{low:g} to {high:g}",
        f"{wording} {figure}, {verdict} {low:g} to {high:g}",
    )


def rules_gate(compared: pd.DataFrame, rules: tuple[str, ...]) -> Gate:
    """Require that it is better than every rule, see :mod:`models.evaluation.model_table`."""
    own = compared.loc[list(rules)]
    # A rule that is not beaten first, among these the closest: what the reader has to know.
    worst = own.sort_values(["better", "auroc_gain"]).iloc[0]
    beaten, passed = int(own["better"].sum()), bool(own["better"].all())
    gains = _gains(worst)
    sentence = (
        f"better than all {len(own)} rules; the closest is {worst.name}: {gains}"
        if passed
        else f"better than {beaten} of {len(own)} rules, not than {worst.name}: {gains}"
    )
    limit = "gains in Brier and AUROC, one surely above 0, none surely below"
    return Gate("rules", passed, float(worst["auroc_gain"]), limit, sentence)


def incumbent_gate(compared: pd.DataFrame, incumbent: str) -> Gate:
    """Require that the model is not surely worse than what scores now, on the same rows."""
    row = compared[compared.index == incumbent].iloc[0]
    # Not surely worse is enough: a model on newer weeks need not prove again that it is better.
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
