"""A job of cron under another user: no home folder, another umask, the key elsewhere."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NOBODY = ("unshare", "--user", "--map-user=54321", "--map-group=54321")
"""A user of whom the system knows nothing, with the permissions of the one who runs the tests."""
SETTINGS = "name: club\ntime_zone: UTC\nobserved_from: 2025-05-01\n"


def _has_namespaces():
    try:
        return subprocess.run([*NOBODY, "true"], check=False, capture_output=True).returncode == 0
    except FileNotFoundError:
        return False


pytestmark = pytest.mark.skipif(not _has_namespaces(), reason="no user namespaces here")


@pytest.fixture
def club(tmp_path):
    folder = tmp_path / "club"
    (folder / "Ann Lee").mkdir(parents=True)
    (folder / "dataset.yaml").write_text(SETTINGS)
    (folder / "roster.csv").write_text("athlete\nAnn Lee\n")
    rows = [f"2025-06-{day:02d},07:00,run,40,8" for day in range(1, 29)]
    head = "date,start,sport,duration_min,distance_km"
    (folder / "Ann Lee" / "sessions.csv").write_text("\n".join([head, *rows]) + "\n")
    return folder


def job(place, *words, mask=0o022, **variables):
    """Run a command as cron does: almost no environment, here not even a home."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)} | variables
    command = [*NOBODY, sys.executable, "-m", "pipelines.cli", *words]
    done = subprocess.run(
        command, cwd=place, env=environment, umask=mask, capture_output=True, text=True, check=False
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("variables", "missing"),
    [((), "STRIDECAST_KEY_FILE"), (("STRIDECAST_KEY_FILE",), "STRIDECAST_CACHE")],
)
def test_a_user_without_a_home_is_told_in_one_line_what_to_set(club, variables, missing):
    told = {name: str(club.parent / name) for name in variables}
    status, said = job(club.parent, "score", "club", **told)
    assert status == 1
    assert said.splitlines()[-1].startswith("stridecast: this user has no home folder")
    assert f"${missing}" in said.splitlines()[-1]
    assert "Traceback" not in said
    assert not list(club.parent.glob("~*"))


def test_with_key_and_cache_named_it_scores_and_closes_what_is_private(club):
    own = {"STRIDECAST_KEY_FILE": str(club.parent / "key"),
           "STRIDECAST_CACHE": str(club.parent / "cache")}  # fmt: skip
    status, said = job(club.parent, "score", "club", mask=0o000, **own)
    assert status in {0, 3}, said
    modes = {
        name: stat.S_IMODE((club.parent / name).stat().st_mode)
        for name in ("key", "cache", "forecast")
    }
    assert modes == {"key": 0o600, "cache": 0o700, "forecast": 0o700}
    page = club.parent / "forecast" / "forecast.html"
    assert stat.S_IMODE(page.stat().st_mode) == 0o666, "inside, files follow the umask"
