"""A folder of clubs is read club by club, and is what its clubs are alone."""

import json
import shutil

import pandas as pd
import pytest
import yaml

from common.contracts import CONTRACTS
from common.errors import StridecastError
from common.frame_files import read_frame
from common.table_files import read_tables, write_tables
from ingest.run import ingest
from pipelines import ingest as stage_module
from pipelines.clubs import club_parts
from pipelines.clubs.club_join import join_clubs
from pipelines.clubs.club_parts import of_club, write_clubs
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.engine import Place
from pipelines.runtime.params import Params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace
from simulation.cohort import simulate
from simulation.export.files import write_cohort
from simulation.settings.cohort import SimulationSettings

CLUBS = ("east", "north", "west")


@pytest.fixture(scope="module")
def raw(tmp_path_factory):
    """Three clubs of simulated runners, each with settings of its own."""
    folder = tmp_path_factory.mktemp("raw") / "league"
    for seed, club in enumerate(CLUBS):
        cohort = simulate(SimulationSettings(athletes=3, weeks=4, seed=seed))
        write_cohort(cohort, folder / club, folder.parent / "truth" / club)
        settings = yaml.safe_load((folder / club / "dataset.yaml").read_text())
        (folder / club / "dataset.yaml").write_text(yaml.safe_dump(settings | {"name": club}))
    league = {"name": "league", "simulated": True, "clubs": True, "time_zone": "UTC"}
    (folder / "dataset.yaml").write_text(yaml.safe_dump(league | {"observed_from": "2023-01-02"}))
    return folder


@pytest.fixture(scope="module")
def alone(raw):
    """What each club is by itself: tables and report."""
    return {club: ingest(raw / club) for club in CLUBS}


def written(raw, tmp_path, place):
    report = write_clubs((raw, raw), tmp_path / "tables", place, tmp_path, None)
    assert not (tmp_path / ".stridecast-cache" / "clubs").exists()
    return report


@pytest.fixture(scope="module")
def here(raw, tmp_path_factory):
    """Return the folder that the clubs were written to in this process, and the report."""
    folder = tmp_path_factory.mktemp("here")
    return folder, written(raw, folder, Place())


def tables_of(alone, club):
    """Return the tables of a club as it is written among others."""
    return {name: of_club(name, rows, club) for name, rows in alone[club].tables.items()}


def test_the_tables_are_those_of_the_clubs_in_the_order_of_athletes(alone, here):
    folder, report = here
    found = read_tables(folder / "tables")
    parts = [tables_of(alone, club) for club in CLUBS]
    for name in CONTRACTS:
        expected = pd.concat([part[name] for part in parts], ignore_index=True)
        if name != "rejects":
            expected = expected.sort_values("athlete", kind="stable", ignore_index=True)
        pd.testing.assert_frame_equal(found[name], expected, check_exact=True, check_dtype=False)
    people = found["athletes"]
    assert people["athlete"].is_monotonic_increasing
    assert people["athlete"].is_unique
    assert {team.split()[0] for team in people["team"]} == set(CLUBS)
    assert found["sessions"]["source"].str.match(r"(east|north|west)/").all()
    assert report["athletes"] == 9
    reports = [alone[club].report for club in CLUBS]
    for count in ("read", "accepted", "repaired", "rejected"):
        assert report["totals"][count] == sum(one["totals"][count] for one in reports)
        by_kind = sum(row[count] for row in report["quality"]["sources"])
        assert by_kind == sum(row[count] for one in reports for row in one["quality"]["sources"])
    assert report["sessions"] == len(found["sessions"])
    assert len(report["files"]) == sum(len(one["files"]) for one in reports)
    shares = {(r["table"], r["column"]): r["unknown_share"] for r in report["quality"]["unknown"]}
    height = found["athletes"]["height_cm"].isna().mean()
    assert shares["athletes", "height_cm"] == pytest.approx(height, abs=1e-4)


def test_ranges_of_athletes_change_no_byte(raw, alone, tmp_path):
    folders = []
    for club in CLUBS:
        write_tables(tmp_path / club, tables_of(alone, club))
        (tmp_path / club / "report.json").write_text(json.dumps(alone[club].report))
        folders.append((club, tmp_path / club))
    join_clubs(folders, tmp_path / "one", at_once=1)
    join_clubs(folders, tmp_path / "all", at_once=1000)
    for name in CONTRACTS:
        one, whole = (read_frame(tmp_path / n / f"{name}.parquet") for n in ("one", "all"))
        pd.testing.assert_frame_equal(one, whole, check_exact=True, obj=name)


def test_engines_write_the_same_bytes(raw, here, tmp_path):
    written(raw, tmp_path, Place("processes", 1))
    for path in (here[0] / "tables").iterdir():
        assert path.read_bytes() == (tmp_path / "tables" / path.name).read_bytes()


def test_a_club_that_cannot_be_read_is_named_and_a_rerun_reads_it_alone(raw, tmp_path, monkeypatch):
    folder = tmp_path / "league"
    shutil.copytree(raw, folder)
    settings = folder / "north" / "dataset.yaml"
    good = settings.read_text()
    # A typo in one club's settings must not cost the other clubs their tables.
    settings.write_text(good.replace("time_zone", "time_zome"))
    with pytest.raises(StridecastError, match=r"north/dataset\.yaml: key 'time_zone' is missing"):
        written(folder, tmp_path, Place())
    settings.write_text(good)
    asked, read = [], club_parts.ingest_club

    def work(part):
        asked.append(part.name)
        if asked == ["club east", "club north"]:
            raise OSError("the disk is full")
        read(part)

    monkeypatch.setattr(club_parts, "ingest_club", work)
    with pytest.raises(StridecastError, match=r"1 of 3 parts have no tables\. club north: .*full"):
        written(folder, tmp_path, Place())
    assert not (tmp_path / "tables").exists()
    report = written(folder, tmp_path, Place())
    assert asked[3:] == ["club north"]
    assert report["athletes"] == 9


def test_what_nobody_would_read_and_one_name_for_two_are_refused(raw, tmp_path):
    folder = tmp_path / "league"
    shutil.copytree(raw, folder)
    (folder / "south").mkdir()
    # A club whose settings were forgotten would be missing without a word.
    (folder / "south" / "runs.csv").write_text("date,km\n2023-01-03,5\n")
    with pytest.raises(StridecastError, match=r"1 files lie in no club's folder, south/runs\.csv"):
        written(folder, tmp_path, Place())
    shutil.rmtree(folder / "south")
    settings = folder / "west" / "dataset.yaml"
    settings.write_text(settings.read_text().replace("name: west", "name: east"))
    with pytest.raises(StridecastError, match="'east' among them"):
        written(folder, tmp_path, Place())
    for club in CLUBS:
        shutil.rmtree(folder / club)
    with pytest.raises(StridecastError, match=r"no folder in it has a dataset\.yaml"):
        written(folder, tmp_path, Place())


def test_a_folder_of_clubs_is_not_read_as_one_club(raw):
    with pytest.raises(StridecastError, match=r"a folder of clubs.*name one of its clubs"):
        ingest(raw)


def test_the_stage_reads_a_folder_of_clubs(raw, tmp_path, capsys):
    shutil.copytree(raw, tmp_path / "data" / "raw" / "league")
    workspace = Workspace(tmp_path, "league")
    stage_module.main(Stage(Params(dataset="league", outcomes=("any",)), workspace))
    assert read_dataset(workspace).clubs
    assert len(read_frame(workspace.tables / "athletes.parquet")) == 9
    told = capsys.readouterr().out
    assert "3 of 3 parts: club west" in told
    assert "9 athletes" in told
    report = json.loads((workspace.reports / "ingest.json").read_text())
    assert report["dataset"] == "league"
    assert "league" in (workspace.reports / "ingest.html").read_text()


def test_clubs_that_were_kept_are_read_again_by_a_reader_that_was_mended(raw, tmp_path):
    def names():
        return {part.out.name for part in club_parts._parts((raw, raw), tmp_path, tmp_path, None)}

    before = names()
    assert names() == before
    reader = tmp_path / "extensions" / "readers" / "own.py"
    reader.parent.mkdir(parents=True)
    reader.write_text("READERS = ()\n")
    assert names().isdisjoint(before)
