"""TCX: laps and points, in every careless spelling, and hostile files."""

import os
from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.activity.tcx import TcxReader
from ingest.readers.registry import FileRefused, Parsed, find_reader
from tests.ingest.export_files import context, put, read, reasons

SAMPLE = Path(os.environ.get("STRIDECAST_SHARED", "../shared")) / "samples/tcx"
NAMESPACES = (
    'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"'
    ' xmlns:ns3="http://www.garmin.com/xmlschemas/ActivityExtension/v2"'
)


def point(second: int, *, distance: bool = True, heart_rate: int | None = 150, more: str = "",
          zone: str = "Z", place: bool = True) -> str:  # fmt: skip
    """A point of a run at 3 m/s along a meridian."""
    minute, rest = divmod(second, 60)
    position = (
        f"<Position><LatitudeDegrees>{50 + 3 * second / 111_195:.8f}</LatitudeDegrees>"
        "<LongitudeDegrees>8.0</LongitudeDegrees></Position>"
    )
    return (
        f"<Trackpoint><Time>2024-11-08T11:{minute:02}:{rest:02}.000{zone}</Time>"
        + position * place
        + f"<DistanceMeters>{3.0 * second}</DistanceMeters>" * distance
        + (f"<HeartRateBpm><Value>{heart_rate}</Value></HeartRateBpm>" if heart_rate else "")
        + f"{more}</Trackpoint>"
    )


def points(first: int = 0, last: int = 600, **more: object) -> str:
    return "".join(point(second, **more) for second in range(first, last + 1))  # type: ignore[arg-type]


def lap(track: str, *, seconds: float | None = 600, metres: float | None = 1800, more: str = "",
        start: str = "2024-11-08T11:00:00.000Z") -> str:  # fmt: skip
    totals = f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds>" if seconds is not None else ""
    totals += f"<DistanceMeters>{metres}</DistanceMeters>" if metres is not None else ""
    return (
        f'<Lap StartTime="{start}">{totals}<MaximumSpeed>16200.0</MaximumSpeed>{track}{more}</Lap>'
    )


def file(laps: str, sport: str = "Running", root: str = NAMESPACES) -> str:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><TrainingCenterDatabase {root}><Activities>'
        f'<Activity Sport="{sport}"><Id>2024-11-08T11:00:00.000Z</Id>{laps}'
        "<Creator><Name>Hardlopen</Name></Creator></Activity></Activities>"
        "</TrainingCenterDatabase>"
    )


def track(inner: str) -> str:
    return f"<Track>{inner}</Track>"


def parse(root: Path, content: str | bytes, **settings: object) -> Parsed:
    return read(TcxReader(), put(root, "a.tcx", content), context(root, **settings))


def row_of(parsed: Parsed) -> pd.Series:
    (row,) = [one for _, one in parsed.records["sessions"].iterrows()]
    return row


def test_a_run(tmp_path: Path) -> None:
    parsed = parse(tmp_path, file(lap(track(points()))))
    row = row_of(parsed)
    assert (row["sport"], row["record"]) == ("run", "activity 1")
    assert row["start"] == pd.Timestamp("2024-11-08 11:00", tz="UTC")
    assert row["local_date"] == pd.Timestamp("2024-11-08")
    assert row["duration_min"] == row["moving_min"] == pytest.approx(10)
    assert row["distance_km"] == pytest.approx(1.8)
    assert (row["hr_mean"], row["hr_max"]) == (150, 150)
    assert pd.isna(row["dynamics_source"])
    assert parsed.account.accepted == 1


@pytest.mark.parametrize("sport", ["Running", "running"])
def test_spellings_of_the_sport(tmp_path: Path, sport: str) -> None:
    assert row_of(parse(tmp_path, file(lap(track(points(0, 60))), sport)))["sport"] == "run"


def test_sports_that_are_not_named_or_not_known(tmp_path: Path) -> None:
    laps = lap(track(points(0, 60)), metres=180, seconds=60)
    assert row_of(parse(tmp_path, file(laps, "Biking")))["sport"] == "ride"
    assert row_of(parse(tmp_path, file(laps, "Other")))["sport"] == "other"
    silent = parse(tmp_path, file(laps).replace(' Sport="Running"', ""))
    assert silent.account.repairs == {"sport_missing_is_other": 1}


@pytest.mark.parametrize(
    ("more", "spm"),
    [("<Cadence>82</Cadence>", 164), ("<Cadence>164</Cadence>", 164),
     ("<Extensions><ns3:TPX><ns3:RunCadence>82</ns3:RunCadence></ns3:TPX></Extensions>", 164),
     ("<Cadence>7</Cadence><Extensions><ns3:TPX><ns3:RunCadence>82</ns3:RunCadence></ns3:TPX>"
      "</Extensions>", 164),
     ("<Extensions><TPX><RunCadence>82</RunCadence><Speed>3.0</Speed></TPX></Extensions>", 164)],
)  # fmt: skip
def test_cadence_of_one_foot_or_both(tmp_path: Path, more: str, spm: float) -> None:
    row = row_of(parse(tmp_path, file(lap(track(points(more=more))))))
    assert row["cadence_spm"] == pytest.approx(spm)


def test_cadence_of_the_lap_stands_in(tmp_path: Path) -> None:
    more = "<Extensions><LX><AvgRunCadence>81</AvgRunCadence></LX></Extensions>"
    row = row_of(parse(tmp_path, file(lap(track(points()), more=more))))
    assert row["cadence_spm"] == 162


@pytest.mark.parametrize("prefix", ["ns2:", "tcx:", "ns5:"])
@pytest.mark.parametrize("declared", [True, False])
def test_prefixes_do_not_matter(tmp_path: Path, prefix: str, declared: bool) -> None:
    plain = file(lap(track(points())), root="")
    prefixed = plain.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")
    prefixed = prefixed.replace(f"<{prefix}?", "<?")
    name = f"{prefix}TrainingCenterDatabase"
    if declared:
        prefixed = prefixed.replace(f"<{name}", f'<{name} xmlns:{prefix[:-1]}="u"', 1)
    path = put(tmp_path, "a.tcx", prefixed)
    assert isinstance(find_reader(path), TcxReader)
    parsed = read(TcxReader(), path, context(tmp_path))
    assert row_of(parsed)["distance_km"] == pytest.approx(1.8)
    assert parsed.account.repairs == ({} if declared else {"xml_faults_recovered": 1})


@pytest.mark.parametrize("start", [b" " * 10, b"\r\n\t", b"\xef\xbb\xbf", b"\xef\xbb\xbf  "])
def test_blanks_and_marks_before_the_declaration(tmp_path: Path, start: bytes) -> None:
    path = put(tmp_path, "a.tcx", start + file(lap(track(points()))).encode())
    assert isinstance(find_reader(path), TcxReader)
    assert row_of(parse(tmp_path, path.read_bytes()))["distance_km"] == pytest.approx(1.8)


@pytest.mark.parametrize(
    ("zone", "start"),
    [("Z", "2024-11-08 11:00"), ("+01:00", "2024-11-08 10:00"), ("-05:00", "2024-11-08 16:00"),
     ("", "2024-11-08 10:00")],
)  # fmt: skip
def test_zones_of_the_clock(tmp_path: Path, zone: str, start: str) -> None:
    content = file(lap(track(points(zone=zone)))).replace("00.000Z", f"00.000{zone}")
    parsed = parse(tmp_path, content)
    assert row_of(parsed)["start"] == pd.Timestamp(start, tz="UTC")
    assert bool(parsed.account.repaired) == (not zone)


def test_the_setting_of_the_dataset_corrects_a_wrong_clock(tmp_path: Path) -> None:
    row = row_of(parse(tmp_path, file(lap(track(points()))), clocks={"tcx": "local"}))
    assert row["start"] == pd.Timestamp("2024-11-08 10:00", tz="UTC")


def test_without_distances_positions_tell(tmp_path: Path) -> None:
    content = file(lap(track(points(distance=False)), metres=None))
    row = row_of(parse(tmp_path, content))
    assert row["distance_km"] == pytest.approx(1.8, rel=1e-3)
    assert row["moving_min"] == pytest.approx(10, rel=0.01)


def test_indoors_there_are_no_positions(tmp_path: Path) -> None:
    row = row_of(parse(tmp_path, file(lap(track(points(place=False)), metres=None))))
    assert row["distance_km"] == pytest.approx(1.8)


def test_an_empty_point_is_no_point(tmp_path: Path) -> None:
    content = file(lap(track("<Trackpoint></Trackpoint>" + points())))
    parsed = parse(tmp_path, content)
    assert row_of(parsed)["duration_min"] == pytest.approx(10)
    assert parsed.account.repairs == {}


def test_heart_rate_of_a_part_of_the_points(tmp_path: Path) -> None:
    content = file(lap(track(points(0, 300, heart_rate=None) + points(301, 600, heart_rate=140))))
    assert row_of(parse(tmp_path, content))["hr_mean"] == pytest.approx(140)


def test_time_that_steps_back(tmp_path: Path) -> None:
    content = file(lap(track(points(0, 300) + point(299) + points(301, 600))))
    parsed = parse(tmp_path, content)
    assert set(parsed.account.repairs) == {"records_sorted_by_time", "records_of_one_moment_joined"}
    assert row_of(parsed)["distance_km"] == pytest.approx(1.8)


def test_a_pause_is_a_new_track(tmp_path: Path) -> None:
    content = file(lap(track(points(0, 300)) + track(points(900, 1200)), metres=1803))
    row = row_of(parse(tmp_path, content))
    assert row["duration_min"] == pytest.approx(20)
    assert row["moving_min"] == pytest.approx(10)


def test_laps_alone_make_a_session(tmp_path: Path) -> None:
    more = (
        "<AverageHeartRateBpm><Value>{}</Value></AverageHeartRateBpm>"
        "<MaximumHeartRateBpm><Value>{}</Value></MaximumHeartRateBpm>"
    )
    laps = lap("", more=more.format(140, 160)) + lap("", seconds=300, more=more.format(155, 170))
    row = row_of(parse(tmp_path, file(laps)))
    assert row["duration_min"] == pytest.approx(15)
    assert row["distance_km"] == pytest.approx(3.6)
    assert (row["hr_mean"], row["hr_max"]) == (pytest.approx(145), 170)


def test_several_activities(tmp_path: Path) -> None:
    one = file(lap(track(points(0, 60)), metres=180, seconds=60))
    activity = one[one.index("<Activity ") : one.index("</Activities>")]
    later = activity.replace("T11:", "T14:")
    empty = activity[: activity.index("<Lap")] + "</Activity>"
    parsed = parse(tmp_path, one.replace("</Activities>", later + empty + "</Activities>"))
    assert list(parsed.records["sessions"]["record"]) == ["activity 1", "activity 2"]
    assert reasons(parsed) == {"activity 3": "no_duration_no_distance"}
    assert parsed.account.read == 3


@pytest.mark.parametrize("year", ["1990", "2090", "2025"])
def test_impossible_clocks(tmp_path: Path, year: str) -> None:
    content = file(lap(track(points(0, 60)), metres=180)).replace("2024-11-08", f"{year}-11-08")
    code = "future_start" if year == "2025" else "clock_unset"
    assert reasons(parse(tmp_path, content)) == {"activity 1": code}


def test_a_course_is_no_activity(tmp_path: Path) -> None:
    content = (
        "<TrainingCenterDatabase><Courses><Course>"
        + track(points())
        + "</Course></Courses></TrainingCenterDatabase>"
    )
    with pytest.raises(FileRefused, match="course"):
        parse(tmp_path, content)


def test_a_file_that_breaks_off_loses_its_last_point(tmp_path: Path) -> None:
    whole = file(lap(track(points()), metres=None, seconds=None))
    cut = whole[: whole.rindex("</DistanceMeters>") - 3]  # "1800.0" became "180"
    parsed = parse(tmp_path, cut)
    assert parsed.account.repairs == {"truncated": 1}
    assert row_of(parsed)["distance_km"] == pytest.approx(1.797)


BOMB = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;&x;&x;&x;&x;">]>'
FETCH = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [BOMB, FETCH, '<!DOCTYPE a SYSTEM "http://x/y.dtd">'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_declarations_are_refused(tmp_path: Path, declaration: str, encoding: str) -> None:
    whole = file(lap(track(points(0, 60)))).replace("UTF-8", encoding)
    content = whole.replace("?>", "?>" + declaration, 1).encode(encoding)
    path = put(tmp_path, "a.tcx", content)
    with pytest.raises(FileRefused) as refusal:
        TcxReader().read(path, context(tmp_path))
    assert refusal.value.reason == "document_type_declared"


def test_depth_is_limited(tmp_path: Path) -> None:
    content = file(lap(track("<a>" * 50_000)))
    try:
        parse(tmp_path, content)
    except FileRefused as refusal:
        reason = refusal.reason
    else:
        reason = "read"
    assert reason in ("read", "no_activity")


@pytest.mark.skipif(not SAMPLE.is_dir(), reason=f"no sample files in {SAMPLE}")
def test_real_files(tmp_path: Path) -> None:
    for path in sorted(SAMPLE.glob("*.tcx")):
        row = row_of(parse(tmp_path, path.read_bytes()))
        assert row["sport"] == "run"
        assert row["moving_min"] < row["duration_min"]


@pytest.mark.parametrize(
    ("metres", "km", "is_wrong"),
    [
        ((900, 900), 1.8, False),
        ((900, 1800), 2.7, False),  # nobody can say that the second lap was not that far
        ((900, 9000), 1.8, True),
        ((900, 0), 1.8, True),
        ((900, 850), 1.75, False),
    ],
)
def test_lap_distances_that_cannot_be(
    tmp_path: Path, metres: tuple[int, int], km: float, is_wrong: bool
) -> None:
    laps = lap(track(points(0, 300)), seconds=300, metres=metres[0])
    laps += lap(track(points(301, 600)), seconds=300, metres=metres[1])
    parsed = parse(tmp_path, file(laps))
    assert row_of(parsed)["distance_km"] == pytest.approx(km)
    assert parsed.account.repairs.get("lap_distances_wrong_points_taken", 0) == is_wrong
