"""Days as people and programs write them in questionnaires: with a clock or without."""

import pandas as pd

from ingest.readers.base import ReadContext
from ingest.readers.text.dates import read_clocks
from ingest.records.examination import NEEDED_DAY, Sheet
from ingest.records.rules import Rule


def written_day(
    sheet: Sheet, column: str, context: ReadContext, rule: Rule = NEEDED_DAY
) -> pd.Series:
    """Return the days of a column; day and month are settled by the file or the record refused."""
    text = sheet.text(column)
    # The reading of dates expects a time of day; noon stands for none.
    with_clock = text.where(text.str.contains(":").fillna(value=True).astype(bool), text + " 12:00")
    clocks = read_clocks(with_clock, stated_day_first=context.day_first(sheet.source))
    sheet.reject(
        clocks.ambiguous,
        f"ambiguous_{column}",
        lambda _: (
            "the date can be read day first or month first and the file does not settle it; write"
            " it as 2025-11-13"
        ),
    )
    times = sheet.check_time(column, rule, clocks.times, context.last_day, "a day as 2025-11-13")
    midnight: pd.Series = times.dt.normalize()
    return midnight
