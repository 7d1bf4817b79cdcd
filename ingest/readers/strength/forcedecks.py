"""VALD ForceDecks, web CSV: jumps and pulls on force plates.

Dates are local, written the American way. Reps counts the trials behind a row, and nothing tells
whether the row holds their mean or the best: with more than one, the metric's name begins with
``unstated_``. Asymmetry columns are text and stay unread.
"""

import re
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.strength.forcedecks_metrics import metrics_of_header
from ingest.readers.strength.test_names import forcedecks_tests
from ingest.readers.strength.values import (
    COUNT,
    day_of,
    long_strength,
    metric_columns,
    refuse_without_value,
    test_names,
)
from ingest.readers.text.athlete_column import named_athlete
from ingest.readers.text.numerals import decimal_mark, plain
from ingest.readers.text.tabular import Grid, Row, find_header, read_grid
from ingest.records.examination import Columns, Sheet, to_number
from ingest.records.rules import rule_of

DEVICE: Final = "forcedecks"
UNSTATED: Final = "unstated_"
_NEEDED: Final = {"Name", "Test Type", "Date", "Time", "Reps"}
_MASS: Final = re.compile(r"^BW \[(KG|LB)\]$", re.IGNORECASE)
_LOAD: Final = re.compile(r"^Additional Load \[(KG|LB)\]$", re.IGNORECASE)
_KG: Final = {"kg": 1.0, "lb": 0.45359237}


class ForceDecksReader(Reader):
    """One row per test of an athlete; the body mass it gives goes to the body table."""

    kind = "vald_forcedecks"
    version = 2
    description = (
        "VALD ForceDecks web CSV: CMJ, IMTP and drop jump (height, power, forces by side), body"
        " mass; local dates"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the tests; see :class:`ingest.readers.base.Reader`."""
        grid = read_grid(path.read_bytes(), _is_header)
        metrics = metrics_of_header(grid.header)
        sheet = grid.sheet(context.source(path), self.kind, _places(grid))
        if not metrics:
            raise FileRefused(
                "no_metric", "no column is a metric that is read; export more of them"
            )
        # Over all metrics together: one column of whole numbers would tell nothing.
        mark = decimal_mark(
            pd.concat([sheet.text(metric.cell) for metric in metrics], ignore_index=True)
        )
        columns: Columns = {
            "athlete": named_athlete(sheet, "Name", context),
            "date": day_of(sheet, "Date", "Time", context, utc=False),
            "test": test_names(sheet, "Test Type", forcedecks_tests(sheet.text("Test Type"))),
            "reps": sheet.number("Reps", COUNT),
            "mass_kg": _mass(sheet, mark),
            **metric_columns(sheet, metrics, mark),
        }
        # A jump with a barbell is lower: in one series it would read as a loss of strength.
        _refuse_loaded(sheet, mark)
        refuse_without_value(sheet, columns, metrics)
        frame, account = sheet.finish(columns)
        strength = long_strength(frame, metrics, DEVICE)
        # With one trial mean and best are the same, so that the name may stay.
        several = strength["reps"] > 1
        strength["metric"] = strength["metric"].where(~several, UNSTATED + strength["metric"])
        body = frame.loc[frame["mass_kg"].notna(), _BODY]
        return Parsed(account, {"strength": strength, "body": body})


_BODY: Final = ["athlete", "date", "mass_kg", "source", "record", "repaired"]


def _is_header(row: Row) -> bool:
    return set(row) >= _NEEDED and any(_MASS.match(name) for name in row)


def _places(grid: Grid) -> dict[str, int]:
    return {name: at for at, name in reversed(list(enumerate(grid.header)))}


def _refuse_loaded(sheet: Sheet, mark: str) -> None:
    """Refuse tests with a load on the shoulders: they are no series with those without."""
    column = next((name for name in sheet.cells.columns if _LOAD.match(name)), None)
    if column is not None:
        load = to_number(plain(sheet.text(column), mark))
        sheet.reject(
            load > 0, "loaded_test", lambda _: "made with an additional load; only tests without"
            " one are kept, so that a series is not mixed",
        )  # fmt: skip


def _mass(sheet: Sheet, mark: str) -> Floats:
    column = next(name for name in sheet.cells.columns if _MASS.match(name))
    # The exporter chooses kilograms or pounds: the heading is BW [KG] or BW [LB].
    unit = column[4:-1].lower()
    values = to_number(plain(sheet.text(column), mark)) * _KG[unit]
    unknown = np.where(values == 0, np.nan, values)
    rule = rule_of("body", "mass_kg")
    # An impossible mass costs no test: forces are kept as they are.
    return np.where((unknown >= rule.low) & (unknown <= rule.high), unknown, np.nan)
