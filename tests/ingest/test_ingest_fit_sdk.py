"""Real files give what Garmin's own SDK reads in them: totals, dynamics, every series.

The SDK's licence is none for a dependency: `pip install garmin-fit-sdk` for this check alone.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ingest.readers.activity.fit.content import RECORD_FIELDS, Content
from ingest.readers.activity.fit.decode import decode
from ingest.readers.activity.fit.framing import Part
from ingest.readers.activity.fit.reader import activity_rows
from ingest.readers.activity.session_row import SessionRow
from tests.ingest.test_ingest_fit_paths import SAMPLES, healthy, needs_samples

try:
    import garmin_fit_sdk as sdk
except ImportError:
    sdk = None

pytestmark = [
    pytest.mark.slow,
    needs_samples,
    pytest.mark.skipif(sdk is None, reason="garmin-fit-sdk is not installed"),
]
Messages = dict[str, list[dict[str, Any]]]
TOTALS = {
    "duration_min": ("total_elapsed_time", 1 / 60),
    "distance_km": ("total_distance", 1 / 1000),
    "ascent_m": ("total_ascent", 1),
    "descent_m": ("total_descent", 1),
    "hr_mean": ("avg_heart_rate", 1),
    "hr_max": ("max_heart_rate", 1),
}
DYNAMICS = {
    "vertical_oscillation_mm": ("avg_vertical_oscillation", 1),
    "ground_contact_ms": ("avg_stance_time", 1),
    "balance_left_pct": ("avg_stance_time_balance", 1),
    "step_length_m": ("avg_step_length", 1 / 1000),
    "vertical_ratio_pct": ("avg_vertical_ratio", 1),
}
DEGREES = 180 / 2**31
UNSET = {0xFF, 0xFFFF, 0xFFFFFFFF}
"""The SDK leaves "no value" of a developer field as it stands."""


def official(part: Part) -> Messages | None:
    """Return what the SDK reads, or None where it stops with an error."""
    stream = sdk.Stream.from_byte_array(bytearray(part.raw))
    messages, errors = sdk.Decoder(stream).read(
        convert_types_to_strings=False, convert_datetimes_to_dates=False, merge_heart_rates=False
    )
    return None if errors else messages


def parts_of(path: Path) -> list[tuple[Content, list[SessionRow], Messages]]:
    """Return the healthy parts of a file that hold an activity, as both read them."""
    found = []
    for part in healthy(path):
        content = decode(part)
        rows, theirs = activity_rows(content), official(part)
        if theirs is None:
            pytest.skip("the SDK stops with an error")
        if rows:
            found.append((content, rows, theirs))
    return found


def numbers(values: list[Any]) -> np.ndarray:
    plain = [float(value) for value in values if isinstance(value, int | float)]
    return np.array([one for one in plain if not np.isnan(one)])


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_session_totals_and_dynamics_are_the_sdks(path: Path) -> None:
    for content, rows, theirs in parts_of(path):
        sessions = sorted(theirs.get("session_mesgs", []), key=lambda one: one["start_time"])
        assert len(content.all("session")) == len(sessions)
        for row, session in zip(rows, sessions, strict=False):
            native = TOTALS | (DYNAMICS if row.dynamics_source != "stryd" else {})
            for name, (field, factor) in native.items():
                value = session.get(field)
                if isinstance(value, int | float) and value > 0 and name in row.numbers:
                    assert row.numbers[name] == pytest.approx(value * factor, rel=1e-6), name


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_series_is_the_sdks(path: Path) -> None:
    for content, _, theirs in parts_of(path):
        records = theirs.get("record_mesgs", [])
        for name in RECORD_FIELDS:
            if name in content.records and name != "timestamp":
                ours = content.records[name][~np.isnan(content.records[name])]
                expected = numbers([record.get(name) for record in records])
                expected = expected * (DEGREES if name.startswith("position") else 1)
                assert len(ours) == len(expected), name
                # Speed at which an old field is spread to a new one is rounded to 1 mm/s.
                assert ours.sum() == pytest.approx(expected.sum(), rel=1e-4), name


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_every_developer_field_is_the_sdks(path: Path) -> None:
    for content, _, theirs in parts_of(path):
        described = theirs.get("field_description_mesgs", [])
        names = {one["key"]: str(one.get("field_name")) for one in described}
        told: dict[str, list[Any]] = {}
        for record in theirs.get("record_mesgs", []):
            for key, value in record.get("developer_fields", {}).items():
                if not (isinstance(value, int | float) and value in UNSET):
                    told.setdefault(names.get(key, ""), []).append(value)
        ours: dict[str, float] = {}
        for series in content.developer:
            ours[series.name] = ours.get(series.name, 0.0) + float(np.nansum(series.values))
        for name, total in ours.items():
            assert total == pytest.approx(numbers(told.get(name, [])).sum(), rel=1e-6), name
