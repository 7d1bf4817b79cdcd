"""The items of a form that need a scale; one without is not read, and is asked about."""

import numpy as np
import pandas as pd

from common.question import Question
from ingest.dataset.settings import WELLNESS_ITEMS
from ingest.readers.sheets.deciding.scales import decide_scale, scaled_by
from ingest.readers.sheets.questions import OpenScale, scale_question
from ingest.readers.sheets.table import Table
from ingest.records.examination import Columns


def scaled_items(table: Table, day: pd.Series) -> tuple[Columns, list[Question]]:
    """Return the wellness items on 0-1 with 1 = best, and what has to be asked."""
    columns: Columns = {}
    questions: list[Question] = []
    open_: list[OpenScale] = []
    for item in WELLNESS_ITEMS:
        column = table.columns.get(item)
        if column is None:
            columns[item] = np.full(len(table), np.nan)
            continue
        values = table.numbers(item).numeric
        heading = column.column.heading
        decision = decide_scale(
            item, heading, values, day, table.settings.scales, table.context.config
        )
        answered = ~np.isnan(values)
        if decision.why:
            table.sheet.repair(answered, f"{item}_without_scale_set_null")
            open_scale = OpenScale(item, heading, values, decision)
            if decision.why == "direction":
                open_.append(open_scale)
            else:
                questions.append(scale_question(table, [open_scale]))
        columns[item] = scaled_by(decision.periods, values, day)
        outside = answered & np.isnan(np.asarray(columns[item], dtype=float)) & (not decision.why)
        table.sheet.repair(outside, f"bad_{item}_set_null")
    # What no heading says is usually the same for all items of a form: one question.
    return columns, [*questions, *([scale_question(table, open_)] if open_ else [])]
