"""About whom an injury entry could not be read travels with the tables to the stage `score`."""

import pandas as pd

from common.frame_files import read_frame
from pipelines import ingest as stage_module
from pipelines.runtime.dataset import read_unclear, write_unclear
from pipelines.runtime.params import Params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace

SETTINGS = "name: club\ntime_zone: UTC\nobserved_from: 2025-06-01\nobserved_to: 2025-07-06\n"
EVERYBODY = ("", "z")


def test_the_stage_ingest_keeps_whose_entry_is_unclear(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(tmp_path / "key"))
    folder, workspace = tmp_path / "data" / "raw" / "club", Workspace(tmp_path, "club")
    folder.mkdir(parents=True)
    (folder / "dataset.yaml").write_text(SETTINGS)
    (folder / "roster.csv").write_text("athlete\nAnn Lee\nBo Ek\n")
    (folder / "sessions.csv").write_text(
        "athlete,date,start,sport,duration_min,distance_km\n"
        "Ann Lee,2025-07-01,07:00,run,40,8\nBo Ek,2025-07-01,07:00,run,50,9\n"
    )
    injuries = folder / "injuries.csv"
    injuries.write_text("athlete,onset_date,region\nAnn Lee,some day,knee\n")
    stage = Stage(Params(dataset="club", outcomes=("any",)), workspace)
    stage_module.main(stage)
    unclear = read_unclear(workspace.tables, EVERYBODY)["unclear"]
    athletes = read_frame(workspace.tables / "athletes.parquet")["athlete"]
    assert len(unclear) == 1
    assert unclear["athlete"].isin(athletes).all()
    injuries.write_text("athlete,onset_date,region\nAnn Lee,2025-06-20,knee\n")
    stage_module.main(stage)
    assert read_unclear(workspace.tables, EVERYBODY) == {}


def test_a_part_is_told_of_its_own_athletes_alone(tmp_path):
    write_unclear(tmp_path, {"c": "line 2", "a": "line 1"})
    expected = pd.DataFrame({"athlete": ["a"], "sentence": ["line 1"]}, dtype="str")
    found = read_unclear(tmp_path, ("a", "b"))["unclear"]
    pd.testing.assert_frame_equal(found.reset_index(drop=True), expected)
