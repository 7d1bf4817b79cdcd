"""What a model card is told: the figures that the stages left, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pandas as pd

from features.audits.result import PASSED, STOPPED
from models.comparators.names import BASE_RATE
from models.comparators.rules import RULES
from models.settings.evaluation import GateSettings

Numbers = Mapping[str, float | None]

_SIMPLE: Final = {BASE_RATE, *(f"{rule.name}{end}" for rule in RULES for end in ("", "_score"))}


@dataclass(frozen=True, kw_only=True)
class OutcomeFacts:
    """One outcome's model and its evaluation; None where a stage wrote no such table.

    Parameters
    ----------
    outcome : str
        ``any`` or ``knee``.
    horizon_days, lead_days : int
        The outcome window.
    in_use : str
        The model a run stands for; ``evidence_model`` where none was fitted.
    model : mapping or None
        Content of ``model.json``.
    metrics : mapping of str to mapping
        Model -> metric -> value, low, high.
    parts, folds : pandas.DataFrame
        Rows, athletes, events and dates of each part, and of each fold.
    sample_size : str
        The sentence on the size of the training part.
    enough : bool
        Whether that size is enough for the features.
    censored : int
        Rows of the test part whose outcome window ran past the end of observation.
    left_out : int
        Rows of the test part that are in no figure: on simulated data those of athletes who are
        injured in truth, though no record says so.
    standing : str
        The verdict on all models of the table, in a sentence; empty where there is none.
    cross_validated : str
        What nested cross-validation says, or why there is none; empty where it is not known.
    comparison, validation, subgroups, alerts, spread, blocks, curve : pandas.DataFrame or None
        Tables of the evaluation and the explanation; `curve` is the decision curve.
    predictors : pandas.DataFrame or None
        The strongest predictors in both parts (:mod:`reporting.card.predictors`).
    """

    outcome: str
    horizon_days: int
    lead_days: int
    in_use: str
    model: Mapping[str, Any] | None
    metrics: Mapping[str, Mapping[str, Numbers]]
    parts: pd.DataFrame
    folds: pd.DataFrame
    sample_size: str
    enough: bool
    censored: int
    left_out: int = 0
    standing: str = ""
    cross_validated: str = ""
    comparison: pd.DataFrame | None = None
    validation: pd.DataFrame | None = None
    subgroups: pd.DataFrame | None = None
    alerts: pd.DataFrame | None = None
    spread: pd.DataFrame | None = None
    blocks: pd.DataFrame | None = None
    curve: pd.DataFrame | None = None
    predictors: pd.DataFrame | None = None

    def part(self, name: str) -> Mapping[str, Any]:
        """Return the counts of a part; zeros where it is empty."""
        rows = self.parts[self.parts["part"] == name].to_dict("records")
        # A card is also made where a part is empty, and says so.
        empty = {"rows": 0, "athletes": 0, "events": 0, "first_date": "-", "last_date": "-"}
        return {str(k): v for k, v in rows[0].items()} if rows else empty

    def figure(self, metric: str) -> str:
        """Return a metric of the model in use with its interval, in words."""
        numbers = self.metrics.get(self.in_use, {}).get(metric, {})
        return value_words(numbers)

    @property
    def auroc(self) -> str:
        """Return the AUROC with its interval."""
        return self.figure("auroc")

    @property
    def slope(self) -> str:
        """Return the calibration slope with its interval."""
        return self.figure("calibration_slope")

    @property
    def level(self) -> str:
        """Return observed over expected injuries with the interval."""
        return self.figure("observed_expected")

    @property
    def window(self) -> str:
        """Return the outcome window in words."""
        if self.lead_days:
            return f"{self.horizon_days} days, from {self.lead_days} days after the forecast on"
        return f"{self.horizon_days} days after the forecast"

    @property
    def out_of_fold_words(self) -> str:
        """Return the slope that the calibration had to mend, or that there is none."""
        if not self.model:
            return "no model was fitted"
        return f"slope {self.model['calibration_slope']:.2f} before calibration"

    @property
    def measured(self) -> bool:
        """Return whether ranking and calibration of the model in use are known."""
        figures = self.metrics.get(self.in_use, {})
        return all(
            figures.get(name, {}).get("value") is not None
            for name in ("auroc", "calibration_slope")
        )

    @property
    def test_events(self) -> int:
        """Return the number of injuries in the test part."""
        return int(self.part("test")["events"])

    @property
    def parts_words(self) -> str:
        """Return the size of both parts in words."""
        sizes = [
            f"{name} {part['athletes']} athletes, {part['rows']:,} weeks, {part['events']} injuries"
            for name in ("train", "test")
            for part in [self.part(name)]
        ]
        return " and ".join(sizes)

    @property
    def rates_words(self) -> str:
        """Return the share of weeks with an injury in both parts."""
        shares = [
            f"{name} {part['events'] / part['rows']:.2%}" if part["rows"] else f"{name} unknown"
            for name in ("train", "test")
            for part in [self.part(name)]
        ]
        return " and ".join(shares)

    @property
    def left_out_words(self) -> str:
        """Return which rows of the test part are in no figure."""
        dropped = f"{self.censored} test rows dropped at the end of observation"
        if not self.left_out:
            return dropped
        return (
            f"{dropped}, {self.left_out} left out because the simulation says that the athlete "
            "was still injured (real records could not say so)"
        )

    @property
    def spread_words(self) -> str:
        """Return how the ranking differs between and within athletes."""
        if self.spread is None:
            return "unknown"
        rows = self.spread[self.spread["model"] == self.in_use].set_index("measure")["value"]
        parts = [f"{k} athletes AUROC {rows[k]:.2f}" for k in ("between", "within") if k in rows]
        # Told beside the drawn events, because injury counts rise in the weeks after an injury.
        soft = self.metrics.get(self.in_use, {}).get("concordance_within_true")
        if soft is not None:
            parts.append(
                f"within athletes on true probabilities {value_words(soft)} (drawn events are "
                "biased by the injury counts of later weeks)"
            )
        return ", ".join(parts)

    @property
    def won_words(self) -> str:
        """Return against how many comparators the model in use is better."""
        better, others = self.beaten()
        if not better and not others:
            return "comparison undefined"
        every = [*better, *others]
        simple = sum(name in _SIMPLE for name in every), sum(name in _SIMPLE for name in better)
        return (
            f"the model in use is better than {len(better)} of {len(every)} comparators: of the "
            f"simple rules and the base rate {simple[1]} of {simple[0]}, of the fitted and "
            f"published models {len(better) - simple[1]} of {len(every) - simple[0]}"
        )

    def beaten(self) -> tuple[list[str], list[str]]:
        """Return the comparators that the model in use is better than, and the others."""
        if self.comparison is None or self.comparison.empty:
            return [], []
        # The oracle knows the simulation: a forecast of records cannot be asked to beat it.
        rows = self.comparison[self.comparison["against"] != "oracle"]
        better = rows["better"].astype(bool)
        return list(rows.loc[better, "against"]), list(rows.loc[~better, "against"])


@dataclass(frozen=True, kw_only=True)
class CardFacts:
    """A dataset's models, one or two.

    Parameters
    ----------
    audits : mapping of str to mapping
        Status (`passed`, `warned`, `not judged`, `stopped`) and sentence of each audit.
    not_audited : sequence of str
        What audits of a sample of the athletes may have missed; empty where all were audited.
    teams : int or None
        Teams that the list of people names; None where it names none.
    people : pandas.DataFrame or None
        Characteristic, group, and the athletes of each part (:mod:`reporting.card.people`).
    limits : GateSettings
        Where the gates of slope and level close.
    """

    dataset: str
    simulated: bool
    observed_from: str
    observed_to: str
    athletes: int
    rows_read: int
    rows_accepted: int
    rows_repaired: int
    rows_rejected: int
    regions: str
    audits: Mapping[str, Mapping[str, Any]]
    blocks: Sequence[str]
    outcomes: Sequence[OutcomeFacts]
    features_offered: int = 0
    teams: int | None = None
    people: pd.DataFrame | None = None
    not_audited: Sequence[str] = ()
    limits: GateSettings = field(default_factory=GateSettings)

    @property
    def fitted(self) -> list[OutcomeFacts]:
        """Outcomes for which a model was fitted."""
        return [outcome for outcome in self.outcomes if outcome.model is not None]

    def statuses(self, *audits: str) -> list[str]:
        """Return the status of each audit whose name begins so; of all audits without a name."""
        return [
            status_of(verdict)
            for name, verdict in self.audits.items()
            if not audits or name.startswith(audits)
        ]

    def answer(self, *audits: str, if_passed: str = "yes") -> str:
        """Return what these audits let one answer: an audit that is missing is no pass.

        Parameters
        ----------
        audits : str
            Beginnings of the names of audits.
        if_passed : str
            The answer where all of them passed.
        """
        statuses = self.statuses(*audits)
        if STOPPED in statuses:
            return "no"
        # Without any status the audit did not run, which is no pass.
        return if_passed if statuses and set(statuses) == {PASSED} else "unknown"

    def counted(self, *audits: str) -> str:
        """Return how many of these audits passed, and what became of the others."""
        statuses = self.statuses(*audits)
        if not statuses:
            return "not audited"
        others = [s for s in dict.fromkeys(statuses) if s != PASSED]
        rest = "".join(f", {statuses.count(status)} {status}" for status in others)
        return f"{statuses.count(PASSED)} of {len(statuses)} audits passed{rest}"

    def audit(self, name: str) -> str:
        """Return what an audit found, in its own sentence."""
        return str(self.audits[name]["sentence"]) if name in self.audits else "not audited"

    def each(self, sentence: str) -> str:
        """Return the sentence for each outcome, its braces filled from the outcome's facts."""
        return "; ".join(
            f"{outcome.outcome}: {sentence.format(outcome=outcome)}" for outcome in self.outcomes
        )

    def unknown(self) -> list[str]:
        """Return what no stage can know of this dataset."""
        where = [] if self.simulated else ["Whether the athletes agreed to this use of their data."]
        real = (
            "Whether anything here holds for real runners: nobody in this dataset is real."
            if self.simulated
            else "Whether it holds for another club or another season: no external test was made."
        )
        return [
            real,
            *where,
            "Race, ethnicity and income: not recorded, so no statement about fairness by them.",
            "What an athlete or coach did about a forecast, and with that the treatment that "
            "stands between forecast and outcome.",
            "Injuries that nobody wrote down: they count as weeks without injury.",
            "Whether the diagnoses were made by a clinician: the records do not say.",
            "Ethical approval, protocol, registration, funding and conflicts of interest: to be "
            "told by whoever publishes a study with it.",
        ]


def status_of(verdict: Mapping[str, Any]) -> str:
    """Return what an audit came to: not judged and warned are no passes.

    Examples
    --------
    >>> status_of({"passed": True, "status": "not judged"})
    'not judged'
    >>> status_of({"passed": False})
    'stopped'
    """
    return str(verdict.get("status") or (PASSED if verdict["passed"] else STOPPED))


def value_words(numbers: Numbers) -> str:
    """Return value and interval in words.

    Examples
    --------
    >>> value_words({"value": 0.7312, "low": 0.69, "high": 0.77})
    '0.731 (0.69 to 0.77)'
    >>> value_words({"value": None, "low": None, "high": None})
    'unknown'
    """
    value, low, high = (numbers.get(key) for key in ("value", "low", "high"))
    if value is None:
        return "unknown"
    if low is None or high is None:
        return f"{value:.3g} (interval unknown)"
    return f"{value:.3g} ({low:.3g} to {high:.3g})"
