"""What a feature's value says, in a sentence with units and, where it helps, a comparison."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from math import isnan
from typing import Final

from common.language import N_, language, message
from common.text.plain_words import amount, number, short_day
from features.catalogue.entry import Feature
from forecasting.reasons.complaint_notes import FEATURES, Complaint
from forecasting.reasons.feature_lookup import FeatureLookup
from forecasting.reasons.special_sentences import SPECIAL
from forecasting.reasons.team_baseline import OF_THESE_ROWS, TeamReference

__all__ = ["NO_CONTEXT", "FeatureLookup", "ReasonContext", "Spike", "sentence"]

_BEST: Final = N_(" (1 = best)")
_OWN_PAST: Final = N_("against the athlete's own past")
_DEVIATIONS: Final = (1.0, 2.0)
"""Standard deviations: two weeks of three lie within one, nineteen of twenty within two."""
_ABOVE: Final = (
    N_("a little above the athlete's own past ({size} SD)"),
    N_("clearly above the athlete's own past ({size} SD)"),
    N_("far above the athlete's own past ({size} SD)"),
)
_BELOW: Final = (
    N_("a little below the athlete's own past ({size} SD)"),
    N_("clearly below the athlete's own past ({size} SD)"),
    N_("far below the athlete's own past ({size} SD)"),
)


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


@dataclass(frozen=True, kw_only=True)
class ReasonContext:
    """What reasons may tell by name and day, by athlete.

    Parameters
    ----------
    spikes : mapping of str to Spike
        The run behind `longest_run_spike`.
    complaints : mapping of str to Complaint
        From :func:`forecasting.reasons.complaint_notes.latest_complaints`.
    team : TeamReference
        Where the medians of the team come from.
    """

    spikes: Mapping[str, Spike] = field(default_factory=dict)
    complaints: Mapping[str, Complaint] = field(default_factory=dict)
    team: TeamReference = OF_THESE_ROWS


NO_CONTEXT: Final = ReasonContext()


def sentence(
    feature: Feature,
    look: FeatureLookup,
    spike: Spike | None = None,
    complaint: Complaint | None = None,
) -> str:
    """Return what the feature's value is, in words and units, with a capital and no full stop.

    Parameters
    ----------
    feature : Feature
        Its catalogue entry.
    look : callable
        Values of the athlete's features.
    spike : Spike, optional
        The run behind `longest_run_spike`, where the daily history is at hand.
    complaint : Complaint, optional
        The complaint behind the features of complaints.
    """
    value = look(feature.name)
    if isnan(value):
        return _unknown(feature, look)
    if complaint is not None and feature.name in FEATURES and look("complaints_28d") > 0:
        return complaint.sentence()
    if feature.name == "longest_run_spike" and spike is not None:
        return _spike_run(spike)
    special = SPECIAL.get(feature.name)
    return special(value, look) if special else _capital(_plain(feature, value))


def _unknown(feature: Feature, look: FeatureLookup) -> str:
    # No list of injuries was kept: "no injury to come back from" would be an all-clear.
    if feature.name == "days_since_return" and isnan(look("injuries_24m")):
        return message("Injury history unknown: nobody wrote injuries down")
    if feature.name == "days_since_return":
        return message("No injury on record to come back from")
    reason = message(feature.structural_null) if feature.structural_null else message("not known")
    return message("{label}: {value}", label=_capital(_label(feature)), value=reason)


def _label(feature: Feature) -> str:
    """Return what a reader calls the feature, without the remark on its scale."""
    return _label_in(language(), feature.label)


@lru_cache(maxsize=4096)
def _label_in(code: str, label: str) -> str:
    del code  # the key alone: the language spoken is looked at below
    return message(label).replace(_BEST, "").replace(message(_BEST), "")


def _plain(feature: Feature, value: float) -> str:
    label = _label(feature)
    if feature.unit == "SD":
        return _deviation(label, value)
    if _BEST in feature.label:
        return message(
            "{label}: {value} on our 0-10 scale (10 = best)",
            label=label, value=number(10 * value),
        )  # fmt: skip
    if feature.label.startswith("share of "):
        return message("{label}: {percent} %", label=label, percent=number(100 * value, 0))
    if feature.unit == "of 10" and "pain" in feature.label:
        return message(
            "{label}: {value} of 10 (0 = none, 10 = worst)",
            label=label, value=number(value, feature.decimals),
        )  # fmt: skip
    # Counts are stored as floats, but "3.0 runs" reads badly; so do tenths of a minute.
    whole = feature.unit == "min" or (feature.decimals == 1 and value == round(value))
    decimals = 0 if whole else feature.decimals
    unit = message(feature.unit) if feature.unit else ""
    return message("{label}: {value}", label=label, value=amount(value, decimals, unit))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spike_run(spike: Spike) -> str:
    ratio = spike.run_km / spike.reference_km
    percent = round(abs(ratio - 1) * 100)
    values = {
        "km": number(spike.run_km), "day": short_day(spike.day), "percent": percent,
        "before": number(spike.reference_km),
    }  # fmt: skip
    if percent == 0:
        return message(
            "Longest run {km} km on {day}, level with the longest of the 30 days before "
            "({before} km)",
            **values,
        )
    if ratio > 1:
        return message(
            "Longest run {km} km on {day}, {percent} % above the longest of the 30 days before "
            "({before} km)",
            **values,
        )
    return message(
        "Longest run {km} km on {day}, {percent} % below the longest of the 30 days before "
        "({before} km)",
        **values,
    )


def _deviation(label: str, deviations: float) -> str:
    """Put the deviation where the label says what it is held against."""
    size = abs(deviations)
    if size < 0.05:  # noqa: PLR2004 - the last digit shown
        beside = message("level with the athlete's own past")
    else:
        step = sum(size >= bound for bound in _DEVIATIONS)
        words = (_ABOVE if deviations > 0 else _BELOW)[step]
        beside = message(words, size=number(size))
    return label.replace(message(_OWN_PAST), beside)
