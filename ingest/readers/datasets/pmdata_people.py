"""PMData's sheet of participants and their daily log of body mass."""

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.text.delimited import demand_columns, header_of, read_delimited
from ingest.readers.text.json_records import columns_of
from ingest.records.examination import NEEDED_DAY, NEEDED_TEXT, Columns, Sheet
from ingest.records.rules import Rule, rule_of

_ZIP_MARK: Final = b"PK\x03\x04"
_ID: Final = "Participant ID"
_TEXTS: Final = ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")
"""Parts of a workbook that hold its texts."""
_AGE: Final = Rule("number", needed=False, strict=False, low=5, high=110)


class ParticipantsReader(Reader):
    """Age, height and sex; the year of birth is the year of the study less the age."""

    kind = "pmdata_participants"
    version = 1
    description = "PMData `participant-overview.xlsx`: age, height and sex of the athletes"
    lists_athletes = True

    def knows(self, path: Path, head: bytes) -> bool:
        """Recognise the workbook by its column of participants."""
        if not head.startswith(_ZIP_MARK):
            return False
        try:
            with zipfile.ZipFile(path) as archive:
                parts = [name for name in _TEXTS if name in set(archive.namelist())]
                texts = b"".join(archive.read(name) for name in parts)
        except (zipfile.BadZipFile, zlib.error, ValueError, OSError, RuntimeError, EOFError):
            return False
        # Looking for the words opens no library: a workbook of any other kind or make stays free
        # for the reader of sheets.
        return all(name.encode() in texts for name in (_ID, "Age", "Height", "Gender"))

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the participants; see :class:`ingest.readers.base.Reader`."""
        cells = _participants(_rows(path))
        demand_columns(cells.columns, (_ID, "Age", "Height", "Gender"))
        sheet = Sheet(context.source(path), self.kind, cells)
        athlete = sheet.words(_ID, NEEDED_TEXT)
        twice = (athlete.duplicated() & athlete.notna()).to_numpy()
        sheet.reject(
            twice, "duplicate_athlete", lambda _: "this athlete is listed further up already"
        )
        # Hard blanks stand in this column of the published workbook.
        sheet.put("Gender", sheet.cells["Gender"].str.replace("\xa0", " "))
        columns: Columns = {
            "athlete": athlete,
            "birth_year": context.config.observed_from.year - sheet.number("Age", _AGE),
            "sex": sheet.choice("Gender", rule_of("athletes", "sex")),
            "height_cm": sheet.number("Height", rule_of("athletes", "height_cm")),
            "observed_from": _all_days(sheet, pd.Timestamp(context.config.observed_from)),
            "observed_to": _all_days(sheet, context.last_day),
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"athletes": frame})


class WeightLogReader(Reader):
    """Body mass from the daily form; of several answers for a day the last one counts."""

    kind = "pmdata_reporting"
    version = 1
    description = "PMData `googledocs/reporting.csv`: body mass by day"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return {"glasses_of_fluid", "weight"} <= set(header_of(head))

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the days; see :class:`ingest.readers.base.Reader`."""
        athlete = context.athlete_of(path)
        parsed = read_delimited(path.read_bytes())
        demand_columns(parsed.header, ("date", "timestamp", "weight"))
        sheet = parsed.sheet(context.source(path), self.kind)
        sheet.reject(
            sheet.text("weight").isna().to_numpy(),
            "not_answered",
            lambda _: "no weight given; nothing else of this form is used",
        )
        days = pd.to_datetime(sheet.text("date"), format="%d/%m/%Y", errors="coerce")
        answered_at = pd.to_datetime(
            sheet.text("timestamp"), format="%d/%m/%Y %H:%M:%S", errors="coerce"
        )
        columns: Columns = {
            "athlete": athlete,
            "date": sheet.check_time(
                "date", NEEDED_DAY, days, context.last_day, "a day such as 17/11/2019"
            ),
            "mass_kg": sheet.number("weight", rule_of("body", "mass_kg", strict=True)),
            "at": np.asarray(answered_at.astype("int64")),
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"body": frame})


def _rows(path: Path) -> list[tuple[Any, ...]]:
    import openpyxl  # heavy, and few teams need it

    # By its bytes: the library refuses a workbook whose name ends otherwise.
    try:
        book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), read_only=True, data_only=True)
        try:
            return list(book.worksheets[0].iter_rows(values_only=True))
        finally:
            book.close()
    except Exception:  # noqa: BLE001 - the library raises anything over a damaged workbook
        sentence = "the workbook cannot be opened; save it anew"
        raise FileRefused("damaged_workbook", sentence) from None


def _participants(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Return the rows below the header that name a participant; the index holds sheet rows."""
    start = next((n for n, row in enumerate(rows) if _ID in row), None)
    if start is None:
        raise FileRefused("missing_column", f"no column {_ID!r} in the first sheet")
    header = [str(name) for name in rows[start]]
    filled = {
        number: dict(zip(header, row, strict=True))
        for number, row in enumerate(rows, start=1)
        if number > start + 1 and any(cell is not None for cell in row)
    }
    cells = columns_of(list(filled.values()), tuple(name for name in header if name != "None"))
    cells.index = pd.Index(filled.keys(), dtype="int64")
    return cells


def _all_days(sheet: Sheet, day: pd.Timestamp) -> pd.Series:
    return pd.Series(day, index=sheet.cells.index)
