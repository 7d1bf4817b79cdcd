"""Exports that several modules score, written once."""

import shutil

import pytest

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
