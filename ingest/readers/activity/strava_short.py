"""Strava's activity list with its first columns alone: eleven to thirteen, each once, any language.

Such lists come from exports of 2019 and 2020, and from people who cut the list down. Elapsed times
are seconds; the one Distance is that for display, in the account's unit, which nothing names:
kilometres are taken where the runs would be too fast in miles, and miles where they would be too
slow in kilometres. Between the two, in an English account, distances stay unknown and are told.
"""

import re
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.text.folding import folded
from ingest.readers.activity.session_list import (
    Measure,
    kinds,
    measured,
    moments,
    usable_sessions,
)
from ingest.readers.base import Parsed, ReadContext, Reader
from ingest.readers.text.dates import read_clocks
from ingest.readers.text.numerals import decimal_mark, plain
from ingest.readers.text.tabular import Row, find_header, read_grid
from ingest.records.examination import Sheet, to_number

_FIRST: Final = {"Activity Date": 1, "Activity Type": 3, "Elapsed Time": 5, "Distance": 6}
_MOVING: Final = "Moving Time"
_ELAPSED: Final = "Elapsed Time"
_NAMED: Final = {
    "Activity Date": re.compile(r"^activity date$"),
    "Activity Type": re.compile(r"^activity type$"),
    _ELAPSED: re.compile(
        r"^elapsed time|verstrichene|ecoule|transcurrido|trascorso|verstreken|decorrido|forfluten"
        r"|medgatt|forlop"
    ),
    _MOVING: re.compile(
        r"^moving time|bewegungszeit|en movimiento|de deplacement|in movimento|em movimento"
    ),
    "Distance": re.compile(r"^(?:distan|afstand|avstand|strecke)"),
}
"""Column -> how its heading may begin in lower case without accents."""
_WIDTHS: Final = range(10, 15)
_ID: Final = re.compile(r"(?:^id\b|\bid\b|[-_ ]id$)", re.IGNORECASE)
_FILE: Final = re.compile(
    r"filen|dateiname|fichier|archivo|nome d|bestand|filnavn|ficheiro", re.IGNORECASE
)
_KM_PER_MILE: Final = 1.609344
_FASTEST_M_S: Final = 4.7
"""Half of a runner's runs are slower than 3:33 min/km."""
_SLOWEST_M_S: Final = 1.7
"""Half of a runner's runs are faster than 9:48 min/km."""
_METRES: Final = 100.0
"""No run is this long in kilometres on the average."""
_NO_UNIT: Final = "the account's unit is told nowhere, and the paces fit kilometres and miles"


class StravaShortListReader(Reader):
    """The activity list of a Strava export, cut to its first columns."""

    kind = "strava_activities_short_csv"
    version = 3
    description = (
        "Strava `activities.csv` of eleven to thirteen columns, any language: sessions with their"
        " lengths; UTC; the folder names the athlete"
    )

    def sniff(self, head: bytes) -> bool:
        """Recognise the file by where its columns stand, and by the last, which names files."""
        return find_header(head, _is_header) is not None

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the activities; see :class:`ingest.readers.base.Reader`."""
        content = path.read_bytes()
        athlete = context.athlete_of(path)
        grid = read_grid(content, _is_header)
        sheet = grid.sheet(context.source(path), self.kind, _places(grid.header))
        mark = decimal_mark(sheet.text("Distance"))
        for name in ("Elapsed Time", _MOVING, "Distance"):
            sheet.put(name, plain(sheet.text(name), mark))
        clocks = read_clocks(
            sheet.text("Activity Date"),
            stated_day_first=context.day_first(sheet.source),
            by_program=True,
        )
        columns = moments(sheet, "Activity Date", clocks, context, clock="utc")
        columns |= kinds(sheet, "Activity Type")
        is_run = (pd.Series(columns["sport"]) == "run").to_numpy()
        factor = _km_per_unit(sheet, is_run, is_english=grid.header[0].startswith("Activity"))
        lengths = {"duration_min": "Elapsed Time", "moving_min": _MOVING}
        columns |= measured(sheet, {name: Measure(cell, 1 / 60) for name, cell in lengths.items()})
        if factor is None:
            sheet.leave_out("column Distance", _NO_UNIT)
            columns["distance_km"] = np.full(len(sheet), np.nan)
        else:
            columns |= measured(sheet, {"distance_km": Measure("Distance", factor, zero=True)})
        return usable_sessions(sheet, {"athlete": athlete, **columns}, content)


def _places(header: Row) -> dict[str, int]:
    """Return where columns stand: by name, for people leave some out, else as Strava has them.

    Of lengths, one column that is named shows that the names are understood: one without a name
    was left out, and its place holds the heart rate.
    """
    named = {
        name: at
        for name, pattern in _NAMED.items()
        for at, heading in reversed([*enumerate(header)])
        if pattern.search(folded(heading))
    }
    if _ELAPSED not in named and _MOVING in named:
        named[_ELAPSED] = named[_MOVING]
    is_understood = bool({_ELAPSED, "Distance"} & set(named))
    usual = {
        name: place
        for name, place in _FIRST.items()
        if not (is_understood and name in {_ELAPSED, "Distance"})
    }
    return usual | named


def _is_header(row: Row) -> bool:
    return len(row) in _WIDTHS and bool(_ID.search(row[0]) and _FILE.search(row[-1]))


def _km_per_unit(sheet: Sheet, is_run: "np.ndarray", *, is_english: bool) -> float | None:
    """Return kilometres per unit of Distance, by the pace of the runs; None where both fit."""
    elapsed, moving, length = (
        to_number(sheet.text(name)) for name in ("Elapsed Time", _MOVING, "Distance")
    )
    seconds = np.where(moving > 0, moving, elapsed)
    known = is_run & (seconds > 0) & (length > 0)
    if not known.any():
        return None if is_english else 1.0
    # Nobody's usual run is 100 km: the column holds metres.
    if np.median(length[known]) > _METRES:
        return 1 / 1000
    pace = float(np.median(1000 * length[known] / seconds[known]))
    # Accounts that count miles are English ones.
    if not is_english or pace * _KM_PER_MILE > _FASTEST_M_S:
        return 1.0
    return _KM_PER_MILE if pace < _SLOWEST_M_S else None
