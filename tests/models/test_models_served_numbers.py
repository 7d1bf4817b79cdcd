"""Rows for a served model come as integers, from Arrow and from JSON; a model reads floats."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from models.store.served_numbers import as_numbers

KNOWN = [3.0, np.nan, 5.0]


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([3.0, np.nan, 5.0]),
        pd.Series([3, None, 5], dtype="Int64"),
        pd.Series([3, None, 5], dtype=pd.ArrowDtype(pa.int32())),
        pd.Series([3, pd.NA, 5], dtype=object),
        pd.Series([3, None, 5.0], dtype=object),
        pd.Series([3, np.nan, 5], dtype="float32"),
    ],
    ids=str,
)
def test_whatever_holds_the_numbers_they_are_floats_and_the_unknown_is_null(column):
    read = as_numbers(pd.DataFrame({"a": column}))["a"]
    assert read.dtype == float
    np.testing.assert_array_equal(read, KNOWN)


def test_a_column_of_nothing_is_unknown_and_flags_are_numbers():
    rows = as_numbers(pd.DataFrame({"a": [None, None], "b": [True, False]}, index=[4, 9]))
    assert rows["a"].isna().all()
    assert rows["b"].tolist() == [1.0, 0.0]
    assert rows.index.tolist() == [4, 9]


def test_a_word_is_refused_with_the_name_of_its_column():
    with pytest.raises(ValueError, match=r"column level_code: .*elite"):
        as_numbers(pd.DataFrame({"level_code": [1, "elite"]}))
