"""Sentences about the injuries of the past, each with how long a record it is of."""

from collections.abc import Callable
from math import floor, isnan
from typing import Final

from common.language import message, plural
from forecasting.reasons.feature_lookup import FeatureLookup

_WEEKS_A_MONTH: Final = 365.25 / 12 / 7


def injuries(months: int) -> Callable[[float, FeatureLookup], str]:
    """Return the sentence about the injuries of the past months."""

    def injury_count_words(count: float, look: FeatureLookup) -> str:
        if count < 1:
            short = _short_record(look, months)
            if short is not None:
                return _none_in_weeks(short)
            return message("No injury in the past {months} months", months=months)
        return plural(
            "{count} injury in the past {months} months",
            "{count} injuries in the past {months} months",
            round(count),
            months=months,
        )

    return injury_count_words


def _short_record(look: FeatureLookup, months: int) -> int | None:
    """Return the weeks on record where they are fewer than the months asked about, else None."""
    weeks = look("weeks_at_risk_on_record")
    # Weeks in which the athlete was injured are not at risk, so that the record may be longer
    # than is told here; it is never shorter.
    return floor(weeks) if weeks < floor(months * _WEEKS_A_MONTH) else None


def _none_in_weeks(weeks: int) -> str:
    return plural(
        "No injury in the {count} week on record; what was before is not known",
        "No injury in the {count} weeks on record; what was before is not known",
        weeks,
    )


def on_record(count: float, look: FeatureLookup) -> str:
    """Say beside the injuries how long a record they are of: none in five weeks is not none."""
    weeks = look("weeks_at_risk_on_record")
    # Without the length of the record only the count can be told.
    if isnan(weeks):
        return message("Injuries on record: {count}", count=round(count))
    if count < 1:
        return plural(
            "No injury on record ({count} week)", "No injury on record ({count} weeks)",
            floor(weeks),
        )  # fmt: skip
    return plural(
        "{count} injury on record (beside {weeks} weeks without one)",
        "{count} injuries on record (beside {weeks} weeks without one)",
        round(count),
        weeks=floor(weeks),
    )


def knee_injuries(count: float, look: FeatureLookup) -> str:
    """Say how many knee injuries the past year had."""
    if count < 1:
        # "None in 12 months" of a record of five weeks would be a claim nobody can make.
        short = _short_record(look, 12)
        if short is not None:
            return plural(
                "No knee injury in the {count} week on record",
                "No knee injury in the {count} weeks on record",
                short,
            )
        return message("No knee injury in the past 12 months")
    return plural(
        "{count} knee injury in the past 12 months",
        "{count} knee injuries in the past 12 months",
        round(count),
    )


def since_return(days: float, _: FeatureLookup) -> str:
    """Say how long the last injury is over."""
    if days < 1:
        return message("Back from the last injury today")
    return plural(
        "Back from the last injury for {count} day",
        "Back from the last injury for {count} days",
        round(days),
    )
