"""`wellness.csv`: the morning's answers, on the scales that `dataset.yaml` declares."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.dataset.settings import WELLNESS_ITEMS, DatasetConfig, WellnessItem
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.club.tables import is_layout, open_club_csv, refuse_empty
from ingest.readers.text.athlete_column import named_athlete
from ingest.records.examination import NEEDED_DAY, Columns, Sheet
from ingest.records.rules import Rule, rule_of

_MEASURES: Final = ("sleep_h", "resting_hr_bpm", "hrv_rmssd_ms")


class WellnessReader(Reader):
    """Wellness answers of a day; an item without a declared scale is not guessed at."""

    kind = "club_wellness"
    version = 3
    description = "`wellness.csv`: sleep, wellness answers, resting heart rate and its variability"

    def knows(self, path: Path, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return is_layout("wellness", path, head)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the answers; see :class:`ingest.readers.base.Reader`."""
        sheet = open_club_csv(path, context, self.kind, ("athlete", "date"))
        columns: Columns = {
            "athlete": named_athlete(sheet, "athlete", context),
            "date": sheet.day("date", NEEDED_DAY, context.last_day),
        }
        columns |= {name: sheet.number(name, rule_of("wellness", name)) for name in _MEASURES}
        for item in WELLNESS_ITEMS:
            columns[item] = scaled(sheet, item, context.config)
        refuse_unscaled(sheet, columns, _MEASURES, context.config)
        refuse_empty(sheet, columns, (*_MEASURES, *WELLNESS_ITEMS))
        # The line orders answers of one day: a correction stands further down and counts.
        columns |= {"rank": 0, "at": sheet.cells.index.to_series().astype("int64")}
        frame, account = sheet.finish(columns)
        return Parsed(account, {"wellness": frame})


def refuse_unscaled(
    sheet: Sheet, columns: Columns, measures: Sequence[str], config: DatasetConfig
) -> None:
    """Refuse records of which nothing is left but answers whose scale nobody declared."""
    open_items = [item for item in WELLNESS_ITEMS if item not in config.wellness_scales]
    empty = np.logical_and.reduce(
        [pd.isna(pd.Series(columns[name])) for name in (*measures, *WELLNESS_ITEMS)]
    )
    answered = {item: sheet.known(item) for item in open_items}
    unscaled = [item for item, known in answered.items() if known.any()]
    sheet.reject(
        empty & np.logical_or.reduce([*answered.values(), np.zeros(len(sheet), dtype=bool)]),
        "scale_undeclared",
        lambda _: (
            f"no scale is declared for {', '.join(unscaled)}; say which end is best under"
            " wellness_scales: in dataset.yaml, such as {worst: 7, best: 1}"
        ),
    )


def scaled(sheet: Sheet, item: WellnessItem, config: DatasetConfig) -> Floats:
    """Return an item's answers as 0-1 with 1 = best, linear between worst and best."""
    scale = config.wellness_scales.get(item)
    if scale is None:
        answered = sheet.text(item).notna().to_numpy()
        sheet.repair(answered, f"{item}_without_scale_set_null")
        return np.full(len(sheet), np.nan)
    low, high = sorted((scale.worst, scale.best))
    raw = sheet.number(item, Rule("number", needed=False, strict=False, low=low, high=high))
    return (raw - scale.worst) / (scale.best - scale.worst)
