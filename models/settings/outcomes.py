"""Which outcomes there are, and the settings of the rows they have."""

from typing import Annotated, Final

from pydantic import AfterValidator, Field

from common.extensions import offered
from common.settings import Settings
from common.vocabulary import REGIONS

REGIONS_BY_OUTCOME: Final[dict[str, tuple[str, ...]]] = {
    "any": REGIONS,
    **{region: (region,) for region in REGIONS},
    **dict(offered("outcomes")),
}
"""Regions whose new injuries count, by outcome: any, each region, and your own groups of them."""


def known_outcome(name: str) -> str:
    """Return the name of a known outcome as it is.

    Raises
    ------
    ValueError
        If it is none of :data:`REGIONS_BY_OUTCOME`.
    """
    if name not in REGIONS_BY_OUTCOME:
        raise ValueError(f"is none of {', '.join(REGIONS_BY_OUTCOME)}")
    return name


Outcome = Annotated[str, AfterValidator(known_outcome)]
"""`any`, a region (`knee`), or the name of an own group of regions."""


class OutcomeSettings(Settings):
    """Which days after the as-of date count.

    Parameters
    ----------
    horizon_days : int
        Length of the outcome window.
    lead_days : int
        Days between the as-of date and the window: a forecast that is only right the day before
        may have read the injury from the log.
    """

    horizon_days: Annotated[int, Field(ge=1, le=366)] = 7
    lead_days: Annotated[int, Field(ge=0, le=60)] = 0

    @property
    def reach_days(self) -> int:
        """Days from the as-of date to the end of the outcome window."""
        return self.lead_days + self.horizon_days
