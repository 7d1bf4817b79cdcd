"""Lines of a register that tell the end of an earlier line's injury: "knee fine again"."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from common.untyped import Untyped
from ingest.injuries.entry import InjuryEntry, SettledEntry
from ingest.injuries.recovered import (
    Ended,
    ended_place,
    is_recovered,
    may_be_recovered,
    names_nothing,
)
from ingest.injuries.text import read_injury_text
from ingest.readers.sheets.table import Table
from ingest.readers.sheets.words.availability import FIT, state_of
from ingest.readers.sheets.words.folding import plain

_UNKNOWN: Final = "unknown"
_COMPLAINT: Final = "complaint"
_OTHER_SIDE: Final = {"left", "right"}
_LONGEST: Final = pd.Timedelta(days=183)
"""An end tells nothing of an injury that began longer ago."""
_NEAR: Final = pd.Timedelta(days=90)
"""An injury that began longer ago is over by now, told since when or not."""
_CLOSED: Final = frozenset(
    {"closed", "inactive", "finished", "ended", "past", "over", "abgeschlossen", "beendet",
     "erledigt", "inaktiv", "ausgeheilt", "clos", "close", "cloture", "termine", "terminee",
     "cerrado", "cerrada", "finalizado", "finalizada", "chiuso", "chiusa", "concluso", "conclusa",
     "gesloten", "afgesloten", "afgerond", "fechado", "fechada", "encerrado", "encerrada",
     "avslutad", "avslutat", "avsluttet", "afsluttet", "lukket"}
)  # fmt: skip
"""Status of an injury that is over."""
_TICKS: Final = frozenset(
    {"yes", "y", "ja", "oui", "si", "sim", "x", "ok", "done", "erledigt", "fait", "hecho", "fatto"}
)


class Ends(NamedTuple):
    """Lines that tell an end, and what they end.

    Parameters
    ----------
    alone : array of bool
        Lines that tell an end of which no earlier line tells the beginning.
    used : array of bool
        Lines that tell the end of an earlier line's injury.
    returns : dict of int to pandas.Timestamp
        Place of an earlier line -> its day of return.
    """

    alone: NDArray[np.bool_]
    used: NDArray[np.bool_]
    returns: dict[int, pd.Timestamp]


def ends_told(
    athletes: pd.Series,
    entries: Sequence[InjuryEntry],
    settled: Sequence[SettledEntry],
    *,
    of_list: bool = False,
) -> Ends:
    """Return which lines tell the end of an injury, and of which line's.

    A line whose words tell nothing else is an end. One that names a body part, with the end in its
    remark, is one where an earlier line of the same body part is open; else the remark was added to
    the injury later. On a list as of a day the remark is as of that day.
    """
    alone, used = (np.zeros(len(entries), dtype=bool) for _ in range(2))
    names = [plain(str(name)) for name in athletes]
    returns: dict[int, pd.Timestamp] = {}
    for at in _in_order_of_days(entries):
        entry = entries[at]
        if not _tells_end(entry):
            continue
        open_ = [
            before
            for before in range(len(entries))
            if before != at
            and names[before] == names[at]
            # An injury that has ended cannot end again: of two ends the first is its return.
            and before not in returns
            and _may_end(entries[before], settled[before], entry, settled[at])
        ]
        used[at] = bool(open_)
        # On a list as of a day the remark is of that day; in a register it may be years younger.
        by_remark = of_list and is_recovered(entry.remark)
        alone[at] = not open_ and (is_recovered(entry.text or entry.remark) or by_remark)
        if entry.onset_date is not None:
            returns |= dict.fromkeys(open_, entry.onset_date)
    return Ends(alone, used, returns)


def _in_order_of_days(entries: Sequence[InjuryEntry]) -> list[int]:
    known = [at for at, entry in enumerate(entries) if entry.onset_date is not None]
    rest = [at for at, entry in enumerate(entries) if entry.onset_date is None]
    return [*sorted(known, key=lambda at: entries[at].onset_date or pd.Timestamp.min), *rest]


def _tells_end(entry: InjuryEntry) -> bool:
    has_return = entry.return_date is not None or entry.return_text or entry.days_lost is not None
    return not has_return and (
        is_recovered(entry.text or entry.remark) or is_recovered(entry.remark)
    )


def _may_end(
    before: InjuryEntry, settled: SettledEntry, entry: InjuryEntry, end: SettledEntry
) -> bool:
    """Say whether an earlier line is open, and of the body part that the later one names."""
    if before.onset_date is None or entry.onset_date is None or _tells_end(before):
        return False
    is_open = settled.injury and settled.return_date is None
    in_time = pd.Timedelta(0) < entry.onset_date - before.onset_date <= _LONGEST
    is_of_it = end.region in {settled.region, _UNKNOWN} and {end.side, settled.side} != _OTHER_SIDE
    return is_open and in_time and is_of_it


def refuse_ends(table: Table, entries: Sequence[InjuryEntry], ends: Ends) -> None:
    """Refuse lines that tell an end: they are no injury, and what began before may be unknown."""
    well = np.array([names_nothing(entry.text or entry.remark) for entry in entries], dtype=bool)
    table.refuse(ends.used, "no_injury", "it tells the end of an injury of an earlier line")
    table.refuse(ends.alone & well, "no_injury", "it says that there was no injury")
    table.refuse(
        ends.alone & ~_may_end_another_file_s(entries),
        "end_without_injury",
        "it says that a problem is over, and no earlier line tells when it began",
    )


def refuse_half_told(
    table: Table, entries: Sequence[InjuryEntry], settled: Sequence[SettledEntry], ends: Ends
) -> None:
    """Refuse lines that say that an injury is over and not since when, or more than is understood.

    What began months before the newest line is over by now in any case, and stays in the history.
    """
    days = [entry.onset_date for entry in entries if entry.onset_date is not None]
    newest = max(days, default=table.context.last_day)
    known = ends.alone | ends.used
    # Lines that tell an end are judged already, and what began long ago is over by now.
    near = ~known & np.array([_is_near(entry, newest) for entry in entries], dtype=bool)
    undated = np.array([_is_over(*pair) for pair in zip(entries, settled, strict=True)], dtype=bool)
    half = np.array([may_be_recovered(entry.text or entry.remark) for entry in entries], dtype=bool)
    table.refuse(
        near & undated, "return_without_day", "it says that the injury is over, and not since when"
    )
    table.refuse(
        near & half,
        "end_not_understood",
        "it says that a problem is over, and more that is unclear",
    )


def _is_near(entry: InjuryEntry, newest: pd.Timestamp) -> bool:
    return entry.onset_date is not None and newest - entry.onset_date <= _NEAR


def _is_over(entry: InjuryEntry, settled: SettledEntry) -> bool:
    is_told = settled.return_date is not None or entry.days_lost is not None
    if is_told or settled.injury_class == _COMPLAINT:
        return False
    state = entry.severity_cell
    if state_of(state) == FIT or plain(state) in _CLOSED or is_recovered(state):
        return True
    back = plain(entry.return_text)
    return back in _TICKS or is_recovered(entry.return_text) or is_recovered(entry.remark)


def _may_end_another_file_s(entries: Sequence[InjuryEntry]) -> NDArray[np.bool_]:
    """Say of each line whether it names a day and a body part, which another file may have."""
    return np.array(
        [entry.onset_date is not None and _place_of(entry).region is not None for entry in entries],
        dtype=bool,
    )


def _place_of(entry: InjuryEntry) -> Ended:
    """Return the place of an end: of its sentence, or of the line whose remark tells the end."""
    if is_recovered(entry.text):
        return ended_place(entry.text)
    read = read_injury_text(f"{entry.text} {entry.region_cell}", {})
    return Ended(read.region, read.side) if read.region else ended_place(entry.remark)


def split_ends(
    frame: pd.DataFrame, entries: Sequence[InjuryEntry], is_end: pd.Series
) -> dict[str, pd.DataFrame]:
    """Return the tables of a register: injuries, and ends of those of other files.

    Parameters
    ----------
    frame : pandas.DataFrame
        What stays of the register; `place` is the place of a line in `entries`.
    is_end : pandas.Series of bool
        Whether a line of the register tells an end that no earlier line tells the beginning of.
    """
    ends = frame[is_end.iloc[frame["place"]].to_numpy()]
    places = [_place_of(entries[at]) for at in ends["place"]]
    sides: list[Untyped] = [place.side for place in places]
    listed = ends[["athlete", "onset_date", "source", "record", "repaired"]].assign(
        region=pd.Series([place.region for place in places], index=ends.index, dtype="str"),
        side=pd.Series(sides, index=ends.index, dtype="str"),
        listed=True,
    )
    tables = {
        "injuries": frame.drop(index=ends.index).drop(columns="place"),
        "injury_ends": listed.rename(columns={"onset_date": "date"}),
    }
    return {name: rows.reset_index(drop=True) for name, rows in tables.items() if len(rows)}


def with_ends(table: Table, back: pd.Series, ends: Ends) -> pd.Series:
    """Return the days of return, with those that later lines tell."""
    places = list(ends.returns)
    has_later_end = np.zeros(len(back), dtype=bool)
    has_later_end[places] = True
    table.sheet.repair(has_later_end, "return_told_by_a_later_line")
    result = back.copy()
    result.iloc[places] = list(ends.returns.values())
    return result
