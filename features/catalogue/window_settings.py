"""How long the windows are that people argue about, and entries that say what they were set to."""

from dataclasses import replace
from typing import Annotated, Final, Self

from pydantic import Field, model_validator

from common.settings import Settings
from features.catalogue.entry import Feature

Days = Annotated[int, Field(ge=1, le=730)]


SPIKE_DAYS: Final = 30
"""Days before a run among which the longest is its reference (Frandsen 2025)."""


class WindowSettings(Settings):
    """Window lengths in days.

    A feature whose name carries a number is made of that number: `fitness_42d` is called
    `fitness_50d` when `fitness_days` is 50. Names without a number say what is compared, and their
    formula says over how many days.

    Parameters
    ----------
    acute_days, chronic_days : int
        Of every acute:chronic ratio; the spans N of its exponentially weighted form, too.
    fitness_days, fatigue_days : int
        Banister's time constants.
    spike_days : int
        Days before a run among which the longest is its reference (30: Frandsen 2025).
    """

    acute_days: Days = 7
    chronic_days: Days = 28
    fitness_days: Days = 42
    fatigue_days: Days = 7
    spike_days: Days = SPIKE_DAYS

    @model_validator(mode="after")
    def _short_is_shorter(self) -> Self:
        for short, long in (("acute_days", "chronic_days"), ("fatigue_days", "fitness_days")):
            # Equal windows would leave no days for the uncoupled denominator.
            if getattr(self, short) >= getattr(self, long):
                raise ValueError(f"{short} must be below {long}")
        return self


def worded(feature: Feature, windows: WindowSettings) -> Feature:
    """Return the entry with the window lengths written into its texts, its name among them.

    Examples
    --------
    >>> entry = Feature(name="form_{fitness_days}d", block="load", label="form", unit="AU",
    ...     formula="over {fitness_days} days", source="", changeable=True)
    >>> worded(entry, WindowSettings(fitness_days=50)).name
    'form_50d'
    """
    lengths = windows.model_dump() | {
        "last_acute": windows.acute_days - 1,
        "last_chronic": windows.chronic_days - 1,
    }
    return replace(
        feature,
        name=feature.name.format_map(lengths),
        label=feature.label.format_map(lengths),
        formula=feature.formula.format_map(lengths),
        structural_null=feature.structural_null.format_map(lengths),
    )
