"""PMSys questionnaires as PMData publishes them: wellness, session RPE, injury reports.

A 0 on a wellness item means "not answered". Lists and mappings are written as Python text.
"""

import ast
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from ingest.dataset.settings import WELLNESS_ITEMS, Scale
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.club.tables import refuse_empty
from ingest.readers.club.wellness import scaled
from ingest.readers.datasets.pmdata_body_parts import BODY_PARTS
from ingest.readers.text.delimited import demand_columns, header_of, read_delimited
from ingest.records.examination import NEEDED_DAY, Columns, Sheet
from ingest.records.local_clock import to_local
from ingest.records.rules import rule_of
from ingest.records.sports import ANY_SPORT, mask_of

_WELLNESS: Final = ("effective_time_frame", *WELLNESS_ITEMS, "sleep_duration_h")
_SRPE: Final = ("end_date_time", "activity_names", "perceived_exertion", "duration_min")
_INJURY: Final = ("effective_time_frame", "injuries")
_SCALES: Final = {
    **{item: Scale(worst=1, best=5) for item in WELLNESS_ITEMS},
    "readiness": Scale(worst=0, best=10),
}
"""The program's own form: 3 is normal, higher is better for every item."""
_SEVERITIES: Final = ("minor", "major")
_ENDURANCE: Final = ("run", "walk", "hike", "ride", "swim", "other")


class PmsysWellnessReader(Reader):
    """Daily wellness answers; readiness may be 0-10, everything else is 1-5."""

    kind = "pmdata_wellness"
    version = 1
    description = "PMData `pmsys/wellness.csv`: daily answers in UTC, 0 = not answered"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return {"effective_time_frame", "sleep_duration_h"} <= set(header_of(head))

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the answers; see :class:`ingest.readers.base.Reader`."""
        athlete = context.athlete_of(path)
        sheet = _open(path, context, self.kind, _WELLNESS)
        moment = _local_time(sheet, "effective_time_frame", context, utc=True)
        _forget_zeros(sheet, (*WELLNESS_ITEMS, "sleep_duration_h"))
        columns: Columns = {
            "athlete": athlete,
            "date": moment.dt.normalize(),
            "sleep_h": sheet.number("sleep_duration_h", rule_of("wellness", "sleep_h")),
            "rank": 0,
            "at": moment.astype("int64"),
        }
        # A club's own form has other scales; they must not change those of the program.
        scales = context.config.wellness_scales if context.config.kind == "pmdata" else {}
        own = context.config.model_copy(update={"wellness_scales": _SCALES | scales})
        columns |= {item: scaled(sheet, item, own) for item in WELLNESS_ITEMS}
        refuse_empty(sheet, columns, ("sleep_h", *WELLNESS_ITEMS))
        frame, account = sheet.finish(columns)
        return Parsed(account, {"wellness": frame})


class PmsysSessionReader(Reader):
    """Session answers: exertion, minutes and a list of words for the activity."""

    kind = "pmdata_srpe"
    version = 1
    description = "PMData `pmsys/srpe.csv`: perceived exertion and minutes per session"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return {"end_date_time", "activity_names"} <= set(header_of(head))

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the answers; see :class:`ingest.readers.base.Reader`."""
        athlete = context.athlete_of(path)
        sheet = _open(path, context, self.kind, _SRPE)
        exertion, length = sheet.text("perceived_exertion"), sheet.text("duration_min")
        sheet.reject(
            (exertion.isna() & length.isna()).to_numpy(),
            "not_answered",
            lambda _: "neither exertion nor duration was answered",
        )
        # The times of PMData's session answers are local in spite of their Z; the settings say so.
        is_utc = context.config.clocks.get(self.kind, "utc") == "utc"
        end = _local_time(sheet, "end_date_time", context, utc=is_utc)
        words = _literals(sheet, "activity_names", list)
        columns: Columns = {
            "athlete": athlete,
            "end": sheet.utc(end, context.config.time_zone),
            "duration_min": sheet.number(
                "duration_min", rule_of("sessions", "duration_min", strict=True)
            ),
            "rpe": sheet.number("perceived_exertion", rule_of("sessions", "rpe", strict=True)),
            "sport": pd.Series([_sport(word) for word in words], dtype="str"),
            "fits": np.array([_fits(word) for word in words], dtype=np.int64),
            "shoe_id": pd.Series(None, index=sheet.cells.index, dtype="str"),
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"answers": frame})


class PmsysInjuryReader(Reader):
    """Injury reports: a mapping of body part to severity; an empty one says "no injury"."""

    kind = "pmdata_injury"
    version = 1
    description = "PMData `pmsys/injury.csv`: repeated injury reports by body part"

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by its columns."""
        return set(_INJURY) <= set(header_of(head))

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the reports; see :class:`ingest.readers.base.Reader`."""
        athlete = context.athlete_of(path)
        sheet = _open(path, context, self.kind, _INJURY)
        moment = _local_time(sheet, "effective_time_frame", context, utc=True)
        reports = _literals(sheet, "injuries", dict)
        unknown = np.array([not _is_known(report) for report in reports], dtype=bool)
        sheet.reject(
            unknown,
            "unmapped_body_part",
            lambda row: (
                f"{row['injuries']} names a body part or severity with no region; expected"
                f" {', '.join(BODY_PARTS)} as {' or '.join(_SEVERITIES)}"
            ),
        )
        columns: Columns = {
            "athlete": athlete,
            "date": moment.dt.normalize(),
            "injuries": pd.Series(reports, dtype=object),
        }
        frame, account = sheet.finish(columns)
        return Parsed(account, {"injury_reports": _one_row_per_part(frame)})


def _open(path: Path, context: ReadContext, kind: str, needed: tuple[str, ...]) -> Sheet:
    parsed = read_delimited(path.read_bytes())
    demand_columns(parsed.header, needed)
    return parsed.sheet(context.source(path), kind)


def _local_time(sheet: Sheet, column: str, context: ReadContext, *, utc: bool) -> pd.Series:
    """Return ISO times marked with Z as local times; `utc` says whether the mark is true."""
    text = sheet.text(column)
    marked = pd.to_datetime(text, format="%Y-%m-%dT%H:%M:%S.%f%z", utc=True, errors="coerce")
    local = to_local(marked, context.config.time_zone) if utc else marked.dt.tz_localize(None)
    expected = "a time such as 2019-11-05T22:51:54.710Z"
    return sheet.check_time(column, NEEDED_DAY, local, context.last_day, expected)


def _forget_zeros(sheet: Sheet, items: tuple[str, ...]) -> None:
    """Blank the zeros: the app writes 0 where a question was passed over."""
    for item in items:
        zero = (sheet.text(item) == "0").to_numpy(dtype=bool)
        sheet.repair(zero, f"{item}_0_is_not_answered")
        sheet.put(item, sheet.cells[item].mask(zero))


def _literals(sheet: Sheet, column: str, kind: type) -> list[Any]:
    """Evaluate Python text without running it; a cell of another kind rejects its record."""
    values = [_literal(text) for text in sheet.text(column)]
    wrong = np.array([not isinstance(value, kind) for value in values], dtype=bool)
    sheet.reject(
        wrong,
        f"unreadable_{column}",
        lambda row: f"{column} is {row[column]!r}; expected a Python {kind.__name__}",
    )
    # Something of the kind in its place, so that the rows after it stay where they are.
    return [kind() if bad else value for value, bad in zip(values, wrong, strict=True)]


def _literal(text: str | float) -> object:
    try:
        return ast.literal_eval(str(text).strip())
    except (ValueError, SyntaxError):
        return None


def _sport(words: list[str]) -> str:
    if "running" in words:
        return "run"
    # With both words it may have been a ride or a swim as well.
    return "strength" if "strength" in words and "endurance" not in words else "other"


def _fits(words: list[str]) -> int:
    """Return which sports a device may have called it: the words of the app are wide."""
    if "running" in words:
        return mask_of(("run",))
    if "endurance" in words:
        return mask_of((*_ENDURANCE, "strength") if "strength" in words else _ENDURANCE)
    if "strength" in words:
        return mask_of(("strength", "other"))
    return mask_of(("other",)) if "soccer" in words else ANY_SPORT


def _is_known(report: dict[Any, Any]) -> bool:
    return set(report) <= set(BODY_PARTS) and set(report.values()) <= set(_SEVERITIES)


def _one_row_per_part(frame: pd.DataFrame) -> pd.DataFrame:
    parts = frame.assign(
        part=pd.Series([sorted(injury.items()) for injury in frame["injuries"]], dtype=object)
    )
    named = parts.explode("part", ignore_index=True).dropna(subset=["part"])
    part = named["part"].str[0]
    return named.drop(columns=["injuries", "part"]).assign(
        region=part.map({name: region for name, (region, _) in BODY_PARTS.items()}).astype("str"),
        side=part.map({name: side for name, (_, side) in BODY_PARTS.items()}).astype("str"),
        severity=named["part"].str[1].astype("str"),
    )
