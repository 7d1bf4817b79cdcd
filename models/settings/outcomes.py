"""Which outcomes there are, and the settings of the rows they have."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from common.extensions import offered
from common.settings import Settings
from common.vocabulary import REGIONS

SEVERE_DAYS: Final = 29
"""More than 28 days lost are called severe (IOC consensus 2020)."""


@dataclass(frozen=True)
class OutcomeDefinition:
    """Which new injuries are events.

    Parameters
    ----------
    regions : tuple of str
        Their regions.
    diagnoses : tuple of str, optional
        Their diagnoses; None for any, also where none was written.
    least_days : int, optional
        Days that an ended injury has to have cost; an open one counts if it is called major.
    """

    regions: tuple[str, ...] = REGIONS
    diagnoses: tuple[str, ...] | None = None
    least_days: int | None = None


def _own(regions_or_definition: Sequence[str] | OutcomeDefinition) -> OutcomeDefinition:
    """Return an outcome of one's own: a definition, or the regions of one."""
    return (
        regions_or_definition
        if isinstance(regions_or_definition, OutcomeDefinition)
        else OutcomeDefinition(tuple(regions_or_definition))
    )


DEFINITIONS: Final[dict[str, OutcomeDefinition]] = {
    "any": OutcomeDefinition(),
    # An unknown region is no outcome of its own: nobody can train against it, or look for it.
    **{region: OutcomeDefinition((region,)) for region in REGIONS if region != "unknown"},
    "hamstring_strain": OutcomeDefinition(("thigh",), ("muscle_strain",)),
    "bone_stress": OutcomeDefinition(diagnoses=("bone_stress",)),
    "pfps": OutcomeDefinition(("knee",), ("pfps",)),
    "itbs": OutcomeDefinition(("knee",), ("itbs",)),
    "mtss": OutcomeDefinition(("lower_leg",), ("mtss",)),
    "achilles_tendinopathy": OutcomeDefinition(diagnoses=("achilles_tendinopathy",)),
    "severe": OutcomeDefinition(least_days=SEVERE_DAYS),
    **{name: _own(regions) for name, regions in offered("outcomes")},
}
"""Outcomes by name: any, each region, diagnoses, severe ones, and your own."""

REGIONS_BY_OUTCOME: Final = {name: definition.regions for name, definition in DEFINITIONS.items()}
"""Regions in which each outcome happens."""


def known_outcome(name: str) -> str:
    """Return the name of a known outcome as it is.

    Raises
    ------
    ValueError
        If it is none of :data:`DEFINITIONS`.
    """
    if name not in DEFINITIONS:
        raise ValueError(f"is none of {', '.join(DEFINITIONS)}")
    return name


Outcome = Annotated[str, AfterValidator(known_outcome)]
"""`any`, a region (`knee`), a diagnosis (`pfps`), `severe`, or the name of an own outcome."""


class OutcomeSettings(Settings):
    """Which days after the as-of date count, and which injuries.

    Parameters
    ----------
    horizon_days : int
        Length of the outcome window.
    lead_days : int
        Days between the as-of date and the window: a forecast that is only right the day before
        may have read the injury from the log.
    events : {"new_or_recurrent", "new"}
        Whether recurrent injuries count.
    min_days : int
        Days that an ended injury has to have restricted running, unless a clinician was asked.
    """

    horizon_days: Annotated[int, Field(ge=1, le=366)] = 7
    lead_days: Annotated[int, Field(ge=0, le=60)] = 0
    events: Literal["new_or_recurrent", "new"] = "new_or_recurrent"
    # Seven days, of the consensus definition (Yamato 2015).
    min_days: Annotated[int, Field(ge=0, le=366)] = 7

    @property
    def reach_days(self) -> int:
        """Days from the as-of date to the end of the outcome window."""
        return self.lead_days + self.horizon_days
