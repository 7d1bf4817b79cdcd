"""Which sessions earlier runs have read, so that a shorter export does not drop history unseen."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from common.frame_files import read_frame, write_frame
from pipelines.history.damage import Damage

_FILE: Final = "sessions.parquet"
_KEY: Final = ["athlete", "local_date"]
_UNKNOWN: Final = "nobody can tell whether earlier sessions are gone; it is written anew"


@dataclass(frozen=True)
class Gone:
    """Sessions of an athlete that an earlier run read and this one did not.

    Parameters
    ----------
    athlete : str
        Pseudonym.
    sessions : int
        How many.
    first, last : pandas.Timestamp
        Days of the first and the last of them.
    sources : tuple of str
        The files they stood in, pseudonyms in place of names.
    """

    athlete: str
    sessions: int
    first: pd.Timestamp
    last: pd.Timestamp
    sources: tuple[str, ...]


@dataclass(frozen=True)
class KnownSessions:
    """The record of a dataset's sessions beside its forecasts: pseudonyms, days and files.

    Parameters
    ----------
    folder : pathlib.Path
        The dataset's history, :attr:`pipelines.weekly.forecast_archive.Archive.folder`.
    time_zone : str
        Zone of the local days; a record made with another one says nothing.
    damage : Damage
        Filled if the record could not be read.
    """

    folder: Path
    time_zone: str
    damage: Damage = field(default_factory=Damage, compare=False)

    def gone(self, tables: dict[str, pd.DataFrame], last_day: pd.Timestamp) -> list[Gone]:
        """Return what is missing of athletes who are still on the roster.

        A day counts as long as one session of it is left: two recordings of one session may become
        one, which takes nothing away.

        Parameters
        ----------
        tables : dict of str to pandas.DataFrame
            sessions and athletes of this run.
        last_day : pandas.Timestamp
            Last day that this run would have read.
        """
        missing = self._missing(tables["sessions"])
        here = missing["athlete"].isin(tables["athletes"]["athlete"])
        # A run that looks back reads no later days: what it could not read is not gone.
        asked = missing[here & (missing["local_date"] <= last_day)]
        return [
            Gone(
                athlete=str(athlete),
                sessions=int(rows["sessions"].sum()),
                first=rows["local_date"].min(),
                last=rows["local_date"].max(),
                sources=tuple(sorted({source.split("!", 1)[0] for source in rows["source"]})),
            )
            for athlete, rows in asked.groupby("athlete")
        ]

    def store(self, sessions: pd.DataFrame, *, forget: bool, place: Path | None = None) -> None:
        """Keep this run's sessions, and those of earlier runs unless they are to be forgotten.

        They are written to `place`, where one is given, in place of `folder`.
        """
        now = _by_day(sessions)
        # Kept until somebody accepts the loss: a reminder of one run only would be missed.
        earlier = self._missing(sessions)
        both = now if forget or earlier.empty else pd.concat([earlier, now], ignore_index=True)
        write_frame(
            (place or self.folder) / _FILE,
            both.sort_values(_KEY, ignore_index=True).assign(time_zone=self.time_zone),
        )

    def _missing(self, sessions: pd.DataFrame) -> pd.DataFrame:
        now = _by_day(sessions)
        known = self._known()
        if known is None:
            return now.iloc[:0]
        beside = known.merge(now[_KEY], on=_KEY, how="left", indicator="here")
        return beside[beside["here"] == "left_only"].drop(columns="here").reset_index(drop=True)

    def _known(self) -> pd.DataFrame | None:
        """Return what earlier runs read; None before the first, or if the record is damaged."""
        path = self.folder / _FILE
        return self.damage.read(path, self._read, _UNKNOWN) if path.exists() else None

    def _read(self, path: Path) -> pd.DataFrame:
        known = read_frame(path, [*_KEY, "sessions", "source", "time_zone"])
        # Another zone moves late sessions to the next day: every one of them would look gone.
        return known[known["time_zone"] == self.time_zone].drop(columns="time_zone")


def _by_day(sessions: pd.DataFrame) -> pd.DataFrame:
    """Return athlete, local_date, sessions and the file of the day's first session."""
    whose, athletes = pd.factorize(sessions["athlete"], sort=True)
    day, start = (
        sessions[name].to_numpy(dtype="datetime64[ns]") for name in ("local_date", "start")
    )
    # NumPy sorts what is no time last, too.
    order = np.lexsort((start, day, whose))
    whose, day = whose[order], day[order]
    is_first = np.ones(len(order), dtype=bool)
    is_first[1:] = (whose[1:] != whose[:-1]) | (day[1:] != day[:-1])
    begin = np.flatnonzero(is_first)
    return pd.DataFrame(
        {
            "athlete": athletes.astype("str").take(whose[begin]),
            "local_date": day[begin],
            "sessions": np.diff(np.append(begin, len(order))),
            "source": sessions["source"].iloc[order[begin]].to_numpy(),
        }
    ).astype({"source": "str"})
