"""Sessions as read against what their files say raw: which values changed, and why."""

from dataclasses import asdict, dataclass, field
from typing import Any, Final

import pandas as pd

MINUTES, KILOMETRES = 0.1, 0.006
"""Differences up to these are rounding."""
UNEXPLAINED: Final = "unexplained"
_OF_OTHER_VALUES: Final = ("bad_hr", "bad_cadence", "bad_averageHeart", "records_of_one_moment")
"""Repairs that change no minutes and no kilometres."""
_ZERO: Final = "zero_distance_is_unknown"


@dataclass(frozen=True)
class Raw:
    """What a file says of one session, read by a decoder that shares no code with the product.

    `minutes` is the longest time that the file states, `moving` that without pauses.
    """

    record: str
    start: pd.Timestamp
    minutes: float | None
    km: float | None
    moving: float | None = None


@dataclass
class Change:
    """One session whose values differ from its file, or which is in no table at all."""

    file: str
    record: str
    start: str
    what: str
    raw: float | None
    read: float | None
    reasons: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the change as plain values."""
        return asdict(self)


def moving_minutes(session: dict[str, Any]) -> float | None:
    """Return minutes in motion, else from start to end, as the features take them."""
    moving = session["moving_min"]
    value = moving if pd.notna(moving) and moving > 0 else session["duration_min"]
    return None if pd.isna(value) else float(value)


def changes_of(file: str, raw: Raw, session: dict[str, Any] | None, why: list[str]) -> list[Change]:
    """Compare one session with its file; without a session the whole of it is the change."""
    stamp = raw.start.isoformat()
    if session is None:
        reasons = why or [UNEXPLAINED]
        return [Change(file, raw.record, stamp, "session", raw.minutes, None, reasons)]
    km = None if pd.isna(session["distance_km"]) else float(session["distance_km"])
    minutes = moving_minutes(session)
    pairs = (
        ("minutes", raw.moving if raw.moving is not None else raw.minutes, minutes, MINUTES),
        ("km", raw.km, km, KILOMETRES),
    )
    check = session["check"]
    # A repaired heart rate is no reason for other minutes.
    of_size = [code for code in why if not code.startswith(_OF_OTHER_VALUES)]
    reasons = [*of_size, *([str(check)] if pd.notna(check) else [])]
    return [
        Change(file, raw.record, stamp, measure, _rounded(in_file), _rounded(read),
               reasons or [_reason_of(measure, raw, in_file, session)])
        for measure, in_file, read, slack in pairs
        if _differs(in_file, read, slack)
    ]  # fmt: skip


def _reason_of(measure: str, raw: Raw, in_file: float | None, session: dict[str, Any]) -> str:
    """Say what of the file's points stands in place of what its summary says, if that is it."""
    moving, length = session["moving_min"], session["duration_min"]
    if measure == "minutes" and pd.notna(moving) and raw.minutes is not None:
        is_whole = abs(length - raw.minutes) <= 1 or length > raw.minutes
        return "in_motion_by_the_points" if is_whole and moving <= length else UNEXPLAINED
    if measure == "km":
        return (
            "distance_by_the_points" if in_file is None else _ZERO if in_file == 0 else UNEXPLAINED
        )
    return UNEXPLAINED


def _differs(in_file: float | None, read: float | None, slack: float) -> bool:
    if in_file is None or read is None:
        # Two unknowns are the same; one unknown is a change whatever the other is.
        return in_file is not read
    return abs(in_file - read) > slack


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 3)
