import numpy as np
import pandas as pd
import pytest

from common.contracts import CONTRACTS, conform, empty
from common.errors import StridecastError
from ingest.records.rules import rule_of

PAIN = {
    "athlete": ["a1"],
    "date": [pd.Timestamp("2024-05-06")],
    "region": ["knee"],
    "side": ["left"],
    "pain_0_10": [3],
    "when": ["after"],
    "source": ["pain.csv"],
}


def test_absent_optional_columns_become_typed_nulls():
    frame = conform("pain", pd.DataFrame(PAIN).drop(columns="side"))
    assert list(frame.columns) == list(CONTRACTS["pain"].columns)
    assert frame["side"].isna().all()
    assert isinstance(frame["side"].dtype, pd.StringDtype)
    assert frame["pain_0_10"].dtype == float


@pytest.mark.parametrize("table", CONTRACTS)
def test_every_empty_table_has_the_types_of_its_contract(table):
    frame = empty(table)
    assert len(frame) == 0
    for name, spec in CONTRACTS[table].columns.items():
        assert frame[name].dtype == spec.dtype.type, name


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pain_0_10": [14]}, "pain_0_10"),
        ({"pain_0_10": ["much"]}, "another type"),
        ({"region": ["elbow pit"]}, "region"),
        ({"athlete": [None]}, "athlete"),
        ({"surplus": [1]}, "surplus"),
        ({"date": ["not a day"]}, "another type"),
    ],
)
def test_what_breaks_a_contract_is_told_in_one_line(change, words):
    with pytest.raises(StridecastError, match=words) as caught:
        conform("pain", pd.DataFrame(PAIN | change))
    assert str(caught.value).startswith("table pain: ")
    assert "\n" not in str(caught.value)


def test_a_missing_needed_column_is_named():
    with pytest.raises(StridecastError, match=r"missing columns \['region'\]"):
        conform("pain", pd.DataFrame(PAIN).drop(columns="region"))


def test_a_key_may_stand_once_only():
    body = pd.DataFrame({"athlete": "a1", "date": [pd.Timestamp("2024-01-01")] * 2, "source": "b"})
    with pytest.raises(StridecastError, match="table body"):
        conform("body", body)


def test_readers_check_the_ranges_that_the_contracts_state():
    pain = rule_of("pain", "pain_0_10")
    assert (pain.kind, pain.low, pain.high, pain.needed, pain.strict) == (
        "number",
        0,
        10,
        True,
        True,
    )
    assert rule_of("pain", "region").choices == tuple(
        CONTRACTS["pain"].columns["region"].checks[0].statistics["allowed_values"]
    )
    kinds = {name: rule_of("sessions", name).kind for name in CONTRACTS["sessions"].columns}
    assert kinds["start"] == "instant"
    assert kinds["local_date"] == "day"
    assert kinds["source"] == "text"
    assert not rule_of("sessions", "rpe").strict
    assert rule_of("sessions", "rpe", strict=True).strict


def test_null_is_not_read_as_text():
    frame = conform("pain", pd.DataFrame(PAIN | {"side": [np.nan]}))
    assert frame["side"].isna().all()
