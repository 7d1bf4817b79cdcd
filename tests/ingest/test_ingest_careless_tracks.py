"""Tracks as careless programs write them: sports as numbers or not at all, points out of order."""

from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.activity.garmin.activity_list import GarminListReader
from ingest.readers.activity.gpx import GpxReader
from ingest.readers.activity.tcx import TcxReader
from ingest.readers.base import Parsed
from tests.ingest import test_ingest_tcx as tcx
from tests.ingest.export_files import context, put, read, reasons

METRES_PER_DEGREE = 111_195


def gpx(root: Path, inner: str, kind: str = "<type>running</type>") -> Parsed:
    content = (
        '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"'
        f' xmlns:gpxtpx="urn:tpx"><trk>{kind}{inner}</trk></gpx>'
    )
    return read(GpxReader(), put(root, "a.gpx", content), context(root))


def point(second: float, metres: float, cadence: int | None = None, comma: bool = False) -> str:
    latitude = f"{50 + metres / METRES_PER_DEGREE:.8f}"
    place = latitude.replace(".", ",") if comma else latitude
    steps = "" if cadence is None else f"<extensions><cad>{cadence}</cad></extensions>"
    time = pd.Timestamp("2024-11-08T11:00:00Z") + pd.Timedelta(seconds=second)
    clock = time.strftime("%Y-%m-%dT%H:%M:%SZ")
    return f'<trkpt lat="{place}" lon="8.0"><time>{clock}</time>{steps}</trkpt>'


def segment(seconds: range, speed: float, ahead: float = 0.0, cadence: int | None = None) -> str:
    points = (point(s, ahead + speed * s, cadence) for s in seconds)
    return f"<trkseg>{''.join(points)}</trkseg>"


def run_of(parsed: Parsed) -> pd.Series:
    (row,) = (one for _, one in parsed.records["sessions"].iterrows())
    return row


@pytest.mark.parametrize(
    ("number", "sport"),
    [("1", "ride"), ("4", "hike"), ("9", "run"), ("10", "walk"), ("16", "swim"), ("17", "ride"),
     ("30", "strength"), ("11", "other")],
)  # fmt: skip
def test_the_numbers_of_strava(tmp_path: Path, number: str, sport: str) -> None:
    parsed = gpx(tmp_path, segment(range(0, 601, 5), 3.0), f"<type>{number}</type>")
    assert run_of(parsed)["sport"] == sport


@pytest.mark.parametrize(
    ("speed", "cadence", "likely"),
    # 7.5 m/s may be a bicycle; nobody runs with 25 strides a minute.
    [(3.0, None, "run"), (3.0, 85, "run"), (1.4, 55, "walk"), (7.5, None, None), (3.0, 25, None)],
)
def test_the_sport_of_a_nameless_track(
    tmp_path: Path, speed: float, cadence: int | None, likely: str | None
) -> None:
    row = run_of(gpx(tmp_path, segment(range(0, 601, 5), speed, cadence=cadence), kind=""))
    assert row["sport"] == "other"
    assert (row["likely_sport"] if isinstance(row["likely_sport"], str) else None) == likely


def test_a_named_sport_is_not_guessed(tmp_path: Path) -> None:
    row = run_of(gpx(tmp_path, segment(range(0, 601, 5), 3.0), "<type>kitesurf</type>"))
    assert pd.isna(row["likely_sport"])


def test_a_way_between_segments_is_not_run(tmp_path: Path) -> None:
    """A watch that was stopped, carried 5 km and started again."""
    two = segment(range(0, 301, 5), 3.0) + segment(range(900, 1201, 5), 3.0, ahead=5000)
    row = run_of(gpx(tmp_path, two))
    # Twice 300 s at 3 m/s: the 5 km between were carried.
    assert row["distance_km"] == pytest.approx(1.8, rel=0.01)
    assert row["duration_min"] == pytest.approx(20)


def test_points_whose_times_zigzag_cover_the_way_as_written(tmp_path: Path) -> None:
    """The second half carries the times of the first: sorted, the points jump to and fro."""
    first = [point(s, 3.0 * s) for s in range(0, 600, 10)]
    second = [point(s + 5, 1800 + 3.0 * s) for s in range(0, 600, 10)]
    parsed = gpx(tmp_path, f"<trkseg>{''.join(first + second)}</trkseg>")
    assert run_of(parsed)["distance_km"] == pytest.approx(3.6, rel=0.02)
    assert parsed.account.repairs["distance_in_the_order_of_the_file"] == 1


def test_decimal_commas_of_positions(tmp_path: Path) -> None:
    points = "".join(point(s, 3.0 * s, comma=True) for s in range(0, 601, 5))
    row = run_of(gpx(tmp_path, f"<trkseg>{points}</trkseg>"))
    assert row["distance_km"] == pytest.approx(1.8, rel=0.01)


def test_the_first_lap_begins_the_activity_and_not_its_id(tmp_path: Path) -> None:
    text = tcx.file(tcx.lap(tcx.track(tcx.points()))).replace(
        "<Id>2024-11-08T11:00:00.000Z</Id>", "<Id>2024-11-08T11:10:00.000Z</Id>"
    )
    row = run_of(read(TcxReader(), put(tmp_path, "a.tcx", text), context(tmp_path)))
    assert row["start"] == pd.Timestamp("2024-11-08 11:00", tz="UTC")
    assert row["duration_min"] == pytest.approx(10)


def test_bare_seconds_under_a_garmin_heading_are_told_and_not_read(tmp_path: Path) -> None:
    head = (
        "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR,Max HR,Avg Pace,"
        "Total Ascent,Number of Laps,Moving Time"
    )
    rows = [
        "Running,2024-05-09 06:00:00,false,Run,6.0,400,1805.0,145,150,0,10,6,1797.0",
        "Running,2024-05-11 06:00:00,false,Run,12.0,800,01:00:08,145,150,0,10,6,01:00:00",
    ]
    path = put(tmp_path, "Activities.csv", "\n".join([head, *rows]))
    parsed = read(GarminListReader(), path, context(tmp_path))
    assert reasons(parsed) == {"2": "duration_without_unit"}
    assert run_of(parsed)["duration_min"] == pytest.approx(60 + 8 / 60)


def test_runs_hours_apart_in_one_track_are_sessions_of_their_own(tmp_path: Path) -> None:
    # More than eight hours apart; the 57 minutes below are a pause.
    halves = segment(range(0, 601, 5), 3.0), segment(range(30_000, 30_601, 5), 3.0)
    parsed = gpx(tmp_path, "".join(halves))
    assert parsed.records["sessions"]["record"].tolist() == ["track 1", "track 2"]
    assert parsed.records["sessions"]["duration_min"].tolist() == [10.0, 10.0]
    pause = gpx(tmp_path, segment(range(0, 601, 5), 3.0) + segment(range(4_000, 4_601, 5), 3.0))
    assert len(pause.records["sessions"]) == 1


# A year before the rest is a clock that was not set; three days may be a track of a tour.
@pytest.mark.parametrize(("seconds", "is_dropped"), [(-400 * 86_400, True), (-3 * 86_400, False)])
def test_points_of_a_clock_that_was_not_set(tmp_path: Path, seconds: int, is_dropped: bool) -> None:
    early = f"<trkseg>{point(seconds, 0)}</trkseg>"
    parsed = gpx(tmp_path, early + segment(range(0, 601, 5), 3.0))
    starts = parsed.records["sessions"]["start"].dt.strftime("%Y-%m-%d").tolist()
    assert starts == ["2024-11-08"]
    assert ("points_out_of_time_dropped" in parsed.account.repairs) == is_dropped
