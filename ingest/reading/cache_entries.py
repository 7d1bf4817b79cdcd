"""Files in the cache, where their rows are, and rows that wait to be written."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ingest.records.account import Account
from ingest.records.row_types import settled

ENTRY: Final = "cache_entry"
"""Column that says of which file a row is, by its key."""
_FUTURE: Final = "future"

Records = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Entry:
    """One file's place in the cache.

    Parameters
    ----------
    key : str
        Digest of everything the reading depended on.
    last_day : str
        Day after which records counted as in the future.
    latest : str
        Latest day in any of the file's rows, nothing where they hold none.
    account : Account
        What became of the file.
    volume : str
        Where its rows are; nothing where there are none.
    """

    key: str
    last_day: str
    latest: str
    account: Account
    volume: str = ""

    def holds_on(self, last_day: pd.Timestamp) -> bool:
        """Say whether the reading would be the same with another last day of the data.

        A later last day changes nothing, unless a record was refused for being in the future; an
        earlier one changes nothing where all is older and nothing was refused or mended, for of
        two faults of a record only the first is told.
        """
        if self.last_day == str(last_day.date()):
            return True
        before = pd.Timestamp(self.last_day)
        codes = [*self.account.repairs, *(str(refusal.reason) for refusal in self.account.refusals)]
        # A later last day can only let in what was refused as future.
        if before <= last_day:
            return not any(code.startswith(_FUTURE) for code in codes)
        return not codes and (not self.latest or pd.Timestamp(self.latest) <= last_day)


class Volume(NamedTuple):
    """Rows of some files.

    Parameters
    ----------
    rows : int
        Their number.
    tables : list of str
        Each has a file: whether one is missing shows by this alone.
    """

    rows: int
    tables: list[str]


@dataclass
class Pending:
    """Files whose rows are not written yet.

    Parameters
    ----------
    entries : list of Entry
    frames, keys : dict of str to list
        Table -> rows, and the key of the file of each row beside them: a column more in each of a
        thousand frames would be slow.
    rows : int
        Their number.
    """

    entries: list[Entry] = field(default_factory=list)
    frames: dict[str, list[pd.DataFrame]] = field(default_factory=dict)
    keys: dict[str, list[NDArray[np.object_]]] = field(default_factory=dict)
    rows: int = 0

    def add_file(self, entry: Entry, records: Records) -> None:
        """Add what was read of a file."""
        self.entries.append(entry)
        for name, frame in records.items():
            if len(frame):
                self._add(name, frame, np.full(len(frame), entry.key, dtype=object))

    def add_rows(self, entries: Iterable[Entry], records: Records) -> None:
        """Add rows of a volume, whose column of keys says which file they are of."""
        self.entries += entries
        for name, frame in records.items():
            if len(frame):
                keys = frame[ENTRY].to_numpy(dtype=object)
                self._add(name, frame.drop(columns=ENTRY), keys)

    def _add(self, name: str, frame: pd.DataFrame, keys: NDArray[np.object_]) -> None:
        self.frames.setdefault(name, []).append(frame)
        self.keys.setdefault(name, []).append(keys)
        self.rows += len(frame)

    def joined(self) -> Records:
        """Return the rows by table, each with the key of its file."""
        return {
            name: settled(pd.concat(frames)).assign(
                **{ENTRY: pd.array(np.concatenate(self.keys[name]), dtype="str")}
            )
            for name, frames in self.frames.items()
        }
