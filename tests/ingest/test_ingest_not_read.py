"""What was not read is told; also that a file holds headings and nothing below them."""

from ingest.people.decision import People
from ingest.quality.not_read import NOTHING_TO_DO, not_read
from ingest.records.account import Account, ignored_file

NOBODY = People({}, {}, {}, {}, ())


def test_a_file_with_headings_only_is_told_and_asks_for_nothing():
    empty = Account(source="Ann/sleep_score.csv", kind="pmdata_sleep_score", read=0, accepted=0)
    (one,) = not_read([empty], NOBODY)
    assert (one.kind, one.file, one.matters) == (NOTHING_TO_DO, "Ann/sleep_score.csv", False)
    assert "holds no records" in one.sentence


def test_files_that_hold_no_data_by_their_name_are_not_told():
    assert not_read([ignored_file("Thumbs.db", "written by a file manager")], NOBODY) == []
