"""Readers of single activities share this: rows checked against the contract, and the account."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from common.contracts import CONTRACTS
from ingest.readers.activity.session_list import FASTEST_M_S, WALKING
from ingest.readers.base import Parsed, ReadContext
from ingest.records.account import REJECT_COLUMNS, Account
from ingest.records.examination import FIRST_DAY, LAST_DAY
from ingest.records.local_clock import to_utc
from ingest.records.rules import rule_of
from ingest.sessions.list_clocks import ZONELESS
from ingest.sessions.sport_guess import LIKELY_SPORT

FIRST_CLOCK: Final = FIRST_DAY.tz_localize("UTC").timestamp()
LAST_CLOCK: Final = (LAST_DAY + pd.Timedelta(days=1)).tz_localize("UTC").timestamp()
NUMBERS: Final = tuple(
    name for name in CONTRACTS["sessions"].columns if rule_of("sessions", name).kind == "number"
)


@dataclass(frozen=True)
class SessionRow:
    """One activity as a reader found it.

    Parameters
    ----------
    record : str
        Name of the activity in its file.
    start : float
        Start in Unix seconds; NaN if the file does not say.
    sport, surface : str
        Words of the vocabulary; an empty surface is unknown.
    numbers : mapping of str to float
        Numbers by contract column; NaN is unknown.
    utc_offset_s : float or None
        What the device's local clock was ahead of UTC; None leaves it to the dataset's time zone.
    local_clock : bool
        Whether `start` was read from a local clock that names no zone.
    dynamics_source : str
        Who measured the running dynamics; empty if nobody did.
    repairs : tuple of str
        What had to be put right.
    likely_sport : str
        What the motion says where the file names no sport; it counts unless another recording of
        the session names one.
    """

    record: str
    start: float
    sport: str
    numbers: Mapping[str, float]
    surface: str = ""
    utc_offset_s: float | None = None
    local_clock: bool = False
    dynamics_source: str = ""
    repairs: tuple[str, ...] = field(default=())
    likely_sport: str = ""


def parsed_sessions(
    rows: Sequence[SessionRow], path: Path, context: ReadContext, kind: str, content_digest: str
) -> Parsed:
    """Check the activities of one file and return them with the account.

    An activity whose clock was not set, that lies in the future, recorded nothing or is faster
    than anyone can be is refused; a number outside the contract's range becomes null, as a named
    repair.

    Parameters
    ----------
    rows : sequence of SessionRow
        All activities of the file.
    path : pathlib.Path
        The file.
    context : ReadContext
        Dataset settings and roster.
    kind : str
        Kind of the reader.
    content_digest : str
        Digest of the file's content.

    Raises
    ------
    FileRefused
        If the file lies in no athlete's folder.
    """
    source, athlete = context.source(path), context.athlete_of(path)
    accepted_rows: list[dict[str, Any]] = []
    rejects: list[tuple[str, str, str, str]] = []
    repairs: Counter[str] = Counter()
    for row in rows:
        refusal = _refusal(row, context)
        if refusal:
            rejects.append((source, row.record, *refusal))
            continue
        cells, codes = _checked(row, context, kind)
        repairs.update(codes)
        accepted_rows.append(cells | {"repaired": bool(codes)})
    frame = pd.DataFrame(accepted_rows)
    if len(frame):
        frame = frame.assign(athlete=athlete, source=source, source_hash=content_digest)
        texts = ("surface", "dynamics_source", LIKELY_SPORT)
        frame = frame.astype(dict.fromkeys(texts, "str"))
    repaired = sum(cells["repaired"] for cells in accepted_rows)
    account = Account(
        source=source,
        kind=kind,
        read=len(rows),
        accepted=len(accepted_rows) - repaired,
        repaired=repaired,
        repairs=dict(repairs),
        rejects=pd.DataFrame(rejects, columns=list(REJECT_COLUMNS), dtype="str"),
    )
    return Parsed(account, {"sessions": frame} if len(frame) else {})


def _refusal(row: SessionRow, context: ReadContext) -> tuple[str, str] | None:
    """Return reason code and sentence if the activity cannot be used."""
    if np.isnan(row.start):
        return "no_start_time", f"{row.record}: the activity has no start time; export it again"
    if not FIRST_CLOCK <= row.start < LAST_CLOCK:
        sentence = "its clock was not set; enter the session by hand"
        return "clock_unset", f"{row.record}: starts on {_day(row.start)}, {sentence}"
    # A day of grace: where clocks are behind UTC the last day ends up to 12 hours later.
    if row.start >= (context.last_day + pd.Timedelta(days=2)).timestamp():
        sentence = f"after the data end on {context.last_day.date()}; correct the clock or the end"
        return "future_start", f"{row.record}: starts on {_day(row.start)}, {sentence}"
    minutes, km = row.numbers.get("duration_min", np.nan), row.numbers.get("distance_km", np.nan)
    # Written so that an unknown distance, which is NaN, counts as none.
    if np.isnan(minutes) and not km > 0:
        sentence = "neither a time nor a distance; nothing was recorded"
        return "no_duration_no_distance", f"{row.record}: {sentence}"
    # An impossible run is kept and asked about; of a walk the sport itself is doubtful.
    if row.sport in WALKING and km * 1000 > FASTEST_M_S * minutes * 60:
        sentence = f"faster than {FASTEST_M_S:g} m/s on foot; correct the sport or delete it"
        return "impossible_speed", f"{row.record}: {sentence}"
    return None


def _day(seconds: float) -> str:
    return str(np.datetime64(int(seconds), "s").astype("datetime64[D]"))


def _checked(row: SessionRow, context: ReadContext, kind: str) -> tuple[dict[str, Any], list[str]]:
    codes = list(row.repairs)
    start, local_date = _clock(row, context, kind)
    cells: dict[str, Any] = {
        "record": row.record,
        "start": start,
        "local_date": local_date,
        "utc_offset_s": np.nan if row.utc_offset_s is None else row.utc_offset_s,
        "sport": row.sport,
        "surface": row.surface or None,
        LIKELY_SPORT: row.likely_sport or None,
        ZONELESS: row.local_clock or context.config.clocks.get(kind) == "local",
        "dynamics_source": row.dynamics_source or None,
    }
    for name in NUMBERS:
        value = float(row.numbers.get(name, np.nan))
        rule = rule_of("sessions", name)
        # One odd number costs that number alone, not the whole session.
        if not np.isnan(value) and not rule.low <= value <= rule.high:
            codes.append(f"bad_{name}_set_null")
            value = np.nan
        cells[name] = value
    return cells, codes


def _clock(row: SessionRow, context: ReadContext, kind: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    """Return the start in UTC and the local day, by the file or by the dataset's settings."""
    zone = context.config.time_zone
    start = pd.Timestamp(row.start, unit="s", tz="UTC")
    # Settings may correct a device that writes local time and calls it UTC.
    if row.local_clock or context.config.clocks.get(kind) == "local":
        naive = start.tz_localize(None)
        return to_utc(pd.Series([naive]), zone).utc[0], naive.normalize()
    # The athlete was most likely at home: the team's zone gives the day.
    if row.utc_offset_s is None:
        return start, start.tz_convert(zone).tz_localize(None).normalize()
    local = start.tz_localize(None) + pd.Timedelta(seconds=row.utc_offset_s)
    return start, local.normalize()
