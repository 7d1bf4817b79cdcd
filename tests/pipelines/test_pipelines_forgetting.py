"""A person who asks to be forgotten is gone from all files and stays away; others lose nothing."""

import hashlib
import itertools
import json
import zipfile

import openpyxl
import pytest

from common.errors import StridecastError
from ingest.dataset.settings import load_config
from ingest.people.pseudonym import key_for, pseudonym
from ingest.run import ingest
from pipelines.history.action_log import read_actions
from pipelines.upkeep import rights
from pipelines.upkeep.after_removal import typed_totals
from pipelines.upkeep.places import EXPORTS
from pipelines.upkeep.removal import remove
from pipelines.upkeep.rights import forget, report
from pipelines.upkeep.search import Hit, is_own
from tests.pipelines.traces_of_a_person import SESSIONS, SETTINGS, everything


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
