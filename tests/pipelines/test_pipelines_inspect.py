"""`stridecast inspect` and `stridecast template` as a user types them."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests.ingest.club_files import activity, garmin_csv, small_club
from tests.ingest.test_ingest_containers import strava_export

run = CliRunner().invoke


@pytest.fixture
def club(tmp_path):
    return small_club(tmp_path / "club")


def test_json_is_one_object_with_a_list_of_files(club):
    (club / "r1.zip").write_bytes(strava_export())
    done = run(app, ["inspect", str(club), "--json"])
    assert done.exit_code == 0
    names = {one["file"] for one in json.loads(done.stdout)["files"]}
    assert {"pain.csv", "r1.zip!activities.csv"} <= names


def test_the_table_tells_kinds_counts_and_reasons(club):
    garmin_csv(club / "activities/r1/Activities.csv", [activity(Distance="-3")] * 5)
    done = run(app, ["inspect", str(club / "activities")])
    assert done.exit_code == 0
    assert "garmin_activities_csv" in done.stdout
    assert done.stdout.count("distance is") + done.stdout.count("Distance is") == 3
    assert "bad_Distance: 2 more" in done.stdout
    assert "6 records read = 1 accepted + 0 repaired + 5 rejected" in done.stdout


def test_nothing_to_look_at_is_exit_code_1(tmp_path):
    command = [sys.executable, "-m", "pipelines.cli", "inspect", str(tmp_path / "gone")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "no such file or folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_template_is_printed_ready_to_fill():
    done = run(app, ["template", "pain"])
    assert done.stdout.splitlines()[0] == "athlete,date,region,side,pain_0_10,when"


def test_help_needs_none_of_the_heavy_libraries():
    told = "import sys; import pipelines.cli; print(sorted({'pandas', 'numpy'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
