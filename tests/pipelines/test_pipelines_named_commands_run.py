"""The commands about a club's folder that a message or a manual names run for real on one folder.

Those that train, compare or score have tests of their own; here nothing is fitted.
"""

import json
import re
import shutil

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests.ingest.club_files import small_club
from tests.pipelines.test_pipelines_named_commands import COMMANDS, resolved

RUN = CliRunner()
FORM = """Timestamp,Name,Fatigue,Soreness
2024-05-06 20:05:00,r1,4,2
2024-05-07 20:05:00,r1,3,5
2024-06-01 20:05:00,r2,2,4
"""
ELSEWHERE = {"add", "answer", "undo", "get", "list"}
"""They take more than a folder, or none; answer and undo follow below."""
ABOUT_A_FOLDER = sorted(
    {
        (*path, *options)
        for _, path, options in map(resolved, COMMANDS)
        if path[:1] == ["data"] and len(path) == 2 and path[1] not in ELSEWHERE
    }
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    """Return a club with a form that leaves a question open."""
    folder = small_club(tmp_path_factory.mktemp("named") / "club")
    (folder / "form.csv").write_text(FORM, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRIDECAST_KEY_FILE", str(folder.parent / "key"))
        patch.setenv("STRIDECAST_CACHE", str(folder.parent / "cache"))
        yield folder


@pytest.fixture
def club(asked, tmp_path):
    """Return a copy of the club that a command may change."""
    return shutil.copytree(asked, tmp_path / "club")


def invoked(*words):
    return RUN.invoke(app, [str(word) for word in words])


def open_questions(folder):
    return [one["id"] for one in json.loads(invoked("data", "questions", folder, "--json").stdout)]


def test_there_are_such_commands():
    assert {"check", "questions", "init", "changes", "injuries"} <= {
        one[1] for one in ABOUT_A_FOLDER
    }


@pytest.mark.parametrize("words", ABOUT_A_FOLDER, ids=" ".join)
def test_a_named_command_does_its_work_on_a_folder(club, words):
    # Nobody sits at the terminal of a test: set-up is told to take what is proposed.
    silent = ["--yes"] if words[1] == "init" and "--yes" not in words else []
    done = invoked(*words[:2], club, *words[2:], *silent)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert done.exit_code != 2, done.output
    assert done.output.strip()


def test_an_answer_that_a_message_names_is_kept_and_can_be_undone(club):
    first = open_questions(club)
    assert first
    named = invoked("data", "check", club).output
    assert any(one in named for one in first)
    answered = invoked("data", "answer", club, first[0])
    assert answered.exit_code == 0, answered.output
    assert first[0] not in open_questions(club)
    number = re.findall(r"^\s*(\d+)\b", invoked("data", "changes", club).output, re.MULTILINE)
    undone = invoked("data", "undo", club, number[-1])
    assert undone.exit_code == 0, undone.output
    assert first[0] in open_questions(club)
