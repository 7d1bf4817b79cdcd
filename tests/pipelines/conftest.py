"""Exports that several modules score, written once, and the command line in a project."""

import shutil
import sys

import pytest

from pipelines import cli
from tests.pipelines.mixed_team import write_team


@pytest.fixture(scope="session")
def written_team(tmp_path_factory):
    """Return a function that copies a small team's exports to a folder, and the athletes' names."""
    exports = tmp_path_factory.mktemp("exports") / "team"
    names = write_team(exports, athletes=6, weeks=12, seed=4)

    def copy_to(folder):
        shutil.copytree(exports, folder)
        return names

    return copy_to


@pytest.fixture
def stridecast(project, monkeypatch, capsys):
    """Run a command in the module's `project`: it ends with `code`; what it said is returned."""

    def run(*arguments, code=0):
        monkeypatch.setattr(sys, "argv", ["stridecast", *arguments])
        with pytest.raises(SystemExit) as left:
            cli.main()
        told = capsys.readouterr()
        assert (left.value.code or 0) == code, told.out + told.err
        return told.out + told.err

    return run


@pytest.fixture
def request_(tmp_path, monkeypatch):
    """The request of a person whose data lie in a club's folder, its output and a project."""
    from tests.pipelines.traces_of_a_person import write_traces

    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(tmp_path / "key"))
    return write_traces(tmp_path)
