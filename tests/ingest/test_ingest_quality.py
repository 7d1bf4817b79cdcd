"""Coverage, gaps and suspicious values on a timeline small enough to count by hand."""

import json

import pandas as pd
import pytest

from ingest.harmonise.copies import COPY_CODE
from ingest.quality.dataset_quality import SUSPICIOUS, coverage, suspicious
from ingest.run import ingest
from tests.ingest.club_files import activity, garmin_csv, small_club, table_csv


@pytest.fixture(scope="module")
def result(tmp_path_factory):
    club = small_club(tmp_path_factory.mktemp("quality") / "club")
    table_csv(club / "roster.csv", "athlete,joined,left",
              ["r1,2024-05-01,2024-05-31", "r2,2024-06-01,2024-06-10",
               "r3,2024-06-01,2024-06-03"])  # fmt: skip
    rows = [activity(), activity(Date="2024-05-04 08:00:00"), activity(Distance="-3")]
    garmin_csv(club / "activities/r1/Activities.csv", rows)
    return ingest(club)


def by_days(result) -> pd.DataFrame:
    return coverage(result.tables).set_index("observed_days")


def test_days_are_counted_inside_the_observation(result):
    found = by_days(result)
    # r1: 4, 6 and 7 May (the strength session); r2: 1 June; r3: nothing.
    assert found.loc[[31, 10, 3], "logged_days"].tolist() == [3, 1, 0]
    assert found.loc[31, "logged_share"] == pytest.approx(3 / 31, abs=1e-4)
    assert found.loc[[31, 10, 3], "sessions"].tolist() == [3, 1, 0]


def test_the_longest_gap_may_lie_at_either_end(result):
    found = by_days(result)
    # 8 to 31 May; 2 to 10 June; all three days.
    assert found.loc[[31, 10, 3], "longest_gap_days"].tolist() == [24, 9, 3]
    assert found.loc[31, "gap_from"] == pd.Timestamp("2024-05-08")
    assert found.loc[31, "gap_to"] == pd.Timestamp("2024-05-31")
    assert found.loc[[31, 10, 3], "gaps"].tolist() == [1, 0, 0]


def test_what_to_fix_names_the_file_the_row_and_the_remedy(result):
    (fix,) = result.report["quality"]["to_fix"]
    assert (fix["reason"], fix["records"], fix["row"]) == ("bad_Distance", 1, "4")
    assert fix["file"] == "activities/r1/Activities.csv"
    assert "'-3'" in fix["sentence"]


def test_sources_add_up(result):
    totals = result.report["totals"]
    for name, total in totals.items():
        assert sum(source[name] for source in result.report["quality"]["sources"]) == total
    json.dumps(result.report, allow_nan=False)


def of_whom(result) -> dict[tuple[str, str], dict]:
    """Return (raw id, kind) -> row; the ids are found again by their days of observation."""
    people = result.tables["athletes"].set_index("athlete")["observed_from"]
    ends = result.tables["athletes"].set_index("athlete")["observed_to"]
    known = {31: "r1", 10: "r2", 3: "r3"}
    raw = {one: known[days] for one, days in ((ends - people).dt.days + 1).items()} | {"": ""}
    rows = result.report["quality"]["by_athlete"]
    return {(raw[row["athlete"]], row["kind"]): row for row in rows}


def test_of_whom_what_was_read(result):
    found = of_whom(result)
    mine = found["r1", "garmin_activities_csv"]
    assert (mine["files"], mine["read"], mine["accepted"], mine["rejected"]) == (1, 3, 2, 1)
    assert mine["rejects"] == {"bad_Distance": 1}
    assert (mine["from"], mine["to"], mine["days"]) == ("2024-05-04", "2024-05-06", 2)
    # 5 May, between the runs of the 4th and the 6th.
    assert mine["longest_gap_days"] == 1
    assert found["r2", "garmin_activities_csv"]["read"] == 1
    shared = found["r1", "club_wellness"], found["r2", "club_wellness"]
    assert [one["read"] for one in shared] == [1, 1]
    assert not any(athlete == "r3" for athlete, kind in found if kind != "club_roster")


def test_of_whom_adds_up(result):
    rows = result.report["quality"]["by_athlete"]
    for name, total in result.report["totals"].items():
        assert sum(row[name] for row in rows) == total
    assert "activities/" not in json.dumps(rows)


def test_what_a_shared_file_refuses_is_nobodys(tmp_path):
    club = small_club(tmp_path / "club")
    night = "2024-05-06,7.5,50"
    rows = [f"r1,{night}", f"r1,{night}", "r1,2024-05-09,90,51", f"r9,{night}"]
    table_csv(club / "wellness.csv", "athlete,date,sleep_h,resting_hr_bpm", rows)
    rows = ingest(club).report["quality"]["by_athlete"]
    told = sorted(
        (bool(row["athlete"]), row["accepted"], row["repaired"], row["rejects"], row["repairs"])
        for row in rows
        if row["kind"] == "club_wellness"
    )
    assert told == [
        # Whose a refused row was nobody can say: it counts for no athlete.
        (False, 0, 1, {"unknown_athlete": 1}, {"bad_sleep_h_set_null": 1, COPY_CODE: 1}),
        (True, 1, 1, {}, {}),
    ]


ODD = {
    "run longer than 100 km": {"distance_km": 120, "duration_min": 700},
    "session longer than 12 hours": {"duration_min": 800, "distance_km": 90},
    "run slower than 15 min/km": {"duration_min": 200},
    "run faster than 2:30 min/km": {"duration_min": 20, "moving_min": 20},
    "mean heart rate above 205": {"hr_mean": 206.0, "hr_max": 220.0},
    "mean heart rate above the highest": {"hr_mean": 160.0, "hr_max": 150.0},
    "running cadence outside 120 to 230 steps per minute": {"cadence_spm": 90.0},
    "moving time longer than elapsed time": {"moving_min": 70.0},
}


@pytest.mark.parametrize("what", SUSPICIOUS)
def test_each_suspicion_finds_its_case_and_no_other(result, what):
    sessions = result.tables["sessions"]
    run = sessions[sessions["sport"] == "run"].head(1)
    plain = run.assign(distance_km=10.0, duration_min=55.0, moving_min=54.0, cadence_spm=170.0)
    assert suspicious(plain).empty
    found = suspicious(plain.assign(**ODD[what]))
    assert what in set(found["what"])
    assert len(found) == 1


def test_unknown_shares_are_those_of_the_tables(result):
    rows = result.report["quality"]["unknown"]
    unknown = {(row["table"], row["column"]): row["unknown_share"] for row in rows}
    assert unknown["sessions", "hard_km"] == 1.0
    assert unknown["sessions", "distance_km"] == 0.25
