"""Injury registers: one line per injury, in the club's words; their meaning is settled apart."""

import re
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pandas.api.typing import NaTType

from ingest.injuries.absences import is_no_return
from ingest.injuries.entries import settle_entry
from ingest.injuries.entry import InjuryEntry, SettledEntry
from ingest.injuries.listed_again import OF_LIST
from ingest.injuries.returns import days_in_words, is_far, return_in
from ingest.injuries.severity_words import says
from ingest.injuries.text import plain_words
from ingest.readers.sheets.deciding.days import DayReader
from ingest.readers.sheets.deciding.kind import says_something
from ingest.readers.sheets.kinds.ends import (
    ends_told,
    refuse_ends,
    refuse_half_told,
    split_ends,
    with_ends,
)
from ingest.readers.sheets.kinds.list_of_a_day import (
    asked,
    list_day,
    onset_in_text,
    refuse_fit,
    text_of_line,
    with_state,
)
from ingest.readers.sheets.kinds.since import (
    lies_years_before_the_others,
    still_out,
    without_since,
)
from ingest.readers.sheets.opening.cells import Cell
from ingest.readers.sheets.table import PROBLEMS, Part, Table
from ingest.readers.sheets.words.folding import plain, without_accents
from ingest.readers.sheets.words.headings import counts_weeks
from ingest.readers.sheets.words.measure_headings import side_letters, side_of
from ingest.readers.sheets.words.written_dates import (
    BEFORE_DATES,
    Written,
    dates_in,
    is_word_of_date,
    read_written,
)
from ingest.readers.sheets.words.written_weeks import read_week
from ingest.records.examination import Columns
from ingest.records.rules import Rule

_LOOSE: Final = Rule("day", needed=False, strict=False)
_WEEK: Final = 7.0
_CLAUSES: Final = re.compile(r"[;!?()]|,\s(?!\d{4}\b)|\s[-\u2013]\s")
_LAST_OUT: Final = re.compile(r"^(?:last day|letzter|dernier jour|ultimo dia)")
_UNKNOWN: Final = "unknown"
_COMPLAINT: Final = "complaint"


def read_injuries(table: Table) -> Part:
    """Return the entries of a register, each with what it means.

    A line without a day is refused: its athlete is unclear until the day is known.
    """
    athlete = table.athlete()
    day = list_day(table)
    onset = onset_in_text(table, _onset(table), day)
    reported = table.day("reported", _LOOSE) if "reported" in table.columns else _none(table)
    if "onset" in table.columns and "date" in table.columns:
        reported = reported.fillna(table.day("date", _LOOSE))
    if day is not None:
        reported = reported.fillna(day)
    entries = _entries(table, onset, reported)
    own = table.context.config.injury_words
    settled = [still_out(entry, settle_entry(entry, own), day) for entry in entries]
    refuse_fit(table, entries)
    table.refuse(
        np.array([_is_empty(entry) for entry in entries], dtype=bool),
        "nothing_answered",
        "no injury is written in it",
    )
    table.refuse(
        np.array([not settled_entry.injury for settled_entry in settled], dtype=bool),
        "no_injury",
        "it says that there was no injury",
    )
    ends = ends_told(athlete, entries, settled, of_list=day is not None)
    refuse_ends(table, entries, ends)
    refuse_half_told(table, entries, settled, ends)
    questions = asked(table, onset)
    _refuse_without_day(table, onset, settled)
    columns: Columns = {"athlete": athlete, "onset_date": onset, **_meaning(table, settled)}
    columns["return_date"] = with_ends(table, pd.Series(columns["return_date"]), ends)
    untold = np.array([settled_entry.region == _UNKNOWN for settled_entry in settled], dtype=bool)
    table.sheet.repair(untold, "region_not_told")
    far = np.array([_is_far_back(entry) for entry in entries], dtype=bool)
    table.refuse(
        (far | _are_open(entries)) & lies_years_before_the_others(onset),
        "unclear_onset_year",
        "its day of onset lies years before the other lines', and it is open or returns with them:"
        " is the year mistyped?",
    )
    table.sheet.repair(far, "return_date_years_after_onset_date_set_null")
    early = np.asarray(pd.Series(columns["return_date"]) < onset)
    table.sheet.repair(early, "return_date_before_onset_date_set_null")
    columns["return_date"] = pd.Series(columns["return_date"]).mask(early)
    columns["reported_on"] = reported
    columns[OF_LIST] = np.full(len(table), day is not None)
    columns["place"] = np.arange(len(table))
    frame, account = table.sheet.finish(columns)
    return Part(split_ends(frame, entries, pd.Series(ends.alone)), account, questions)


def _refuse_without_day(table: Table, onset: pd.Series, settled: list[SettledEntry]) -> None:
    """Refuse lines without a day; a mere complaint leaves its athlete as clear as before."""
    missing = onset.isna().to_numpy()
    minor = np.array([entry.injury_class == _COMPLAINT for entry in settled], dtype=bool)
    sentence = "no day of onset is written in it"
    table.refuse(missing & minor, "no_day_of_complaint", sentence)
    table.refuse(missing, "no_day", sentence)


def _onset(table: Table) -> pd.Series:
    name = next(
        (concept for concept in ("onset", "date", "stamp", "week") if concept in table.columns),
        None,
    )
    if name is None:
        return _none(table)
    return _days_or_none(table, name)


def _days_or_none(table: Table, name: str) -> pd.Series:
    """Return days; a date that can be read two ways, or has no year, refuses its line at once."""
    moments, problems = table.moments(name)
    for problem in ("ambiguous", "no_year"):
        bad = np.array([row_problem == problem for row_problem in problems], dtype=bool)
        table.refuse(bad, f"{problem}_date", PROBLEMS[problem])
    times = pd.Series(moments, index=table.sheet.cells.index, dtype="datetime64[ns]")
    weeks = pd.Series(
        [_monday(table, cell) for cell in table.cells(name)],
        index=times.index,
        dtype="datetime64[ns]",
    ).where(times.isna())
    table.sheet.repair(weeks.notna().to_numpy(), f"{name}_of_a_week_monday_taken")
    times = times.fillna(weeks)
    checked = table.sheet.check_time(name, _LOOSE, times, table.context.last_day, "a day")
    days: pd.Series = checked.dt.normalize()
    return days


def _monday(table: Table, cell: Cell | None) -> pd.Timestamp | NaTType:
    """Return the Monday of a week that a cell names in place of a day: "KW 36"."""
    if cell is None or read_week(cell.text) is None:
        return pd.NaT
    monday = table.days.week(cell, bare=False).moment
    return pd.NaT if monday is None else pd.Timestamp(monday)


def _none(table: Table) -> pd.Series:
    return pd.Series(pd.NaT, index=table.sheet.cells.index, dtype="datetime64[ns]")


def _entries(table: Table, onset: pd.Series, reported: pd.Series) -> list[InjuryEntry]:
    columns = {
        name: table.texts(name)
        for name in (
            "injury",
            "region",
            "pain_place",
            "side",
            "code",
            "severity",
            "return",
            "date",
            "onset",
        )
    }
    remarks = _remarks(table)
    letters = side_letters(columns["side"])
    after = pd.Timedelta(days=int(_tells_last_day_out(table)))
    days = _days_lost(table)
    return [
        InjuryEntry(
            onset_date=None if pd.isna(onset.iloc[at]) else onset.iloc[at],
            onset_text=columns["onset"][at] or columns["date"][at],
            text=text_of_line(columns, remarks[at], at),
            remark=with_state(remarks[at], columns["severity"][at], table),
            region_cell=columns["region"][at] or columns["pain_place"][at],
            side_cell=side_of(plain(columns["side"][at]), letters) or columns["side"][at],
            code=columns["code"][at],
            severity_cell=columns["severity"][at],
            days_lost=None if np.isnan(days[at]) else float(days[at]),
            return_date=_after(
                _return_date(table, at, _tells_return(columns, remarks[at], at), onset.iloc[at]),
                after,
            ),
            return_text=columns["return"][at],
            reported_on=None if pd.isna(reported.iloc[at]) else reported.iloc[at],
        )
        for at in range(len(table))
    ]


def _tells_return(columns: dict[str, list[str]], remark: str, at: int) -> str:
    """Return the words that may hold the day of the return: the sentence itself if need be."""
    words = columns["return"][at] or without_since(remark)
    sentence = without_since(columns["injury"][at] or columns["region"][at])
    return words if words and dates_in(words) else return_in(sentence) or words


def _tells_last_day_out(table: Table) -> bool:
    """Say whether the column of returns holds the day before: that of the last absence."""
    column = table.columns.get("return")
    return column is not None and bool(_LAST_OUT.search(plain(column.column.heading)))


def _after(day: pd.Timestamp | None, later: pd.Timedelta) -> pd.Timestamp | None:
    return None if day is None else day + later


def _remarks(table: Table) -> list[str]:
    columns = [
        assignment.column for assignment in table.assigned if assignment.concept == "comment"
    ]
    return [
        " ; ".join(cell.text for column in columns if (cell := column.cells[at]) is not None)
        for at in range(len(table))
    ]


def _days_lost(table: Table) -> np.ndarray:
    if "days_lost" not in table.columns:
        return np.full(len(table), np.nan)
    heading = plain(table.columns["days_lost"].column.heading)
    factor = _WEEK if counts_weeks(heading) else 1.0
    # "3 wks" says its unit itself, whatever the heading says.
    spans = [days_in_words(text) for text in table.texts("days_lost")]
    written = np.array([np.nan if span is None else float(span) for span in spans], dtype=float)
    numbers = table.numbers("days_lost").numeric * factor
    values = np.where(np.isnan(written), numbers, written)
    return np.where((values >= 0) & (values <= 2000), values, np.nan)  # five years


def _return_date(table: Table, at: int, text: str, onset: pd.Timestamp) -> pd.Timestamp | None:
    """Return the day of return that a cell or sentence writes; without a year it follows onset."""
    cell = table.cells("return")[at]
    if cell is not None and cell.kind in {"d", "m", "n"}:
        moment = table.days.read(cell).moment
        return pd.Timestamp(moment).normalize() if moment else None
    if cell is not None and (whole := read_written(cell.text)) and _is_all(cell.text):
        return _settled(whole, table.days, onset)
    if pd.notna(monday := _monday(table, cell)):
        return monday
    dates = [dates_in(clause) for clause in _CLAUSES.split(text) if _speaks_of_return(clause)]
    written = [several[0] for several in dates if len(several) == 1]
    day = _settled(written[0], table.days, onset) if len(written) == 1 else None
    return None if day == onset else day  # "Back 12 March" in the line of 12 March is the back


def _is_all(text: str) -> bool:
    """Say whether a cell holds a date and no sentence: "ab 3. September", not "MRT am 3.2."."""
    return all(
        is_word_of_date(word) or word in BEFORE_DATES
        for word in re.findall(r"[a-z]+", without_accents(text))
    )


def _settled(written: Written, days: DayReader, onset: pd.Timestamp) -> pd.Timestamp | None:
    if written.year is None and pd.notna(onset):
        years = [onset.year, onset.year + 1]
        moments = [days._replace(years=(year,)).settle(written).moment for year in years]
        after = [
            moment for moment in moments if moment is not None and moment >= onset.to_pydatetime()
        ]
        return pd.Timestamp(after[0]).normalize() if after else None
    moment = days.settle(written).moment
    return pd.Timestamp(moment).normalize() if moment else None


_RETURN_WORDS: Final = (
    "wieder", "zuruck", "zurueck", "back", "return", "rtp", "fit", "retour", "reprise", "vuelta",
    "alta", "regres", "rientro", "ripresa", "terug", "hersteld", "volta", "retorno", "tillbaka",
    "ater", "tilbake", "tilbage", "frisk", "rask", "full training", "volles training", "cleared",
    "resumed", "running again", "training",
)  # fmt: skip


def _speaks_of_return(text: str) -> bool:
    bare = plain(text)
    is_back = any(word in bare for word in _RETURN_WORDS) and not is_no_return(plain_words(text))
    return is_back or bool(return_in(text))


def _are_open(entries: list[InjuryEntry]) -> NDArray[np.bool_]:
    return np.array(
        [
            entry.return_date is None and says(plain_words(entry.return_text), "open")
            for entry in entries
        ],
        dtype=bool,
    )


def _is_far_back(entry: InjuryEntry) -> bool:
    """Say whether the day of return is written with a year that it cannot be in."""
    onset = entry.onset_date
    if onset is None:
        return False
    years = [date.year for date in dates_in(entry.return_text) if date.year is not None]
    years += [] if entry.return_date is None else [entry.return_date.year]
    return any(is_far(year, onset) for year in years)


def _is_empty(entry: InjuryEntry) -> bool:
    texts = (
        entry.text,
        entry.remark,
        entry.region_cell,
        entry.code,
        entry.severity_cell,
        entry.return_text,
    )
    if entry.days_lost is not None or entry.return_date is not None:
        return False
    # "?" on a line of its own day is an injury of which nobody knows more.
    return not any("?" in text or says_something(text) for text in texts)


def _meaning(table: Table, settled: list[SettledEntry]) -> Columns:
    index = table.sheet.cells.index
    columns: Columns = {
        name: pd.Series([getattr(entry, field) for entry in settled], index=index, dtype="str")
        for name, field in (
            ("region", "region"),
            ("side", "side"),
            ("diagnosis", "diagnosis"),
            ("severity", "severity"),
            ("mode", "mode"),
            ("class", "injury_class"),
            ("class_reason", "class_reason"),
        )
    }
    back = [entry.return_date if entry.return_date is not None else pd.NaT for entry in settled]
    return columns | {"return_date": pd.Series(back, index=index, dtype="datetime64[ns]")}
