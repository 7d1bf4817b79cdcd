import json
import shutil
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from common.contracts import CONTRACTS, conform
from common.errors import StridecastError
from ingest.dataset.settings import load_config
from ingest.people.pseudonym import key_for, pseudonym
from ingest.run import ingest
from tests.ingest.club_files import SETTINGS, activity, garmin_csv, small_club, table_csv, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return small_club(tmp_path_factory.mktemp("club"))


@pytest.fixture(scope="module")
def result(folder):
    return ingest(folder)


@pytest.fixture
def club(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "club")
    return tmp_path / "club"


def test_every_record_of_a_sound_club_is_accepted(result):
    assert result.report["totals"] == {"read": 16, "accepted": 16, "repaired": 0, "rejected": 0}
    assert result.report["athletes"] == 2
    assert result.report["sessions"] == 4
    assert result.report["merged_sessions"] == 1
    assert result.report["injuries_by_region"] == {"knee": 1}
    assert len(result.tables["rejects"]) == 0
    json.dumps(result.report, allow_nan=False)


def test_the_tables_are_those_of_the_contracts(result):
    assert list(result.tables) == list(CONTRACTS)
    for name, frame in result.tables.items():
        pd.testing.assert_frame_equal(conform(name, frame), frame)
    empty = {name for name, frame in result.tables.items() if frame.empty}
    # Every week of the club is known by its sessions, and it keeps no sheet of plans.
    assert empty == {"extra", "mileage", "plans", "rejects"}


def test_names_are_pseudonyms_everywhere(result, folder):
    config = load_config(folder)
    expected = {pseudonym(key_for(config), "testclub", name) for name in ("r1", "r2")}
    assert set(result.tables["athletes"]["athlete"]) == expected
    for name in set(CONTRACTS) - {"rejects"}:
        assert set(result.tables[name]["athlete"]) <= expected
        assert not result.tables[name].astype("str").eq("r1").any(axis=None)
        if "source" in result.tables[name]:
            assert not result.tables[name]["source"].str.contains("/r[12]/").any()


def test_the_answered_run_and_the_answered_strength_session(result):
    sessions = result.tables["sessions"]
    answered = sessions[sessions["rpe"].notna()].set_index("sport")
    assert answered.loc["run", ["rpe", "distance_km", "shoe_id"]].tolist() == [6.0, 10.24, "blue"]
    assert answered.loc["run", "merged_from"] == "session_rpe.csv#2"
    assert answered.loc["strength", "start"] == pd.Timestamp("2024-05-07 15:20", tz="UTC")


def test_minus_three_kilometres_and_a_date_in_the_future_are_counted_rejects(club):
    garmin_csv(
        club / "activities/r1/Activities.csv",
        [
            activity(),
            activity(Date="2024-05-08 18:00:00", Distance="-3.00"),
            activity(Date="2025-05-08 18:00:00"),
        ],
    )
    result = ingest(club)
    rejects = result.tables["rejects"]
    assert rejects["source"].unique().tolist() == ["activities/r1/Activities.csv"]
    assert rejects["record"].tolist() == ["3", "4"]
    assert "'-3.00'" in rejects["sentence"][0]
    assert "2024-12-29" in rejects["sentence"][1]
    assert result.report["totals"]["rejected"] == 2


def test_the_end_may_be_moved_for_a_team_whose_data_grow(club):
    garmin_csv(club / "activities/r2/Activities.csv", [activity(Date="2025-01-05 08:00:00")])
    assert ingest(club).report["totals"]["rejected"] == 1
    later = ingest(club, observed_to=date(2025, 1, 5))
    assert later.report["totals"]["rejected"] == 0
    assert later.tables["athletes"]["observed_to"].max() == pd.Timestamp("2025-01-05")


def test_progress_is_told_file_by_file(folder):
    told = []
    ingest(folder, progress=lambda *step: told.append(step))
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert [done for done, _, _ in told] == list(range(1, len(files) + 1))
    assert {total for _, total, _ in told} == {len(files)}
    assert told[0][2] == "roster.csv"


def test_files_may_lie_elsewhere(folder, tmp_path, result):
    write(tmp_path / "settings/dataset.yaml", SETTINGS)
    elsewhere = ingest(tmp_path / "settings", payload=folder)
    for name in CONTRACTS:
        pd.testing.assert_frame_equal(elsewhere.tables[name], result.tables[name])


def no_settings(club):
    (club / "dataset.yaml").unlink()


def only_settings(club):
    for path in club.iterdir():
        if path.name != "dataset.yaml":
            shutil.rmtree(path) if path.is_dir() else path.unlink()


def no_roster(club):
    (club / "roster.csv").unlink()


def nameless_roster(club):
    write(club / "roster.csv", "team,sex,birth_year,height_cm,level,joined,left\nnorth,,,,,,\n")


def no_sessions(club):
    shutil.rmtree(club / "activities")
    (club / "session_rpe.csv").unlink()


def gone(club):
    shutil.rmtree(club)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (gone, "no such folder"),
        (no_settings, "dataset.yaml: not found"),
        (only_settings, "no data files; copy the exports into this folder"),
        (no_roster, "no athlete listed .no roster found.; add a roster.csv"),
        (nameless_roster, "no athlete listed .roster.csv: column athlete is missing; found team"),
        (no_sessions, "no session in any file; add an activity export or session_rpe.csv"),
    ],
)
def test_where_nothing_can_be_done_there_is_one_line(club, spoil, words):
    spoil(club)
    with pytest.raises(StridecastError, match=words) as caught:
        ingest(club)
    assert "\n" not in str(caught.value)


def comparable(result):
    """Return the tables without what may differ between copies: where a record stood."""
    where = ["source", "source_hash", "merged_from"]
    return {
        name: frame.drop(columns=where, errors="ignore")
        for name, frame in result.tables.items()
        if name != "rejects"
    }


MOVES = {
    "wellness.csv": ["0_wellness.csv", "z/wellness of the week.txt"],
    "pain.csv": ["a.csv", "z/zz.csv"],
    "session_rpe.csv": ["0.csv", "zzz.csv"],
    "activities/r1/Activities.csv": ["0/r1/x.csv", "z/r1/Activities (1).csv"],
    "activities/r2/Activities.csv": ["r2/Activities.csv"],
    "roster.csv": ["zz.csv"],
    "body.csv": ["0.txt"],
    "strength.csv": ["sub/sub/s.csv"],
}


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_neither_order_of_files_nor_copies_change_the_tables(result, folder, tmp_path, data):
    club = tmp_path / "club"
    shutil.rmtree(club, ignore_errors=True)
    shutil.copytree(folder, club)
    for name in data.draw(st.sets(st.sampled_from(sorted(MOVES)))):
        places = [club / "moved" / place for place in MOVES[name]]
        chosen = data.draw(st.sampled_from(places))
        chosen.parent.mkdir(parents=True, exist_ok=True)
        keeps = data.draw(st.booleans()) and name != "roster.csv"
        (shutil.copy if keeps else shutil.move)(club / name, chosen)
    again = ingest(club)
    for name, frame in comparable(again).items():
        pd.testing.assert_frame_equal(frame, comparable(result)[name])
    totals = again.report["totals"]
    assert totals["read"] == totals["accepted"] + totals["repaired"] + totals["rejected"]
    assert totals["rejected"] == 0


def test_a_copied_file_is_counted_as_repairs_of_the_copy(club):
    shutil.copy(club / "pain.csv", club / "pain copy.csv")
    result = ingest(club)
    files = {one["file"]: one for one in result.report["files"]}
    copies = [files[name]["repairs"] for name in ("pain copy.csv", "pain.csv")]
    # "pain copy.csv" sorts before "pain.csv", and the later of two is the copy.
    assert copies == [{}, {"copy_of_another_record_dropped": 1}]
    assert len(result.tables["pain"]) == 1


def test_a_newer_export_beside_the_older_adds_only_what_is_new(club):
    newer = [activity(Date="2024-05-09 18:00:00"), activity()]
    garmin_csv(club / "activities/r1/Activities (2).csv", newer)
    # Four, and the run of 9 May; the other row stands in both exports.
    assert ingest(club).report["sessions"] == 5


def test_the_same_wellness_day_of_two_files_is_one_row(club):
    table_csv(club / "more.csv", "athlete,date,sleep_h,fatigue", ["r1,2024-05-06,9,5"])
    result = ingest(club)
    day = result.tables["wellness"].query("sleep_h != 8").iloc[0]
    assert len(result.tables["wellness"]) == 2
    assert result.report["merged"]["wellness_rows_joined"] == 1
    # What only one of the files says is kept.
    assert day["sleep_quality"] == 0.75


def test_paths_are_told_as_the_user_knows_them(result):
    files = [one["file"] for one in result.report["files"]]
    assert "activities/r1/Activities.csv" in files
    assert files == sorted(files)
    assert not any(Path(name).is_absolute() for name in files)
