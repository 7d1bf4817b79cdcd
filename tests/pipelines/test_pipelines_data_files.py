"""`stridecast data check --files` and `stridecast template` as a user types them."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from tests.ingest.club_files import activity, garmin_csv, small_club, table_csv
from tests.ingest.test_ingest_containers import strava_export

run = CliRunner().invoke


@pytest.fixture
def club(tmp_path):
    return small_club(tmp_path / "club")


def test_json_is_one_object_with_a_list_of_files(club):
    (club / "r1.zip").write_bytes(strava_export())
    done = run(app, ["data", "check", "--files", str(club), "--json"])
    assert done.exit_code == 0
    names = {one["file"] for one in json.loads(done.stdout)["files"]}
    assert {"pain.csv", "r1.zip!activities.csv"} <= names


def test_the_table_tells_kinds_counts_and_reasons(club):
    garmin_csv(club / "activities/r1/Activities.csv", [activity(Distance="-3")] * 5)
    done = run(app, ["data", "check", "--files", str(club / "activities")])
    assert done.exit_code == 0
    assert "garmin_activities_csv" in done.stdout
    assert done.stdout.count("distance is") + done.stdout.count("Distance is") == 3
    assert "bad_Distance: 2 more" in done.stdout
    assert "6 records read = 1 accepted + 0 repaired + 0 waiting + 5 rejected" in done.stdout


def test_answers_without_a_scale_are_a_note_and_no_damage(club):
    (club / "dataset.yaml").unlink()
    table_csv(club / "forms.csv", "Name,Date,Sleep,Muscle soreness", ["r1,2024-05-06,3,2"])
    told = run(app, ["data", "check", "--files", str(club)]).stdout
    assert (
        "note: wellness.csv: the answers on fatigue, sleep quality are in order but not read yet"
        in told
    )
    assert "note: forms.csv" in told
    assert " + 0 repaired + " in told
    assert " + 0 waiting" not in told
    assert told.splitlines()[-1] == f"next: stridecast score {club} --names"
    assert "stridecast data init" in told
    assert "_without_scale" not in told
    (club / "dataset.yaml").write_text(
        "name: club\ntime_zone: UTC\nobserved_from: 2024-01-01\n"
        "wellness_scales:\n  sleep_quality: {worst: 1, best: 5}\n"
    )
    told = run(app, ["data", "check", "--files", str(club)]).stdout
    assert "note: wellness.csv: the answers on fatigue are in order but not read yet" in told
    assert "write into dataset.yaml, wellness_scales:, which answer" in told
    assert "rejected scale_undeclared" not in told


def test_files_that_are_no_data_take_one_line(club):
    (club / "r1.zip").write_bytes(strava_export())
    told = run(app, ["data", "check", "--files", str(club)]).stdout
    assert "an archive; its" not in told
    assert told.count("ignored: ") == told.count("; --json lists every file") > 0


def test_injuries_without_a_return_date_and_how_they_were_understood_are_told(club):
    table_csv(
        club / "injuries.csv",
        "athlete,onset_date,return_date,region,side,diagnosis,mode,severity",
        ["r1,2024-07-01,2024-08-10,knee,left,pfps,gradual,moderate",
         "r1,2024-09-01,,lower_leg,left,,gradual,",
         "r2,2024-05-01,,knee,left,,gradual,"],
    )  # fmt: skip
    told = run(app, ["data", "check", "--files", str(club)]).stdout
    line = "injuries.csv: 3 injuries, 2 without a return date; understood as 2 knee, 1 lower leg"
    assert line in told


def test_nothing_to_look_at_is_exit_code_1(tmp_path):
    command = [sys.executable, "-m", "pipelines.cli", "data", "check", str(tmp_path / "gone")]
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
