"""Damaged exports of every kind: a clear refusal or rows within the contract, never a crash."""

import csv
import io
import json
import re
from pathlib import Path
from xml.sax.saxutils import quoteattr

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.contracts import CONTRACTS, conform
from ingest.readers.activity.apple.export import AppleHealthReader
from ingest.readers.activity.garmin.account_export import GarminExportReader
from ingest.readers.activity.garmin.activity_list import GarminListReader
from ingest.readers.activity.intervals_icu import IntervalsIcuReader
from ingest.readers.activity.strava import StravaActivitiesReader
from ingest.readers.activity.stryd import StrydReader
from ingest.readers.activity.training_peaks import TrainingPeaksReader
from ingest.readers.club.sessions import ClubSessionsReader
from ingest.readers.registry import FileRefused, Reader, find_reader
from tests.ingest import (
    test_ingest_apple,
    test_ingest_club_sessions,
    test_ingest_garmin_export,
    test_ingest_garmin_list,
    test_ingest_other_logs,
    test_ingest_strava,
)
from tests.ingest.export_files import context, lines, put

SEEDS: dict[Reader, str] = {
    StravaActivitiesReader(): test_ingest_strava.export([test_ingest_strava.row()] * 2),
    GarminListReader(): test_ingest_garmin_list.export(
        test_ingest_garmin_list.row(),
        test_ingest_garmin_list.row(Date="7/14/2024 15:36", Distance="6.1"),
    ),
    GarminExportReader(): json.dumps(
        [{"summarizedActivitiesExport": [test_ingest_garmin_export.RUN]}], indent=1
    ),
    AppleHealthReader(): test_ingest_apple.export(
        test_ingest_apple.workout(*test_ingest_apple.TOTALS),
        test_ingest_apple.sleep("2024-05-05 23:00:00", "2024-05-06 01:00:00"),
        test_ingest_apple.record(
            "HKQuantityTypeIdentifierRestingHeartRate", "2024-05-06 20:00:00 +0200", 54
        ),
    ),
    TrainingPeaksReader(): lines([test_ingest_other_logs.PEAKS, test_ingest_other_logs.peaks()]),
    IntervalsIcuReader(): lines([test_ingest_other_logs.ICU, test_ingest_other_logs.icu()]),
    StrydReader(): lines([test_ingest_other_logs.STRYD, *test_ingest_other_logs.stryd(5)]),
    ClubSessionsReader(): lines(
        [test_ingest_club_sessions.COLUMNS, test_ingest_club_sessions.row()]
    ),
}
NASTY = (
    "", '"', "\0", "\n", "\r", ",", ";", "-", "-1", "1e999", "NaN", "inf", "9" * 5000, "0001-01-01",
    "99999-01-01", "31/12/9999 23:59", f"{'9' * 5000}/1/2024 10:00",
    "٣", "½", "\u202e", "\ud7ff", "null", "{}", "[]", "<", "&#0;",
    "<!--", "1.2,3.4", "1,234,567", "00:99:99", "2024-02-30 25:61:61", "true", "Run",
)  # fmt: skip
NASTY_CELLS = tuple(cell for cell in NASTY if "1.2,3.4" not in cell and "\0" not in cell)


@st.composite
def damaged(draw: st.DrawFn, text: str) -> bytes:
    for _ in range(draw(st.integers(1, 4))):
        first = draw(st.integers(0, len(text)))
        last = min(len(text), first + draw(st.integers(0, 30)))
        text = text[:first] + draw(st.sampled_from(NASTY)) + text[last:]
    if draw(st.booleans()):
        text = text[: draw(st.integers(0, len(text)))]
    encoding = draw(st.sampled_from(["utf-8", "utf-8", "utf-16", "utf-16-le"]))
    return text.encode(encoding)


def read_damaged(reader: Reader, path: Path, root: Path) -> str:
    """Read, and see that what is accepted keeps the contract; return the refusal's sentence."""
    try:
        parsed = reader.read(path, context(root))
    except FileRefused as refused:
        return refused.sentence
    for table, frame in parsed.records.items():
        within = frame[[name for name in CONTRACTS[table].columns if name in frame]]
        conform(table, within.drop_duplicates(list(CONTRACTS[table].unique or within.columns)))
    return "nothing refused as a whole"


@pytest.mark.parametrize("reader", SEEDS, ids=lambda reader: reader.kind)
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_damage_never_crashes(tmp_path: Path, reader: Reader, data: st.DataObject) -> None:
    path = put(tmp_path, "export", data.draw(damaged(SEEDS[reader])))
    reader.knows(path, path.read_bytes()[:8192])
    # A refusal has to be a sentence.
    assert len(read_damaged(reader, path, tmp_path)) > 20


@pytest.mark.parametrize(
    "reader", [seed for seed in SEEDS if "csv" in seed.kind], ids=lambda r: r.kind
)
def test_any_cell_may_hold_anything(tmp_path: Path, reader: Reader) -> None:
    header, row = list(csv.reader(io.StringIO(SEEDS[reader])))[:2]
    spoiled = [
        [*row[:at], nasty, *row[at + 1 :]] for at in range(len(row)) for nasty in NASTY_CELLS
    ]
    path = put(tmp_path, "export", lines([header, *spoiled]))
    assert read_damaged(reader, path, tmp_path) == "nothing refused as a whole"


def test_any_field_may_hold_anything(tmp_path: Path) -> None:
    run = test_ingest_garmin_export.RUN
    # JSON may hold a number that no float can.
    values = [*NASTY_CELLS, [], {}, [1], True, -1, 10**400, float("nan"), float("inf"), None]
    spoiled = [run | {name: value} for name in run for value in values]
    path = put(tmp_path, "export", test_ingest_garmin_export.export(*spoiled))
    assert read_damaged(GarminExportReader(), path, tmp_path) == "nothing refused as a whole"


def test_any_attribute_may_hold_anything(tmp_path: Path) -> None:
    seed = SEEDS[next(seed for seed in SEEDS if seed.kind == "apple_health")]
    told = sorted(set(re.findall(r'"([^"<>]*)"', seed.split("<HealthData", 1)[1])))
    bodies = [
        seed.split("\n", 9)[-1].removesuffix("</HealthData>\n").replace(f'"{old}"', quoteattr(new))
        for old in told
        for new in NASTY_CELLS
    ]
    path = put(tmp_path, "export", test_ingest_apple.export(*bodies))
    assert read_damaged(AppleHealthReader(), path, tmp_path) == "nothing refused as a whole"


@pytest.mark.parametrize("reader", SEEDS, ids=lambda reader: reader.kind)
def test_every_export_finds_its_reader(tmp_path: Path, reader: Reader) -> None:
    found = find_reader(put(tmp_path, "export", SEEDS[reader]))
    assert found is not None
    assert found.kind == reader.kind
    parsed = found.read(tmp_path / "r1/export", context(tmp_path))
    assert len(pd.concat(parsed.records.values())) > 0
