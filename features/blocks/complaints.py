"""Complaints in the recovery block: reports of a problem that is no injury, yet often precedes one.

A time-loss injury within 7 days was 3.6 times as frequent after a minor complaint and 6.9 times
after a moderate one (Whalan 2020; football). Nobody asked is nobody known: where neither a span of
the injury record nor a pain answer covers the days, no complaint is null, not 0.
"""

from typing import Any, Final

from common.untyped import Untyped
from features.catalogue.entry import Feature
from features.kernels.windows import Daily
from features.panel.days import Days
from features.panel.definition import Definition

WHALAN: Final = (
    "time-loss injury within 7 days 3.6 times as frequent after a minor complaint, 6.9 times after "
    "a moderate one (Whalan 2020, football)"
)
_PLACE: Final = "in a region that running loads, or with no place told"
_NULL: Final = "; null where neither the span of the injury record nor a pain answer covers a day"


def days_since_complaint(days: Days) -> Daily:
    """Days since the last day with a complaint."""
    return days.on_every_day(lambda d: d.days_since("complaint", d.values("complaint") > 0))


def rise(days: Days) -> Daily:
    """Worst of the past 7 days less the worst of the 7 days before."""
    # Worst against worst: a mean would need to know on how many days somebody was asked.
    return days.any_max("complaint_worst", 7) - days.any_max("complaint_worst", 7, 7)


def _feature(name: str, label: str, formula: str, **more: Untyped) -> Feature:
    fields: dict[str, Any] = {"unit": "", "source": WHALAN, "changeable": True}
    # Ratings are whole numbers, and decimals would claim more than was asked.
    fields |= {"decimals": 0} | more
    return Feature(name=name, block="recovery", label=label, formula=formula, **fields)


DEFINITIONS: Final[tuple[Definition, ...]] = (
    Definition(
        _feature(
            "complaints_7d",
            "days with a complaint in the past 7 days",
            f"days of 7 with a complaint {_PLACE}{_NULL}",
            unit="days",
            monotone=1,
            high=7.0,
        ),
        # Known days alone: complaints are written down, days without one often are not.
        lambda d: d.sum_of_known_days("complaint", 7),
    ),
    Definition(
        _feature(
            "complaints_28d",
            "days with a complaint in the past 28 days",
            f"days of 28 with a complaint {_PLACE}{_NULL}",
            unit="days",
            high=28.0,
        ),
        lambda d: d.sum_of_known_days("complaint", 28),
    ),
    Definition(
        _feature(
            "complaint_worst_7d",
            "worst complaint of the past 7 days",
            "largest rating of 7 days; minor, moderate and major count as 2, 5 and 8" + _NULL,
            unit="of 10",
            monotone=1,
            high=10.0,
        ),
        lambda d: d.any_max("complaint_worst", 7),
    ),
    Definition(
        _feature(
            "complaint_worst_28d",
            "worst complaint of the past 28 days",
            "largest rating of 28 days; minor, moderate and major count as 2, 5 and 8" + _NULL,
            unit="of 10",
            high=10.0,
        ),
        lambda d: d.any_max("complaint_worst", 28),
    ),
    Definition(
        _feature(
            "complaint_old_injury_28d",
            "complaint at the place of an earlier injury in the past 28 days",
            "1 if a complaint of 28 days names a region, and a side where both are told, in which "
            "an injury known by then had begun before" + _NULL,
            high=1.0,
        ),
        lambda d: d.any_max("complaint_old_injury", 28),
    ),
    Definition(
        _feature(
            "complaint_rise_7d",
            "rise of the worst complaint from the 7 days before to the past 7 days",
            "worst complaint of days 0-6 - worst of days 7-13" + _NULL,
            unit="of 10",
            low=-10.0,
            high=10.0,
        ),
        rise,
    ),
    Definition(
        _feature(
            "days_since_complaint",
            "days since the last complaint",
            f"days from the last day with a complaint {_PLACE} to the day",
            unit="days",
            structural_null="no complaint on record",
            high=20_000.0,
        ),
        days_since_complaint,
    ),
)
