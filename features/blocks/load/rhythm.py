"""The single longest run, and the rhythm of work and rest."""

from functools import partial
from typing import Any, Final

import numpy as np

from features.blocks.load.sparse_measures import measured_ratio
from features.blocks.load.volume import DESCRIPTIVE
from features.catalogue.entry import Feature
from features.catalogue.settings import days_needed
from features.kernels.windows import Daily
from features.panel.days import Days, ratio
from features.panel.definition import Definition

FRANDSEN: Final = (
    "Frandsen 2025: hazard ratio 1.64 above 10 %, 1.52 above 30 %, 2.28 above 100 % more than the "
    "longest run of the past 30 days"
)
HARD_RPE: Final = 7
BY_DISTANCE: Final = "longest_run_km"


def spike_today(days: Days, longest: str) -> Daily:
    """Largest run of the day over the largest of the reference days before it.

    Every run of the day is compared with the days before, so only the largest matters. 0 on a
    day without a run; null on a day with a run if none lies in the reference days, or, of
    distances, if one of those days holds a run whose distance nobody knows: it may have been the
    longest.
    """
    today, window = days.values(longest), days.settings.windows.spike_days
    # Lag 1: with the day itself among them no run could exceed the longest.
    reference = days.max(longest, window, lag=1)
    if longest == BY_DISTANCE:
        hidden = days.sum_of_known_days("runs_without_km", window, lag=1) > 0
        reference = np.where(hidden, np.nan, reference)
    # A day without a run has no spike; null would make every rest day unknown.
    return np.where(today == 0, 0.0, ratio(today, reference))


def spike_of_week(days: Days, longest: str) -> Daily:
    """Largest :func:`spike_today` of the past 7 days.

    Null if a run among them has nothing to be compared with, if too few days are known, or, of
    distances, if one of their runs lacks its own: the first run after a month off is no small step
    because the days before it were rest.
    """
    daily = days.derived(f"{longest} spike", lambda d: spike_today(d, longest))
    alone = days.derived(
        f"{longest} without a reference",
        lambda d: (d.values(longest) > 0) & np.isnan(d.values(daily)),
    )
    enough = days.known(longest, 7) >= days_needed(7, days.settings.known_share)
    # The maximum of the others would hide exactly the run that nothing can be compared with.
    enough &= days.sum_of_known_days(alone, 7) == 0
    if longest == BY_DISTANCE:
        enough &= days.sum_of_known_days("runs_without_km", 7) == 0
    return np.where(enough, days.any_max(daily, 7), np.nan)


def longest_run(days: Days, window: int) -> Daily:
    """Largest single-run distance of the window."""
    return days.max("longest_run_km", window)


def days_since_rest(days: Days) -> Daily:
    """Consecutive days with a session of any sport: 0 on a rest day."""
    return days.streak("sessions")


def rest_days(days: Days, window: int) -> Daily:
    """Days known to be without a session."""
    resting = days.derived(
        "resting", lambda d: _flag(d.values("sessions") == 0, d.values("sessions"))
    )
    return days.sum(resting, window)


def hard_days_share(days: Days) -> Daily:
    """Rated days of the past 28 whose hardest session was rated 7 or more, over all rated days."""
    return measured_ratio(days, hard_day(days), rated_day(days), "sessions", 28)


def hard_day(days: Days) -> str:
    """Return the channel that is 1 on days with a session rated 7 or more."""
    return days.derived("hard_day", lambda d: d.values("hardest_rpe") >= HARD_RPE)


def rated_day(days: Days) -> str:
    """Return the channel of :func:`_rated_day`."""
    return days.derived("rated_day", _rated_day)


def _rated_day(days: Days) -> Daily:
    """1 on days with a rated session, null on unrated days of training, 0 on days of rest."""
    rated = (days.values("rated_min") > 0).astype(np.float64)
    # Rest is no unanswered question: only days with a session can lack a rating.
    return np.where((days.values("sessions") > 0) & (rated == 0), np.nan, rated)


def longest_share(days: Days) -> Daily:
    """Longest run of the week over the week's distance."""
    return ratio(days.max("longest_run_km", 7), days.sum("run_km", 7))


def days_since_run(days: Days) -> Daily:
    """Days since the last logged run."""
    return days.on_every_day(lambda d: d.days_since("run", d.values("run_sessions") > 0))


def _flag(is_so: np.ndarray, values: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), np.nan, is_so)


def _feature(
    name: str,
    label: str,
    unit: str,
    formula: str,
    high: float,
    source: str = DESCRIPTIVE,
    **more: Any,  # noqa: ANN401 - the remaining fields of Feature
) -> Feature:
    return Feature(
        name=name,
        block="load",
        label=label,
        unit=unit,
        formula=formula,
        source=source,
        changeable=True,
        high=high,
        **{"decimals": 0} | more,
    )


NO_RUN_BEFORE: Final = "a run without any in the {spike_days} days before it"


def _spikes(kind: str, label: str, longest: str, prefix: str) -> tuple[Definition, ...]:
    hidden = ", null if a run without a distance lies in them" if longest == BY_DISTANCE else ""
    today = (
        f"largest single-run {kind} of the day / largest of the {{spike_days}} days before"
        f"{hidden}; 0 without a run"
    )
    return (
        Definition(
            _feature(
                f"{prefix}_spike_today",
                f"{label} today against the longest of the {{spike_days}} days before",
                "",
                today,
                100.0,
                FRANDSEN,
                monotone=1,
                structural_null=NO_RUN_BEFORE,
                decimals=2,
            ),
            partial(spike_today, longest=longest),
        ),
        Definition(
            _feature(
                f"{prefix}_spike",
                f"{label} of the past 7 days against the longest of the {{spike_days}} days "
                "before it",
                "",
                f"maximum over the past 7 days of ({today}); null if one of their runs has no "
                "run in the {spike_days} days before it"
                + (", or no distance" if longest == BY_DISTANCE else ""),
                100.0,
                FRANDSEN,
                monotone=1,
                structural_null=NO_RUN_BEFORE,
                decimals=2,
            ),
            partial(spike_of_week, longest=longest),
        ),
    )


RHYTHM: Final = (
    *_spikes("distance", "longest run", "longest_run_km", "longest_run"),
    *_spikes("time", "longest running time", "longest_run_min", "longest_time"),
    *(
        Definition(
            _feature(
                f"longest_run_{window}d_km",
                f"longest run of the past {window} days",
                "km",
                f"largest single-run distance of the {window} days that end on the day",
                200.0,
                decimals=1,
            ),
            partial(longest_run, window=window),
        )
        for window in (7, 30)
    ),
    Definition(
        _feature(
            "longest_run_share_7d",
            "share of the week's distance in one run",
            "",
            "longest run of 7 days / running distance of 7 days; null without a run",
            1.0,
            structural_null="no run in the past 7 days",
            decimals=2,
        ),
        longest_share,
    ),
    Definition(
        _feature(
            "days_since_rest",
            "days of training since the last rest day",
            "days",
            "consecutive days with a session of any sport that end on the day; 0 on a rest day",
            400.0,
        ),
        days_since_rest,
    ),
    Definition(
        _feature(
            "run_streak_days",
            "days in a row with a run",
            "days",
            "consecutive days with a run that end on the day; 0 on a day without one",
            4000.0,
        ),
        lambda d: d.streak("run_sessions"),
    ),
    *(
        Definition(
            _feature(
                f"rest_days_{window}d",
                f"rest days in the past {window} days",
                "days",
                f"days known to be without a session of any sport among the {window} that end on "
                "the day",
                float(window),
            ),
            partial(rest_days, window=window),
        )
        for window in (7, 28)
    ),
    Definition(
        _feature(
            "hard_days_share_28d",
            "share of hard days among the training days of the past 28",
            "",
            f"days with a session of RPE {HARD_RPE} or more / days with a rated session, over 28 "
            "days; null unless the share of answers holds for the days with a session",
            1.0,
            decimals=2,
        ),
        hard_days_share,
    ),
    Definition(
        _feature(
            "days_since_run",
            "days since the last run",
            "days",
            "days from the last logged run to the day; 0 if it is the day",
            4000.0,
            structural_null="no run logged yet",
        ),
        days_since_run,
    ),
)
