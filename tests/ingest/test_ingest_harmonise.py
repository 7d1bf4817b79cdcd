import pandas as pd
import pytest

from common.contracts import CONTRACTS
from ingest.dataset.file_names import renaming
from ingest.harmonise.by_athletes import Disguise
from ingest.harmonise.days import merge_by_key
from ingest.harmonise.duplicates import copied_records, drop_copies
from ingest.harmonise.tables import Rules
from ingest.injuries.repeated_reports import injuries_from_reports
from ingest.people.pseudonymise import pseudonymise_ids
from ingest.records.sports import masks
from ingest.sessions.joining import harmonise_sessions
from tests.ingest.whole_tables import harmonise_by_athletes

BERLIN = "Europe/Berlin"
DAY = pd.Timestamp("2024-05-06")


def recording(hour, length=60.0, *, sport="run", source="watch.csv", record=2, **known):
    return {
        "athlete": "a",
        "start": pd.Timestamp("2024-05-06", tz="UTC") + pd.Timedelta(hours=hour),
        "local_date": DAY,
        "sport": sport,
        "duration_min": length,
        "source": source,
        "source_hash": "0" * 16,
        "record": record,
    } | known


def answer(hour, length=60.0, *, sport="run", rpe=6.0, shoe_id=None, record=2):
    return {
        "athlete": "a",
        "end": pd.Timestamp("2024-05-06", tz="UTC") + pd.Timedelta(hours=hour),
        "duration_min": length,
        "rpe": rpe,
        "sport": sport,
        "shoe_id": shoe_id,
        "source": "session_rpe.csv",
        "source_hash": "1" * 16,
        "record": record,
    }


def harmonise(recordings, answers=()):
    told = pd.DataFrame([*answers], columns=list(answer(0)))
    told = told.astype({"sport": "str", "source": "str", "shoe_id": "str", "rpe": float})
    told["end"] = told["end"].astype("datetime64[ns, UTC]")
    told["duration_min"] = told["duration_min"].astype(float)
    columns = list(CONTRACTS["sessions"].columns)
    recorded = pd.DataFrame([*recordings], columns=columns)
    return harmonise_sessions(recorded, told.assign(fits=masks(told["sport"])), BERLIN)


def test_an_answer_fills_in_its_session_and_is_not_added():
    found = harmonise([recording(17)], [answer(18.1, shoe_id="blue", record=7)])
    assert found.answers_matched == 1
    session = found.sessions.iloc[0]
    assert len(found.sessions) == 1
    assert (session["rpe"], session["shoe_id"]) == (6.0, "blue")
    assert session["duration_min"] == 60
    assert session["merged_from"] == "session_rpe.csv#7"
    assert session["source"] == "watch.csv"


def test_what_the_device_knows_is_not_overwritten():
    found = harmonise([recording(17, rpe=3.0)], [answer(18, rpe=9.0)])
    assert found.sessions["rpe"].tolist() == [3.0]


def test_an_answer_without_a_recording_is_a_session_of_its_own():
    found = harmonise([], [answer(23, 90, sport=None)])
    session = found.sessions.iloc[0]
    assert (found.answers_matched, session["sport"], session["rpe"]) == (0, "other", 6.0)
    # The answer was given at the end, 23:00 UTC, about 90 minutes.
    assert session["start"] == pd.Timestamp("2024-05-06 21:30", tz="UTC")
    assert session["duration_min"] == 90
    assert session["local_date"] == pd.Timestamp("2024-05-06")


def test_the_local_day_of_an_answer_is_that_of_its_start():
    session = harmonise([], [answer(23.5, 60)]).sessions.iloc[0]
    assert session["start"] == pd.Timestamp("2024-05-06 22:30", tz="UTC")
    # 22:30 UTC is half past midnight in Berlin.
    assert session["local_date"] == pd.Timestamp("2024-05-07")


def test_two_devices_saw_one_run():
    found = harmonise(
        [
            recording(17, hr_mean=150.0, distance_km=10.0, source="watch.csv"),
            recording(17.02, 58.0, source="phone.csv", record=9, ascent_m=40.0),
        ]
    )
    assert found.recordings_joined == 1
    session = found.sessions.iloc[0]
    assert (session["source"], session["merged_from"]) == ("watch.csv", "phone.csv#9")
    assert (session["hr_mean"], session["ascent_m"], session["duration_min"]) == (150, 40, 60)


def test_running_dynamics_never_come_from_two_devices():
    found = harmonise(
        [
            recording(17, dynamics_source="garmin", ground_contact_ms=250.0, hr_mean=150.0),
            recording(
                17,
                source="pod.csv",
                dynamics_source="stryd",
                vertical_oscillation_mm=74.0,
            ),
        ]
    )
    session = found.sessions.iloc[0]
    assert (session["dynamics_source"], session["ground_contact_ms"]) == ("garmin", 250)
    assert pd.isna(session["vertical_oscillation_mm"])


@pytest.mark.parametrize(
    ("other", "count"),
    [
        # 0.49 of its hour overlaps, just less than half.
        (recording(17.51, source="b.csv"), 2),
        (recording(17.49, source="b.csv"), 1),
        (recording(17, sport="strength", source="b.csv"), 2),
        (recording(17, None, source="b.csv"), 1),
        (recording(18, source="b.csv"), 2),
    ],
)
def test_recordings_are_one_if_half_of_the_shorter_overlaps(other, count):
    assert len(harmonise([recording(17), other]).sessions) == count


def test_a_session_key_stands_once_even_for_repeated_answers():
    found = harmonise([], [answer(18, rpe=4.0, record=2), answer(18, rpe=7.0, record=3)])
    assert len(found.sessions) == 1
    assert found.recordings_joined == 1


def test_wellness_prefers_the_person_then_the_later_answer():
    rows = pd.DataFrame(
        {
            "athlete": "a",
            "date": DAY,
            "sleep_h": [7.0, None, 6.4, 6.6],
            "mood": [0.5, 0.75, None, None],
            "resting_hr_bpm": [None, None, None, 52.0],
            "rank": [0, 0, 1, 2],
            "at": [1, 2, 0, 0],
            "source": ["q.csv", "q.csv", "sleep.json", "score.csv"],
            "record": [2, 3, 1, 1],
        }
    )
    merged = merge_by_key(rows, ["athlete", "date"])
    assert merged.merged == 3
    day = merged.frame.iloc[0]
    # The person's own 7 h; the later mood; a heart rate that only the third source has.
    assert (day["sleep_h"], day["mood"], day["resting_hr_bpm"]) == (7.0, 0.75, 52.0)
    assert day["source"] == "q.csv;score.csv;sleep.json"


def test_between_answers_of_one_moment_the_earlier_file_and_row_is_taken():
    rows = pd.DataFrame({
        "athlete": "a", "date": DAY, "mood": [0.1, 0.2, 0.3], "rank": 0, "at": 5,
        "source": ["b.csv", "a.csv", "a.csv"], "record": [1, 9, 2],
    })  # fmt: skip
    assert merge_by_key(rows, ["athlete", "date"]).frame["mood"].tolist() == [0.3]


def test_days_that_stand_once_are_left_alone():
    rows = pd.DataFrame({"athlete": ["a", "b"], "date": DAY, "source": "s", "record": [2, 3]})
    merged = merge_by_key(rows, ["athlete", "date"])
    assert merged.merged == 0
    # The same object: most tables have nothing to merge, and copying them costs memory.
    assert merged.frame is rows


def test_copies_are_counted_by_the_file_they_stood_in():
    rows = pd.DataFrame(
        {
            "athlete": ["a", "a", "a", "b"],
            "value": [1.0, 1.0, 1.0, 1.0],
            "source": ["x.csv", "x.csv", "y.csv", "y.csv"],
            "record": [2, 3, 2, 3],
            "repaired": [False, False, True, False],
        }
    )
    found = drop_copies(rows)
    assert found.frame["record"].tolist() == [2, 3]
    assert counted([found]).to_dict("records") == [
        {"source": "x.csv", "records": 1, "newly": 1},
        {"source": "y.csv", "records": 1, "newly": 0},
    ]


def counted(tables):
    """Return the copies of tables, one of which each may hold rows of a record."""
    return copied_records([table.dropped for table in tables], [table.frame for table in tables])


def test_a_record_of_which_something_stays_is_no_copy():
    book = {"source": "x.csv", "repaired": False}
    forces = pd.DataFrame({"athlete": "a", "value": [1.0, 2.0, 1.0, 2.0, 1.0], "side": "left"})
    forces["record"] = ["2", "2", "3", "3", "4"]
    masses = pd.DataFrame({"athlete": "a", "mass_kg": [60.0, 60.0, 61.0], "record": [2, 3, 4]})
    found = [drop_copies(frame.assign(**book)) for frame in (forces, masses)]
    assert found[0].frame["record"].tolist() == ["2", "2"]
    assert counted(found).to_dict("records") == [{"source": "x.csv", "records": 1, "newly": 1}]


def test_no_tables_have_no_copies():
    assert counted([]).empty


def reports(*rows):
    """Rows of (day of May 2024, region, side, severity)."""
    frame = pd.DataFrame(rows, columns=["day", "region", "side", "severity"])
    frame["date"] = pd.Timestamp("2024-05-01") + pd.to_timedelta(frame["day"] - 1, unit="D")
    return frame.drop(columns="day").assign(athlete="a", source="injury.csv")


END = pd.Timestamp("2024-12-29")


@pytest.mark.parametrize(
    ("days", "spans"),
    [
        ([1], [("05-01", "05-02")]),
        ([1, 2, 3], [("05-01", "05-04")]),
        # 14 days apart is still one injury, 15 days are two.
        ([1, 15], [("05-01", "05-16")]),
        ([1, 16], [("05-01", "05-02"), ("05-16", "05-17")]),
        ([23, 1, 10], [("05-01", "05-24")]),
        ([1, 14, 28], [("05-01", "05-29")]),
    ],
)
def test_major_reports_within_14_days_are_one_injury(days, spans):
    found = injuries_from_reports(reports(*((d, "knee", "left", "major") for d in days)), END)
    dates = found[["onset_date", "return_date"]].apply(lambda column: column.dt.strftime("%m-%d"))
    assert list(dates.itertuples(index=False, name=None)) == spans


def test_regions_and_athletes_are_kept_apart():
    told = reports((1, "knee", "left", "major"), (2, "foot", "left", "major"))
    other = told.assign(athlete="b")
    assert len(injuries_from_reports(pd.concat([told, other]), END)) == 4


def test_sides_join_and_minor_reports_are_left_out():
    told = reports(
        (1, "knee", "left", "major"), (5, "knee", "right", "major"), (9, "knee", "left", "minor")
    )
    found = injuries_from_reports(told, END).iloc[0]
    assert (found["side"], found["severity"]) == ("both", "major")
    assert found["return_date"] == pd.Timestamp("2024-05-06")


def test_a_major_report_is_classed_by_its_region():
    told = reports((1, "knee", "left", "major"), (1, "arm", "left", "major"))
    told = pd.concat([told, reports((1, "unknown", "none", "major"))])
    found = injuries_from_reports(told, END).set_index("region")
    assert found["class"].fillna("").to_dict() == {
        "knee": "injury",
        "arm": "not_running",
        "unknown": "",
    }


# A further report could come until 14 days after the first of May.
@pytest.mark.parametrize(("last", "known"), [("2024-05-14", False), ("2024-05-15", True)])
def test_a_series_that_may_go_on_has_no_return(last, known):
    found = injuries_from_reports(reports((1, "knee", "left", "major")), pd.Timestamp(last))
    assert found["return_date"].notna().tolist() == [known]


def test_no_reports_make_no_injuries():
    assert len(injuries_from_reports(reports().astype({"date": "datetime64[ns]"}), END)) == 0


def test_the_folder_of_an_athlete_does_not_give_the_id_away():
    rows = pd.DataFrame({"athlete": ["r1"], "source": ["activities/r1/r1/Activities.csv"]})
    names = {"r1": "axyz"}
    hidden = pseudonymise_ids(rows, names, {file: renaming(names)(file) for file in rows["source"]})
    assert hidden.iloc[0].tolist() == ["axyz", "activities/axyz/axyz/Activities.csv"]


def test_summaries_of_gait_stay_beside_those_made_of_strides():
    day = pd.Timestamp("2025-06-02")
    summary = pd.DataFrame({
        "athlete": ["a"], "date": [day], "speed_m_s": [3.0], "metric": ["cadence_spm"],
        "side": ["both"], "value": [170.0], "unit": ["spm"], "device": ["lab"], "source": ["x.csv"],
    })  # fmt: skip
    strides = pd.concat([summary] * 2).assign(athlete="b", trial="t", value=[160.0, 164.0])
    both = {"gait": summary, "gait_strides": strides}
    # The strides of 160 and 164 are one value, 162; the laboratory's own summary stays as it is.
    disguise = Disguise({"a": "a", "b": "b"}, {"x.csv": "x.csv"})

    def values_of(records):
        tables = harmonise_by_athletes(records, disguise, Rules("UTC", day, {})).tables
        return tables["gait"]

    assert values_of(both)["value"].tolist() == [170.0, 162.0]
    gait = values_of({"gait_strides": strides})
    assert gait["value"].tolist() == [162.0]
    # Of one stride nobody knows how much strides differ.
    alone = values_of({"gait_strides": strides[:1]})
    # The quartiles of 160 and 164 are 161 and 163.
    assert gait["spread"].tolist() == [2.0]
    assert alone["spread"].isna().tolist() == [True]
