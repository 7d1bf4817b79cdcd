"""Archive, lock and action log on their own."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from common.errors import StridecastError
from pipelines.history.action_log import (
    Action,
    actions_of_csv,
    log_actions,
    read_actions,
    undo_last,
)
from pipelines.runtime.lock import keep_out_of_git, only_writer
from pipelines.weekly.forecast_archive import Archive

ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from pipelines.runtime.lock import keep_out_of_git, only_writer
with only_writer(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def week(day, probability=0.02):
    scores = pd.DataFrame({"athlete": ["a"], "as_of": [pd.Timestamp(day)], "outcome": "any"})
    rows = pd.DataFrame({"athlete": ["a"], "date": [pd.Timestamp(day)], "x": [1.0]})
    return scores.assign(probability=probability), rows


def test_a_week_scored_twice_is_kept_once(tmp_path):
    archive = Archive(tmp_path, "demo")
    assert archive.forecasts() is None
    for probability in (0.02, 0.03):
        assert archive.store(*week("2024-11-17", probability), hindcast=False)
    archive.store(*week("2024-11-24"), hindcast=False)
    kept = archive.forecasts()
    assert kept["probability"].tolist() == [0.03, 0.02]
    assert len(archive.features()) == 2


def test_a_hindcast_never_replaces_a_forecast(tmp_path):
    archive = Archive(tmp_path, "demo")
    archive.store(*week("2024-11-17", 0.02), hindcast=False)
    # What a coach saw on that Monday must stay what was seen.
    assert not archive.store(*week("2024-11-17", 0.9), hindcast=True)
    assert archive.forecasts()["probability"].tolist() == [0.02]
    assert archive.store(*week("2024-11-24", 0.5), hindcast=True)
    assert archive.store(*week("2024-11-24", 0.6), hindcast=False)
    assert archive.forecasts()["probability"].tolist() == [0.02, 0.6]


def test_datasets_stay_apart(tmp_path):
    Archive(tmp_path, "one").store(*week("2024-11-17"), hindcast=False)
    assert Archive(tmp_path, "two").forecasts() is None


def test_a_second_process_is_told_and_a_killed_one_leaves_no_lock(tmp_path):
    first = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(tmp_path)], cwd=ROOT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert first.stdout.readline() == "held\n"
        with (
            pytest.raises(StridecastError, match="another stridecast run is writing here"),
            only_writer(tmp_path),
        ):
            raise AssertionError
    finally:
        first.kill()
        first.communicate()
    with only_writer(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(StridecastError, match="cannot be written to"),
        only_writer(tmp_path / "file" / "out"),
    ):
        pass


def test_git_passes_over_a_folder_of_health_data(tmp_path):
    keep_out_of_git(tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "*\n"
    (tmp_path / ".gitignore").write_text("mine\n")
    keep_out_of_git(tmp_path)
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    root = tmp_path / "project"
    (root / ".git").mkdir(parents=True)
    keep_out_of_git(root)
    assert not (root / ".gitignore").exists()


@pytest.mark.parametrize(
    ("path", "is_ignored"),
    [
        ("forecast/scores.csv", True),
        ("backtest/forecasts.csv", True),
        # A careless rule `forecast*` would hide a package of ours.
        ("forecasting/scoring/week.py", False),
        ("data/raw/northside/dataset.yaml", True),
        ("data/raw/northside/roster.csv", True),
        ("data/raw/pmdata/dataset.yaml", False),
        ("data/raw/northside.dvc", False),
        ("data/raw/.gitignore", False),
    ],
)
def test_names_and_scores_are_no_part_of_the_repository(path, is_ignored):
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    asked = subprocess.run(["git", "check-ignore", "--no-index", "-q", path], cwd=ROOT, check=False)
    assert (asked.returncode == 0) == is_ignored


def test_the_log_only_grows_and_keeps_a_line_once(tmp_path):
    # Quotation marks and a formula, as somebody may type them.
    cut = Action("a1", date(2024, 11, 25), "long run cut, \u201e=HYPERLINK\u201c")
    rest = Action("a1", date(2024, 11, 26), "rest day")
    assert log_actions(tmp_path, [cut, cut]) == 1
    before = (tmp_path / "actions.jsonl").read_text(encoding="utf-8")
    assert log_actions(tmp_path, [rest, cut]) == 1
    assert (tmp_path / "actions.jsonl").read_text(encoding="utf-8").startswith(before)
    assert read_actions(tmp_path)["did"].tolist() == [cut.did, "rest day"]


def test_an_undo_is_a_line_of_its_own(tmp_path):
    cut, rest = Action("a1", date(2024, 11, 25), "cut"), Action("a1", date(2024, 11, 26), "\u00e9")
    log_actions(tmp_path, [cut, rest])
    before = (tmp_path / "actions.jsonl").read_text(encoding="utf-8")
    assert undo_last(tmp_path) == rest
    assert (tmp_path / "actions.jsonl").read_text(encoding="utf-8").startswith(before)
    assert read_actions(tmp_path)["did"].tolist() == ["cut"]
    # What was taken back may be logged again, and comes last then.
    assert log_actions(tmp_path, [rest, cut]) == 1
    assert [undo_last(tmp_path), undo_last(tmp_path), undo_last(tmp_path)] == [rest, cut, None]
    assert read_actions(tmp_path).empty


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("athlete,date\na1,2024-11-25\n", "no column did"),
        ("athlete,date,did\nzz,2024-11-25,x\n", "line 2: an athlete without any forecast"),
        ("athlete,date,did\na1,25/11/2024,x\n", "line 2: '25/11/2024' is no date"),
        ("athlete,date,did\na1,2024-11-25,\n", "line 2: nothing under did"),
    ],
)
def test_a_bad_csv_names_the_line(tmp_path, text, told):
    path = tmp_path / "actions.csv"
    path.write_text(text)
    with pytest.raises(StridecastError, match=told):
        actions_of_csv(path, {"a1": "a1"})


def test_a_csv_may_use_the_names_of_the_roster(tmp_path):
    path = tmp_path / "actions.csv"
    path.write_text("\ufeffathlete,date,did\nAda,2024-11-25, rest day \n", encoding="utf-8")
    assert actions_of_csv(path, {"Ada": "a1"}) == [Action("a1", date(2024, 11, 25), "rest day")]


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_a_csv_saved_by_a_spreadsheet_is_read_in_its_code_page(tmp_path, encoding):
    path = tmp_path / "actions.csv"
    path.write_bytes("athlete;date;did\nJürg;2024-11-25;Füße\n".encode(encoding))
    assert actions_of_csv(path, {"Jürg": "a1"}) == [Action("a1", date(2024, 11, 25), "Füße")]


def test_a_csv_that_is_no_table_is_one_line(tmp_path):
    path = tmp_path / "actions.csv"
    for content in (b"", bytes(range(256)), b'athlete,date,did\n"a1' + b"x" * 200_000):
        path.write_bytes(content)
        with pytest.raises(StridecastError, match=r"actions\.csv: no"):
            actions_of_csv(path, {"a1": "a1"})
