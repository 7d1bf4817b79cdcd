"""How reports become injuries: the settings, apart from the tables, so that they load quickly."""

from typing import Annotated

from pydantic import Field, field_validator

from common.settings import Settings
from common.vocabulary import REGIONS

Days = Annotated[int, Field(ge=0, le=3650)]


class InjuryRules(Settings):
    """How reports become injuries.

    Parameters
    ----------
    recurrence_gap_days : int
        A report of the same region up to this many days after an *assumed* return is the same
        injury. A written return ends an injury: what comes later is another one.
    min_time_loss_days : int
        Injuries that cost fewer days are left out; 0 keeps every one.
    default_duration_days : dict of str to int
        Days to the end of an injury whose return date is unknown, by region. Knee: the median
        recovery of patellofemoral pain, 49 days (RUN CLEVER).
    fallback_duration_days : int
        The same for every region that is not named.
    known_before_entry_days : int
        How far the injury record reaches back before an athlete's first observed day: what is asked
        at entry, as a rule the past twelve months. 0 where nothing was asked. It stands in only for
        tables without `injury_spans`.
    back_share : float
        An injury without a written return counts as over once this share of the running before it
        is run again, at the earliest after its default duration (convention).
    """

    recurrence_gap_days: Days = 21
    min_time_loss_days: Days = 0
    default_duration_days: dict[str, Days] = Field(default_factory=lambda: {"knee": 49})
    fallback_duration_days: Days = 28
    known_before_entry_days: Days = 365
    back_share: Annotated[float, Field(gt=0, le=1)] = 0.5

    @field_validator("default_duration_days")
    @classmethod
    def _regions_are_known(cls, value: dict[str, int]) -> dict[str, int]:
        unknown = sorted(set(value) - set(REGIONS))
        if unknown:
            raise ValueError(f"{unknown} are no regions; choose from {list(REGIONS)}")
        return value

    def duration_days(self, region: str) -> int:
        """Return how long an injury of `region` lasts when nobody wrote down its end."""
        return self.default_duration_days.get(region, self.fallback_duration_days)
