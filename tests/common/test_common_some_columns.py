"""Of a table some columns are read: they keep to their part of the contract."""

import pandas as pd
import pytest

from common.contracts import CONTRACTS, conform
from common.errors import StridecastError
from common.table_files import read_tables, write_tables

DAYS = ("athlete", "date")


def body(mass=60.0):
    frame = {"athlete": ["a", "b"], "date": pd.Timestamp("2024-01-01"), "source": "scale.csv"}
    return pd.DataFrame(frame | {"mass_kg": [70.0, mass]})


def test_only_the_tables_and_columns_that_are_asked_for_are_read(tmp_path):
    write_tables(tmp_path, {"body": body()})
    found = read_tables(tmp_path, ("b", "b"), {"body": ("mass_kg", *DAYS)})
    assert list(found) == ["body"]
    # In the order of the contract, whatever the order they were asked for in.
    assert list(found["body"].columns) == ["athlete", "date", "mass_kg"]
    assert found["body"]["mass_kg"].tolist() == [60.0]
    assert read_tables(tmp_path).keys() == CONTRACTS.keys()


def test_a_value_that_breaks_the_contract_is_refused_where_it_is_read():
    heavy = body(mass=900.0)
    assert len(conform("body", heavy[list(DAYS)], DAYS)) == 2
    with pytest.raises(StridecastError, match="mass_kg"):
        conform("body", heavy[[*DAYS, "mass_kg"]], (*DAYS, "mass_kg"))


def test_rows_are_told_apart_where_their_whole_name_is_read():
    twice = pd.concat([body(), body()])
    with pytest.raises(StridecastError, match="more than one row"):
        conform("body", twice[list(DAYS)], DAYS)
    # Without the day nobody can say whether two rows are the same.
    assert len(conform("body", twice[["athlete", "mass_kg"]], ("athlete", "mass_kg"))) == 4
