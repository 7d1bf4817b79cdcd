import os
from pathlib import Path

import pandas as pd
import pytest

from ingest.dataset.settings import load_config
from ingest.readers.registry import ReadContext
from ingest.reading.containers import items_of
from ingest.reading.files import data_files, read_folder
from ingest.records.local_clock import to_local
from ingest.run import ingest
from tests.ingest.club_files import table_csv, write
from tests.ingest.pmdata_files import (
    SETTINGS,
    as_json,
    exercise,
    injury,
    participants,
    resting,
    sleep,
    srpe,
    tiny,
    wellness,
)

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("STRIDECAST_SHARED", ROOT.parent / "shared")) / "data" / "pmdata"


@pytest.fixture
def folder(tmp_path):
    return tiny(tmp_path / "tiny")


def of(result, kind):
    return next(one for one in result.report["files"] if one["kind"] == kind)


def test_a_run_that_both_saw_is_one_session(folder):
    result = ingest(folder)
    # The watch's run and the answer about it overlap: added, they would double the load.
    assert result.report["sessions"] == 1
    assert result.report["merged"]["answers_matched"] == 1
    run = result.tables["sessions"].iloc[0]
    assert run["start"] == pd.Timestamp("2019-11-05 21:20", tz="UTC")
    assert run[["sport", "rpe", "distance_km", "duration_min"]].tolist() == ["run", 7, 5.1, 31]
    assert run[["hard_min", "hr_mean", "ascent_m"]].tolist() == [7, 150, 24.4]


def test_an_athlete_is_described_by_the_sheet(folder):
    athlete = ingest(folder).tables["athletes"].iloc[0]
    assert athlete[["birth_year", "sex", "height_cm"]].tolist() == [1971, "male", 195]
    assert athlete["observed_to"] == pd.Timestamp("2020-03-31")


def test_rows_without_a_participant_are_no_records(folder):
    participants(
        folder / "participant-overview.xlsx",
        [("p01", 48, 195, "male", None), (None,) * 5, ("p01", 9, 9, "male", None)],
    )
    found = of(ingest(folder), "pmdata_participants")
    assert (found["read"], found["accepted"]) == (2, 1)
    assert found["rejects"] == {"duplicate_athlete": 1}


# The answer is stamped 22:51:54Z; Oslo is an hour ahead of UTC in November.
@pytest.mark.parametrize(("clock", "end"), [("local", "21:51:54"), ("utc", "22:51:54")])
def test_the_settings_say_which_clock_a_session_answer_means(folder, clock, end):
    write(folder / "dataset.yaml", SETTINGS.replace("local", clock))
    (folder / "p01/fitbit/exercise.json").unlink()
    run = ingest(folder).tables["sessions"].iloc[0]
    found = run["start"] + pd.Timedelta(minutes=run["duration_min"])
    assert f"{found:%H:%M:%S}" == end


def test_unknown_distances_and_units(folder):
    as_json(
        folder / "p01/fitbit/exercise.json",
        [
            exercise("2019-11-06 08:00:00", 30),
            exercise("2019-11-07 08:00:00", 30, distance=5.0),
            exercise("2019-11-08 08:00:00", 30, distance=3.0, distanceUnit="Mile"),
            exercise("2019-11-09 08:00:00", 30, distance=-3.0, distanceUnit="Kilometer"),
            exercise("2019-11-10 08:00:00", 30, name="Sport"),
            exercise("2019-11-11 08:00:00", 30, name="Treadmill"),
        ],
    )
    result = ingest(folder)
    found = of(result, "pmdata_exercise")
    assert found["rejects"] == {"bad_distance": 1}
    assert (found["read"], found["accepted"], found["repaired"]) == (6, 4, 1)
    sessions = result.tables["sessions"].set_index("local_date")["distance_km"]
    # 3 mi x 1.609344; without a unit the 5.0 may be kilometres or miles.
    assert sessions["2019-11-08"] == pytest.approx(4.828032)
    assert sessions[["2019-11-06", "2019-11-07"]].isna().all()
    assert "record 4: distance is" in result.tables["rejects"]["sentence"][0]
    kinds = result.tables["sessions"].set_index("local_date")[["sport", "surface"]]
    assert kinds.loc["2019-11-11"].tolist() == ["run", "treadmill"]
    assert kinds.loc["2019-11-10", "sport"] == "other"


def test_zero_means_not_answered_and_the_day_is_the_local_one(folder):
    wellness(
        folder / "p01",
        [
            "2019-11-01T23:31:40.751Z,2,3,0,6,4,2,[12921003],3",
            "2019-11-03T08:00:00.000Z,0,0,0,0,0,0,[],0",
            "2019-11-04T08:00:00.000Z,1,5,10,7,0,3,[],3",
        ],
    )
    result = ingest(folder)
    found = of(result, "pmdata_wellness")
    assert (found["read"], found["accepted"], found["repaired"]) == (3, 0, 2)
    assert found["rejects"] == {"nothing_answered": 1}
    assert found["repairs"] == {
        "readiness_0_is_not_answered": 1,
        "sleep_quality_0_is_not_answered": 1,
    }
    days = result.tables["wellness"].set_index("date")
    # 23:31 in UTC on the first is 0:31 on the second in Oslo.
    assert [f"{day:%d}" for day in days.index] == ["02", "04"]
    first, second = days.iloc[0], days.iloc[1]
    # From 1 to 5, where 5 is best: (answer - 1) / 4.
    assert first[["fatigue", "mood", "sleep_h", "sleep_quality"]].tolist() == [0.25, 0.5, 6, 0.75]
    assert pd.isna(first["readiness"])
    assert second[["fatigue", "mood", "readiness"]].tolist() == [0, 1, 1]


def test_what_a_person_answers_comes_before_what_a_watch_says(folder):
    person = folder / "p01"
    wellness(person, ["2019-11-04T08:00:00.000Z,3,3,5,0,3,3,[],3"])
    as_json(person / "fitbit/sleep.json", [sleep("2019-11-04", 402), sleep("2019-11-05", 360)])
    as_json(person / "fitbit/resting_heart_rate.json", [resting("2019-11-04", 0.0)])
    table_csv(
        person / "fitbit/sleep_score.csv",
        "timestamp,sleep_log_entry_id,overall_score,resting_heart_rate",
        ["2019-11-04T06:29:30Z,1,76,53"],
    )
    result = ingest(folder)
    days = result.tables["wellness"].set_index("date")
    # 402 and 360 minutes of the watch: the person's 0 means "not answered".
    assert days["sleep_h"].tolist() == pytest.approx([6.7, 6.0])
    # The 0.0 of the one file is no measure, so that the score's 53 counts.
    assert days["resting_hr_bpm"].fillna(0).tolist() == [53, 0]
    assert days["mood"].notna().tolist() == [True, False]
    assert of(result, "pmdata_resting_heart_rate")["rejects"] == {"not_measured": 1}
    wellness(person, ["2019-11-04T08:00:00.000Z,3,3,5,8,3,3,[],3"])
    assert ingest(folder).tables["wellness"]["sleep_h"].tolist() == pytest.approx([8.0, 6.0])


def test_naps_are_not_nights(folder):
    nights = [sleep("2019-11-04", 402), sleep("2019-11-04", 60, main=False)]
    as_json(folder / "p01/fitbit/sleep.json", nights)
    result = ingest(folder)
    assert of(result, "pmdata_sleep")["rejects"] == {"not_main_sleep": 1}
    assert result.tables["wellness"]["sleep_h"].tolist() == pytest.approx([6.7])


def test_reports_become_injuries(folder):
    injury(
        folder / "p01",
        [
            "2019-11-05T08:00:00.000Z,{}",
            "2019-11-12T08:00:00.000Z,{'right_knee': 'minor'}",
            "2019-11-19T08:00:00.000Z,\"{'left_foot': 'minor', 'right_knee': 'major'}\"",
            "2019-12-24T08:00:00.000Z,{'right_knee': 'minor'}",
            "2019-12-25T08:00:00.000Z,{'left_wing': 'minor'}",
            # The cells are Python text: a reader that evaluates them would run this.
            "2019-12-26T08:00:00.000Z,__import__('os').getcwd()",
        ],
    )
    result = ingest(folder)
    found = of(result, "pmdata_injury")
    assert (found["read"], found["accepted"]) == (6, 4)
    assert found["rejects"] == {"unmapped_body_part": 1, "unreadable_injuries": 1}
    assert result.report["injuries_by_region"] == {"knee": 1}
    knee = result.tables["injuries"].iloc[0]
    # Only the major report is an injury; the minor ones before and after are complaints.
    assert (f"{knee['onset_date']:%m-%d}", f"{knee['return_date']:%m-%d}") == ("11-19", "11-20")
    assert (knee["side"], knee["severity"], knee["class"]) == ("right", "major", "injury")
    told = result.tables["complaints"]
    assert told["region"].tolist() == ["knee", "foot", "knee"]


def test_unanswered_sessions_are_refused(folder):
    srpe(
        folder / "p01",
        [
            "2019-11-05T22:51:54.710Z, {},,",
            "2019-11-06T10:00:00.000Z,\"['team', 'soccer']\",7,60",
            "2019-11-07T10:00:00.000Z,\"['individual', 'strength']\",14,60",
            "2019-11-08T10:00:00.000Z,nonsense(,5,60",
        ],
    )
    result = ingest(folder)
    found = of(result, "pmdata_srpe")
    assert found["rejects"] == {
        "not_answered": 1,
        "bad_perceived_exertion": 1,
        "unreadable_activity_names": 1,
    }
    alone = result.tables["sessions"].query("rpe == 7")
    assert alone[["sport", "duration_min"]].to_numpy().tolist() == [["other", 60.0]]


def test_body_mass_takes_the_last_answer_of_a_day(folder):
    table_csv(
        folder / "p01/googledocs/reporting.csv",
        "date,timestamp,meals,weight,glasses_of_fluid,alcohol_consumed",
        [
            '17/11/2019,17/11/2019 22:30:36,"Breakfast, Dinner",91.5,5,No',
            '17/11/2019,17/11/2019 19:11:36,"Breakfast, Dinner",90,5,No',
            '18/11/2019,18/11/2019 19:11:36,"Breakfast, Dinner",,5,No',
            '19/11/2019,19/11/2019 19:11:36,"Breakfast, Dinner",900,5,No',
        ],
    )
    result = ingest(folder)
    assert of(result, "pmdata_reporting")["rejects"] == {"bad_weight": 1, "not_answered": 1}
    # The answer of 22:30 stands above that of 19:11: the clock decides, not the order of rows.
    assert result.tables["body"]["mass_kg"].tolist() == [91.5]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('[{"logId": 1, "activityName": "Run", "startT', "unreadable_json"),
        ('{"logId": 1, "activityName": "Run"}', "unexpected_json"),
    ],
)
def test_broken_json_is_refused_as_a_file(folder, content, reason):
    write(folder / "p01/fitbit/exercise.json", content)
    result = ingest(folder)
    assert of(result, "pmdata_exercise")["rejects"] == {reason: 1}
    assert result.report["sessions"] == 1


@pytest.fixture(scope="module")
def real():
    if not SHARED.is_dir():
        pytest.skip(f"the published files are not here ({SHARED})")
    return ingest(ROOT / "data/raw/pmdata", payload=SHARED)


READ = {
    "pmdata_exercise": 2440,
    "pmdata_srpe": 783,
    "pmdata_wellness": 1747,
    "pmdata_injury": 225,
    "pmdata_participants": 16,
    "pmdata_reporting": 1569,
    "pmdata_sleep": 2064,
    "pmdata_sleep_score": 1836,
    "pmdata_resting_heart_rate": 1803,
}


def test_every_published_row_is_accounted_for(real):
    read: dict[str, int] = {}
    for one in real.report["files"]:
        assert one["read"] == one["accepted"] + one["repaired"] + one["rejected"]
        assert sum(one["rejects"].values()) == one["rejected"]
        read[one["kind"]] = read.get(one["kind"], 0) + one["read"]
    assert read == READ
    assert len(real.tables["rejects"]) == real.report["totals"]["rejected"]


def test_overlapping_sessions_of_the_two_sources_are_matched_not_added(real):
    merged = real.report["merged"]
    # 11 of the 783 published rows are empty.
    answered = 783 - 11
    assert merged["answers_matched"] > 0.7 * answered
    stopped = sum(one["repairs"].get("false_start_dropped", 0) for one in real.report["files"])
    gone = merged["recordings_joined"] + merged["parts_joined"] + stopped
    # What is more than the watches' recordings must be the answers that no recording matched.
    added = real.report["sessions"] - (2440 - gone)
    assert added == answered - merged["answers_matched"]
    runs = real.tables["sessions"].query("sport == 'run'")
    # Outdoor and treadmill runs of the watches.
    assert len(runs) >= 339 + 252 - merged["recordings_joined"]
    ends = runs["start"] + pd.to_timedelta(runs["duration_min"], unit="min")
    after = runs["start"].shift(-1) - ends
    same = runs["athlete"] == runs["athlete"].shift(-1)
    # A few published runs do overlap; many would mean that two sources were added up.
    assert (after[same] < pd.Timedelta(0)).sum() <= 5


def test_published_reports_are_complaints_but_for_two_persons(real):
    """Four of 110 answered body parts are major: a knee, and three times `stomach_back`."""
    found = real.tables["injuries"].set_index("region")
    assert found["class"].fillna("not told").to_dict() == {"knee": "injury", "unknown": "not told"}
    assert found["class_reason"].to_dict() == {"knee": "severity", "unknown": "place_unknown"}
    told = real.tables["complaints"]
    assert (set(told["kind"]), set(told["severity"])) == ({"questionnaire"}, {"minor"})
    assert told["athlete"].nunique() == 9
    assert real.report["athletes"] == 16


def near_the_watch(answers, runs):
    """Return how many answers end within 10 minutes of a run of the same person."""
    ends = runs.assign(watch=runs["start"] + pd.to_timedelta(runs["duration_min"], unit="min"))
    pairs = answers.merge(ends[["athlete", "watch"]], on="athlete")
    apart = (pairs["end"] - pairs["watch"]).abs()
    return pairs.loc[apart <= pd.Timedelta(minutes=10), "end"].nunique()


@pytest.mark.skipif(not SHARED.is_dir(), reason="the published files are not here")
def test_the_clock_of_session_answers_is_the_local_one(tmp_path):
    """The reason for `clocks` in the dataset's settings, so that nobody has to believe it."""
    config = load_config(ROOT / "data/raw/pmdata")
    context = ReadContext(config, SHARED, pd.Timestamp(config.observed_to))
    wanted = [p for p in data_files(SHARED) if p.name in ("srpe.csv", "exercise.json")]
    records = read_folder(
        items_of([SHARED / "participant-overview.xlsx", *wanted], SHARED, tmp_path), context
    ).records
    answers = records["answers"].query("sport == 'run'")
    runs = records["sessions"].query("sport == 'run'")
    as_marked = to_local(answers["end"], config.time_zone).dt.tz_localize("UTC")
    assert near_the_watch(answers, runs) > 0.5 * len(answers)
    # Taken as UTC, as the Z claims, next to no answer fits its run.
    assert near_the_watch(answers.assign(end=as_marked), runs) < 0.1 * len(answers)
