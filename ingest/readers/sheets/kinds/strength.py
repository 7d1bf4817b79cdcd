"""Strength tests: a column per test, side and trial, or a row per value."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.question import Question
from ingest.readers.sheets.deciding.assigned import AssignedColumn
from ingest.readers.sheets.deciding.kind import measures_in, trials_in
from ingest.readers.sheets.kinds.day_of_test import days_of_tests
from ingest.readers.sheets.questions import unit_question
from ingest.readers.sheets.table import Part, Table, amount_of
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.headings import unit_of
from ingest.readers.sheets.words.measure_headings import (
    MeasureHeading,
    side_letters,
    strength_heading,
)
from ingest.records.account import Account
from ingest.records.examination import Columns
from ingest.records.rules import Rule

KG_NEWTON: Final = 9.80665
"""Standard gravity: a dynamometer's kilograms are kilograms-force."""
_POUND_KG: Final = 0.45359237
_UNIT: Final = {
    "kg": "N",
    "lb": "N",
    "n": "N",
    "nm": "Nm",
    "n/kg": "N/kg",
    "nm/kg": "Nm/kg",
    "cm": "cm",
    "s": "s",
    "reps": "reps",
}
_FACTOR: Final = {"kg": KG_NEWTON, "lb": _POUND_KG * KG_NEWTON}
_BY_TEST: Final = {
    "side_plank": ("s", "hold_time"),
    "calf_raise": ("reps", "repetitions"),
    "single_leg_squat": ("reps", "repetitions"),
    "cmj": ("cm", "jump_height"),
    "drop_jump": ("cm", "jump_height"),
}
_FREE: Final = Rule("text", needed=False, strict=False)
_BOOK: Final = ("source", "record", "repaired")


class _Group(NamedTuple):
    """The columns of one test and side."""

    test: str
    side: str
    columns: list[tuple[AssignedColumn, MeasureHeading]]


def read_strength(table: Table) -> Part:
    """Return the best of the trials of each test and side, as N or in the unit of the test."""
    if {"test", "metric"} & set(table.columns):
        return _read_long(table)
    athlete = table.athlete()
    day = days_of_tests(table)
    unit, question = _sheet_unit(table)
    groups = _groups(table)
    values = {(group.test, group.side): _best(table, group) for group in groups}
    empty = np.logical_and.reduce(
        [np.isnan(best) for best, _ in values.values()] or [np.ones(len(table), dtype=bool)]
    )
    table.refuse(empty, "nothing_measured", "no value of a test is written in it")
    length = table.numbers("limb_length_cm").numeric
    frame, account = table.sheet.finish(
        {"athlete": athlete, "date": day, "limb_length_cm": length, "place": np.arange(len(table))}
    )
    rows = [
        _rows(frame, group, values[group.test, group.side], _unit_of(group, unit))
        for group in groups
        if _unit_of(group, unit)
    ]
    strength_rows = pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()
    return Part(
        {"strength": strength_rows} if len(strength_rows) else {},
        _with_units(account, groups, unit),
        (question,) if question else (),
    )


def _groups(table: Table) -> list[_Group]:
    """Bring the trials of one test and side together; asymmetries are computed, never read."""
    columns, _ = measures_in(table.assigned)
    letters = side_letters([column.column.heading for column in columns])
    columns_by_test: dict[tuple[str, str], list[tuple[AssignedColumn, MeasureHeading]]] = {}
    for column in columns:
        heading = strength_heading(column.column.heading, letters)
        if heading.name and heading.aggregate != "asymmetry":
            columns_by_test.setdefault((heading.name, heading.side or "both"), []).append(
                (column, heading)
            )
    return [_Group(test, side, columns) for (test, side), columns in columns_by_test.items()]


def _best(table: Table, group: _Group) -> tuple[Floats, Floats]:
    """Return the highest value and the number of trials behind it."""
    # A mean beside the trials is no trial of its own.
    trials = [column for column in group.columns if column[1].aggregate != "mean"] or group.columns
    numbers = np.array([_values(table, column) for column, _ in trials], dtype=float)
    known = ~np.isnan(numbers)
    best = np.where(known.any(axis=0), np.nanmax(np.where(known, numbers, -np.inf), axis=0), np.nan)
    return best, known.sum(axis=0).astype(float)


def _values(table: Table, assigned: AssignedColumn) -> list[float]:
    numbers = []
    bad = np.zeros(len(table), dtype=bool)
    for at, cell in enumerate(assigned.column.cells):
        amount = amount_of(cell, table.mark)
        value = amount.value if amount is not None else None
        bad[at] = cell is not None and amount is None
        # A 0 stands for a trial that was not done.
        numbers.append(np.nan if value is None or value <= 0 else value)
    table.sheet.repair(bad, "trial_not_understood_set_null")
    return numbers


def _sheet_unit(table: Table) -> tuple[str, Question | None]:
    """Return the unit of forces where headings name none: from settings, titles, else asked."""
    if table.settings.unit:
        return table.settings.unit.lower(), None
    for text in table.around:
        folded = plain(text)
        for word in ("nm/kg", "n/kg", "nm", "kg", "lbs", "lb", "newton", "n"):
            # A single n in a title mostly counts something: n = 12.
            if f" {word} " in f" {folded} " and (
                word != "n" or "unit" in folded or "einheit" in folded
            ):
                return unit_of(f"x ({word})"), None
    open_ = [
        assigned
        for group in _groups(table)
        for assigned, heading in group.columns
        if not heading.unit and heading.name not in _BY_TEST
    ]
    return "", unit_question(table, open_) if open_ else None


def _unit_of(group: _Group, sheet_unit: str) -> str:
    stated_unit = next((heading.unit for _, heading in group.columns if heading.unit in _UNIT), "")
    by_test = _BY_TEST.get(group.test, ("", ""))[0]
    return stated_unit or by_test or sheet_unit


def _rows(
    frame: pd.DataFrame, group: _Group, best: tuple[Floats, Floats], unit: str
) -> pd.DataFrame:
    places = frame["place"].to_numpy(dtype=int)
    only_mean = all(heading.aggregate == "mean" for _, heading in group.columns)
    metric = _metric(group.test, unit)
    rows = frame[["athlete", "date", "limb_length_cm", *_BOOK]].assign(
        test=group.test,
        side=group.side,
        metric=metric.replace("peak_", "mean_") if only_mean else metric,
        value=best[0][places] * _FACTOR.get(unit, 1.0),
        unit=_UNIT[unit],
        reps=best[1][places],
        device=pd.Series(None, index=frame.index, dtype="str"),
    )
    return rows[rows["value"].notna()]


def _metric(test: str, unit: str) -> str:
    if _UNIT[unit] in {"Nm", "Nm/kg"}:
        return "peak_torque"
    return _BY_TEST.get(test, ("", "peak_force"))[1]


def _with_units(account: Account, groups: list[_Group], unit: str) -> Account:
    """Note on the account that forces in kg or lb were turned into N."""
    turned = any(_unit_of(group, unit) in _FACTOR for group in groups)
    if not turned or not account.accepted:
        return account
    return account.with_repairs(
        "force_converted_to_newton", records=account.accepted, newly=account.accepted
    )


def _long_values(table: Table) -> tuple[Floats, Floats]:
    """Return the value of each row, the best of its trials, and how many trials there are."""
    columns = [table.columns["value"]] if "value" in table.columns else trials_in(table.assigned)
    numbers = np.array([_values(table, column) for column in columns], dtype=float)
    # A table without any column of values has rows of none, and each is refused.
    numbers = numbers.reshape(len(columns), len(table))
    known = ~np.isnan(numbers)
    best = np.where(known, numbers, -np.inf).max(axis=0, initial=-np.inf)
    return np.where(known.any(axis=0), best, np.nan), known.sum(axis=0).astype(float)


def _read_long(table: Table) -> Part:
    athlete = table.athlete()
    day = days_of_tests(table)
    headings = _headings(table)
    units = _units(table, headings)
    values, trials = _long_values(table)
    _refuse_unreadable(table, headings, units, values)
    factors = np.array([_FACTOR.get(unit, 1.0) for unit in units])
    table.sheet.repair(factors != 1.0, "force_converted_to_newton")
    columns: Columns = {
        "athlete": athlete,
        "date": day,
        **_named(table, headings, units),
        "value": values * factors,
        "reps": trials,
        "limb_length_cm": table.numbers("limb_length_cm").numeric,
        "device": table.sheet.words("device", _FREE),
    }
    frame, account = table.sheet.finish(columns)
    best = frame.sort_values("value", ascending=False).drop_duplicates(
        ["athlete", "date", "test", "side", "metric", "unit"]
    )
    return Part({"strength": best.sort_index()} if len(frame) else {}, account)


def _headings(table: Table) -> list[MeasureHeading]:
    """Return what the cells of test and side name, row by row."""
    names = table.texts("test") if "test" in table.columns else table.texts("metric")
    return [
        strength_heading(f"{name} {side}")
        for name, side in zip(names, table.texts("side"), strict=True)
    ]


def _units(table: Table, headings: Sequence[MeasureHeading]) -> list[str]:
    """Return the unit of each row: its own, that of the test, of the column, of the settings."""
    of_table = (table.columns["value"].unit if "value" in table.columns else "") or (
        table.settings.unit or ""
    ).lower()
    return [
        unit_of(f"x ({text})")
        or heading.unit
        or _BY_TEST.get(heading.name, ("", ""))[0]
        or of_table
        for text, heading in zip(table.texts("unit"), headings, strict=True)
    ]


def _refuse_unreadable(
    table: Table, headings: Sequence[MeasureHeading], units: Sequence[str], values: Floats
) -> None:
    table.refuse(
        np.array([not heading.name for heading in headings], dtype=bool),
        "unknown_test",
        "the test is none that is known; data/README.md lists those read",
    )
    table.refuse(
        np.array([unit not in _UNIT for unit in units], dtype=bool),
        "unknown_unit",
        "no unit is written for its value",
    )
    table.refuse(np.isnan(values), "nothing_measured", "no value is written in it")


def _named(table: Table, headings: Sequence[MeasureHeading], units: Sequence[str]) -> Columns:
    """Return test, side, metric and unit of each row."""
    index = table.sheet.cells.index
    metrics = [
        _metric(heading.name, unit) if unit in _UNIT else ""
        for heading, unit in zip(headings, units, strict=True)
    ]
    sides = [heading.side or "both" for heading in headings]
    return {
        "test": pd.Series([heading.name for heading in headings], index=index, dtype="str"),
        "side": pd.Series(sides, index=index, dtype="str"),
        "metric": pd.Series(metrics, index=index, dtype="str"),
        "unit": pd.Series([_UNIT.get(unit) for unit in units], index=index, dtype="str"),
    }
