"""VALD NordBord, ForceFrame and DynaMo: forces by side, every sensor a record of its own."""

from pathlib import Path

import pandas as pd

from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.strength.vald_layouts import ValdLayout
from ingest.readers.strength.vald_sides import by_sensor, has_columns
from ingest.readers.strength.values import (
    day_of,
    long_strength,
    metric_columns,
    refuse_unused,
    refuse_without_value,
    test_names,
)
from ingest.readers.text.athlete_column import named_athlete
from ingest.readers.text.numerals import decimal_mark
from ingest.readers.text.tabular import find_header, read_grid
from ingest.records.examination import Columns, Sheet


class ValdReader(Reader):
    """One export of one sided VALD device.

    Parameters
    ----------
    layout : ValdLayout
        Its columns and what they mean.
    """

    version = 1

    def __init__(self, layout: ValdLayout) -> None:
        self.layout = layout
        self.kind = layout.kind
        self.description = layout.description
        self._is_header = has_columns(*layout.needed)

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return find_header(head, self._is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the sensors' values; see :class:`ingest.readers.base.Reader`."""
        grid = read_grid(path.read_bytes(), self._is_header)
        cells = by_sensor(grid, self.layout.common, self.layout.sensors)
        sheet = Sheet(context.source(path), self.kind, cells, grid.shifted)
        frame, account = sheet.finish(self._columns(sheet, context))
        metrics = self.layout.metrics
        strength = long_strength(frame, metrics, self.layout.device)
        return Parsed(account, {"strength": strength})

    def _columns(self, sheet: Sheet, context: ReadContext) -> Columns:
        layout = self.layout
        reps = refuse_unused(sheet, "reps")
        forces = [sheet.text(metric.cell) for metric in layout.metrics]
        time = "time" if "time" in layout.common else None
        columns: Columns = {
            "athlete": named_athlete(sheet, "athlete", context),
            "date": day_of(sheet, "date", time, context, utc=layout.utc),
            "test": test_names(sheet, "test", layout.tests(_present(sheet, layout))),
            "side": sheet.cells["side"],
            "reps": reps,
        }
        # One decimal mark for the file: a single "1,234" does not tell which it is.
        columns |= metric_columns(sheet, layout.metrics, decimal_mark(pd.concat(forces)))
        refuse_without_value(sheet, columns, layout.metrics)
        return columns


def _present(sheet: Sheet, layout: ValdLayout) -> pd.DataFrame:
    """Return the cells that tell the test; a column that the file lacks is all null."""
    texts = {name: sheet.text(name) for name in layout.common}
    return pd.DataFrame({**texts, "sensor": sheet.cells["sensor"]})
