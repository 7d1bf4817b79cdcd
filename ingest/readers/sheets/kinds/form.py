"""A form's answers: wellness, pain, OSTRC, body mass and sessions, in any mixture."""

import re
from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.arrays import Floats
from ingest.dataset.settings import WELLNESS_ITEMS
from ingest.people.written_names import WAITING
from ingest.readers.sheets.deciding.assigned import LOAD
from ingest.readers.sheets.deciding.kind import OSTRC
from ingest.readers.sheets.deciding.weeks_in_form import asks_about_weeks
from ingest.readers.sheets.kinds.channels import MARK, channels_of, extra_rows
from ingest.readers.sheets.kinds.ostrc import OSTRC_COLUMNS, ostrc_of
from ingest.readers.sheets.kinds.pain import END_COLUMNS, FELT, GRAVE, PAIN_COLUMNS, pain_of
from ingest.readers.sheets.kinds.scaled import scaled_items
from ingest.readers.sheets.kinds.session import SESSION_COLUMNS, sessions_of
from ingest.readers.sheets.kinds.teams import team_rows, teams_of
from ingest.readers.sheets.remarks import columns as of_remarks
from ingest.readers.sheets.remarks.columns import Remarks, remarks_of
from ingest.readers.sheets.table import Part, Table
from ingest.readers.sheets.words.amounts import Amount
from ingest.records.examination import Columns
from ingest.records.local_clock import to_utc
from ingest.records.rules import Rule, rule_of
from ingest.sessions.day_only import ANSWERED

_DAY: Final = Rule("day", needed=False, strict=True)
_MEASURES: Final = ("sleep_h", "resting_hr_bpm", "hrv_rmssd_ms")
_HOOPER: Final = ("sleep_quality", "fatigue", "stress", "soreness")
_FIGURE: Final = re.compile(r"\d")
_POUND_KG: Final = 0.45359237
_BOOK: Final = ("source", "record", "repaired")
WEEK_DAYS: Final = 7
FOR_DAYS: Final = "answered_for_days"


def read_form(table: Table) -> Part:
    """Return the records of a form; a row counts where any part of it says something."""
    athlete = table.athlete()
    day, at = _day_and_order(table)
    columns: Columns = {"athlete": athlete, "date": day, "rank": 0, "at": at}
    # A week answered at once is no day of seven: its mean would otherwise ask for three answers.
    columns[FOR_DAYS] = np.full(len(table), WEEK_DAYS if _is_about_weeks(table) else np.nan)
    columns |= {name: _measure(table, name) for name in _MEASURES}
    items, questions = scaled_items(table, day)
    columns |= items
    columns["mass_kg"] = _mass(table)
    _refuse_wrong_sums(table)
    pain, pain_questions = pain_of(table)
    columns |= pain
    columns |= ostrc_of(table)
    columns |= sessions_of(table, day)
    columns[ANSWERED] = _answered(table)
    columns |= channels_of(table) | teams_of(table)
    remarks = _remarks_beside(table, columns)
    columns |= remarks.column()
    waits = _refuse_empty(table, columns)
    waiting = _waiting(table, athlete, day, waits)
    frame, account = table.sheet.finish(columns)
    tables = _with_remarks(_tables(frame), remarks.tables(frame))
    return Part(tables | waiting, account, (*questions, *pain_questions))


def _remarks_beside(table: Table, columns: Columns) -> Remarks:
    """Return what remarks tell that no answer of their row tells already."""
    answers = {
        name: np.asarray(columns[name], dtype=float)
        for name in ("pain_0_10", "ostrc_score", FELT, GRAVE)
    }
    answered = np.logical_or.reduce([values > 0 for values in answers.values()])
    return remarks_of(table).without_complaints(answered).without(answers[GRAVE] > 0)


def _with_remarks(
    tables: dict[str, pd.DataFrame], of_remarks: dict[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    felt = [
        rows for rows in (tables.get("pain_told"), of_remarks.get("pain_told")) if rows is not None
    ]
    both = {"pain_told": pd.concat(felt, ignore_index=True)} if felt else {}
    return tables | of_remarks | both


def _waiting(
    table: Table, athlete: pd.Series, day: pd.Series, waits: NDArray[np.bool_]
) -> dict[str, pd.DataFrame]:
    """Return who gave answers that wait for their scale, so that they are asked about at once."""
    rows = pd.DataFrame({"athlete": athlete, "date": day, "source": table.sheet.source})
    rows = rows.assign(record=table.sheet.cells.index, repaired=False)
    named = rows[waits].dropna()
    return {WAITING: named.reset_index(drop=True)} if len(named) else {}


def _day_and_order(table: Table) -> tuple[pd.Series, pd.Series]:
    """Return the day that a row is for and the order of its answers.

    A day that is asked for wins over the moment of typing; of a week's form the week's last day
    counts, where the week is named by its first, and no day after the answer.
    """
    stamp = table.day("stamp", _DAY) if "stamp" in table.columns else None
    own = _own_day(table)
    day = table.day(own, _DAY) if own else stamp
    if day is None:
        raise ValueError("a form without any column of days")
    if own == "week":
        day = day + pd.Timedelta(days=WEEK_DAYS - 1)
    if not own and asks_about_weeks(table.assigned):
        day = _last_day_told_of(day)
    # Who skipped the question for the day answered on the day of typing.
    if own and stamp is not None:
        day = day.fillna(stamp)
    table.refuse(day.isna().to_numpy(), "no_day", "no day is written in it")
    # Several answers a day: the last one typed counts, so the order of typing is kept.
    moments = table.moments("stamp")[0] if stamp is not None else []
    order = [
        int(moment.timestamp()) if pd.notna(moment) else place
        for place, moment in enumerate(moments or [pd.NaT] * len(table))
    ]
    return day, pd.Series(order, index=day.index, dtype="int64")


def _own_day(table: Table) -> str | None:
    """Return the column with the day or week that a row is for; None where only typing is dated."""
    return next((name for name in ("date", "onset", "week") if name in table.columns), None)


def _is_about_weeks(table: Table) -> bool:
    own = _own_day(table)
    return own == "week" or (own is None and asks_about_weeks(table.assigned))


def _answered(table: Table) -> pd.Series:
    """Return when each row was typed, in UTC, where nothing else tells the day of a session."""
    index = table.sheet.cells.index
    own = {"date", "onset", "week", "time"} & set(table.columns)
    if own or "stamp" not in table.columns:
        return pd.Series(pd.NaT, index=index, dtype="datetime64[ns, UTC]")
    moments = pd.Series(table.moments("stamp")[0], index=index, dtype="datetime64[ns]")
    # A day without a time of day cannot prove the clock of a form.
    has_clock = moments != moments.dt.normalize()
    return to_utc(moments.where(has_clock), table.context.config.time_zone).utc


def _last_day_told_of(day: pd.Series) -> pd.Series:
    """Return the Sunday before for answers about a week that were given on a Monday or Tuesday."""
    since = day.dt.day_of_week
    return day.mask(since.isin((0, 1)), day - pd.to_timedelta(since + 1, unit="D"))


def _measure(table: Table, name: str) -> Floats:
    if name not in table.columns:
        return np.full(len(table), np.nan)
    convert = _hours if name == "sleep_h" else None
    numbers = table.numbers(name, convert)
    rule = rule_of("wellness", name)
    wrong = ~np.isnan(numbers.numeric) & ~(
        (numbers.numeric >= rule.low) & (numbers.numeric <= rule.high)
    )
    table.sheet.repair(wrong, f"bad_{name}_set_null")
    return np.where(wrong, np.nan, numbers.numeric)


def _hours(amount: Amount) -> float | None:
    if amount.clock:
        hours, minutes, *_ = amount.clock
        return hours + minutes / 60
    if amount.value is not None and amount.unit.startswith(("min", "'")):
        return amount.value / 60
    return amount.value


def _mass(table: Table) -> Floats:
    if "mass_kg" not in table.columns:
        return np.full(len(table), np.nan)
    pounds = table.columns["mass_kg"].unit == "lb"

    def in_kg(amount: Amount) -> float | None:
        lb = pounds or amount.unit.startswith(("lb", "pound"))
        return amount.value if amount.value is None or not lb else amount.value * _POUND_KG

    values = table.numbers("mass_kg", in_kg).numeric
    rule = rule_of("body", "mass_kg")
    wrong = ~np.isnan(values) & ~((values >= rule.low) & (values <= rule.high))
    table.sheet.repair(wrong, "bad_mass_kg_set_null")
    return np.where(wrong, np.nan, values)


def _refuse_wrong_sums(table: Table) -> None:
    """Refuse rows whose Hooper index is not the sum of its four items: cells are mixed up."""
    if not {"hooper", *_HOOPER} <= set(table.columns):
        return
    hooper = table.numbers("hooper").numeric
    items = np.sum([table.numbers(name).numeric for name in _HOOPER], axis=0)
    wrong = np.abs(items - hooper) > 1e-9  # noqa: PLR2004 - rounding of sums
    table.refuse(wrong, "hooper_sum_differs", "the Hooper index is not the sum of its four items")


def _refuse_empty(table: Table, columns: Columns) -> NDArray[np.bool_]:
    """Refuse rows of which nothing is left, and return those that wait for a scale."""
    answer_columns = [
        *_MEASURES,
        *WELLNESS_ITEMS,
        "mass_kg",
        "pain_0_10",
        FELT,
        GRAVE,
        "ostrc_score",
        "duration_min",
        "distance_km",
        of_remarks.AT,
        *(name for name in columns if name.startswith(MARK)),
    ]
    known = np.logical_or.reduce(
        [pd.notna(pd.Series(columns[name])).to_numpy() for name in answer_columns]
    )
    waiting = np.logical_or.reduce(
        [
            table.sheet.known(name)
            for name in (*WELLNESS_ITEMS, "pain", *OSTRC)
            if name in table.columns
        ]
        or [np.zeros(len(table), dtype=bool)]
    )
    table.refuse(
        ~known & waiting,
        "scale_undeclared",
        "nobody has said yet which of its answers is best and which worst; answer the question"
        " about it, or write scales: under sheets: in dataset.yaml",
    )
    # A row that says "ill" or "rest" said something, so that it is not refused as empty.
    table.refuse(
        ~known & _has_load_not_understood(table),
        "load_not_understood",
        "its distance or time is not understood; write the whole distance beside intervals",
    )
    table.refuse(~known & ~table.worded, "nothing_answered", "nothing in it could be read")
    waits: NDArray[np.bool_] = ~known & waiting
    return waits


def _has_load_not_understood(table: Table) -> NDArray[np.bool_]:
    """Return which rows have figures for a distance or a time that nothing reads: "6x1000"."""
    bad = [
        table.numbers(name).bad
        & np.array([bool(_FIGURE.search(text)) for text in table.texts(name)], dtype=bool)
        for name in LOAD
        if name in table.columns
    ]
    unread: NDArray[np.bool_] = np.logical_or.reduce(bad or [np.zeros(len(table), dtype=bool)])
    return unread


def _tables(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Cut the rows into the tables they belong to."""
    wellness = ["athlete", "date", *_MEASURES, *WELLNESS_ITEMS, FOR_DAYS, "rank", "at", *_BOOK]
    parts = {
        "wellness": _some(frame, wellness, (*_MEASURES, *WELLNESS_ITEMS)),
        "body": _some(frame, ["athlete", "date", "mass_kg", *_BOOK], ("mass_kg",)),
        "pain": _some(frame, ["athlete", "date", *PAIN_COLUMNS, *_BOOK], ("pain_0_10",)),
        "pain_told": _some(
            frame, ["athlete", "date", "pain_region", "pain_side", FELT, *_BOOK], (FELT,)
        ).drop(columns=FELT),
        "injury_reports": _some(
            frame, ["athlete", "date", "pain_region", "pain_side", GRAVE, *_BOOK], (GRAVE,)
        )
        .drop(columns=GRAVE)
        .assign(severity="major"),
        "injury_ends": _some(
            frame, ["athlete", "date", *END_COLUMNS, *_BOOK], ("end_region",)
        ).assign(listed=False),
        "ostrc": _some(frame, ["athlete", "date", *OSTRC_COLUMNS, *_BOOK], ("ostrc_score",)),
        "sessions": _some(
            frame, ["athlete", *SESSION_COLUMNS, ANSWERED, *_BOOK], ("duration_min", "distance_km")
        ),
        "extra": extra_rows(frame, [*_BOOK]),
    }
    places = {"pain_region": "region", "pain_side": "side"}
    renamed = {
        **{
            name: parts[name].rename(columns=places)
            for name in ("pain", "pain_told", "injury_reports")
        },
        "injury_ends": parts["injury_ends"].rename(
            columns={"end_region": "region", "end_side": "side"}
        ),
        "ostrc": parts["ostrc"].rename(columns=lambda name: name.removeprefix("ostrc_")),
    }
    parts |= renamed | team_rows(frame, [*_BOOK])
    return {name: rows for name, rows in parts.items() if len(rows)}


def _some(frame: pd.DataFrame, columns: Sequence[str], any_of: Sequence[str]) -> pd.DataFrame:
    rows = frame.reindex(columns=list(columns))
    answered: pd.DataFrame = rows[rows[list(any_of)].notna().any(axis=1)].reset_index(drop=True)
    return answered
