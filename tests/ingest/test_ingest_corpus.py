"""What fuzzing found is read without a fault, today and from now on (`make fuzz` finds more)."""

from pathlib import Path

import pytest

from ingest.readers.registry import READERS, find_reader
from tests.ingest.corpus_file import NAMES, account_for

CORPUS = Path(__file__).with_name("corpus")
KINDS = sorted(one.name for one in CORPUS.iterdir())


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
