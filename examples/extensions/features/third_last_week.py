"""A feature: one function and one entry. Here the distance of the week that ended two weeks ago."""

from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days
from features.panel.definition import Definition


def third_last_week_km(days: Days) -> Daily:
    """Return the kilometres of the seven days that ended two weeks ago."""
    return days.sum("run_km", 7, lag=14)


DEFINITIONS = (
    Definition(
        Feature(
            name="third_last_week_km",
            block="load",
            label="distance in the week that ended two weeks ago",
            unit="km",
            formula="sum of the running distance of days t-20 to t-14",
            source="descriptive; no effect size is claimed",
            changeable=False,
            high=300.0,
        ),
        third_last_week_km,
    ),
)
