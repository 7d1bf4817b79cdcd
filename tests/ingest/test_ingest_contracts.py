import numpy as np
import pandas as pd
import pandera.pandas as pandera
import pytest

from common.contract_check import Column, Table, failure
from common.contracts import CONTRACTS, conform, empty
from common.errors import StridecastError
from common.vocabulary import REGIONS
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
        assert frame[name].dtype == spec.dtype, name


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
    assert rule_of("pain", "region").choices == REGIONS
    kinds = {name: rule_of("sessions", name).kind for name in CONTRACTS["sessions"].columns}
    assert kinds["start"] == "instant"
    assert kinds["local_date"] == "day"
    assert kinds["source"] == "text"
    assert not rule_of("sessions", "rpe").strict
    assert rule_of("sessions", "rpe", strict=True).strict


def test_null_is_not_read_as_text():
    frame = conform("pain", pd.DataFrame(PAIN | {"side": [np.nan]}))
    assert frame["side"].isna().all()


KINDS = {
    (
        str(column.dtype),
        column.nullable,
        column.unique,
        bool(column.choices),
        bool(column.bounds),
    ): column
    for table in CONTRACTS.values()
    for column in table.columns.values()
}
"""A column of each kind that there is: what makes a difference to the check."""


def faulty(spec: Column) -> dict[str, list]:
    """Three values of a column by what is wrong with them; "none" where nothing is."""
    zone = getattr(spec.dtype, "tz", None)
    good = {
        "boolean": [True, False, None],
        "str": [*(spec.choices or "abc")[:2], (spec.choices or "c")[0]],
        "float64": [*(spec.bounds or (0.0,)), 1.0][:3],
    }.get(str(spec.dtype), list(pd.date_range("2024-05-06", periods=3, tz=zone)))
    found = {"none": good, "null": [*good[:2], None], "twice": [good[0]] * 3}
    if spec.choices:
        found["word"] = [*good[:2], "elbow pit"]
    if spec.bounds:
        low, high = spec.bounds
        # Just beyond the bounds, which belong to the range themselves.
        found |= {"low": [low - 1e-6, *good[:2]], "high": [*good[:2], high + 1e-6]}
        found["infinite"] = [*good[:2], np.inf]
    return found


def pandera_schema(table: Table) -> pandera.DataFrameSchema:
    """The contract of a table as an independent library checks it."""
    columns = {
        name: pandera.Column(
            spec.dtype,
            [
                *([pandera.Check.isin(list(spec.choices))] if spec.choices else []),
                *([pandera.Check.in_range(*spec.bounds)] if spec.bounds else []),
            ],
            nullable=spec.nullable,
            unique=spec.unique,
        )
        for name, spec in table.columns.items()
    }
    key = list(table.unique) if table.unique else None
    return pandera.DataFrameSchema(columns, strict=True, ordered=True, unique=key)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_the_check_and_pandera_agree(kind):
    spec = KINDS[kind]
    schema = Table("one column", {"value": spec})
    verdicts = set()
    for fault, values in faulty(spec).items():
        frame = pd.DataFrame({"value": pd.Series(values, dtype=spec.dtype)})
        told = failure(schema, frame)
        try:
            pandera_schema(schema).validate(frame, lazy=True)
        except pandera.errors.SchemaErrors as error:
            count = len(error.failure_cases)
            assert told.startswith(
                f"{count} value(s) break the contract, first in column 'value': "
            ), fault
        else:
            assert not told, fault
        verdicts.add(not told)
    assert verdicts == (
        {True} if spec.nullable and not (spec.choices or spec.bounds) else {True, False}
    )


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"pain_0_10": [14, 3]}, "1 .* 'pain_0_10': not between 0 and 10"),
        ({"pain_0_10": [np.inf, -1]}, "2 .* 'pain_0_10': not between 0 and 10"),
        ({"region": ["knee", "elbow pit"]}, "1 .* 'region': none of the words of its vocabulary"),
        ({"athlete": [None, None]}, "2 .* 'athlete': unknown, where a value is needed"),
        # One null and two numbers: all are counted, and the first column is named.
        ({"athlete": [None, "b"], "pain_0_10": [14, 14]}, "3 .* 'athlete': unknown"),
    ],
)
def test_a_broken_rule_is_named_with_how_many_break_it(change, rule):
    frame = pd.DataFrame({name: values * 2 for name, values in PAIN.items()} | change)
    with pytest.raises(StridecastError, match=f"^table pain: {rule}"):
        conform("pain", frame)


def test_rows_of_one_key_are_counted_as_pandera_counts_them():
    body = pd.DataFrame({"athlete": ["a", "a"], "date": pd.Timestamp("2024-05-06"), "source": "b"})
    schema = CONTRACTS["body"]
    whole = body.reindex(columns=list(schema.columns)).astype(schema.types)
    told = failure(schema, whole)
    # Pandera counts both rows of a pair.
    assert told == "2 value(s) break the contract, more than one row of the same athlete, date"
    with pytest.raises(pandera.errors.SchemaErrors, match="multiple_fields_uniqueness"):
        pandera_schema(schema).validate(whole, lazy=True)
    assert not failure(schema, whole.assign(athlete=["a", "b"]))
    athletes = (
        empty("athletes").reindex(range(2)).assign(athlete="a").astype(CONTRACTS["athletes"].types)
    )
    told = failure(CONTRACTS["athletes"], athletes)
    assert "first in column 'athlete': there more than once" in told
