"""What fuzzing found is read without a fault, today and from now on (`make fuzz` finds more)."""

from pathlib import Path

import pytest

from tests.ingest.corpus_file import account_for

CORPUS = Path(__file__).with_name("corpus")
KINDS = sorted(one.name for one in CORPUS.iterdir())


@pytest.mark.parametrize("kind", KINDS)
def test_every_input_of_the_corpus_is_accounted_for(tmp_path, kind):
    files = sorted((CORPUS / kind).iterdir())
    assert files
    for number, path in enumerate(files):
        account_for(tmp_path / str(number), kind, path.read_bytes())


def test_the_corpus_holds_the_formats_that_devices_write():
    assert {"fit", "tcx", "gpx", "c3d", "strava_activities_csv", "xlsx", "zip"} <= set(KINDS)
