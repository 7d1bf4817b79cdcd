"""A person's rights: what is theirs is found, handed over, and gone when they ask for it."""

import hashlib
import itertools
import json
import sqlite3
import zipfile
from contextlib import closing

import openpyxl
import pandas as pd
import pytest

from common.errors import StridecastError
from common.language import speaking
from ingest.dataset.settings import load_config
from ingest.people.pseudonym import key_for, pseudonym
from ingest.run import ingest
from pipelines.history.action_log import read_actions
from pipelines.upkeep import rights
from pipelines.upkeep.after_removal import typed_totals
from pipelines.upkeep.places import EXPORTS, datasets_with
from pipelines.upkeep.removal import remove
from pipelines.upkeep.rights import Request, export, forget, report
from pipelines.upkeep.search import Hit, is_own
from pipelines.weekly.forecast_archive import Archive

SETTINGS = (
    "name: club\ntime_zone: UTC\nobserved_from: 2025-01-01\n"
    "athletes:\n  Annie: Ann Lee\n  Bob: Bo Ek\n"
)
SESSIONS = (
    "athlete,date,start,sport,duration_min,distance_km\n"
    "Ann Lee,2025-07-01,07:00,run,40,8\nBo Ek,2025-07-01,07:00,run,50,9\n"
    "Ann Lee,2025-07-03,07:00,run,41,8\nAnn Leeds,2025-07-03,07:00,run,30,5\n"
)


@pytest.fixture
def request_(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(tmp_path / "key"))
    data, project = tmp_path / "club", tmp_path / "project"
    (data / "Ann Lee").mkdir(parents=True)
    (data / "dataset.yaml").write_text(SETTINGS)
    (data / "roster.csv").write_text("athlete,also_known_as\nAnn Lee,A. Lee\nBo Ek,\nAnn Leeds,\n")
    (data / "sessions.csv").write_text(SESSIONS)
    (data / "Ann Lee" / "sessions.csv").write_text(SESSIONS.splitlines()[0] + "\n")
    book = openpyxl.Workbook()
    for row in (["Name", "km"], ["Ann Lee", 40], ["Bo Ek", 50]):
        book.active.append(row)
    book.save(data / "mileage.xlsx")
    code = pseudonym(key_for(load_config(data)), "club", "Ann Lee")
    archive = Archive(tmp_path / "out", "club")
    day = pd.Timestamp("2025-07-06")
    people = [code, "aother"]
    scores = pd.DataFrame({"athlete": people, "as_of": day, "outcome": "any", "probability": 0.1})
    archive.store(scores, pd.DataFrame({"athlete": people, "date": day}), hindcast=False)
    lines = [{"athlete": person, "date": "2025-07-07", "did": "rest"} for person in people]
    (archive.folder / "actions.jsonl").write_text("".join(f"{json.dumps(o)}\n" for o in lines))
    (tmp_path / "out/forecast.html").write_text(f"<p>{code}</p></html>")
    cached = project / ".dvc/cache/files/md5/ab"
    cached.mkdir(parents=True)
    scores.to_parquet(cached / "cdef")
    (cached / "0123.dir").write_text('[{"md5": "x", "relpath": "Ann Lee/sessions.csv"}]')
    (cached / "4567").write_text("nobody")
    # An earlier version of a watch's file, and one that another person has byte for byte.
    versions = [("Ann Lee/run.fit", "abf17e"), ("Bo Ek/run.fit", "abb0b0"), ("Ann Lee/x", "ab5a5a"),
                ("Bo Ek/x", "ab5a5a")]  # fmt: skip
    listing = [{"md5": md5, "relpath": path} for path, md5 in versions]
    (cached / "9999.dir").write_text(json.dumps(listing))
    for name in ("f17e", "b0b0", "5a5a"):
        (cached / name).write_bytes(b"positions and heart rates")
    split = project / "artifacts/models/club/any"
    split.mkdir(parents=True)
    scores.to_parquet(split / "split.parquet")
    for stage in ("clubs/club-1", "features/1", "scores/1/parts/part-000000", ".scores.removed"):
        kept = project / ".stridecast-cache" / stage
        kept.mkdir(parents=True)
        scores.to_parquet(kept / "part.parquet")
        (kept / "way_back.json").write_text(json.dumps(dict.fromkeys(people, "an injured knee")))
    return Request("ann lee", data, tmp_path / "out", project)


def everything(request_):
    """All bytes that stay, workbooks unpacked."""
    found = []
    for place in (request_.data, request_.out, request_.project):
        for path in place.rglob("*"):
            if path.is_file():
                found.append(str(path).encode() + path.read_bytes())
                if path.suffix == ".xlsx":
                    with zipfile.ZipFile(path) as book:
                        found += [book.read(name) for name in book.namelist()]
    return b"\n".join(found)


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


def test_who_is_forgotten_is_gone_and_stays_away(request_):
    code = pseudonym(key_for(load_config(request_.data)), "club", "Ann Lee")
    told = forget(request_)
    assert not [line for line in told if line.startswith("left")]
    left = everything(request_)
    for word in (b'Ann Lee"', b"Ann Lee,", b"A. Lee", b"Annie", code.encode()):
        assert word not in left
    assert b"Ann Leeds" in left
    assert b"Bo Ek" in left
    assert openpyxl.load_workbook(request_.data / "mileage.xlsx").active.max_row == 2
    assert read_actions(request_.out / "history/club")["athlete"].tolist() == ["aother"]
    cached = request_.project / ".dvc/cache/files/md5/ab"
    assert (cached / "4567").exists()
    # Their own exports carry no name inside; what is another's too stays.
    assert not (cached / "f17e").exists()
    assert (cached / "b0b0").exists()
    assert (cached / "5a5a").exists()
    # The next export holds them again, and so does the next roster.
    (request_.data / "Ann Lee").mkdir()
    (request_.data / "Ann Lee" / "more.csv").write_text(SESSIONS)
    (request_.data / "later.csv").write_text(SESSIONS.replace("2025-07", "2025-08"))
    result = ingest(request_.data, workers=1)
    assert len(result.tables["athletes"]) == 2
    assert len(result.tables["sessions"]) == 4
    assert "Ann Lee/" not in json.dumps(result.report)


@pytest.mark.parametrize("tracked", ["club", "", "elsewhere"])
def test_what_no_program_can_do_is_told(request_, tracked):
    """A total that was typed, and the record that DVC has of the folder."""
    if tracked:
        (request_.data.parent / f"{tracked}.dvc").write_text("outs: []")
    told = forget(request_)
    total = "a total that somebody typed into a shared sheet still includes this person: change it"
    assert total in told
    wanted = (
        "DVC still holds the record of the earlier exports: run `dvc add "
        f"{request_.data}` and commit it"
    )
    assert (wanted in told) == (tracked == "club")
    assert not typed_totals([Hit(request_.data / "list.docx", EXPORTS, "text")])


@pytest.mark.parametrize("after", [1, 4, 8, 11])
def test_a_removal_that_was_killed_is_finished_by_the_next(request_, monkeypatch, after):
    """The roster goes last: without it nobody would know any more who is to be forgotten."""
    code = pseudonym(key_for(load_config(request_.data)), "club", "Ann Lee")
    left = itertools.count(after, -1)

    def killed(hit, who):
        if next(left) == 0:
            raise KeyboardInterrupt
        return remove(hit, who)

    with monkeypatch.context() as patched:
        patched.setattr(rights, "remove", killed)
        with pytest.raises(KeyboardInterrupt):
            forget(request_)
    forget(request_)
    for word in (b'Ann Lee"', b"Ann Lee,", b"A. Lee", b"Annie", code.encode()):
        assert word not in everything(request_)


def book_of(path, **tabs):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in tabs.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    book.save(path)


def tabs_of(path):
    book = openpyxl.load_workbook(path)
    return {one.title: [list(row) for row in one.iter_rows(values_only=True)] for one in book}


def test_tabs_columns_and_blocks_of_a_workbook_go_and_nobody_elses(request_):
    path = request_.data / "book.xlsx"
    wide = [["July", None, None], ["day", "Ann Lee", "Bo Ek"], ["1.7.", 8, 9], ["2.7.", 5, None]]
    merged = [["name", "day", "km"], ["Bo Ek", "1.7.", 9], ["Ann Lee", "1.7.", 8],
              [None, "2.7.", 5], ["Ann Leeds", "1.7.", 4], [None, "2.7.", 3]]  # fmt: skip
    book_of(path, Ann_Lee=[["day", "km"], ["1.7.", 8]], wide=wide, merged=merged)
    forget(request_)
    assert tabs_of(path) == {
        "wide": [["July", None], ["day", "Bo Ek"], ["1.7.", 9], ["2.7.", None]],
        "merged": [["name", "day", "km"], ["Bo Ek", "1.7.", 9], ["Ann Leeds", "1.7.", 4],
                   [None, "2.7.", 3]],
    }  # fmt: skip


def test_what_is_not_clear_in_a_workbook_is_left_for_a_person_to_decide(request_):
    """Rows below a name alone are nobody's for certain."""
    path = request_.data / "blocks.xlsx"
    rows = [["Bo Ek", None], ["1.7.", 9], ["Ann Lee", None], ["2.7.", 5]]
    book_of(path, blocks=rows)
    told = forget(request_)
    assert tabs_of(path) == {"blocks": rows}
    assert any(line.startswith("left") and "blocks.xlsx" in line for line in told)
    assert any("blocks!A3" in line for line in told)


def test_archives_are_written_anew_without_the_person(request_):
    book_of(request_.data / "inside.xlsx", Ann_Lee=[["day", "km"], ["1.7.", 8]])
    path = request_.data / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Ann Lee/run.fit", b"hers")
        archive.writestr("Bo Ek/run.fit", b"his")
        archive.writestr("all.csv", SESSIONS)
        archive.write(request_.data / "inside.xlsx", "inside.xlsx")
    told = forget(request_)
    assert not [line for line in told if line.startswith("left")]
    assert not (request_.data / "inside.xlsx").exists()
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {"Bo Ek/run.fit", "all.csv"}
        assert archive.read("Bo Ek/run.fit") == b"his"
        left = archive.read("all.csv").decode().splitlines()
    assert [line.split(",")[0] for line in left] == ["athlete", "Bo Ek", "Ann Leeds"]


def test_the_list_of_the_forgotten_is_never_passed_over(request_, tmp_path):
    forget(request_)
    (request_.data / "forgotten.json").write_text("{")
    with pytest.raises(StridecastError, match=r"forgotten\.json"):
        ingest(request_.data, workers=1)


def test_a_stranger_is_told_so(request_):
    stranger = Request("Nobody", request_.data, request_.out, request_.project)
    with pytest.raises(StridecastError, match="nobody in the roster"):
        report(stranger)


def test_who_owns_a_file_by_an_answer_owns_it_here_too(request_):
    settings = request_.data / "dataset.yaml"
    settings.write_text(f"{SETTINGS}owners:\n  download (3).csv: Ann Lee\n")
    path = request_.data / "download (3).csv"
    path.write_text("date,start,sport,duration_min\n2025-07-01,07:00,run,40\n")
    digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
    version = request_.project / ".dvc/cache/files/md5" / digest[:2] / digest[2:]
    version.parent.mkdir(exist_ok=True)
    version.write_bytes(path.read_bytes())
    assert any("download (3).csv (named by them)" in line for line in report(request_))
    forget(request_)
    assert not path.exists()
    assert not version.exists()


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


def test_a_spelling_that_only_the_reading_knows_goes_too_and_stays_away(request_):
    """The roster has no "LEE, Ann"; the reading of sheets takes it for Ann Lee all the same."""
    (request_.data / "A. N. Lee.txt").write_text("x")
    (request_.data / "later.csv").write_text(SESSIONS.replace("Ann Lee,", "LEE Ann,"))
    (request_.data / "LEE Ann").mkdir()
    (request_.data / "LEE Ann" / "sessions.csv").write_text(SESSIONS)
    forget(request_)
    assert not (request_.data / "LEE Ann").exists()
    assert b"LEE Ann" not in everything(request_)
    (request_.data / "again.csv").write_text(SESSIONS.replace("Ann Lee,", "lee Ánn,"))
    result = ingest(request_.data, workers=1)
    assert len(result.tables["athletes"]) == 2
    assert not [question for question in result.questions if "nn" in str(question.rows).lower()]


def test_what_is_left_is_told_with_its_place(request_):
    (request_.data / "remarks.csv").write_text(
        "who,km,with\nBo Ek,8,Ann Leeds\nAnn Lee,8,Bo Ek\nAnn Leeds,7,\n"
    )
    told = [line for line in forget(request_) if line.startswith("left")]
    assert told == [
        f"left, to be changed by hand: {request_.data / 'remarks.csv'}: named in 1 place: row 3"
    ]


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


def test_a_run_of_somebody_else_that_bears_their_name_is_not_theirs(request_):
    who, _ = request_.person()
    assert is_own("Ann Lee.csv", who)
    assert is_own("Ann Lee/run.csv", who)
    assert is_own("Bo Ek/Ann Lee/run.csv", who)
    assert not is_own("Bo Ek/Ann Lee.csv", who)
    (request_.data / "Bo Ek").mkdir()
    run = request_.data / "Bo Ek" / "Ann Lee.csv"
    run.write_text("date,start,sport,duration_min,distance_km\n2025-07-09,07:00,run,52,9\n")
    told = forget(request_)
    assert run.exists()
    assert any(line.startswith("left") and "the name of the file" in line for line in told)
