"""HRV4Training's CSV in its three shapes: morning heart rate and rMSSD.

iOS writes instants with an offset, in 2018 with CR-only line ends, blanks before the names, "-" for
missing and a clock in the phone's language ("12:01:00 a. m."). Android writes days as YYYY-DD-MM,
0.0 where nothing was measured, and coordinates with an unquoted decimal comma, so that its rows
are longer than the header: only columns before the coordinates are read from such a row.
"""

import csv
import io
import re
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.text.decoding import decode
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.health.questionnaire import answers_of, refuse_empty_days
from ingest.records.examination import NEEDED_DAY, Columns, Sheet, to_number
from ingest.records.local_clock import nanoseconds
from ingest.records.rules import Rule, rule_of

_TIME: Final = "timestamp_measurement"
_DAY: Final = "date"
_RMSSD: Final = "rmssd"
_HEART_RATE: Final = "hr"
_ITEMS: Final = {
    "sleep_quality": "sleep_quality", "fatigue": "fatigue", "soreness": "muscle_soreness",
}  # fmt: skip
_COORDINATE: Final = re.compile(r"latitude|longitude|^lat$|^lon|gps|location|coordinate")
_AFTERNOON: Final = re.compile(r"\b[p]\.?\s?m\.?", re.IGNORECASE)
_MORNING: Final = re.compile(r"\b[a]\.?\s?m\.?", re.IGNORECASE)
_STAMP: Final = re.compile(r"(\d{4}-\d\d-\d\d) (\d{1,2}):(\d\d)(?::(\d\d))?(.*?)([+-]\d{4})?$")
_MONTHS: Final = 12


class Hrv4TrainingReader(Reader):
    """One row per morning."""

    kind = "hrv4training"
    version = 3
    description = (
        "HRV4Training CSV (iOS and Android): resting heart rate and rMSSD of mornings, and answers"
        " whose scale the settings declare"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        if b"\0" in head:
            return False
        header = next(iter(_rows(decode(head))), (0, []))[1]
        names = set(header)
        own = _TIME in names or any(name.startswith("hrv4t") for name in names)
        return own and _RMSSD in names

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the mornings; see :class:`ingest.readers.base.Reader`."""
        cells, shifted = _cells(decode(path.read_bytes()))
        sheet = Sheet(context.source(path), self.kind, cells, shifted)
        when = _TIME if _TIME in cells else _DAY
        date = _days(sheet, when, context)
        _forget_unmeasured(sheet)
        answers = answers_of(sheet, _ITEMS, date, context)
        columns: Columns = {
            "athlete": context.athlete_of(path),
            "date": date,
            **answers,
            "resting_hr_bpm": _measured(sheet, _HEART_RATE, "resting_hr_bpm"),
            "hrv_rmssd_ms": _measured(sheet, _RMSSD, "hrv_rmssd_ms"),
            "rank": 1,
            "at": np.arange(len(sheet)),
        }
        names = ("resting_hr_bpm", "hrv_rmssd_ms", *answers)
        refuse_empty_days(sheet, _ITEMS, columns, names)
        frame, account = sheet.finish(columns)
        return Parsed(account, {"wellness": frame})


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Return the rows that are not blank, with line numbers; names of the first in lower case."""
    lines = csv.reader(io.StringIO(text.replace("\r\n", "\n").replace("\r", "\n")))
    rows = [
        (number, [cell.strip() for cell in row])
        for number, row in enumerate(lines, start=1)
        if any(cell.strip() for cell in row)
    ]
    if rows:
        rows[0] = (rows[0][0], [name.lower().lstrip("\ufeff") for name in rows[0][1]])
    return rows


def _cells(text: str) -> tuple[pd.DataFrame, list[tuple[str, str, str]]]:
    (_, header), *rows = _rows(text)
    coordinates = [at for at, name in enumerate(header) if _COORDINATE.search(name)]
    first = min(coordinates, default=len(header))
    needed = [name for name in (_TIME, _DAY, _HEART_RATE, _RMSSD) if name in header]
    # Behind the coordinates nobody knows which cell of a longer row is whose.
    asked = [name for name in _ITEMS.values() if name in header[:first]]
    wanted = {name: header.index(name) for name in (*needed, *asked)}
    safe = max(wanted.values()) < min(coordinates, default=-1)
    cells_by_line: dict[int, list[str]] = {}
    shifted = []
    for line, row in rows:
        # Android ends its rows with a comma.
        cells = row[:-1] if len(row) == len(header) + 1 and not row[-1] else row
        if len(cells) == len(header) or (len(cells) > len(header) and safe):
            cells_by_line[line] = ["" if cells[at] == "-" else cells[at] for at in wanted.values()]
        else:
            sentence = f"row {line}: {len(cells)} fields, the header has {len(header)}"
            shifted.append((str(line), "shifted_row", sentence))
    frame = pd.DataFrame.from_dict(cells_by_line, orient="index", columns=list(wanted), dtype="str")
    return frame, shifted


def _forget_unmeasured(sheet: Sheet) -> None:
    """Forget the answers of days without a measurement where they are 0: nobody was asked."""
    blank = ~(to_number(sheet.arrow(_RMSSD)) > 0)
    for cell in _ITEMS.values():
        if cell in sheet.cells:
            sheet.put(cell, sheet.text(cell).mask(blank & (to_number(sheet.arrow(cell)) == 0)))


def _measured(sheet: Sheet, column: str, target: str) -> Floats:
    """Return a measure; 0 is how the app says that nothing was measured."""
    rule = rule_of("wellness", target)
    loose = Rule("number", needed=False, strict=False, low=0, high=rule.high)
    values = sheet.number(column, loose)
    return np.where(values >= rule.low, values, np.nan)


def _days(sheet: Sheet, column: str, context: ReadContext) -> pd.Series:
    text = sheet.text(column)
    stamps = [_stamp(cell, context.config.time_zone) for cell in text]
    times = nanoseconds(pd.Series(stamps, index=text.index, dtype="datetime64[us]"))
    bare = text.str.extract(r"^(\d{4})-(\d\d)-(\d\d)$").astype("float64")
    if bare.notna().all(axis=1).any():
        order = _order(bare)
        sheet.reject(
            (bare[0].notna() & (order is None)).to_numpy(),
            f"ambiguous_{column}",
            lambda _: "year-day-month or year-month-day: no row settles it; export a longer time",
        )
        form = "%Y-%d-%m" if order == "day" else "%Y-%m-%d"
        times = times.fillna(nanoseconds(pd.to_datetime(text, format=form, errors="coerce")))
    checked = sheet.check_time(column, NEEDED_DAY, times, context.last_day, "a time")
    midnight: pd.Series = checked.dt.normalize()
    return midnight


def _order(bare: pd.DataFrame) -> str | None:
    """Say what follows the year in a file's bare days: by a number above 12 in one place only."""
    day, month = bool((bare[1] > _MONTHS).any()), bool((bare[2] > _MONTHS).any())
    # No number above 12 settles nothing, and one in both places contradicts the other.
    if day == month:
        return None
    return "day" if day else "month"


def _stamp(cell: object, zone: str) -> pd.Timestamp | None:
    """Return the local time of "2018-04-27 12:01:00 a. m. +0000", None for anything else."""
    match = _STAMP.match(cell) if isinstance(cell, str) else None
    if match is None:
        return None
    day, hour, minute, second, words, offset = match.groups()
    clock = int(hour)
    if _AFTERNOON.search(words):
        # 12 p.m. is noon, and 12 a.m. midnight.
        clock = clock % 12 + 12
    elif _MORNING.search(words):
        clock %= 12
    try:
        naive = pd.Timestamp(f"{day} {clock:02d}:{minute}:{second or '00'}")
    except ValueError:
        return None
    if offset is None:
        return naive
    shift = pd.Timedelta(hours=int(offset[1:3]), minutes=int(offset[3:]))
    utc = naive - shift if offset[0] == "+" else naive + shift
    return utc.tz_localize("UTC").tz_convert(zone).tz_localize(None)
