"""The athlete's own injury rate, drawn towards the published one while little is known of them.

Few injuries say little: two in the first month are no rate of 24 a year. The posterior rate of a
Gamma-Poisson model whose prior weighs as much as k injuries is (injuries + k) / (exposure + k
times the exposure in which the published incidence expects one); it starts at the published rate
and follows the athlete as exposure grows (credibility; Buehlmann 1967). All injuries on record
count, against all the exposure in which they would have been recorded: a window would throw away
what is known of those who have been watched for long. A prior that is too light makes the same
number mean less in a first season than in a third; k = 2 (rates that differ between runners by a
coefficient of variation of 0.7) was kept after 1 and 2 were compared on simulated development
cohorts.
"""

from typing import Final

import numpy as np

from common.untyped import Untyped
from common.vocabulary import LEVELS
from features.blocks.injury_history import past_injuries
from features.blocks.load.volume import EXPOSURE, SETTLED_DAYS, recent_hours, usual_hours
from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days
from features.panel.definition import Definition
from features.panel.injury_spans import SPANS

DAYS_PER_YEAR: Final = 365.25
DAYS_PER_WEEK: Final = 7
PRIOR_INJURIES: Final = 2
"""What the prior weighs; the variance of the rate between runners is 1/2 of its squared mean."""
YEARS_PER_INJURY: Final = 1.6
"""46 % injured within a year (Desai 2021) are 0.62 injuries a year: one in 1.6 years."""
HOURS_PER_INJURY: Final = 130.0
HOURS_PER_INJURY_OF_NOVICES: Final = 56.0
"""7.7 injuries per 1,000 h, 17.8 of novices (Videbaek 2015), are one in 130 h and in 56 h."""
MINUTES_PER_HOUR: Final = 60
HALF: Final = 0.5
NOVICE: Final = LEVELS.index("novice")


def history_days(days: Days) -> Daily:
    """Days under observation, the day itself included."""
    grid = days.panel.grid
    first: Daily = grid.spread(grid.first_day.astype(np.float64))
    return grid.day_index() - first + 1


def days_kept(days: Days) -> Daily:
    """Days since the athlete's injuries were first written down, the day itself included.

    Null before that day, and for an athlete without a span. Infinite in older tables that have no
    spans: there we assume that injuries were always written down.
    """
    spans = days.panel.tables.get(SPANS)
    if spans is None:
        return np.full(days.panel.grid.size, np.inf)
    grid = days.panel.grid
    begun = spans.groupby("athlete")["known_from"].min().reindex(list(grid.athletes))
    dates = begun.to_numpy(dtype="datetime64[D]")
    first = np.where(np.isnat(dates), np.nan, dates.astype(np.float64))
    since = grid.day_index() - np.asarray(grid.spread(first), dtype=np.float64) + 1
    return np.where(since > 0, since, np.nan)


def days_on_record(days: Days) -> Daily:
    """Days of which injuries are known: while they were written down, as far back as was asked.

    Null where nobody wrote them down: an own rate of nothing known would read as healthy.
    """
    asked = history_days(days) + days.settings.injuries.known_before_entry_days
    # The shorter of the two: before the list began, and before what was asked, nothing is known.
    return np.minimum(days_kept(days), asked)


def injury_rate(days: Days) -> Daily:
    """Injuries a year, drawn towards the published rate."""
    years = days_on_record(days) / DAYS_PER_YEAR
    return _shrunk(days, years, YEARS_PER_INJURY)


def injuries_expected(days: Days) -> Daily:
    """Injuries in a week of the present hours at the athlete's own shrunk rate per hour."""
    recent, usual = recent_hours(days), usual_hours(days)
    # One stands in for the other: null in both would leave a newcomer without the feature.
    usual = np.where(np.isnan(usual), recent, usual)
    recent = np.where(np.isnan(recent), usual, recent)
    level: Daily = days.panel.grid.spread(days.panel.traits["level_code"])
    published = np.where(level == NOVICE, HOURS_PER_INJURY_OF_NOVICES, HOURS_PER_INJURY)
    return _shrunk(days, _hours(days, usual), published) * (HALF * recent + HALF * usual)


def _shrunk(days: Days, exposure: Daily, per_injury: Daily | float) -> Daily:
    """Injuries per unit of exposure, drawn towards one in `per_injury`."""
    injuries = past_injuries(days, "injuries_on_record")
    return (injuries + PRIOR_INJURIES) / (exposure + PRIOR_INJURIES * per_injury)


def _hours(days: Days, usual: Daily) -> Daily:
    """Return the running hours on record, unknown days at the athlete's mean."""
    week = days.past_mean("run_min", 0, SETTLED_DAYS) * DAYS_PER_WEEK / MINUTES_PER_HOUR
    # Unknown days at the own mean: at 0 h the same injuries would make a higher rate per hour.
    return np.where(np.isnan(week), usual, week) * days_on_record(days) / DAYS_PER_WEEK


_RECORD: Final = (
    "injuries with onset under observation, or up to the stated number of days before it (what "
    "was asked at entry); null outside the span in which injuries were written down"
)


def _feature(name: str, label: str, formula: str, **more: Untyped) -> Feature:
    return Feature(
        name=name,
        block="history",
        label=label,
        formula=formula,
        changeable=False,
        monotone=1,
        decimals=2,
        **more,
    )


RATES: Final = (
    Definition(
        _feature(
            "injury_rate_shrunk",
            "injuries a year, drawn towards the published rate",
            f"(n + {PRIOR_INJURIES}) / (years + {PRIOR_INJURIES} x {YEARS_PER_INJURY}): n are "
            f"{_RECORD}, years all the days in which they would have been recorded",
            unit="per year",
            high=30.0,
            source="prior: 46 % injured within a year (Desai 2021), weight of two injuries; "
            "previous injury within 12 months: main factor in 5 of 8 studies (Saragiotto 2014)",
        ),
        injury_rate,
    ),
    Definition(
        _feature(
            "injuries_expected_week",
            "injuries expected in a week of the present hours at the athlete's own rate",
            f"(n + {PRIOR_INJURIES}) / (hours + {PRIOR_INJURIES} x {HOURS_PER_INJURY:g}, of a "
            f"novice {PRIOR_INJURIES} x {HOURS_PER_INJURY_OF_NOVICES:g}) x hours a week: n as in "
            "injury_rate_shrunk, hours the athlete's mean running hours a day (of all days known, "
            "28 at the least) over all the days of n, hours a week the mean of usual_hours_week "
            "and a quarter of hours_28d; one stands in for the other",
            unit="",
            high=5.0,
            source=EXPOSURE,
        ),
        injuries_expected,
    ),
)
