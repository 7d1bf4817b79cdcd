"""What stands first of an outcome's figures: the unfavourable ones, each with its reason."""

from collections.abc import Mapping, Sequence
from typing import Final

from models.comparators.names import ORACLE
from models.settings.evaluation import GateSettings
from reporting.card.facts import Numbers, OutcomeFacts, value_words
from reporting.card.net_benefit import surely_better_than_rules

_CALIBRATION: Final = {
    "calibration_slope": (
        "calibration slope",
        "high forecasts are too high and low ones too low",
        "high forecasts are too low and low ones too high",
    ),
    "observed_expected": (
        "ratio of observed to expected injuries",
        "forecasts are too high",
        "forecasts are too low",
    ),
}
"""Measure: its words, and what it says below and above 1."""
_NUMBERS: Final = ("value", "low", "high")
_TRUE_OF: Final = {"calibration_slope": "slope_true"}


def verdict(facts: OutcomeFacts, limits: GateSettings) -> list[str]:
    """Return what a reader of the figures has to know first.

    Parameters
    ----------
    facts : OutcomeFacts
        An outcome's model and evaluation.
    limits : GateSettings
        Where the gates of slope and level close.
    """
    # Unknown is never favourable: without figures the card must not fall through to "calibrated".
    if not facts.measured:
        return ["Whether it ranks and whether it is calibrated is not known: see the figures."]
    off = measures_off(facts.metrics.get(facts.in_use, {}), limits)
    sentences = [_not_shown(facts, off, limits) if off else _calibrated(facts, limits)]
    return [*sentences, *_useful(facts), *_weeks(facts), *_shares(facts)]


def measures_off(figures: Mapping[str, Numbers], limits: GateSettings) -> list[str]:
    """Return which measures of calibration speak against a model.

    Parameters
    ----------
    figures : mapping of str to mapping
        Metric -> value, low, high of one model on unseen athletes in later weeks.
    limits : GateSettings
        Outside their range a value is off; one inside is off where its interval lies beside 1.

    Examples
    --------
    >>> slope = {"value": 0.7, "low": 0.5, "high": 1.1}
    >>> measures_off({"calibration_slope": slope}, GateSettings())
    ['calibration_slope']
    """
    return [
        name
        for name in _CALIBRATION
        if limits.refuse_unseen(*(figures.get(name, {}).get(end) for end in _NUMBERS))
    ]


def _not_shown(facts: OutcomeFacts, off: Sequence[str], limits: GateSettings) -> str:
    faults = [_fault(facts, name, limits) for name in off]
    reasons = [*_too_few(facts), *_rates(facts), *(s for name in off for s in _truth(facts, name))]
    return " ".join(["Unfavourable: not shown to be calibrated.", *faults, *reasons])


def _numbers(facts: OutcomeFacts, name: str, model: str = "") -> Numbers:
    return facts.metrics.get(model or facts.in_use, {}).get(name, {})


def _holds_one(numbers: Numbers) -> bool:
    low, high = numbers.get("low"), numbers.get("high")
    # Without an interval nothing speaks against the value.
    return low is None or high is None or low <= 1 <= high


def _fault(facts: OutcomeFacts, name: str, limits: GateSettings) -> str:
    numbers = _numbers(facts, name)
    words, below, above = _CALIBRATION[name]
    value = numbers["value"]
    # For both measures 1 is right, so that one comparison serves slope and level.
    says = below if value is not None and value < 1 else above
    where = f"the gates ask for {limits.slope_low:g} to {limits.slope_high:g}"
    return f"The {words} on unseen athletes is {value_words(numbers)}: {says}; {where}."


def _calibrated(facts: OutcomeFacts, limits: GateSettings) -> str:
    slope, level = (value_words(_numbers(facts, name)) for name in _CALIBRATION)
    return (
        f"Calibration on unseen athletes: slope {slope}, observed to expected injuries {level}; "
        f"the gates ask for {limits.slope_low:g} to {limits.slope_high:g}."
    )


def _too_few(facts: OutcomeFacts) -> list[str]:
    """Return how many injuries an interval of the slope would need, where there are fewer."""
    if facts.validation is None:
        return []
    rows = facts.validation[facts.validation["measure"] == "calibration_slope"]
    # Only a shortage is worth a sentence: it explains why an interval is wide.
    if rows.empty or bool(rows["enough"].iloc[0]):
        return []
    row = rows.iloc[0]
    return [
        f"The test part holds {row['events']:.0f} injuries; for an interval of the slope as narrow "
        f"as {row['target_width']:g} {row['needed_events']:.0f} are needed."
    ]


def _rates(facts: OutcomeFacts) -> list[str]:
    return [f"Weeks that ended with an injury: {facts.rates_words}."]


def _truth(facts: OutcomeFacts, name: str) -> list[str]:
    """Return what the draw of the test part explains of a measure, where the truth is known."""
    words, sentences = _CALIBRATION[name][0], []
    # The oracle's own miss on these rows is the luck of the draw, which no model can avoid.
    best = _numbers(facts, name, ORACLE)
    if best.get("value") is not None:
        sentences.append(
            f"The oracle, who knows all that can be observed, has {value_words(best)} on the same "
            f"rows ({words})."
        )
    # Soft labels take the luck of the draw out, so that they tell a fault of the model from it.
    true = _numbers(facts, _TRUE_OF.get(name, ""))
    if true.get("value") is not None:
        verdict_words = "whose interval holds 1" if _holds_one(true) else "which is not 1 either"
        sentences.append(
            f"Against the true risk the {words} is {value_words(true)}, {verdict_words}."
        )
    return sentences


def _useful(facts: OutcomeFacts) -> list[str]:
    """Return that acting on the forecast is not shown to be worth more than acting on a rule."""
    if facts.curve is None:
        return []
    better, thresholds = surely_better_than_rules(facts.curve, facts.in_use)
    if better or not thresholds:
        return []
    return [
        f"Unfavourable: at none of {thresholds} thresholds is it shown that acting on the forecast "
        "finds more, less its false alarms, than acting on the best simple rule (see net benefit)."
    ]


def _weeks(facts: OutcomeFacts) -> list[str]:
    """Return that weeks of one athlete are not told apart, where the interval holds 0."""
    numbers = _numbers(facts, "when_slope")
    low = numbers.get("low")
    if low is None or low > 0:
        return []
    return [
        "Unfavourable: on these injuries it is not shown that the forecast tells an athlete's own "
        f"weeks apart (slope within athletes {value_words(numbers)})."
    ]


def _shares(facts: OutcomeFacts) -> list[str]:
    """Return the share of what can be known, by ranking and by information, side by side."""
    ranking, information = (
        _numbers(facts, name) for name in ("share_of_oracle", "information_share")
    )
    if ranking.get("value") is None:
        return []
    return [
        f"Of what can be known the forecast has a share of {value_words(ranking)} by ranking and "
        f"of {value_words(information)} by information."
    ]
