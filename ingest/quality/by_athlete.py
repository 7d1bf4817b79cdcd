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
from ingest.records.account import Account

DAYS: Final = ("local_date", "date", "onset_date", "first_use", "end")
"""Columns that date a record, best first."""
SHARED: Final = ""
"""Stands for the athlete of what a file of several athletes cannot be said to hold of one."""
_COUNTS: Final = ("read", "accepted", "repaired", "rejected")

Records = Mapping[str, pd.DataFrame]
Key = tuple[str, str]


def by_athlete(
    accounts: Sequence[Account], records: Records, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return one row per athlete and kind of file; their counts add up to those of the accounts.

    Parameters
    ----------
    accounts : sequence of Account
        One per file.
    records : mapping of str to pandas.DataFrame
        Rows without copies, with athlete (raw id), source, record, repaired.
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
    kinds = {source_account.source: source_account.kind for source_account in data}
    rows = _rows(records, kinds)
    tally: dict[Key, _Tally] = {}
    counted = _counted(rows)
    for account in data:
        owner = _owner(account.source, names)
        # A file in somebody's folder is that athlete's as a whole, whatever names stand in it.
        others = {} if owner else counted.get(account.source, {})
        for athlete, (accepted, repaired) in others.items():
            tally.setdefault((athlete, account.kind), _Tally()).add_rows(accepted, repaired)
        tally.setdefault((owner, account.kind), _Tally()).add_rest(account, others.values())
    spans = _spans(rows)
    return [
        {"athlete": names.get(athlete, SHARED), "kind": kind, **totals.as_dict()}
        | spans.get((athlete, kind), _NO_SPAN)
        for (athlete, kind), totals in sorted(tally.items())
        if totals.says_something
    ]


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
            **dict(zip(_COUNTS, counts, strict=True)),
            "repairs": dict(sorted(self.repairs.items())),
            "rejects": dict(sorted(self.rejects.items())),
        }


def _owner(source: str, names: Mapping[str, str]) -> str:
    """Return whose file it is by its folders, or the only athlete's; nobody's is SHARED."""
    alone = next(iter(names)) if len(names) == 1 else SHARED
    return next((folder for folder in reversed(folders_of(source)) if folder in names), alone)


def _rows(records: Records, kinds: Mapping[str, str]) -> pd.DataFrame:
    """Return athlete, kind, source, record, repaired and day of every row."""
    parts = []
    for frame in records.values():
        dated = next((name for name in DAYS if name in frame), None)
        day = pd.to_datetime(frame[dated]) if dated else pd.Series(pd.NaT, index=frame.index)
        naive = day.dt.tz_localize(None).dt.normalize().astype("datetime64[ns]")
        rows = frame[["athlete", "source", "record", "repaired"]].assign(day=naive)
        parts.append(rows.astype({"athlete": "object", "record": "str", "repaired": "bool"}))
    rows = pd.concat(parts)
    return rows.assign(kind=rows["source"].map(kinds))


def _counted(rows: pd.DataFrame) -> dict[str, dict[str, tuple[int, int]]]:
    """Return source -> athlete -> accepted and repaired records."""
    each = rows.groupby(["source", "athlete", "record"])["repaired"].any()
    counts = each.groupby(level=["source", "athlete"]).agg(["size", "sum"])
    by_source: dict[str, dict[str, tuple[int, int]]] = {}
    for source, athlete, size, repaired in counts.reset_index().itertuples(index=False):
        by_source.setdefault(source, {})[athlete] = (int(size - repaired), int(repaired))
    return by_source


_NO_SPAN: Final = {"from": None, "to": None, "days": 0, "longest_gap_days": 0}


def _spans(rows: pd.DataFrame) -> dict[Key, dict[str, Any]]:
    """Return (athlete, kind) -> first and last day, days with a record, longest silence."""
    days = rows.dropna(subset="day").drop_duplicates(["athlete", "kind", "day"])
    days = days.sort_values(["athlete", "kind", "day"])
    keys = [days["athlete"], days["kind"]]
    # Between two days in a row lies no silent day.
    silent = days.groupby(keys)["day"].diff().dt.days.sub(1).fillna(0)
    spans = days.groupby(keys)["day"].agg(["min", "max", "size"])
    spans["gap"] = silent.groupby(keys).max()
    return {
        (athlete, kind): {
            "from": str(first.date()),
            "to": str(last.date()),
            "days": int(size),
            "longest_gap_days": int(gap),
        }
        for athlete, kind, first, last, size, gap in spans.reset_index().itertuples(index=False)
    }
