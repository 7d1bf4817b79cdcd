"""The files: what a club would hand over, and nothing that only the simulator knows."""

import csv
import json
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from ingest.run import ingest
from simulation.cohort import simulate
from simulation.export import files
from simulation.export.files import write_cohort
from simulation.truth.table import PROBABILITIES

HEADERS = {
    "roster": "athlete,team,sex,birth_year,height_cm,level,running_since,joined,left",
    "session_rpe": "athlete,end,duration_min,rpe,activity,shoe",
    "wellness": "athlete,date,sleep_h,sleep_quality,fatigue,soreness,stress,mood,readiness,"
    "resting_hr_bpm,hrv_rmssd_ms",
    "pain": "athlete,date,region,side,pain_0_10,when",
    "exercise": "athlete,date,exercise,target,sets,reps,load_kg,prescribed_sets",
    "strength": "athlete,date,test,side,metric,value,unit,reps,device",
    "gait": "athlete,date,speed_m_s,metric,side,value,unit,device",
    "injuries": "athlete,onset_date,return_date,region,side,diagnosis,mode,severity",
    "shoes": "athlete,shoe_id,first_use,retired",
    "body": "athlete,date,mass_kg",
}


@pytest.fixture(scope="module")
def folders(small_cohort, tmp_path_factory):
    root = tmp_path_factory.mktemp("data")
    raw, truth = root / "raw" / "demo", root / "truth" / "demo"
    write_cohort(small_cohort, raw, truth)
    return raw, truth


def digests(root):
    files = sorted(p for p in root.rglob("*") if p.is_file())
    return {p.relative_to(root).as_posix(): sha256(p.read_bytes()).hexdigest() for p in files}


def test_the_same_seed_gives_the_same_bytes_and_another_seed_does_not(
    small_settings, folders, tmp_path
):
    raw, truth = tmp_path / "raw", tmp_path / "truth"
    write_cohort(simulate(small_settings), raw, truth)
    assert digests(raw) == digests(folders[0])
    assert digests(truth) == digests(folders[1])
    write_cohort(simulate(small_settings.model_copy(update={"seed": 4})), raw, truth)
    assert digests(raw)["wellness.csv"] != digests(folders[0])["wellness.csv"]


@pytest.mark.parametrize("name", HEADERS)
def test_club_tables_have_the_agreed_header_and_whole_rows(folders, name):
    text = (folders[0] / f"{name}.csv").read_text(encoding="utf-8")
    assert text.splitlines()[0] == HEADERS[name]
    rows = list(csv.reader(text.splitlines()))
    assert len(rows) > 10
    assert {len(row) for row in rows} == {len(rows[0])}
    assert "nan" not in text


def test_the_dataset_says_that_it_is_simulated(folders):
    config = yaml.safe_load((folders[0] / "dataset.yaml").read_text())
    assert (config["name"], config["kind"], config["simulated"]) == ("demo", "club", True)
    assert (config["observed_from"], config["observed_to"]) == (date(2023, 1, 2), date(2023, 5, 21))
    assert config["wellness_scales"]["soreness"] == {"worst": 1, "best": 5}


def test_activities_are_written_as_garmin_connect_does(folders):
    path = folders[0] / "activities" / "R0001" / "Activities.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    assert len(rows[0]) == 35
    assert list(rows[0])[:5] == ["Activity Type", "Date", "Favorite", "Title", "Distance"]
    assert list(rows[0])[-2:] == ["Min Elevation", "Max Elevation"]
    dates = [row["Date"] for row in rows]
    assert dates == sorted(dates, reverse=True)
    assert len(dates) == len(set(dates))
    runs = [row for row in rows if "Running" in row["Activity Type"]]
    for row in runs:
        hours, minutes, seconds = map(int, row["Moving Time"].split(":"))
        pace_s = (3600 * hours + 60 * minutes + seconds) / float(row["Distance"])
        shown = int(row["Avg Pace"].split(":")[0]) * 60 + int(row["Avg Pace"].split(":")[1])
        # Distance, time and pace are each rounded as Garmin shows them.
        assert shown == pytest.approx(pace_s, abs=3)
        assert row["Elapsed Time"] >= row["Moving Time"]


def test_a_thousand_has_a_comma_and_the_missing_two_dashes(folders):
    text = "".join(p.read_text() for p in (folders[0] / "activities").rglob("*.csv"))
    assert '"1,' in text
    assert ",--," in text


def test_ingest_takes_every_row_and_matches_the_answers(folders, small_cohort):
    result = ingest(folders[0])
    totals = result.report["totals"]
    assert totals["rejected"] == 0
    assert totals["read"] == totals["accepted"] + totals["repaired"]
    answered = small_cohort.sessions.rpe >= 0
    assert len(result.tables["sessions"]) <= len(small_cohort.sessions.runner)
    matched = result.report["merged_sessions"] / answered.sum()
    # Some answers are about sessions that no device recorded.
    assert matched > 0.9
    runs = result.tables["sessions"].query("sport == 'run'")
    assert runs["distance_km"].sum() == pytest.approx(
        small_cohort.sessions.km[
            (small_cohort.sessions.sport < 4) & small_cohort.sessions.on_device
        ].sum(),
        rel=0.01,
    )


def test_answers_end_some_minutes_beside_the_watch(small_cohort, folders):
    answers = pd.read_csv(folders[0] / "session_rpe.csv", parse_dates=["end"])
    sessions = small_cohort.sessions
    given = sessions.rpe >= 0
    end = pd.Timestamp(small_cohort.settings.start) + pd.to_timedelta(
        sessions.day[given] * 86400 + sessions.start_s[given] + sessions.elapsed_s[given], unit="s"
    )
    apart = (answers["end"] - end).dt.total_seconds() / 60
    assert apart.abs().max() < 25
    # Answers at the very minute would make the matching too easy.
    assert apart.std() > 2


def test_the_truth_stays_out_of_the_raw_files(folders, small_cohort):
    raw, truth = folders
    words = ("frailty", "tissue", "p_any", "p_knee", "hazard", "oracle")
    for path in raw.rglob("*"):
        if path.is_file():
            head = path.read_text(encoding="utf-8")[:2000].lower()
            assert not any(word in head for word in words), path
    assert sorted(p.name for p in truth.iterdir()) == ["manifest.json", "truth.parquet"]
    assert json.loads((truth / "manifest.json").read_text())["simulated"] is True


def test_truth_has_one_row_per_athlete_and_observed_sunday(folders, small_cohort):
    frame = pd.read_parquet(folders[1] / "truth.parquet")
    assert list(frame.columns) == ["athlete", "date", "at_risk", *PROBABILITIES]
    assert (frame["date"].dt.day_of_week == 6).all()
    assert not frame.duplicated(["athlete", "date"]).any()
    roster = pd.read_csv(folders[0] / "roster.csv", parse_dates=["joined", "left"])
    last = pd.Timestamp("2023-05-21")
    span = pd.date_range("2023-01-08", last, freq="W-SUN")
    expected = sum(
        ((span >= joined) & (span <= (last if pd.isna(left) else left))).sum()
        for joined, left in zip(roster["joined"], roster["left"], strict=True)
    )
    assert len(frame) == expected
    p = frame[list(PROBABILITIES)]
    assert (p.notna().all(axis=1) == frame["at_risk"]).all()
    assert ((p.dropna() >= 0) & (p.dropna() < 1)).all(axis=None)
    # An injury of the knee is an injury.
    assert (frame["p_knee_full"].dropna() <= frame["p_any_full"].dropna()).all()
    assert np.nanmax(frame["p_knee_observable"] - frame["p_any_observable"]) <= 0


def test_open_injuries_have_no_return_and_history_reaches_before_the_start(folders):
    injuries = pd.read_csv(folders[0] / "injuries.csv", parse_dates=["onset_date", "return_date"])
    assert injuries["return_date"].max() <= pd.Timestamp("2023-05-21")
    assert injuries["return_date"].isna().any()
    assert injuries["onset_date"].min() < pd.Timestamp("2023-01-02")
    assert injuries["onset_date"].max() <= pd.Timestamp("2023-05-21")


@pytest.mark.parametrize("crashes", [False, True])
def test_a_fault_while_folders_are_exchanged_leaves_the_former_one(
    small_cohort, tmp_path, monkeypatch, crashes
):
    raw, truth = tmp_path / "raw", tmp_path / "truth"
    write_cohort(small_cohort, raw, truth)
    before = sorted(path.name for path in truth.iterdir())
    rename = Path.rename

    def fail(path, target):
        if target == truth and path.parent != tmp_path:
            raise OSError("no space left")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    if crashes:
        # A crash runs no clean-up: what lies beside the place is found by the next call.
        monkeypatch.setattr(files, "_put_back", lambda *_: None)
    with pytest.raises(OSError, match="no space left"):
        write_cohort(small_cohort, raw, truth)
    assert truth.exists() is not crashes
    monkeypatch.undo()
    monkeypatch.setattr(files, "_write_truth", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_cohort(small_cohort, raw, truth)
    assert sorted(path.name for path in truth.iterdir()) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["raw", "truth"]


def test_a_second_writing_replaces_the_first_as_a_whole(small_cohort, tmp_path):
    raw, truth = tmp_path / "raw", tmp_path / "truth"
    write_cohort(small_cohort, raw, truth)
    (raw / "stray.csv").write_text("x")
    write_cohort(small_cohort, raw, truth)
    assert not (raw / "stray.csv").exists()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["raw", "truth"]
