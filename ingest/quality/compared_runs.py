"""What of the sessions of a club is compared with lists and remarks, collected part after part."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

import numpy as np
import pandas as pd

from common.contracts import empty

LEAST_KM: Final = 1.0
SHARE: Final = 0.1
"""Distances of a run that differ by more than a tenth and a kilometre are told."""
_WEEKS_BACK: Final = pd.Timedelta(weeks=8)
_APART: Final = ["athlete", "file", "other"]
_NEAR: Final = ["athlete", "local_date", "sport", "check", "distance_km"]


class ComparedRuns:
    """Runs that two files tell differently, those of the last weeks, and everybody's last one.

    Parameters
    ----------
    files : mapping of str to str
        File as it stands in tables -> file as the coach knows it.
    sheets : collection of str
        Files that people keep by hand: two devices differ by nature.
    """

    def __init__(self, files: Mapping[str, str], sheets: Collection[str]) -> None:
        self._files, self._sheets = files, sheets
        self._apart: list[pd.DataFrame] = []
        self._near: list[pd.DataFrame] = []
        self._last: list[pd.DataFrame] = []

    def take(self, sessions: pd.DataFrame, recordings: pd.DataFrame | None) -> None:
        """Look at some athletes.

        Parameters
        ----------
        sessions : pandas.DataFrame
            Joined sessions, with codes.
        recordings : pandas.DataFrame or None
            Rows before they were joined, with ids and files as the coach knows them.
        """
        if sessions.empty:
            return
        apart = _apart(sessions, recordings, self._files)
        self._apart.append(
            apart[apart["file"].isin(self._sheets) | apart["other"].isin(self._sheets)]
        )
        # Years of runs beside each week of a sheet would be many.
        self._near.append(sessions.loc[sessions["local_date"] > since(sessions), _NEAR])
        runs = sessions[sessions["sport"] == "run"]
        self._last.append(runs.groupby("athlete")[["local_date"]].max().reset_index())

    @property
    def apart(self) -> pd.DataFrame:
        """Joined records whose distance is not that of their session, one of both by hand."""
        some = [rows for rows in self._apart if len(rows)]
        return pd.concat(some, ignore_index=True) if some else pd.DataFrame(columns=_APART)

    @property
    def near(self) -> pd.DataFrame:
        """The sessions of the last eight weeks of the club."""
        if not self._near:
            return empty("sessions")[_NEAR]
        rows = pd.concat(self._near, ignore_index=True)
        return rows[rows["local_date"] > since(rows)]

    @property
    def last(self) -> pd.DataFrame:
        """The day of the last run of everybody who ran: athlete and local_date."""
        return pd.concat(self._last, ignore_index=True) if self._last else empty("sessions")


def since(sessions: pd.DataFrame) -> pd.Timestamp:
    """Return the day before the last eight weeks of some sessions."""
    return pd.Timestamp(sessions["local_date"].max()) - _WEEKS_BACK


def _apart(
    sessions: pd.DataFrame, recordings: pd.DataFrame | None, files: Mapping[str, str]
) -> pd.DataFrame:
    several = sessions[sessions["merged_from"].notna() & sessions["distance_km"].notna()]
    if recordings is None or several.empty:
        return pd.DataFrame(columns=_APART)
    # Lists, because the text methods of frames take each of 100,000 names apart several times.
    merged = [names.split(";") for names in several["merged_from"].to_numpy(dtype=object)]
    parted = [name.rpartition("#") for names in merged for name in names]
    taken = several["source"].to_numpy(dtype=object)
    sources = [files.get(source, source) for source in taken]
    rows = np.repeat(np.arange(len(several)), [len(names) for names in merged])
    each = several[["athlete", "local_date", "distance_km"]].iloc[rows]
    each = each.assign(
        other=_text(files.get(source, source) for source, _, _ in parted),
        record=_text(record for _, _, record in parted),
        file=_text(sources[row] for row in rows),
    )
    own = recordings[["source", "distance_km"]].assign(record=recordings["record"].astype("str"))
    both = each.merge(
        own.rename(columns={"source": "other"}), on=["other", "record"], suffixes=("", "_other")
    )
    differ = (both["distance_km"] - both["distance_km_other"]).abs()
    far = (differ > LEAST_KM) & (differ > SHARE * both["distance_km"])
    # Parts of a run in one file are shorter than their sum by nature.
    return both[far & (both["file"] != both["other"])]


def _text(words: Iterable[str]) -> pd.api.extensions.ExtensionArray:
    return pd.array(list(words), dtype="str")
