"""An athlete's weeks of running as a coach thinks of them: usual long run, streak, whole weeks."""

from collections.abc import Mapping, Sequence
from statistics import median
from typing import Any, Final

import pandas as pd

Row = Mapping[Any, Any]

WEEK: Final = 7
EARLIER_WEEKS: Final = 8
EVERY_WEEK: Final = 4


def usual_long_run(days: Sequence[Row], as_of: pd.Timestamp) -> float | None:
    """Return the median of the longest runs of the 8 weeks before this one; None below 3 weeks."""
    earlier_km = [km for at, km in _longest_by_week(days, as_of).items() if 0 < at <= EARLIER_WEEKS]
    return median(earlier_km) if len(earlier_km) >= EVERY_WEEK - 1 else None


def every_week_km(days: Sequence[Row], as_of: pd.Timestamp) -> float | None:
    """Return what the longest run reached in each of the 4 weeks before this one."""
    weeks = _longest_by_week(days, as_of)
    # A week without a run counts as 0 km: then no length was reached every week, and None is told.
    weekly_km = [weeks.get(at, 0.0) for at in range(1, EVERY_WEEK + 1)]
    return min(weekly_km) or None


def days_without_rest(days: Sequence[Row], as_of: pd.Timestamp) -> int:
    """Count the days with a run in a row, up to the as-of day.

    The kilometres of a week that only a mileage sheet knows are spread over its days: they are no
    runs, and tell of no rest either.
    """
    count = 0
    for day in reversed(days):
        ran = day["longest_run_km"] > 0 or (day.get("runs_without_km") or 0) > 0
        # A day that is missing in the rows ends the count: nobody knows that it had a run.
        if days_ago(day, as_of) != count or not ran:
            break
        count += 1
    return count


def long_run_weekday(days: Sequence[Row], as_of: pd.Timestamp) -> int | None:
    """Return the weekday (Monday is 0) of most longest runs of the past 6 weeks, if it is half.

    Of two as long in a week, the earlier counts.
    """
    longest: dict[int, Row] = {}
    for day in days:
        week = days_ago(day, as_of) // WEEK
        if week < EARLIER_WEEKS - 2 and day["longest_run_km"] > 0:
            longest_yet = longest.get(week)
            if longest_yet is None or day["longest_run_km"] > longest_yet["longest_run_km"]:
                longest[week] = day
    weekdays = [day["date"].weekday() for day in longest.values()]
    if len(weekdays) < EVERY_WEEK - 1:
        return None
    # Sorted, so that of two weekdays as frequent always the same one is told.
    most = max(sorted(set(weekdays)), key=weekdays.count)
    return most if 2 * weekdays.count(most) >= len(weekdays) else None


def whole_weeks(days: Sequence[Row], as_of: pd.Timestamp) -> dict[int, float]:
    """Return the kilometres of each week of which every day is known; 0 is the week just ended.

    A day of which a run has no distance is not known.
    """
    weeks: dict[int, list[float]] = {}
    for day in days:
        km = float("nan") if day.get("runs_without_km") else float(day["distance_km"])
        weeks.setdefault(days_ago(day, as_of) // WEEK, []).append(km)
    return {
        at: sum(km)
        for at, km in weeks.items()
        if len(km) == WEEK and not any(pd.isna(day_km) for day_km in km)
    }


def _longest_by_week(days: Sequence[Row], as_of: pd.Timestamp) -> dict[int, float]:
    by_week: dict[int, float] = {}
    for day in days:
        week = days_ago(day, as_of) // WEEK
        if day["longest_run_km"] > 0:
            by_week[week] = max(by_week.get(week, 0.0), float(day["longest_run_km"]))
    return by_week


def days_ago(day: Row, as_of: pd.Timestamp) -> int:
    """Return how many days before the as-of day a day lies.

    A row may bring it as `days_ago`: made for all rows at once it takes a hundredth of the time.
    """
    known = day.get("days_ago")
    return int((as_of - day["date"]).days if known is None else known)
