"""Settings of the weekly forecast: bands, reasons, who is scored, the load chart."""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from common.settings import Settings
from features.catalogue.window_settings import SPIKE_DAYS


class ReasonSettings(Settings):
    """Which reasons are worth a line.

    Parameters
    ----------
    most_each_way : int
        At most this many for, and as many against, per athlete and outcome, of what can be
        changed; and again as many of context. Counted apart, lest a long history of injuries
        crowd out what a coach can act on.
    least_log_odds : float
        Smaller contributions are left out; 0.05 is 5 % on the odds.
    """

    most_each_way: int = Field(default=6, ge=1)
    least_log_odds: float = Field(default=0.05, ge=0)


class BandSettings(Settings):
    """Multiples of the base rate at which the bands change.

    Parameters
    ----------
    raised, high : float
        From this multiple on the band is raised, or high.
    very_high : float
        Above this multiple the band is very high.
    """

    raised: float = Field(default=1.0, gt=0)
    high: float = Field(default=2.0, gt=0)
    very_high: float = Field(default=4.0, gt=0)

    @model_validator(mode="after")
    def _must_rise(self) -> Self:
        # Two equal limits would leave a band that nobody can ever stand in.
        if not self.raised < self.high < self.very_high:
            raise ValueError("bands must rise: raised < high < very_high")
        return self


class StatusSettings(Settings):
    """When an athlete is not scored; silence is a rule of the features (`features.silence_days`).

    Parameters
    ----------
    run_pause_days : int
        Athletes without a run for so many days are silent, whatever else they log.
    least_history_days : int
        Days from the first run to the as-of day that are needed.
    runs_on_days : int
        Who has an open injury and ran within so many days is modified, not injured.
    share_to_check : float
        Above this share of running time that is to be checked the data are checked first.
    """

    run_pause_days: int = Field(default=28, ge=1)
    runs_on_days: int = Field(default=14, ge=0)
    share_to_check: float = Field(default=0.25, gt=0, le=1)
    # Four weeks, the length of the chronic load: with less nothing is known of what is usual.
    least_history_days: int = Field(default=28, ge=0)


class HistorySettings(Settings):
    """What the load chart shows; which days are known is a rule of the features.

    Parameters
    ----------
    weeks : int
        Length of the history.
    reference_days : int
        Days before a run among which the longest run is its reference.
    spike_ratio : float
        A run longer than this multiple of its reference is a spike (Frandsen 2025: up to 10 %
        above is the reference class).
    """

    weeks: int = Field(default=26, ge=1)
    reference_days: int = Field(default=SPIKE_DAYS, ge=1)
    # At 1 or below every run would be a spike, a steady runner's too.
    spike_ratio: float = Field(default=1.1, gt=1)


class FlagSettings(Settings):
    """Whom the list at the top of the page names.

    Parameters
    ----------
    order : {"risk", "change", "changeable"}
        By the chance; by how far it lies above the athlete's own usual week; or by the part of the
        odds that can be changed.
    per_team : int
        Most athletes of a team and week: a longer list is not read.
    """

    order: Literal["risk", "change", "changeable"] = "risk"
    # Per team and not per dataset: each coach reads one page and has time for a few people.
    per_team: int = Field(default=3, ge=1)


DEFAULT_FLAGS: Final = FlagSettings()


class ScoreSettings(Settings):
    """How a week is scored.

    Parameters
    ----------
    bands : BandSettings
        Where the bands change.
    reasons : ReasonSettings
        How many reasons are given.
    flags : FlagSettings
        Whom the list at the top names.
    chunk_athletes : int
        Athletes that the stage scores at once at the most; it bounds the memory of a process and
        changes no forecast.
    """

    chunk_athletes: Annotated[int, Field(ge=1)] = 2_000
    flags: FlagSettings = FlagSettings()
    bands: BandSettings = BandSettings()
    reasons: ReasonSettings = ReasonSettings()
