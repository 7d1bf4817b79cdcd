"""What each source brought of each athlete: counts, repairs, refusals, the days and the silences.

Pure functions: rows and accounts in, rows out. No file is named beside a pseudonym, for the name
of a file or of its folder may be the athlete's.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from common.untyped import Untyped
from ingest.dataset.file_names import folders_of
from ingest.quality.athlete_records import RecordedDays, counted_records, recorded_days
from ingest.records.account import COUNTS, Account

SHARED: Final = ""
"""Stands for the athlete of what a file of several athletes cannot be said to hold of one."""

Records = Mapping[str, pd.DataFrame]
Key = tuple[str, str]


class RecordTally:
    """Records and days of each athlete, counted part after part of the athletes.

    Parameters
    ----------
    accounts : sequence of Account
        One per file.
    """

    def __init__(self, accounts: Sequence[Account]) -> None:
        self._kinds = _kinds([account for account in accounts if not account.ignored])
        self.counted: dict[str, dict[str, tuple[int, int]]] = {}
        """Source -> athlete -> accepted and repaired records."""
        self.days: dict[Key, RecordedDays] = {}

    def take(self, records: Records) -> None:
        """Count the records of some athletes.

        Parameters
        ----------
        records : mapping of str to pandas.DataFrame
            Rows without copies, with athlete (raw id), source, record, repaired; all of those
            athletes.
        """
        for source, athletes in counted_records(records).items():
            self.counted.setdefault(source, {}).update(athletes)
        sources = {source for rows in records.values() for source in rows["source"].unique()}
        kinds = {source: self._kinds[source] for source in sources if source in self._kinds}
        self.days |= recorded_days(records, kinds)


def by_athlete(
    accounts: Sequence[Account], tallied: RecordTally, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return one row per athlete and kind of file; their counts add up to those of the accounts.

    Parameters
    ----------
    accounts : sequence of Account
        One per file.
    tallied : RecordTally
        Of all rows.
    names : mapping of str to str
        Raw id -> name to show.

    Returns
    -------
    list of dict
        athlete, kind, files, read, accepted, repaired, rejected, repairs and rejects (code ->
        records), from and to (days), days (with a record), longest_gap_days (between two of
        them). Where a file lists several athletes, its refused rows, its copies and the names of
        its repairs have the athlete :data:`SHARED`.
    """
    data = [account for account in accounts if not account.ignored]
    tally: dict[Key, _Tally] = {}
    for account in data:
        owner = _owner(account.source, names)
        # A file in somebody's folder is that athlete's as a whole, whatever names stand in it.
        others = {} if owner else tallied.counted.get(account.source, {})
        for athlete, (accepted, repaired) in others.items():
            tally.setdefault((athlete, account.kind), _Tally()).add_rows(accepted, repaired)
        tally.setdefault((owner, account.kind), _Tally()).add_rest(account, others.values())
    spans = {
        key: {
            "from": str(days.first.date()),
            "to": str(days.last.date()),
            "days": days.number,
            "longest_gap_days": days.longest_gap,
        }
        for key, days in tallied.days.items()
    }
    return [
        {"athlete": names.get(athlete, SHARED), "kind": kind, **totals.as_dict()}
        | spans.get((athlete, kind), _NO_SPAN)
        for (athlete, kind), totals in sorted(tally.items())
        if totals.says_something
    ]


def _kinds(accounts: Sequence[Account]) -> dict[str, str]:
    return {account.source: account.kind for account in accounts}


class _Tally:
    """The counts of one athlete and kind of file."""

    def __init__(self) -> None:
        self.files = 0
        self.accepted = self.repaired = 0
        self.repairs, self.rejects = Counter[str](), Counter[str]()

    def add_rows(self, accepted: int, repaired: int) -> None:
        """Add rows of one file of several athletes."""
        self.files += 1
        self.accepted += accepted
        self.repaired += repaired

    def add_rest(self, account: Account, others: Untyped) -> None:
        """Add a file, without the rows that are counted elsewhere."""
        self.files += 1
        self.accepted += account.accepted - sum(accepted for accepted, _ in others)
        self.repaired += account.repaired - sum(repaired for _, repaired in others)
        self.repairs.update(account.repairs)
        self.rejects.update(refusal.reason for refusal in account.refusals)

    @property
    def says_something(self) -> bool:
        """Whether there is more to tell than that a file was there."""
        return bool(self.accepted or self.repaired or self.repairs or self.rejects)

    def as_dict(self) -> dict[str, Any]:
        """Return the counts for JSON."""
        rejected = self.rejects.total()
        counts = (self.accepted + self.repaired + rejected, self.accepted, self.repaired, rejected)
        return {
            "files": self.files,
            **dict(zip(COUNTS, counts, strict=True)),
            "repairs": dict(sorted(self.repairs.items())),
            "rejects": dict(sorted(self.rejects.items())),
        }


def _owner(source: str, names: Mapping[str, str]) -> str:
    """Return whose file it is: by its folders, else the only athlete, else SHARED."""
    alone = next(iter(names)) if len(names) == 1 else SHARED
    return next((folder for folder in reversed(folders_of(source)) if folder in names), alone)


_NO_SPAN: Final = {"from": None, "to": None, "days": 0, "longest_gap_days": 0}
