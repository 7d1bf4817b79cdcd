"""Answers beside an app's measures: read on the scale that the settings declare for the file.

No export says which end of a slider is the good one, and an app's scale need not be that of the
team's own form: only `sheets.<file>.scales` of `dataset.yaml` counts, never `wellness_scales`.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.dataset.settings import SheetScale
from ingest.readers.base import ReadContext
from ingest.readers.club.tables import refuse_empty
from ingest.records.examination import Columns, Sheet, to_number

UNSCALED: Final = (
    "nobody has said yet which of its answers is best and which worst; write scales: under sheets:"
    " in dataset.yaml"
)


def answers_of(
    sheet: Sheet, cells: Mapping[str, str], day: pd.Series, context: ReadContext
) -> Columns:
    """Return items on 0-1 with 1 = best; null without a declared scale, and told as a repair.

    Parameters
    ----------
    sheet : Sheet
        The records.
    cells : mapping of str to str
        Item of the contract -> its column; one that the file lacks is left out.
    day : pandas.Series
        Day of each record, for a scale of a period.
    context : ReadContext
        Settings of the dataset.
    """
    settings = context.sheet_settings(sheet.source)
    scales = () if settings is None else settings.scales
    return {
        item: _scaled(sheet, item, cell, day, [scale for scale in scales if scale.item == item])
        for item, cell in cells.items()
        if cell in sheet.cells
    }


def refuse_empty_days(
    sheet: Sheet, cells: Mapping[str, str], columns: Columns, names: Sequence[str]
) -> None:
    """Refuse days that hold nothing, and those of which only answers without a scale are left.

    Parameters
    ----------
    sheet : Sheet
    cells : mapping of str to str
        Item of the contract -> its column.
    columns : Columns
        What was read.
    names : sequence of str
        Columns of which a day needs one.
    """
    empty = np.logical_and.reduce([pd.isna(pd.Series(columns[name])) for name in names])
    answered = np.zeros(len(sheet), dtype=bool)
    for cell in cells.values():
        if cell in sheet.cells:
            answered |= ~np.isnan(to_number(sheet.arrow(cell)))
    sheet.reject(empty & answered, "scale_undeclared", lambda _: UNSCALED)
    refuse_empty(sheet, columns, tuple(names))


def _scaled(sheet: Sheet, item: str, cell: str, day: pd.Series, scales: list[SheetScale]) -> Floats:
    values = to_number(sheet.arrow(cell))
    scaled = np.full(len(sheet), np.nan)
    for scale in scales:
        first, last = (pd.Timestamp(bound) if bound else None for bound in (scale.first, scale.to))
        inside = day.notna() if first is None else day >= first
        if last is not None:
            inside &= day <= last
        low, high = sorted((scale.worst, scale.best))
        # An answer beyond the scale shows that the form has another one, so it is not clipped.
        fits = inside.to_numpy() & (values >= low) & (values <= high)
        scaled = np.where(fits, (values - scale.worst) / (scale.best - scale.worst), scaled)
    sheet.repair(~np.isnan(values) & np.isnan(scaled), f"{item}_without_scale_set_null")
    return scaled
