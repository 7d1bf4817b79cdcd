"""A history that was torn: what is whole counts, what is not is told and set aside."""

import json
import os
from datetime import date

import pandas as pd
import pytest

from common.errors import StridecastError
from pipelines.history import action_log as module
from pipelines.history.action_lines import content_of
from pipelines.history.action_log import (
    ASIDE,
    FILE,
    Action,
    damage_of,
    log_actions,
    mend_actions,
    read_actions,
    undo_last,
)
from pipelines.weekly.forecast_archive import Archive
from pipelines.weekly.session_memory import KnownSessions

REST = '{"athlete": "a1", "date": "2025-07-28", "did": "rest"}'
CUT = '{"athlete": "a1", "date": "2025-07-2'
UNDO = '{"undone": %s}' % REST  # noqa: UP031 - braces of JSON


@pytest.mark.parametrize(
    ("log", "did", "damaged"),
    [
        # The computer went off while the second line was written.
        (f"{REST}\n{CUT}", ["rest"], [2]),
        # The next run wrote on behind half a line.
        (f"{CUT}{REST}\n", ["rest"], [1]),
        (f"{REST}{REST.replace('rest', 'swim')}\n", ["rest", "swim"], []),
        (REST, ["rest"], []),
        (f"{REST}\r\n", ["rest"], []),
        # Some file systems leave zero bytes after a power cut.
        ("\0" * 40, [], []),
        (f"{REST}\n{UNDO}{REST.replace('rest', 'swim')}\n", ["swim"], []),
        # An undo without its end takes nothing back, and its inner part is no new action.
        (f"{REST}\n{UNDO[:-1]}\n", ["rest"], [2]),
        ("[1, 2]\n7\nnull\n", [], [1, 2, 3]),
        (REST.replace("2025-07-28", "2025-07-99"), [], [1]),
        (REST.replace('"did": "rest"', '"did": 7'), [], [1]),
        (f"{REST}\n\udcff\udcfe\n{REST.replace('rest', 'swim')}\n", ["rest", "swim"], [2]),
        # Deep nesting ends some parsers with a RecursionError.
        ("[" * 100_000, [], [1]),
    ],
)
def test_every_whole_entry_counts_and_the_rest_is_told(tmp_path, log, did, damaged):
    path = tmp_path / FILE
    path.write_bytes(log.encode(errors="surrogateescape"))
    assert read_actions(tmp_path)["did"].tolist() == did
    sentences = damage_of(tmp_path)
    assert len(sentences) == len(damaged)
    assert all(f"line {one}:" in told for one, told in zip(damaged, sentences, strict=True))
    told = mend_actions(tmp_path)
    assert len(told) == len(damaged)
    assert read_actions(tmp_path)["did"].tolist() == did
    assert damage_of(tmp_path) == []
    assert (tmp_path / ASIDE).exists() == bool(damaged)
    lines = path.read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line) for line in lines)


def test_a_log_in_order_is_not_written_again(tmp_path):
    log_actions(tmp_path, [Action("a1", date(2025, 7, 28), "rest")])
    before = (tmp_path / FILE).stat()
    assert mend_actions(tmp_path) == []
    after = (tmp_path / FILE).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_an_entry_after_a_missing_line_break_stands_on_its_own_line(tmp_path):
    (tmp_path / FILE).write_text(REST)
    log_actions(tmp_path, [Action("a2", date(2025, 7, 29), "swim")])
    assert len((tmp_path / FILE).read_text().splitlines()) == 2
    assert content_of((tmp_path / FILE).read_bytes()).is_tidy


def test_a_line_separator_within_a_text_tears_nothing(tmp_path):
    did = "rest\u2028then swim\x85"
    log_actions(tmp_path, [Action("a1", date(2025, 7, 28), did)])
    assert read_actions(tmp_path)["did"].tolist() == [did]
    assert undo_last(tmp_path).did == did


def test_a_full_disk_takes_back_what_was_half_written(tmp_path, monkeypatch):
    (tmp_path / FILE).write_text(f"{REST}\n")

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(StridecastError, match="No space left on device, so nothing was logged"):
        log_actions(tmp_path, [Action("a2", date(2025, 7, 29), "swim")])
    assert (tmp_path / FILE).read_text() == f"{REST}\n"


def week(day):
    scores = pd.DataFrame({"athlete": ["a"], "as_of": [pd.Timestamp(day)], "outcome": "any"})
    rows = pd.DataFrame({"athlete": ["a"], "date": [pd.Timestamp(day)], "x": [1.0]})
    return scores.assign(probability=0.02), rows


@pytest.mark.parametrize("part", ["forecasts", "features"])
@pytest.mark.parametrize("damage", ["cut", "other table", "empty"])
def test_a_damaged_week_is_told_and_the_others_are_read(tmp_path, part, damage):
    archive = Archive(tmp_path, "club")
    for day in ("2025-07-20", "2025-07-27"):
        archive.store(*week(day), hindcast=False)
    path = archive.folder / part / "2025-07-20.parquet"
    if damage == "other table":
        pd.DataFrame({"x": [1]}).to_parquet(path)
    else:
        path.write_bytes(path.read_bytes()[:40] if damage == "cut" else b"")
    left = path.read_bytes()
    read = archive.forecasts() if part == "forecasts" else archive.features()
    assert len(read) == 1
    (told,) = archive.damage_sentences()
    assert str(path) in told
    archive.set_aside()
    assert not path.exists()
    assert path.with_name(f"{path.name}.damaged").read_bytes() == left
    assert Archive(tmp_path, "club").damage_sentences() == []


def test_a_week_that_is_damaged_again_replaces_no_damaged_file(tmp_path):
    path = tmp_path / "history" / "club" / "forecasts" / "2025-07-20.parquet"
    path.parent.mkdir(parents=True)
    contents = [b"PAR1 first", b"PAR1 second", b"PAR1 third"]
    for content in contents:
        path.write_bytes(content)
        archive = Archive(tmp_path, "club")
        assert archive.forecasts() is None
        archive.set_aside()
    aside = sorted(path.parent.glob("*.damaged"))
    assert sorted(kept.read_bytes() for kept in aside) == sorted(contents)


def test_a_damaged_week_does_not_keep_its_own_from_being_made_again(tmp_path):
    archive = Archive(tmp_path, "club")
    archive.store(*week("2025-07-20"), hindcast=False)
    (archive.folder / "forecasts/2025-07-20.parquet").write_bytes(b"PAR1")
    assert archive.store(*week("2025-07-20"), hindcast=True)
    assert archive.forecasts()["hindcast"].tolist() == [True]


def test_a_damaged_record_of_sessions_is_told_and_written_anew(tmp_path):
    sessions = pd.DataFrame(
        {
            "athlete": ["a1"],
            "local_date": [pd.Timestamp("2025-07-20")],
            "start": [pd.Timestamp("2025-07-20T06:00Z")],
            "source": ["a1/x.fit"],
        }
    )
    known = KnownSessions(tmp_path, "UTC")
    known.store(sessions, forget=False)
    (tmp_path / "sessions.parquet").write_bytes(os.urandom(200))
    tables = {"sessions": sessions.iloc[:0], "athletes": pd.DataFrame({"athlete": ["a1"]})}
    assert known.gone(tables, pd.Timestamp("2025-08-01")) == []
    assert "nobody can tell" in known.damage.sentences()[0]
    known.store(sessions, forget=False)
    assert len(KnownSessions(tmp_path, "UTC").gone(tables, pd.Timestamp("2025-08-01"))) == 1
