"""What a feature's value says, in a sentence with units and, where it helps, a comparison."""

from dataclasses import dataclass
from math import isnan
from typing import Final

from common.plain_words import amount, number, percent_apart, short_day
from features.catalogue.entry import Feature
from forecasting.reasons.special_sentences import SPECIAL, Look

__all__ = ["Look", "Spike", "sentence"]

_BEST: Final = " (1 = best)"
_OWN_PAST: Final = "against the athlete's own past"


@dataclass(frozen=True, kw_only=True, slots=True)
class Spike:
    """The run of the past week that rose furthest above its reference.

    Parameters
    ----------
    day : object
        Day of the run.
    run_km, reference_km : float
        Its length, and the longest run of the 30 days before it.
    """

    day: object
    run_km: float
    reference_km: float


def sentence(feature: Feature, look: Look, spike: Spike | None = None) -> str:
    """Return what the feature's value is, in words and units, with a capital and no full stop.

    Parameters
    ----------
    feature : Feature
        Its catalogue entry.
    look : callable
        Values of the athlete's features.
    spike : Spike, optional
        The run behind `longest_run_spike`, where the daily history is at hand.
    """
    value = look(feature.name)
    if isnan(value):
        return _unknown(feature)
    if feature.name == "longest_run_spike" and spike is not None:
        return _spike_run(spike)
    special = SPECIAL.get(feature.name)
    return special(value, look) if special else _capital(_plain(feature, value))


def _unknown(feature: Feature) -> str:
    what = feature.structural_null or "not known"
    return f"{_capital(feature.label.replace(_BEST, ''))}: {what}"


def _plain(feature: Feature, value: float) -> str:
    label = feature.label.replace(_BEST, "")
    if feature.unit == "SD":
        return label.replace(_OWN_PAST, _deviation(value))
    if label != feature.label:
        return f"{label}: {number(10 * value)} on our 0-10 scale (10 = best)"
    if label.startswith("share of "):
        return f"{label}: {number(100 * value, 0)} %"
    if feature.unit == "of 10" and "pain" in label:
        return f"{label}: {amount(value, feature.decimals, feature.unit)} (0 = none, 10 = worst)"
    # Counts are stored as floats: 3 runs, not 3.0 runs.
    decimals = 0 if feature.decimals == 1 and value == round(value) else feature.decimals
    return f"{label}: {amount(value, decimals, feature.unit)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spike_run(spike: Spike) -> str:
    apart = percent_apart(spike.run_km / spike.reference_km)
    return (
        f"Longest run {amount(spike.run_km, 1, 'km')} on {short_day(spike.day)}, {apart} "
        f"the longest of the 30 days before ({amount(spike.reference_km, 1, 'km')})"
    )


def _deviation(deviations: float) -> str:
    size = number(abs(deviations))
    if float(size) == 0:
        return "level with the athlete's own past"
    return f"{size} SD {'above' if deviations > 0 else 'below'} the athlete's own past"
