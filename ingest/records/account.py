"""Row accounting: what was read is accepted, repaired or rejected, and nothing else."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from typing import Any, Final, NamedTuple

import pandas as pd

from common.question import Question

COUNTS: Final = ("read", "accepted", "repaired", "rejected")
"""What an account counts: accepted + repaired + rejected = read."""
REJECT_COLUMNS: Final = ("source", "record", "reason", "sentence")
"""What is said about every refused record."""
ALL_REJECT_COLUMNS: Final = (*REJECT_COLUMNS, "athlete")
"""The same with whose record it was, where that is known although the record was not understood."""


class Unread(NamedTuple):
    """A part of a file that is left out on purpose, such as a sheet of shirt sizes.

    Parameters
    ----------
    what : str
        The part, as the file calls it.
    why : str
        Why it is left out.
    """

    what: str
    why: str


class Refusal(NamedTuple):
    """One row of an account's rejects; unknown is None.

    Parameters
    ----------
    source, record : str
        The file, and the record of it; None for the whole file.
    reason, sentence : str
        Code and words.
    athlete : str
        Whose record it was, where that is known.
    """

    source: str
    record: str | None
    reason: str
    sentence: str
    athlete: str | None


def rejects_of(rows: Sequence[Sequence[str | None]]) -> pd.DataFrame:
    """Return a table of rejects from rows of :data:`ALL_REJECT_COLUMNS`; the last may be left out.

    The athlete is the name as the file writes it, until it is decided whom that means.
    """
    if not rows:
        return no_rejects()
    filled = [(*row, *[None] * (len(ALL_REJECT_COLUMNS) - len(row))) for row in rows]
    return pd.DataFrame(filled, columns=list(ALL_REJECT_COLUMNS), dtype="str")


@cache
def no_rejects() -> pd.DataFrame:
    """Return the empty table of rejects, which thousands of files share."""
    return pd.DataFrame(columns=list(ALL_REJECT_COLUMNS), dtype="str")


@dataclass(frozen=True, kw_only=True)
class Account:
    """What became of the records of one file.

    Parameters
    ----------
    source : str
        The file, relative to the dataset folder.
    kind : str
        The reader's kind, or ``ignored`` / ``unknown``.
    read, accepted, repaired : int
        Records read, taken as they were, and taken after a named repair.
    repairs : mapping of str to int
        Code of the repair -> records it touched; one record may need several.
    rejects : pandas.DataFrame
        One row per refused record: source, record, reason, sentence, athlete (may be left out).
    ignored : str
        Why the file holds no records by design (``.DS_Store``, a README); empty for data files.
    read_as : str
        What the file was taken for, in one sentence, where that had to be recognised.
    unread : tuple of Unread
        Parts that are left out on purpose.
    questions : tuple of Question
        What the file leaves open.

    Raises
    ------
    ValueError
        Unless ``read == accepted + repaired + rejected``: a reader that loses a record is a defect.
    """

    source: str
    kind: str
    read: int
    accepted: int
    repaired: int = 0
    repairs: Mapping[str, int] = field(default_factory=dict)
    rejects: pd.DataFrame = field(default_factory=no_rejects)
    ignored: str = ""
    read_as: str = ""
    unread: tuple[Unread, ...] = ()
    questions: tuple[Question, ...] = ()

    def __post_init__(self) -> None:
        if "athlete" not in self.rejects:
            nobody = pd.Series(index=self.rejects.index, dtype="str")
            object.__setattr__(self, "rejects", self.rejects.assign(athlete=nobody))
        if self.read != self.accepted + self.repaired + self.rejected:
            raise ValueError(
                f"{self.source}: {self.read} records read, but {self.accepted} accepted"
                f" + {self.repaired} repaired + {self.rejected} rejected"
            )
        # A sum can be right with one count too high and another below zero.
        if min(self.read, self.accepted, self.repaired) < 0:
            raise ValueError(f"{self.source}: a count below zero")

    @property
    def rejected(self) -> int:
        """Number of refused records."""
        return len(self.rejects)

    @cached_property
    def refusals(self) -> tuple[Refusal, ...]:
        """Return the rejects as plain rows: frames are slow where 100,000 files hold one each."""
        if not self.rejected:
            return ()
        columns = list(ALL_REJECT_COLUMNS)
        rows = self.rejects[columns].to_numpy(dtype=object).tolist()
        return tuple(
            Refusal._make(cell if isinstance(cell, str) else None for cell in row) for row in rows
        )

    def with_repairs(self, code: str, *, records: int, newly: int) -> "Account":
        """Return the account after a repair that was only seen beside other files.

        Parameters
        ----------
        code : str
            Name of the repair.
        records : int
            Records it touched.
        newly : int
            How many of them had been accepted without a repair so far.
        """
        repairs = {**self.repairs, code: self.repairs.get(code, 0) + records}
        return replace(
            self,
            accepted=self.accepted - newly,
            repaired=self.repaired + newly,
            repairs=repairs,
        )

    def with_part(self, part: "Account") -> "Account":
        """Return the account together with that of another part of the same file."""
        repairs = Counter(self.repairs) + Counter(part.repairs)
        return replace(
            self,
            read=self.read + part.read,
            accepted=self.accepted + part.accepted,
            repaired=self.repaired + part.repaired,
            repairs=dict(repairs),
            rejects=pd.concat([self.rejects, part.rejects], ignore_index=True),
        )

    def summary(self) -> dict[str, Any]:
        """Return the counts as a JSON-able mapping."""
        codes = Counter(str(refusal.reason) for refusal in self.refusals)
        return {
            "file": self.source,
            "kind": self.kind,
            "read": self.read,
            "accepted": self.accepted,
            "repaired": self.repaired,
            "rejected": self.rejected,
            "repairs": dict(sorted(self.repairs.items())),
            "rejects": dict(sorted(codes.items())),
            "ignored": self.ignored,
            "read_as": self.read_as,
            "unread": [part._asdict() for part in self.unread],
        }


def refused_file(source: str, kind: str, reason: str, sentence: str) -> Account:
    """Return the account of a file refused as a whole: one record read, one rejected."""
    rejects = rejects_of([(source, None, reason, sentence)])
    account = Account(source=source, kind=kind, read=1, accepted=0, rejects=rejects)
    # Known already, and slow to take out of the frame again for each of 100,000 files.
    vars(account)["refusals"] = (Refusal(source, None, reason, sentence, None),)
    return account


def ignored_file(source: str, why: str) -> Account:
    """Return the account of a file that is no data file; it is listed, not lost."""
    return Account(source=source, kind="ignored", read=0, accepted=0, ignored=why)
