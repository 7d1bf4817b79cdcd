"""What counts as a changed session, and why it changed."""

import pandas as pd
import pytest

from benchmarks.real_parts.changes import Raw, changes_of

START = pd.Timestamp("2024-05-06 06:00", tz="UTC")


def session(minutes: float, moving: float | None, km: float | None, check: str | None = None):
    return {"duration_min": minutes, "moving_min": moving, "distance_km": km, "check": check}


@pytest.mark.parametrize(
    ("raw", "read", "why", "changes"),
    [
        (Raw("1", START, 60, 10.0), session(60.05, None, 10.004), [], []),
        (Raw("1", START, 60, 10.0), session(60, 55, 10), [],
         [("minutes", ["in_motion_by_the_points"])]),
        (Raw("1", START, 60, 10.0, 58), session(60, 58, 10), ["bad_hr_max_set_null"], []),
        (Raw("1", START, 60, 10.0), session(30, None, 10), [], [("minutes", ["unexplained"])]),
        (Raw("1", START, 60, 10.0), session(60, None, None), [], [("km", ["unexplained"])]),
        (Raw("1", START, 60, 10.0), session(60, None, None), ["bad_hr_max_set_null"],
         [("km", ["unexplained"])]),
        (Raw("1", START, 60, 10.0), session(60, None, 11), ["two_joined"],
         [("km", ["two_joined"])]),
        (Raw("1", START, 60, 0.0), session(60, None, None), [],
         [("km", ["zero_distance_is_unknown"])]),
        (Raw("1", START, 60, None), session(60, None, 9), [],
         [("km", ["distance_by_the_points"])]),
        (Raw("1", START, 60, 10.0), session(90, None, 10, "watch_left_on"), [],
         [("minutes", ["watch_left_on"])]),
        (Raw("1", START, 60, 10.0), None, [], [("session", ["unexplained"])]),
        (Raw("1", START, 60, 10.0), None, ["false_start_dropped"],
         [("session", ["false_start_dropped"])]),
    ],
)  # fmt: skip
def test_a_changed_value_is_told_with_its_reason(raw, read, why, changes) -> None:
    found = changes_of("a.fit", raw, read, why)
    assert [(change.what, change.reasons) for change in found] == changes
