"""However text is kept, tables and files are the same."""

import pandas as pd
import pytest

from common.contracts import CONTRACTS, conform, empty
from common.frame_files import read_frame, write_frame
from common.machine.text_storage import as_usual, python_text, text_storage, usual_text


def table(texts):
    days = pd.DatetimeIndex(["2024-03-01"] * len(texts)).as_unit("ns")
    return pd.DataFrame(
        {
            "athlete": pd.Series(["a"] * len(texts), dtype="str"),
            "note": pd.Series(texts, dtype="str"),
            "day": days,
            "km": 1.5,
        }
    )


@pytest.mark.parametrize("texts", [[], ["one"], ["ß", None, "", "knee \U0001f9b5"], [None, None]])
def test_a_file_is_the_same_however_text_is_kept(tmp_path, texts):
    write_frame(tmp_path / "usual.parquet", table(texts))
    with python_text():
        kept = table(texts)
        write_frame(tmp_path / "python.parquet", kept)
    assert {kind.storage for kind in kept.dtypes[["athlete", "note"]]} == {"python"}
    assert (tmp_path / "usual.parquet").read_bytes() == (tmp_path / "python.parquet").read_bytes()
    with python_text():
        pd.testing.assert_frame_equal(read_frame(tmp_path / "usual.parquet"), kept)
    pd.testing.assert_frame_equal(as_usual(kept), table(texts), check_column_type=False)


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_contract_keeps_text_as_everything_else_does_at_the_time(name):
    """Of two kinds of text a join makes columns of no kind."""
    columns = list(CONTRACTS[name].columns)
    for inside, storage in ((python_text, "python"), (usual_text, text_storage())):
        with inside():
            tables = [empty(name), conform(name, pd.DataFrame(columns=columns, dtype="str"))]
            texts = [kind for t in tables for kind in t.dtypes if isinstance(kind, pd.StringDtype)]
            assert {kind.storage for kind in texts} == {storage}


def test_text_of_a_file_becomes_what_the_contract_says():
    rows = {"athlete": ["a"], "observed_from": "2024-01-01", "observed_to": "2024-06-30"}
    usual = conform("athletes", pd.DataFrame(rows))
    with python_text():
        assert conform("athletes", usual)["athlete"].dtype.storage == "python"


def test_readers_keep_text_as_usual_within_the_block():
    before = text_storage()
    with python_text():
        with usual_text():
            assert text_storage() == before
        assert text_storage() == "python"
    assert text_storage() == before
