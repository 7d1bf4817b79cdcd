"""What the tool changed in a folder is listed, and each change can be taken back alone."""

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from common.errors import StridecastError
from common.question import Question
from ingest.setup.answers import answer_all
from ingest.setup.append import add_exports
from ingest.setup.changes import changes, remembered, undo
from ingest.setup.settings_file import put_values
from ingest.setup.three_way import taken_back
from pipelines.cli import app
from tests.ingest.club_files import activity, garmin_csv, small_club

# Few different lines, so that equal ones meet often.
texts = st.lists(st.sampled_from("abcd"), max_size=6).map(
    lambda lines: "".join(map("{}\n".format, lines))
)


def asked(name: str) -> Question:
    return Question(
        id=name, kind="name", file="sheet.csv", rows=(name,), text="who?", choices=(),
        proposal="", default="", matters="sessions", reason="", safe=False,
    )  # fmt: skip


@given(texts, texts)
@settings(max_examples=60, deadline=None)
def test_a_change_that_nobody_touched_since_goes_whole(before, after):
    assert taken_back(before, after, after) == before


@given(texts, texts, texts)
@settings(max_examples=80, deadline=None)
def test_later_lines_stay_or_nothing_is_taken_back(before, after, now):
    found = taken_back(before, after, now)
    if found is not None and before == after:
        assert found == now


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("x\na\nb\nc\n", "x\na\nc\n"),
        ("a\nb\nc\nx\n", "a\nc\nx\n"),
        # Somebody edited the very line: to take it back would undo their work.
        ("a\nB\nc\n", None),
        ("a\nc\n", None),
    ],
)
def test_a_line_that_came_goes_and_later_lines_stay(now, expected):
    assert taken_back("a\nc\n", "a\nb\nc\n", now) == expected


def test_answers_settings_and_exports_are_listed_and_any_one_is_taken_back(tmp_path):
    club = small_club(tmp_path / "club")
    roster, settings_file = club / "roster.csv", club / "dataset.yaml"
    first = roster.read_text(encoding="utf-8"), settings_file.read_text(encoding="utf-8")
    answer_all(club, [(asked("Annie"), "new")])
    answer_all(club, [(asked("Bert"), "new"), (asked("Nobody Here"), "nobody")])
    (added,) = add_exports([garmin_csv(tmp_path / "Activities.csv", [activity()])], club, "r1")
    assert [(change.number, change.kind) for change in changes(club)] == [
        (1, "settings"), (2, "settings"), (3, "files"),
    ]  # fmt: skip
    told = {(line.file, line.sign) for line in changes(club)[1].lines}
    assert {("roster.csv", "+"), ("dataset.yaml", "+")} <= told
    undo(club, 2)
    assert "Bert" not in roster.read_text(encoding="utf-8")
    assert "Annie" in roster.read_text(encoding="utf-8")
    assert "Nobody Here" not in settings_file.read_text(encoding="utf-8")
    assert undo(club).lines[0].file == added.place.relative_to(club).as_posix()
    assert not added.place.exists()
    undo(club)
    assert (roster.read_text(encoding="utf-8"), settings_file.read_text(encoding="utf-8")) == first
    assert changes(club) == []
    with pytest.raises(StridecastError, match="nothing to take back"):
        undo(club)


def test_what_somebody_edited_later_stays_and_the_same_line_stops_it(tmp_path):
    club = small_club(tmp_path / "club")
    roster = club / "roster.csv"
    answer_all(club, [(asked("Annie"), "new")])
    by_hand = roster.read_text(encoding="utf-8")
    roster.write_text(f"# our own note\n{by_hand}", encoding="utf-8")
    undo(club, 1)
    assert roster.read_text(encoding="utf-8").startswith("# our own note\n")
    assert "Annie" not in roster.read_text(encoding="utf-8")
    answer_all(club, [(asked("Annie"), "new")])
    edited = roster.read_text(encoding="utf-8").replace("Annie", "Anne")
    roster.write_text(edited, encoding="utf-8")
    with pytest.raises(StridecastError, match="changed since"):
        undo(club)
    assert roster.read_text(encoding="utf-8") == edited
    assert len(changes(club)) == 1


def test_an_undo_that_would_break_the_settings_changes_nothing(tmp_path):
    club = small_club(tmp_path / "club")
    path = club / "dataset.yaml"
    with remembered(club):
        put_values(club, {("language",): "de"})
    broken = path.read_text(encoding="utf-8") + "no_such_key: 1\n"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(StridecastError):
        undo(club)
    assert path.read_text(encoding="utf-8") == broken


def test_numbers_are_not_given_twice_while_a_later_change_is_kept(tmp_path):
    club = small_club(tmp_path / "club")
    for name in ("Annie", "Bert", "Cleo"):
        answer_all(club, [(asked(name), "new")])
    undo(club, 1)
    answer_all(club, [(asked("Dora"), "new")])
    # A count of the changes that are kept would give number 3 twice.
    assert [change.number for change in changes(club)] == [2, 3, 4]


def test_the_commands_list_in_the_teams_language_and_take_back(tmp_path):
    club = small_club(tmp_path / "club")
    answer_all(club, [(asked("Annie"), "new")])
    runner = CliRunner()
    listed = runner.invoke(app, ["data", "changes", str(club)])
    assert listed.exit_code == 0
    assert "+ roster.csv: Annie" in listed.stdout
    german = runner.invoke(app, ["data", "changes", str(club), "--language", "de"])
    assert "Einstellungen" in german.stdout
    rows = json.loads(runner.invoke(app, ["data", "changes", str(club), "--json"]).stdout)
    assert [row["number"] for row in rows] == [1]
    undone = runner.invoke(app, ["data", "undo", str(club), "1"])
    assert undone.exit_code == 0
    assert "Annie" not in (club / "roster.csv").read_text(encoding="utf-8")
    assert runner.invoke(app, ["data", "undo", str(club), "7"]).exit_code == 1


@pytest.mark.parametrize("with_roster", [True, False])
def test_an_answer_that_cannot_be_kept_leaves_roster_and_settings_as_they_were(
    tmp_path, with_roster
):
    club = small_club(tmp_path / "club")
    roster, settings_file = club / "roster.csv", club / "dataset.yaml"
    if not with_roster:
        roster.unlink()
    before = roster.read_bytes() if with_roster else None, settings_file.read_bytes()
    # "Never" is no date: the second answer fails, and the first must not stay.
    no_setting = replace(asked("Form.csv"), kind="dates", setting=("observed_to",))
    with pytest.raises(StridecastError):
        answer_all(club, [(asked("Annie"), "new"), (no_setting, "never")])
    assert (roster.read_bytes() if roster.exists() else None, settings_file.read_bytes()) == before
    assert changes(club) == []
