from pathlib import Path

import pytest

from common.contracts import CONTRACTS
from common.errors import StridecastError
from ingest.dictionary import BEGIN, END, data_dictionary, with_dictionary
from ingest.readers.registry import READERS

README = Path(__file__).parents[2] / "data" / "README.md"


def test_the_dictionary_in_the_readme_is_current():
    text = README.read_text(encoding="utf-8")
    assert with_dictionary(text) == text, "run `python -m ingest.dictionary`"


def test_every_table_column_and_format_is_in_it():
    text = data_dictionary()
    for name, schema in CONTRACTS.items():
        assert f"### `{name}`" in text
        for column, spec in schema.columns.items():
            assert f"| `{column}` |" in text
            assert spec.description in text
    for reader in READERS:
        assert f"- `{reader.kind}`: {reader.description}" in text


def test_the_rest_of_the_document_stays():
    text = f"before\n{BEGIN}\noutlived\n{END}\nafter\n"
    renewed = with_dictionary(text)
    assert renewed.startswith(f"before\n{BEGIN}\n")
    assert renewed.endswith(f"{END}\nafter\n")
    assert "outlived" not in renewed


def test_missing_markers_are_told():
    with pytest.raises(StridecastError, match="markers"):
        with_dictionary("no markers")


def test_formats_have_names_of_their_own():
    kinds = [reader.kind for reader in READERS]
    assert len(kinds) == len(set(kinds))
    assert all(reader.version >= 1 for reader in READERS)
