"""The athlete's own injury rate, drawn towards the published one while little is known of them.

Few injuries say little: two in the first month are no rate of 24 a year. The posterior rate of a
Gamma-Poisson model whose prior weighs as much as one injury is (injuries + 1) / (exposure +
exposure in which the published incidence expects one); it starts at the published rate and follows
the athlete as exposure grows (credibility; Buehlmann 1967).
"""

from typing import Any, Final

import numpy as np

from features.catalogue import Feature
from features.days import Days
from features.definition import Definition
from features.injury_history import past_injuries
from features.load_volume import EXPOSURE, recent_hours, usual_hours
from features.windows import Daily

DAYS_PER_YEAR: Final = 365.25
COUNTED_DAYS: Final = 730
PRIOR_YEARS: Final = 1.6
"""46 % injured within a year (Desai 2021) are 0.62 injuries a year: one in 1.6 years."""
PRIOR_HOURS: Final = 130.0
"""7.7 injuries per 1,000 h (Videbaek 2015) are one in 130 h."""
HALF: Final = 0.5


def history_days(days: Days) -> Daily:
    """Days under observation, the day itself included."""
    grid = days.panel.grid
    first: Daily = grid.spread(grid.first_day.astype(np.float64))
    return grid.day_index() - first + 1


def covered_days(days: Days) -> Daily:
    """Days of the past two years of which injuries are known."""
    before = days.settings.injuries.known_before_entry_days
    return np.minimum(history_days(days) + before, COUNTED_DAYS)


def injury_rate(days: Days) -> Daily:
    """Injuries a year, drawn towards the published rate."""
    years = covered_days(days) / DAYS_PER_YEAR
    return (past_injuries(days, "injuries_24m") + 1) / (years + PRIOR_YEARS)


def injuries_expected(days: Days) -> Daily:
    """Injuries in a week of the present hours at the athlete's own shrunk rate per hour."""
    recent, usual = recent_hours(days), usual_hours(days)
    usual = np.where(np.isnan(usual), recent, usual)
    recent = np.where(np.isnan(recent), usual, recent)
    hours = usual * covered_days(days) / 7
    rate = (past_injuries(days, "injuries_24m") + 1) / (hours + PRIOR_HOURS)
    return rate * (HALF * recent + HALF * usual)


_COVERED: Final = (
    "the days of the past 730 that lie under observation, or up to the stated number of days "
    "before it (the injuries asked for at entry)"
)


def _feature(name: str, label: str, formula: str, **more: Any) -> Feature:  # noqa: ANN401 - fields of Feature
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
            f"(injuries_24m + 1) / (years + {PRIOR_YEARS}), the years being " + _COVERED,
            unit="per year",
            high=30.0,
            source="prior: 46 % injured within a year (Desai 2021), weight of one injury; previous "
            "injury within 12 months: main factor in 5 of 8 studies (Saragiotto 2014)",
        ),
        injury_rate,
    ),
    Definition(
        _feature(
            "injuries_expected_week",
            "injuries expected in a week of the present hours at the athlete's own rate",
            f"(injuries_24m + 1) / (hours + {PRIOR_HOURS:g}) x hours a week: hours are "
            "usual_hours_week over the weeks covered (as in injury_rate_shrunk), hours a week the "
            "mean of usual_hours_week and a quarter of hours_28d; one stands in for the other",
            unit="",
            high=5.0,
            source=EXPOSURE,
        ),
        injuries_expected,
    ),
)
