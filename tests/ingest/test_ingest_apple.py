"""Apple Health's export: malformed DTD, odd bytes, both ages of totals, dynamics, sleep, rMSSD."""

from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.activity.apple.beats import Beats
from ingest.readers.activity.apple.export import AppleHealthReader
from ingest.readers.activity.apple.minutes import Minutes
from ingest.readers.registry import FileRefused, Parsed
from tests.ingest.export_files import context, put, read, reasons

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
# Version 12 of the export has this malformed DTD, at which XML parsers stop.
BAD_DTD = """<!DOCTYPE HealthData [
<!-- HealthKit Export Version: 12 -->
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST HealthData locale CDATA #REQUIRED>
<!ELEMENT Record ((MetadataEntry|HeartRateVariabilityMetadataList)*)>
  startDate CDATA #REQUIRED
  endDate  CDATA #REQUIRED>
]>
"""
HK = "HKQuantityTypeIdentifier"


def export(*elements: str, dtd: str = BAD_DTD, end: str = "</HealthData>\n") -> str:
    return HEAD + dtd + '<HealthData locale="de_DE">\n' + "\n".join(elements) + "\n" + end


def record(kind: str, start: str, value: object, unit: str = "", **more: str) -> str:
    told = {"sourceName": "Anna's Watch", "unit": unit, "startDate": start, "endDate": start} | more
    attributes = " ".join(f'{name}="{text}"' for name, text in told.items())
    return f'<Record type="{kind}" {attributes} value="{value}"/>'


def workout(*parts: str, kind: str = "Running", **changes: str) -> str:
    told = {
        "duration": "50.5", "durationUnit": "min", "sourceName": "Anna's Watch",
        "startDate": "2024-05-06 18:00:00 +0200", "endDate": "2024-05-06 18:55:00 +0200",
        "device": "&lt;&lt;HKDevice: 0x1&gt;, name:Apple Watch&gt;",
    } | changes  # fmt: skip
    attributes = " ".join(f'{name}="{text}"' for name, text in told.items())
    return (
        f'<Workout workoutActivityType="HKWorkoutActivityType{kind}" {attributes}>'
        + "".join(parts)
        + "</Workout>"
    )


def statistic(kind: str, unit: str, **values: str) -> str:
    attributes = " ".join(f'{name}="{text}"' for name, text in values.items())
    return f'<WorkoutStatistics type="{HK}{kind}" unit="{unit}" {attributes}/>'


TOTALS = (
    '<MetadataEntry key="HKElevationAscended" value="12000 cm"/>',
    '<MetadataEntry key="HKIndoorWorkout" value="0"/>',
    statistic("DistanceWalkingRunning", "km", sum="10.24"),
    statistic("HeartRate", "count/min", average="152.4", minimum="90", maximum="171"),
    statistic("StepCount", "count", sum="8686"),
)


@pytest.fixture
def reader() -> AppleHealthReader:
    return AppleHealthReader()


def parse(tmp_path: Path, reader: AppleHealthReader, text: str | bytes) -> Parsed:
    # The file's name is in the language of the phone.
    return read(reader, put(tmp_path, "导出.xml", text), context(tmp_path))


def test_a_run_with_its_own_statistics(tmp_path: Path, reader: AppleHealthReader) -> None:
    dynamics = (
        statistic("RunningPower", "W", average="301"),
        statistic("RunningStrideLength", "m", average="1.1"),
        statistic("RunningVerticalOscillation", "cm", average="8.7"),
        statistic("RunningGroundContactTime", "ms", average="248"),
        f"<WorkoutActivity>{statistic('HeartRate', 'count/min', average='99')}</WorkoutActivity>",
    )
    parsed = parse(tmp_path, reader, export(workout(*dynamics[::-1], *TOTALS)))
    run = parsed.records["sessions"].iloc[0]
    assert run["start"] == pd.Timestamp("2024-05-06 16:00", tz="UTC")
    assert run["local_date"] == pd.Timestamp("2024-05-06")
    expected = {
        # 18:00 to 18:55 with 50.5 min in motion; 12000 cm of ascent; 8686 steps / 50.5 min are 172.
        "duration_min": 55, "moving_min": 50.5, "distance_km": 10.24, "ascent_m": 120,
        "hr_mean": 152.4, "hr_max": 171, "cadence_spm": 172, "power_w": 301, "step_length_m": 1.1,
        "vertical_oscillation_mm": 87, "ground_contact_ms": 248,
    }  # fmt: skip
    assert run[list(expected)].astype(float).to_dict() == pytest.approx(expected)
    assert (run["sport"], run["dynamics_source"]) == ("run", "apple")
    assert parsed.account.accepted == 1


def test_totals_before_ios_16(tmp_path: Path, reader: AppleHealthReader) -> None:
    old = workout(totalDistance="6.25", totalDistanceUnit="mi")
    ride = workout(kind="Cycling", startDate="2024-05-07 18:00:00 +0200", endDate="")
    parsed = parse(tmp_path, reader, export(old, ride, dtd=""))
    sessions = parsed.records["sessions"]
    # 6.25 mi x 1.609344.
    assert sessions["distance_km"][0] == pytest.approx(10.0584)
    assert sessions["duration_min"].tolist() == [55, 50.5]
    assert sessions["sport"].tolist() == ["run", "ride"]
    assert sessions["dynamics_source"].isna().all()


def test_samples_of_one_source_are_averaged_over_the_workout(
    tmp_path: Path, reader: AppleHealthReader
) -> None:
    contact = f"{HK}RunningGroundContactTime"
    elements = [
        record(contact, "2024-05-06 18:10:01 +0200", 240, "ms"),
        record(contact, "2024-05-06 18:10:05 +0200", 250, "ms"),
        record(contact, "2024-05-06 18:20:00 +0200", 260, "ms"),
        record(contact, "2024-05-06 18:21:00 +0200", 0, "ms"),
        record(contact, "2024-05-06 19:20:00 +0200", 999, "ms"),
        record(contact, "2024-05-06 18:20:00 +0200", 100, "ms", sourceName="Stryd"),
        record(f"{HK}RunningPower", "2024-05-06 18:20:00 +0200", 100, "W", sourceName="Stryd"),
        *(
            record(
                f"{HK}RunningPower", f"2024-05-06 18:3{n}:00 +0200", 100, "W", sourceName="Stryd"
            )
            for n in range(9)
        ),
        workout(*TOTALS),
        workout(
            sourceName="Phone",
            startDate="2024-05-08 18:00:00 +0200",
            endDate="2024-05-08 18:55:00 +0200",
        ),
        record(f"{HK}RunningPower", "2024-05-08 18:20:00 +0200", 290, "W", sourceName="Stryd"),
    ]
    sessions = parse(tmp_path, reader, export(*elements)).records["sessions"]
    # 750 / 3: neither the 0, nor what came after the end, nor Stryd's 100.
    assert sessions["ground_contact_ms"][0] == pytest.approx(250)
    # Stryd gave power alone and the watch the contact: two sources are never one series.
    assert pd.isna(sessions["power_w"][0])
    assert (sessions["power_w"][1], sessions["dynamics_source"][1]) == (290, "stryd")
    assert "Anna" not in sessions.to_csv()


def test_treadmill_and_zone(tmp_path: Path, reader: AppleHealthReader) -> None:
    parts = (
        '<MetadataEntry key="HKIndoorWorkout" value="1"/>',
        '<MetadataEntry key="HKTimeZone" value="Asia/Tokyo"/>',
    )
    run = parse(tmp_path, reader, export(workout(*parts))).records["sessions"].iloc[0]
    assert run["surface"] == "treadmill"
    # 16:00 UTC is 1 o'clock of the next day in Tokyo.
    assert run["local_date"] == pd.Timestamp("2024-05-07")


def sleep(start: str, end: str, stage: str = "AsleepCore", **more: str) -> str:
    return record(
        "HKCategoryTypeIdentifierSleepAnalysis",
        f"{start} +0200",
        f"HKCategoryValueSleepAnalysis{stage}",
        endDate=f"{end} +0200",
        **more,
    )


def test_wellness_by_day(tmp_path: Path, reader: AppleHealthReader) -> None:
    elements = [
        record(f"{HK}RestingHeartRate", "2024-05-06 00:00:00 +0200", 50, "count/min"),
        record(f"{HK}RestingHeartRate", "2024-05-06 20:00:00 +0200", 54, "count/min"),
        record(f"{HK}RestingHeartRate", "2024-05-07 20:00:00 +0200", 0, "count/min"),
        sleep("2024-05-05 23:00:00", "2024-05-06 01:00:00"),
        sleep("2024-05-06 00:30:00", "2024-05-06 02:00:00", "AsleepREM"),
        sleep("2024-05-06 02:00:00", "2024-05-06 02:20:00", "Awake"),
        sleep("2024-05-05 22:00:00", "2024-05-06 07:00:00", "InBed"),
        sleep("2024-05-06 02:20:00", "2024-05-06 06:20:00", "AsleepDeep"),
        sleep("2024-05-05 23:30:00", "2024-05-06 05:30:00", "Asleep", sourceName="Phone"),
        sleep("2024-05-06 14:00:00", "2024-05-06 15:00:00"),
    ]
    parsed = parse(tmp_path, reader, export(*elements))
    day = parsed.records["wellness"].iloc[0]
    assert day["date"] == pd.Timestamp("2024-05-06")
    # The watch's 23:00 to 2:00 and 2:20 to 6:20; in bed, awake, nap and phone do not count.
    assert (day["resting_hr_bpm"], day["sleep_h"], day["rank"]) == (52, 7, 1)
    assert len(parsed.records["wellness"]) == parsed.account.accepted == 1


def test_stretches_of_sleep_count_in_any_order(tmp_path: Path, reader: AppleHealthReader) -> None:
    stretches = [
        sleep("2024-05-06 04:00:00", "2024-05-06 07:00:00"),
        sleep("2024-05-06 00:00:00", "2024-05-06 04:00:00"),
        sleep("2024-05-06 03:00:00", "2024-05-06 05:00:00"),
    ]
    for elements in (stretches, stretches[::-1]):
        day = parse(tmp_path, reader, export(*elements)).records["wellness"].iloc[0]
        # From 0:00 to 7:00: the third stretch overlaps both others.
        assert day["sleep_h"] == 7


def beats(intervals: list[float], comma: str = ".") -> str:
    at, rows = 10.0, []
    for interval in intervals:
        at += interval
        clock = f"7:{int(at // 60):02d}:{at % 60:05.2f} AM".replace(".", comma)
        rows.append(f'<InstantaneousBeatsPerMinute bpm="{60 / interval:.0f}" time="{clock}"/>')
    return (
        "<HeartRateVariabilityMetadataList>" + "".join(rows) + "</HeartRateVariabilityMetadataList>"
    )


# The phone writes fractions of a second as its language does.
@pytest.mark.parametrize("comma", [".", ","])
def test_rmssd_comes_from_beats_and_sdnn_is_not_taken_for_it(
    tmp_path: Path, reader: AppleHealthReader, comma: str
) -> None:
    told = record(f"{HK}HeartRateVariabilitySDNN", "2024-05-06 07:00:00 +0200", 80, "ms")
    alone = record(f"{HK}HeartRateVariabilitySDNN", "2024-05-07 07:00:00 +0200", 80, "ms")
    full = told.removesuffix("/>") + ">" + beats([1.0, 1.05] * 20, comma) + "</Record>"
    wellness = parse(tmp_path, reader, export(full, alone)).records["wellness"]
    # Intervals of 1.00 and 1.05 s in turn differ by 50 ms each time; 80 ms is the SDNN.
    assert wellness["hrv_rmssd_ms"].tolist() == pytest.approx([50])


def test_rmssd_leaves_gaps_out() -> None:
    found = Beats()
    for number in range(60):
        found.add("60", f"7:{number // 60:02d}:{number % 60:02d},00")
    assert found.rmssd_ms() == 0
    # 20 s without a beat: the pair over a gap tells nothing about the heart.
    found.add("60", "7:01:20,00")
    found.add("60", "7:01:21,10")
    found.add("60", "soon")
    assert found.rmssd_ms() == 0
    assert Beats().rmssd_ms() is None


def test_means_over_a_span_do_not_depend_on_order() -> None:
    there, back = Minutes(), Minutes()
    samples = [(60.0 * n + s, float(n)) for n in range(10) for s in (0, 30)]
    for at, value in samples:
        there.add(at, value)
    for at, value in reversed(samples):
        back.add(at, value)
    # Minutes 2 and 3 hold two samples each: (2 + 2 + 3 + 3) / 4.
    assert there.means().over(120, 200) == back.means().over(120, 200) == (2.5, 4)
    assert there.means().over(6000, 7000)[1] == 0
    assert len(there.minute) == 10


def test_damage_and_refused_records(tmp_path: Path, reader: AppleHealthReader) -> None:
    elements = [
        workout(*TOTALS, startDate="1990-07-09 18:00:00 +0200"),
        workout(*TOTALS, startDate="2090-07-09 18:00:00 +0200"),
        workout(*TOTALS, startDate="yesterday"),
        # 90 km in 55 minutes on foot.
        workout(statistic("DistanceWalkingRunning", "km", sum="90"), kind="Walking"),
        workout(startDate="2024-05-06 18:00:00 +0200", endDate="", duration=""),
        workout(*TOTALS, kind="Curling"),
        record(f"{HK}RestingHeartRate", "1990-05-06 00:00:00 +0200", 50, "count/min"),
        record(f"{HK}RestingHeartRate", "2024-05-06 00:00:00 +0200", "low", "count/min"),
        record(f"{HK}RestingHeartRate", "2024-05-07 00:00:00 +0200", 500, "count/min"),
        "<Record type=",
    ]
    parsed = parse(tmp_path, reader, export(*elements, end=""))
    assert reasons(parsed) == {
        "1": "impossible_start",
        "2": "impossible_start",
        "3": "unreadable_start",
        "4": "impossible_speed",
        "5": "no_duration_no_distance",
        "7": "impossible_day",
        "samples": "unreadable_samples",
        "end": "unreadable_xml",
    }
    assert parsed.account.repairs == {
        "unknown_activity_type_is_other": 1,
        "bad_resting heart rate_set_null": 1,
    }
    told = parsed.account.rejects.set_index("record")["sentence"]["end"]
    assert f"line {export(*elements, end='').count(chr(10))};" in told


def test_control_characters(tmp_path: Path, reader: AppleHealthReader) -> None:
    text = export(
        workout(*TOTALS, sourceName="A\x0bB&#11;&#x0B;&#65;"), record(f"{HK}X\x01", "", 1)
    )
    parsed = parse(tmp_path, reader, text)
    assert parsed.account.rejected == 0
    assert len(parsed.records["sessions"]) == 1


def test_entities_and_foreign_files(tmp_path: Path, reader: AppleHealthReader) -> None:
    # Entities can grow without end or read files of this computer: none is ever resolved.
    bomb = '<!DOCTYPE HealthData [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]>\n'
    parsed = parse(tmp_path, reader, export(workout(*TOTALS, sourceName="&a;&b;"), dtd=bomb))
    assert reasons(parsed) == {"end": "unreadable_xml"}
    assert not reader.sniff(b"<?xml?><ClinicalDocument>")
    path = put(tmp_path, "x.xml", "<!DOCTYPE HealthData [")
    with pytest.raises(FileRefused, match="no <HealthData>"):
        reader.read(path, context(tmp_path))


def test_pieces_may_be_cut_anywhere(
    tmp_path: Path, reader: AppleHealthReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = export(workout(*TOTALS, sourceName="&#x0B;Ünal &gt; x"), *(["<Me/>"] * 40))
    whole = parse(tmp_path, reader, text).records["sessions"]
    # Files of gigabytes are read in pieces, whose edges fall within tags and characters.
    for size in (1, 7, 64):
        monkeypatch.setattr("ingest.readers.activity.apple.stream.CHUNK_BYTES", size)
        pieces = parse(tmp_path, reader, text).records["sessions"]
        pd.testing.assert_frame_equal(whole, pieces)


def test_the_clock_of_a_workout_is_told_as_written_or_by_its_zone(tmp_path):
    abroad = workout(
        '<MetadataEntry key="HKTimeZone" value="America/Denver"/>',
        *TOTALS,
        startDate="2024-05-07 18:00:00 +0200",
        endDate="2024-05-07 18:55:00 +0200",
    )
    path = put(tmp_path, "export.xml", export(workout(*TOTALS), abroad))
    parsed = read(AppleHealthReader(), path, context(tmp_path))
    # The written +0200 is that of the phone at export; Denver is 6 hours behind UTC in May.
    assert parsed.records["sessions"]["utc_offset_s"].tolist() == [7200, -21600]
