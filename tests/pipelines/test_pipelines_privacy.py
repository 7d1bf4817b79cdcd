"""A person's rights: what is theirs is found and handed over."""

import sqlite3
import zipfile
from contextlib import closing

import pandas as pd
import pytest

from common.errors import StridecastError
from common.language import speaking
from ingest.dataset.settings import load_config
from ingest.people.pseudonym import key_for, pseudonym
from ingest.run import ingest
from pipelines.upkeep.places import datasets_with
from pipelines.upkeep.rights import Request, export, forget, report
from tests.pipelines.traces_of_a_person import SETTINGS, everything


def test_the_report_names_every_place_and_no_other_person(request_):
    told = "\n".join(report(request_))
    for part in (
        "roster.csv", "Ann Lee/sessions.csv", "club/sessions.csv", "mileage.xlsx", "dataset.yaml",
        "forecasts/2025-07-06.parquet (1 row)", "actions.jsonl", "forecast.html", "cdef",
        "0123.dir", "split.parquet", "parts of a run that broke off", "part-000000/way_back.json",
        ".scores.removed/part.parquet", "club-1/part.parquet", "model trained with them",
        "git's history",
        "stood in 1 weekly list (6 Jul 2025); people who got its page",
    ):  # fmt: skip
        assert part in told
    assert "4567" not in told


def test_of_a_club_among_clubs_the_tables_and_models_of_all_are_searched(request_):
    league = request_.data.parent / "dataset.yaml"
    league.write_text(SETTINGS.replace("club", "league").split("athletes")[0] + "clubs: true\n")
    code = pseudonym(key_for(load_config(request_.data)), "club", "Ann Lee")
    rows = pd.DataFrame({"athlete": [code, "aother"], "date": pd.Timestamp("2025-07-06")})
    for place in ("data/tables", "data/features", "artifacts/scores", "artifacts/models"):
        folder = request_.project / place / "league" / "any"
        folder.mkdir(parents=True)
        rows.to_parquet(folder / "split.parquet")
    told = "\n".join(report(request_))
    assert told.count("league/any/split.parquet (1 row)") == 4
    assert f"model trained with them: {request_.project / 'artifacts/models/league/any'}" in told
    forget(request_)
    assert code.encode() not in everything(request_)
    # A club that lies beside others, in no folder of clubs, is a dataset of its own.
    league.write_text(league.read_text().replace("clubs: true", "clubs: false"))
    assert datasets_with(request_.data, "club") == ["club"]


def test_a_person_gets_a_copy_that_a_machine_can_read(request_, tmp_path):
    code = pseudonym(key_for(load_config(request_.data)), "club", "Ann Lee")
    (request_.out / "athletes").mkdir()
    (request_.out / "athletes" / f"{code}.html").write_text("<p>their page</p>")
    assert export(request_, tmp_path / "mine.zip") > 2
    with zipfile.ZipFile(tmp_path / "mine.zip") as archive:
        names = set(archive.namelist())
        sessions = archive.read("tables/sessions.csv").decode().splitlines()
    assert {
        "tables/sessions.csv",
        "forecasts/2025-07-06.csv",
        "files/Ann Lee/sessions.csv",
        f"pages/athletes/{code}.html",
    } <= names
    assert len(sessions) == 3


def test_a_stranger_is_told_so(request_):
    stranger = Request("Nobody", request_.data, request_.out, request_.project)
    with pytest.raises(StridecastError, match="nobody in the roster"):
        report(stranger)


@pytest.mark.parametrize("kind", ["own", "champion", "recalibrated"])
def test_models_that_may_have_learnt_from_the_person_are_listed(request_, kind):
    folder = request_.project / "artifacts" / kind / "club" / "any"
    folder.mkdir(parents=True)
    (folder / "model.json").write_text("{}")
    assert f"model trained with them: {folder}" in report(request_)


def test_runs_of_the_club_in_mlflow_are_listed_as_models(request_):
    with closing(sqlite3.connect(request_.project / "mlflow.db")) as store:
        store.executescript("""
            create table experiments (experiment_id integer, name text);
            create table runs (run_uuid text, experiment_id integer, start_time integer);
            create table tags (run_uuid text, key text, value text);
            insert into experiments values (1, 'club/any'), (2, 'clubs/any');
            insert into runs values ('r1', 1, 1), ('r2', 1, 2), ('r3', 2, 3);
            insert into tags values ('r2', 'mlflow.parentRunId', 'r1');
        """)
    told = [line for line in report(request_) if "MLflow run" in line]
    assert told == ["model trained with them: MLflow run r1 of club/any"]


def test_the_rights_are_told_in_the_language(request_):
    with speaking("de"):
        told = report(request_)
        assert "Dateien enthalten Daten von" in told[0]
        assert any("(trägt den Namen der Person)" in line for line in told)
        assert told[-1].startswith("nicht durchsucht")
        done = forget(request_)
    assert done[0].startswith("vergessen: Dateien gelöscht: ")
    assert "forgotten.json hält die Person fern" in done[0]


def test_the_runs_of_others_who_ran_with_them_are_not_handed_over(request_, tmp_path):
    (request_.data / "Bo Ek").mkdir()
    run = "athlete,date,start,sport,duration_min,distance_km\nBo Ek,2025-07-09,07:00,run,52,9\n"
    (request_.data / "Bo Ek" / "run with Ann Lee.csv").write_text(run)
    code = pseudonym(key_for(load_config(request_.data)), "club", "Ann Lee")
    table = ingest(request_.data).tables["sessions"]
    assert table.loc[table["athlete"] != code, "source"].str.contains(code).any()
    export(request_, tmp_path / "mine.zip")
    with (
        zipfile.ZipFile(tmp_path / "mine.zip") as archive,
        archive.open("tables/sessions.csv") as file,
    ):
        assert set(pd.read_csv(file)["athlete"]) == {code}
