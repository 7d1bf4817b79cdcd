"""What fuzzing found is read without a fault, today and from now on (`make fuzz` finds more)."""

import re
from pathlib import Path

import pytest

from ingest.readers.registry import READERS, find_reader
from ingest.reading.containers import items_of
from ingest.reading.read_one import read_item, recognise
from tests.ingest.corpus_file import NAMES, account_for
from tests.ingest.export_files import context

CORPUS = Path(__file__).with_name("corpus")
KINDS = sorted(path.name for path in CORPUS.iterdir())


@pytest.mark.parametrize("kind", KINDS)
def test_every_input_of_the_corpus_is_accounted_for(tmp_path, kind):
    files = sorted((CORPUS / kind).iterdir())
    assert files
    for number, path in enumerate(files):
        account_for(tmp_path / str(number), kind, path.read_bytes())


def test_the_corpus_holds_an_input_of_every_reader(tmp_path):
    """What no input is recognised as, `make fuzz` would never reach."""
    recognised = set()
    for kind in KINDS:
        path = tmp_path / kind / NAMES.get(kind, kind)
        path.parent.mkdir(parents=True)
        path.write_bytes((CORPUS / kind / "seed").read_bytes())
        reader = find_reader(path)
        recognised.add(reader.kind if reader else "")
    assert {reader.kind for reader in READERS} <= recognised
    assert {"xlsx", "zip", "gz"} <= set(KINDS)


def test_a_mistyped_year_never_takes_a_whole_file_away(tmp_path):
    """Found by fuzzing: nanoseconds do not hold the years 1029 and 9025, and a file was refused."""
    for kind in KINDS:
        content = (CORPUS / kind / "seed").read_bytes()
        for year in (b"1029", b"9025"):
            mistyped = re.sub(rb"(?<!\d)20[12]\d(?=-|/|\D\d)", year, content, count=2)
            if mistyped != content:
                account_for(tmp_path / f"{kind}{year.decode()}", kind, mistyped)


@pytest.mark.parametrize("year", ["1025", "9025"])
def test_a_mistyped_year_of_a_sheet_refuses_its_row_alone(tmp_path, year):
    text = f"Name,Datum,Km,Minuten\nr1,04.05.2024,8,40\nr1,05.05.{year},9,45\nr1,06.05.2024,7,35\n"
    parsed = read_written(tmp_path, "lauf.csv", text)
    assert parsed.account.accepted + parsed.account.repaired == 2
    assert parsed.account.rejected == 1


def read_written(place, name, text):
    path = place / "r1" / name
    path.parent.mkdir(parents=True)
    path.write_text(text)
    (item,) = items_of([path], place, place)
    return read_item(*recognise(item), context(place))
