"""FIT activities: sessions, clocks, totals, what is no activity, and what a scale writes."""

from pathlib import Path

import pandas as pd
import pytest

from common.contracts import conform
from ingest.readers.activity.fit import FitReader
from ingest.readers.activity.limits import read_limited
from ingest.readers.registry import FileRefused, Parsed, find_reader
from tests.ingest.export_files import context, put, read, reasons
from tests.ingest.fit_writer import (
    DEVELOPER_DATA_ID,
    EPOCH,
    RECORD,
    SPORT,
    START,
    UINT8,
    UINT16,
    UINT32,
    USER_PROFILE,
    WEIGHT_SCALE,
    FitFile,
    activity,
    file_id,
    record,
    session,
    steady_run,
    time_in_zone,
    timer,
    whole_file,
)


def parse(root: Path, content: bytes, **settings: object) -> Parsed:
    return read(FitReader(), put(root, "a.fit", content), context(root, **settings))


def row_of(parsed: Parsed) -> pd.Series:
    (row,) = [one for _, one in parsed.records["sessions"].iterrows()]
    return row


def test_a_run_becomes_one_session(tmp_path: Path) -> None:
    parsed = parse(tmp_path, whole_file(avg_cadence=82, avg_fractional_cadence=0.5))
    row = row_of(parsed)
    assert row["start"] == pd.Timestamp("2024-11-08 11:33:20", tz="UTC")
    assert row["local_date"] == pd.Timestamp("2024-11-08")
    assert (row["sport"], row["athlete"], row["record"]) == ("run", "r1", "session 1")
    assert row["duration_min"] == pytest.approx(10)
    assert row["moving_min"] == pytest.approx(10)
    assert row["distance_km"] == pytest.approx(1.8)
    assert (row["hr_mean"], row["hr_max"]) == (150, 150)
    assert row["cadence_spm"] == 165
    assert (parsed.account.accepted, parsed.account.repaired) == (1, 0)
    working = ["repaired", "utc_offset_s", "zoneless", "likely_sport"]
    frame = parsed.records["sessions"].drop(columns=working)
    assert len(conform("sessions", frame)) == 1


def test_it_is_found_by_content_and_not_by_name(tmp_path: Path) -> None:
    assert isinstance(find_reader(put(tmp_path, "a.csv", whole_file())), FitReader)
    assert find_reader(put(tmp_path, "b.fit", b"no such thing")) is None


@pytest.mark.parametrize("summary_first", [True, False])
def test_multisport_sessions_keep_their_own_records(tmp_path: Path, summary_first: bool) -> None:
    legs = [(5, 0, 140), (3, 600, 150), (1, 660, 160)]
    sessions = [
        session(START + at, 60.0 if sport == 3 else 600.0, sport=sport, timestamp=START + at)
        for sport, at, _ in legs
    ]
    records = [
        record(START + at + s, heart_rate=hr)
        for (_, at, hr), seconds in zip(legs, (600, 60, 600), strict=True)
        for s in range(seconds)
    ]
    body = [*sessions, *records] if summary_first else [*records, *sessions]
    parsed = parse(tmp_path, FitFile().extend([file_id(), *body, activity()]).done())
    frame = parsed.records["sessions"]
    assert list(frame["sport"]) == ["swim", "run"]  # changing clothes between them is no session
    assert list(frame["record"]) == ["session 1", "session 2"]
    assert frame["hr_mean"].tolist() == pytest.approx([140, 160], abs=0.2)
    assert frame["duration_min"].tolist() == pytest.approx([10, 10])
    assert (parsed.account.read, parsed.account.accepted) == (2, 2)


EVENING = START - 11 * 3600 - 33 * 60 - 20 + 23 * 3600 + 1800
"""2024-11-08 23:30 UTC, already the next day in Berlin."""


@pytest.mark.parametrize(
    ("maker", "offset_s", "day"),
    [
        (1, 7201, "2024-11-09"),  # the clock of the message runs a second late
        (1, -5 * 3600, "2024-11-08"),
        (1, 0, "2024-11-08"),  # a Garmin in Britain
        (294, 0, "2024-11-09"),  # COROS writes UTC wherever it is: the dataset's zone decides
        (294, 3600, "2024-11-09"),
        (1, None, "2024-11-09"),
        (1, 500, "2024-11-09"),  # no time zone is 500 s ahead
        (1, 20 * 3600, "2024-11-09"),
    ],
)
def test_the_local_day(tmp_path: Path, maker: int, offset_s: int | None, day: str) -> None:
    messages = [file_id(maker=maker), session(EVENING), activity(offset_s, EVENING)]
    row = row_of(parse(tmp_path, FitFile().extend(messages).done()))
    assert row["start"] == pd.Timestamp(EVENING + EPOCH, unit="s", tz="UTC")
    assert row["local_date"] == pd.Timestamp(day)


def test_a_device_whose_clock_shows_local_time(tmp_path: Path) -> None:
    row = row_of(parse(tmp_path, whole_file(), clocks={"fit": "local"}))
    assert row["start"] == pd.Timestamp("2024-11-08 10:33:20", tz="UTC")
    assert row["local_date"] == pd.Timestamp("2024-11-08")


@pytest.mark.parametrize(("written", "rpe"), [(50, 5.0), (100, 10.0), (0, None), (None, None)])
def test_rpe(tmp_path: Path, written: int | None, rpe: float | None) -> None:
    row = row_of(parse(tmp_path, whole_file(workout_rpe=written, workout_feel=25)))
    assert row["rpe"] == rpe if rpe is not None else pd.isna(row["rpe"])


@pytest.mark.parametrize(
    ("sport", "sub_sport", "word", "surface"),
    [(1, 1, "run", "treadmill"), (1, 3, "run", "trail"), (1, 4, "run", "track"),
     (2, 7, "ride", None), (10, 20, "strength", None), (11, 0, "walk", None),
     (17, 0, "hike", None), (4, 1, "run", "treadmill"), (4, 15, "other", None),
     (66, 0, "other", None), (250, 250, "other", None)],
)  # fmt: skip
def test_sports(tmp_path: Path, sport: int, sub_sport: int, word: str, surface: str | None) -> None:
    row = row_of(parse(tmp_path, whole_file(sport=sport, sub_sport=sub_sport)))
    assert row["sport"] == word
    assert row["surface"] == surface if surface else pd.isna(row["surface"])


def test_pauses_and_standing_are_not_motion(tmp_path: Path) -> None:
    moving = steady_run(300)
    paused = [record(START + 300 + 900 + s, distance=900.0 + 3 * s, speed=3.0) for s in range(301)]
    standing = [record(START + 1500 + s, distance=1800.0, speed=0.0) for s in range(1, 61)]
    messages = [file_id(), timer(START, 0), *moving, timer(START + 300, 4),
                timer(START + 1200, 0), *paused, *standing,
                session(seconds=1560.0, total_timer_time=660.0)]  # fmt: skip
    row = row_of(parse(tmp_path, FitFile().extend(messages).done()))
    assert row["duration_min"] == pytest.approx(26)
    assert row["moving_min"] == pytest.approx(10)
    assert row["distance_km"] == pytest.approx(1.8)


def test_moving_time_of_the_device_counts(tmp_path: Path) -> None:
    row = row_of(parse(tmp_path, whole_file(total_moving_time=480.0)))
    assert row["moving_min"] == pytest.approx(8)


def test_records_of_a_part_of_a_session_do_not_tell_the_moving_time(tmp_path: Path) -> None:
    row = row_of(parse(tmp_path, whole_file(records=steady_run(120))))
    assert row["moving_min"] == pytest.approx(10)


def test_without_a_session_totals_are_computed(tmp_path: Path) -> None:
    file = FitFile().extend([file_id(), (SPORT, [(0, 0, 1), (1, 0, 3)])]).extend(steady_run())
    parsed = parse(tmp_path, file.done())
    row = row_of(parsed)
    assert (row["sport"], row["surface"]) == ("run", "trail")
    assert row["duration_min"] == pytest.approx(10)
    assert row["distance_km"] == pytest.approx(1.8)
    assert parsed.account.repairs == {"totals_computed": 1}


@pytest.mark.parametrize(
    ("start", "reason"),
    [(START - 35 * 365 * 86400 + 10**7, "clock_unset"), (17_280_000, "clock_unset"),
     (START + 90 * 86400, "future_start"), (START + 65 * 365 * 86400 + 10**8, "clock_unset")],
)  # fmt: skip
def test_impossible_clocks_are_refused(tmp_path: Path, start: int, reason: str) -> None:
    parsed = parse(tmp_path, FitFile().extend([file_id(), session(max(start, 1))]).done())
    assert "sessions" not in parsed.records
    assert reasons(parsed) == {"session 1": reason}
    assert parsed.account.read == 1


@pytest.mark.parametrize(
    ("kind", "word"), [(2, "settings"), (32, "monitoring"), (5, "workout plan"), (6, "course"),
                       (200, "type 200")]
)  # fmt: skip
def test_other_fit_files_are_no_activity(tmp_path: Path, kind: int, word: str) -> None:
    content = FitFile().extend([file_id(kind), *steady_run(5)]).done()
    with pytest.raises(FileRefused, match=word) as refusal:
        parse(tmp_path, content)
    assert refusal.value.reason == "not_an_activity"


def test_an_activity_that_recorded_nothing(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="neither a session nor a record"):
        parse(tmp_path, FitFile().extend([file_id()]).done())


def test_an_activity_without_a_type_is_read(tmp_path: Path) -> None:
    content = FitFile().extend([file_id(None, maker=1052), *steady_run(), session()]).done()
    assert parse(tmp_path, content).account.repairs == {"file_type_missing": 1}


def test_two_records_per_second_are_joined(tmp_path: Path) -> None:
    pairs = [
        one
        for s in range(601)
        for one in (
            record(START + s, position_lat=50 + s * 3 / 111_195, position_long=8.0),
            record(START + s, heart_rate=150, cadence=80),
        )
    ]
    parsed = parse(tmp_path, FitFile().extend([file_id(maker=23), *pairs, session()]).done())
    row = row_of(parsed)
    assert row["distance_km"] == pytest.approx(1.8, rel=1e-3)
    assert (row["hr_mean"], row["cadence_spm"]) == (150, 160)
    assert parsed.account.repairs == {"records_of_one_moment_joined": 1}


def test_compressed_times(tmp_path: Path) -> None:
    file = FitFile().extend(
        [file_id(), session(total_elapsed_time=None), record(START, heart_rate=100)]
    )
    for s in range(1, 201):
        file.add(RECORD, [(3, UINT8, 100 + (s > 100))], compressed=(START + s) & 31)
    row = row_of(parse(tmp_path, file.done()))
    assert row["duration_min"] == pytest.approx(200 / 60)
    assert row["hr_mean"] == pytest.approx(100.5)


def test_chained_files_are_read_each_for_itself(tmp_path: Path) -> None:
    later = START + 7200
    second = FitFile().extend([file_id(), *steady_run(60, later), session(later, 60.0)]).done()
    settings = FitFile().extend([file_id(2)]).done()
    parsed = parse(tmp_path, whole_file() + second + settings)
    assert parsed.records["sessions"]["duration_min"].tolist() == pytest.approx([10, 1])
    assert (parsed.account.read, parsed.account.accepted) == (2, 2)


def test_hard_work_needs_the_zones_of_the_file(tmp_path: Path) -> None:
    records = [
        record(START + s, distance=3.0 * s, speed=3.0, heart_rate=165 if s > 420 else 164)
        for s in range(601)
    ]
    zones = time_in_zone([0, 60, 60, 290, 150, 40, 0], [95, 114, 133, 165, 171, 190])
    messages = [file_id(), *records, zones, session(message_index=0)]
    row = row_of(parse(tmp_path, FitFile().extend(messages).done()))
    assert row["hard_min"] == pytest.approx(190 / 60)
    assert row["hard_km"] == pytest.approx(0.54)
    assert pd.isna(row_of(parse(tmp_path, whole_file()))["hard_min"])


def test_hard_minutes_without_borders_tell_no_distance(tmp_path: Path) -> None:
    seven = row_of(parse(tmp_path, whole_file(time_in_hr_zone=[0, 60, 60, 290, 150, 40, 0])))
    five = row_of(parse(tmp_path, whole_file(time_in_hr_zone=[60, 60, 290, 150, 40])))
    six = row_of(parse(tmp_path, whole_file(time_in_hr_zone=[60, 60, 290, 150, 40, 0])))
    assert seven["hard_min"] == five["hard_min"] == pytest.approx(190 / 60)
    assert pd.isna(seven["hard_km"])
    assert pd.isna(six["hard_min"])


def test_values_out_of_range_become_null_by_name(tmp_path: Path) -> None:
    parsed = parse(tmp_path, whole_file(sport=2, avg_power=3000, max_heart_rate=254))
    assert pd.isna(row_of(parsed)["power_w"])
    assert parsed.account.repairs == {"bad_power_w_set_null": 1, "bad_hr_max_set_null": 1}
    assert (parsed.account.accepted, parsed.account.repaired) == (0, 1)


def test_a_drive_recorded_as_a_walk_is_refused(tmp_path: Path) -> None:
    parsed = parse(tmp_path, whole_file(total_distance=15_000.0, sport=11))
    assert reasons(parsed) == {"session 1": "impossible_speed"}


@pytest.mark.parametrize(("elapsed", "minutes"), [(200.0, 10), (600.0, 10), (43_200.0, 720)])
def test_the_greatest_length_that_the_records_support(
    tmp_path: Path, elapsed: float, minutes: float
) -> None:
    parsed = parse(tmp_path, whole_file(total_elapsed_time=elapsed))
    assert row_of(parsed)["duration_min"] == pytest.approx(minutes)
    assert row_of(parsed)["moving_min"] == pytest.approx(10)
    is_short = "elapsed_time_shorter_than_recorded" in parsed.account.repairs
    assert is_short is (elapsed < 600)


def weighing(mass_kg: float, at: int, person: int = 0) -> tuple[int, list]:
    return WEIGHT_SCALE, [
        (253, UINT32, at), (0, UINT16, round(mass_kg * 100)), (12, UINT16, person),
    ]  # fmt: skip


def test_the_weights_of_one_person(tmp_path: Path) -> None:
    messages = [file_id(9), weighing(61.5, EVENING), weighing(300.0, EVENING + 86400)]
    parsed = parse(tmp_path, FitFile().extend(messages).done())
    body = parsed.records["body"]
    assert body["mass_kg"].tolist() == [61.5]
    assert body["date"].tolist() == [pd.Timestamp("2024-11-09")]
    assert reasons(parsed) == {"weighing 2": "bad_mass_kg"}
    assert len(conform("body", body.drop(columns=["record", "repaired"]))) == 1


@pytest.mark.parametrize("by_profile", [True, False])
def test_the_weights_of_several_people_are_refused(tmp_path: Path, by_profile: bool) -> None:
    messages = [file_id(9), weighing(61.5, START), weighing(82.0, START, 0 if by_profile else 1)]
    profiles = [(USER_PROFILE, [(254, UINT16, one)]) for one in range(2 if by_profile else 1)]
    with pytest.raises(FileRefused) as refusal:
        parse(tmp_path, FitFile().extend([*messages, *profiles]).done())
    assert refusal.value.reason == "several_people"


def test_a_file_of_nobody_is_refused(tmp_path: Path) -> None:
    path = put(tmp_path, "a.fit", whole_file(), athlete="stranger")
    with pytest.raises(FileRefused, match="roster"):
        FitReader().read(path, context(tmp_path))


def test_limits(tmp_path: Path) -> None:
    path = put(tmp_path, "a.fit", whole_file())
    assert read_limited(path, path.stat().st_size)
    with pytest.raises(FileRefused) as refusal:
        read_limited(path, path.stat().st_size - 1)
    assert refusal.value.reason == "too_large"
    with pytest.raises(FileRefused) as refusal:
        read_limited(put(tmp_path, "b.fit", b""))
    assert refusal.value.reason == "empty_file"


def test_a_developer_id_alone_changes_nothing(tmp_path: Path) -> None:
    """Some bike computers declare an application without its id."""
    messages = [file_id(), (DEVELOPER_DATA_ID, [(3, UINT8, 0)]), *steady_run(), session()]
    assert parse(tmp_path, FitFile().extend(messages).done()).account.accepted == 1


@pytest.mark.parametrize(
    ("feel", "rpe", "expected"),
    [(25, 50, 0.25), (100, 50, 1.0), (0, 50, 0.0), (0, None, None), (0, 0, None), (None, 50, None)],
)
def test_feel_is_a_share_of_the_best(tmp_path: Path, feel, rpe, expected) -> None:
    row = row_of(parse(tmp_path, whole_file(workout_rpe=rpe, workout_feel=feel)))
    assert (None if pd.isna(row["feel"]) else row["feel"]) == expected
