"""GPX: tracks with times, in every careless spelling; routes and hostile files."""

from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.activity.gpx import GpxReader
from ingest.readers.registry import FileRefused, Parsed, find_reader
from tests.ingest.export_files import context, put, read, reasons


def point(second: int, *, more: str = "", time: bool = True, height: float = 100) -> str:
    """A point of a run at 3 m/s along a meridian."""
    minute, rest = divmod(second, 60)
    return (
        f'<trkpt lat="{50 + 3 * second / 111_195:.8f}" lon="8.0"><ele>{height}</ele>'
        + f"<time>2024-11-08T11:{minute:02}:{rest:02}Z</time>" * time
        + f"{more}</trkpt>"
    )


def points(first: int = 0, last: int = 600, **more: object) -> str:
    return "".join(point(second, **more) for second in range(first, last + 1))  # type: ignore[arg-type]


def track(inner: str, kind: str = "<type>running</type>", name: str = "") -> str:
    return f"<trk><name>{name}</name>{kind}<trkseg>{inner}</trkseg></trk>"


def file(inner: str) -> str:
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="StravaGPX"'
        ' xmlns="http://www.topografix.com/GPX/1/1" xmlns:gpxtpx="urn:tpx">'
        f"<metadata><time>2024-11-08T11:00:00Z</time></metadata>{inner}</gpx>"
    )


def parse(root: Path, content: str | bytes, **settings: object) -> Parsed:
    return read(GpxReader(), put(root, "a.gpx", content), context(root, **settings))


def row_of(parsed: Parsed) -> pd.Series:
    (row,) = [one for _, one in parsed.records["sessions"].iterrows()]
    return row


EXTENSION = (
    "<extensions><gpxtpx:TrackPointExtension><gpxtpx:hr>150</gpxtpx:hr>"
    "<gpxtpx:cad>82</gpxtpx:cad></gpxtpx:TrackPointExtension></extensions>"
)


def test_a_run(tmp_path: Path) -> None:
    parsed = parse(tmp_path, file(track(points(more=EXTENSION))))
    row = row_of(parsed)
    assert (row["sport"], row["record"]) == ("run", "track 1")
    assert row["start"] == pd.Timestamp("2024-11-08 11:00", tz="UTC")
    assert row["duration_min"] == pytest.approx(10)
    # 600 s at 3 m/s; the sphere of the reader may differ a little from that of these points.
    assert row["distance_km"] == pytest.approx(1.8, rel=1e-3)
    # GPX counts one foot: twice 82.
    assert (row["hr_mean"], row["cadence_spm"]) == (150, 164)
    assert parsed.account.accepted == 1


@pytest.mark.parametrize(
    ("kind", "name", "sport", "repair"),
    # Strava writes its own number, 9, for a run.
    [("<type>Running</type>", "", "run", None), ("<type>9</type>", "", "run", None),
     # The stated type beats the name, which anybody may type.
     ("<type>cycling</type>", "Morning Run", "ride", None),
     ("", "Morning Run", "run", "sport_taken_from_name"),
     ("", "Untitled", "other", "sport_missing_is_other"),
     ("<type>quux</type>", "Morning Run", "other", "unknown_activity_type_is_other"),
     ('<link href="u"><type>text/html</type></link><type>running</type>', "", "run", None)],
)  # fmt: skip
def test_the_sport(tmp_path: Path, kind: str, name: str, sport: str, repair: str | None) -> None:
    parsed = parse(tmp_path, file(track(points(), kind, name)))
    assert row_of(parsed)["sport"] == sport
    assert parsed.account.repairs == ({repair: 1} if repair else {})


def test_a_prefix_that_was_never_declared(tmp_path: Path) -> None:
    """As one exporter writes: no declaration, and every cadence twice."""
    more = (
        "<extensions><gpxdata:hr>150</gpxdata:hr><gpxdata:cadence>82</gpxdata:cadence>"
        "<gpxdata:cadence>82</gpxdata:cadence></extensions>"
    )
    path = put(tmp_path, "a.gpx", file(track(points(more=more))))
    assert isinstance(find_reader(path), GpxReader)
    parsed = read(GpxReader(), path, context(tmp_path))
    assert (row_of(parsed)["hr_mean"], row_of(parsed)["cadence_spm"]) == (150, 164)
    assert parsed.account.repairs == {"xml_faults_recovered": 1}


def test_cadence_that_counts_both_feet_already(tmp_path: Path) -> None:
    # Nobody takes 330 steps a minute: this device wrote both feet.
    more = EXTENSION.replace("82", "165")
    assert row_of(parse(tmp_path, file(track(points(more=more)))))["cadence_spm"] == 165


def test_a_byte_order_mark(tmp_path: Path) -> None:
    parsed = parse(tmp_path, b"\xef\xbb\xbf" + file(track(points())).encode())
    assert row_of(parsed)["duration_min"] == pytest.approx(10)


def test_a_pause_is_a_new_segment(tmp_path: Path) -> None:
    inner = points(0, 300) + "</trkseg><trkseg>" + points(900, 1200)
    row = row_of(parse(tmp_path, file(track(inner))))
    assert row["duration_min"] == pytest.approx(20)
    # Two stretches of 5 minutes; at their edges a point more or less counts.
    assert row["moving_min"] == pytest.approx(10, rel=0.02)


def test_climbing(tmp_path: Path) -> None:
    """Ten minutes up 60 m and down again; half a metre of noise is no climb."""
    inner = "".join(
        point(s, height=100 + 0.1 * min(s, 1200 - s) + 0.5 * (s % 2)) for s in range(1201)
    )
    row = row_of(parse(tmp_path, file(track(inner))))
    assert row["ascent_m"] == pytest.approx(60, abs=2)
    assert row["descent_m"] == pytest.approx(60, abs=2)


def test_a_jump_of_the_position_is_no_distance(tmp_path: Path) -> None:
    far = '<trkpt lat="51.0" lon="9.0"><time>2024-11-08T11:05:00.500Z</time></trkpt>'
    row = row_of(parse(tmp_path, file(track(points(0, 300) + far + points(301, 600)))))
    assert row["distance_km"] == pytest.approx(1.8, rel=0.01)


def test_several_tracks_are_several_sessions(tmp_path: Path) -> None:
    later = track(points()).replace("T11:", "T17:")
    parsed = parse(tmp_path, file(track(points()) + later))
    assert list(parsed.records["sessions"]["record"]) == ["track 1", "track 2"]


def test_a_planned_track_has_no_times(tmp_path: Path) -> None:
    parsed = parse(tmp_path, file(track(points(time=False))))
    assert reasons(parsed) == {"track 1": "no_start_time"}


@pytest.mark.parametrize(
    "inner", ["", "<rte><rtept lat='50' lon='8'/></rte>", "<wpt lat='50' lon='8'/>",
              "<trk><name>x</name></trk>"]
)  # fmt: skip
def test_files_without_a_track(tmp_path: Path, inner: str) -> None:
    with pytest.raises(FileRefused, match="no track"):
        parse(tmp_path, file(inner))


def test_numbers_that_are_none(tmp_path: Path) -> None:
    more = "<extensions><hr>NaN</hr></extensions>"
    inner = points(0, 299) + '<trkpt lat="x" lon="8"><ele>?</ele></trkpt>' + points(300, more=more)
    row = row_of(parse(tmp_path, file(track(inner))))
    assert row["distance_km"] == pytest.approx(1.8, rel=0.01)
    assert pd.isna(row["hr_mean"])


def test_a_file_that_breaks_off(tmp_path: Path) -> None:
    whole = file(track(points()))
    parsed = parse(tmp_path, whole[: whole.rindex("<time>") + 12])
    assert parsed.account.repairs == {"truncated": 1}
    assert row_of(parsed)["duration_min"] == pytest.approx(599 / 60)


def test_a_title_outside_any_track(tmp_path: Path) -> None:
    """Junk that reads like a second document leaves elements without a parent."""
    content = file(track(points(0, 60))) + "<name>x</name><trk><name>y</name>"
    assert row_of(parse(tmp_path, content))["duration_min"] == pytest.approx(1)


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE gpx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    path = put(tmp_path, "a.gpx", file("&b;").replace("?>", "?>" + bomb, 1))
    with pytest.raises(FileRefused) as refusal:
        GpxReader().read(path, context(tmp_path))
    assert refusal.value.reason == "document_type_declared"


@pytest.mark.parametrize("content", [b"", b"<", b"<gpx", b"<gpx>", b"\xff\xfe<", b"<gpx/>"])
def test_scraps(tmp_path: Path, content: bytes) -> None:
    path = put(tmp_path, "a.gpx", content)
    if find_reader(path) is None:
        return
    with pytest.raises(FileRefused):
        GpxReader().read(path, context(tmp_path))
