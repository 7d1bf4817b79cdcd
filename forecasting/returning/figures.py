"""Published times to return: for each injury the figure that fits best, as a lognormal of days.

A median and the width of the middle half give log-mean and log-sd of a lognormal: sd =
asinh(IQR / (2 median)) / 0.6745; a mean and an sd give sd^2 = log(1 + (sd / mean)^2) and log-mean =
log(mean) - sd^2 / 2.
"""

import math
from functools import cache
from pathlib import Path
from typing import Annotated, Final

from pydantic import Field, model_validator

from common.settings import Settings
from common.yaml_file import load_packaged_yaml

QUARTILE: Final = 0.6744897501960817
"""Three quarters of a normal distribution lie below so many standard deviations."""
NORMAL_95: Final = 1.959963984540054
UNREAD_FACTOR: Final = 2.0
"""The spread of a figure whose source could not be read again is widened by this factor."""
_FILE: Final = Path(__file__).with_name("published.yaml")

Days = Annotated[float, Field(gt=0, le=3650)]


class PublishedReturn(Settings):
    """One published distribution of the days from onset to return.

    Parameters
    ----------
    who : str
        Whom it was seen in, as a plural that can stand in a sentence.
    median, iqr : float or None
        Days; the middle half is `iqr` wide.
    mean, sd : float or None
        Days, in place of those.
    mean_interval : tuple of (float, float) or None
        95 % interval of a mean that was pooled over studies.
    n : int or None
        Persons behind the figure.
    spread_of : str
        Key of the figure whose spread stands in where none is told.
    end : str
        What the clock stops at.
    source : str
        Who published it.
    is_read : bool
        Whether the figure was read in its source.
    """

    who: str
    median: Days | None = None
    iqr: Days | None = None
    mean: Days | None = None
    sd: Days | None = None
    mean_interval: tuple[Days, Days] | None = None
    n: Annotated[int, Field(ge=1)] | None = None
    spread_of: str = ""
    end: str
    source: str
    is_read: bool

    @model_validator(mode="after")
    def _is_whole(self) -> "PublishedReturn":
        spread = self.iqr if self.median is not None else self.sd
        # Two different spreads would follow from a figure that has both.
        if (self.median is None) == (self.mean is None):
            raise ValueError("name either a median or a mean")
        if (spread is None) == (not self.spread_of):
            raise ValueError("name the spread, or `spread_of` another figure")
        return self

    @property
    def log_sd(self) -> float:
        """Standard deviation of the log days of single persons."""
        # The other figure's spread is widened there, if that one was not read either.
        if self.spread_of:
            return published()[self.spread_of].log_sd
        if self.median is not None and self.iqr is not None:
            own = math.asinh(self.iqr / (2 * self.median)) / QUARTILE
        else:
            own = math.sqrt(math.log1p((self._required(self.sd) / self._required(self.mean)) ** 2))
        return own if self.is_read else UNREAD_FACTOR * own

    @property
    def log_median(self) -> float:
        """Log of the median days."""
        if self.median is not None:
            return math.log(self.median)
        spread = published()[self.spread_of].sd_over_mean if self.spread_of else self.sd_over_mean
        return math.log(self._required(self.mean)) - math.log1p(spread**2) / 2

    @property
    def sd_over_mean(self) -> float:
        """Coefficient of variation, of a figure that has mean and sd."""
        return self._required(self.sd) / self._required(self.mean)

    @property
    def log_median_sd(self) -> float:
        """Standard error of the log median: from the interval, or sd * sqrt(pi / 2) / sqrt(n)."""
        if self.mean_interval is not None:
            low, high = self.mean_interval
            return math.log(high / low) / (2 * NORMAL_95)
        # A figure of unknown size counts as one person: the widest that can be claimed.
        return self.log_sd * math.sqrt(math.pi / 2 / (self.n or 1))

    @staticmethod
    def _required(figure: float | None) -> float:
        if figure is None:
            raise ValueError("the figure has no such number")
        return figure


@cache
def published() -> dict[str, PublishedReturn]:
    """Return every published figure by its key."""
    content = load_packaged_yaml(_FILE)
    return {key: PublishedReturn.model_validate(value) for key, value in content.items()}


def published_for(
    diagnosis: str | None, region: str, severity: str | None = None, level: str | None = None
) -> PublishedReturn:
    """Return the figure that fits an injury best.

    The most telling key that is published: diagnosis with region and severity, diagnosis with
    region, diagnosis, region; else all injuries, of novices where the runner is one.

    Examples
    --------
    >>> published_for("pfps", "knee").who
    'runners with patellofemoral pain'
    >>> published_for("muscle_strain", "thigh", "moderate").mean
    24.0
    >>> published_for(None, "ankle", level="novice").median
    71.0
    """
    keys = (
        f"{diagnosis}/{region}/{severity}", f"{diagnosis}/{region}", f"{diagnosis}", region,
        f"{level}", "any",
    )  # fmt: skip
    known = published()
    # From the most exact key to "any", which is always published, so that one is found.
    return next(known[key] for key in keys if key in known)
