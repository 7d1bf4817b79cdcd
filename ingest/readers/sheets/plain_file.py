"""A plain CSV of the club whose cells do not fit its headings: it is read as any other sheet."""

import re
from pathlib import Path
from typing import Final

from ingest.readers.base import FileRefused, Parsed, ReadContext, Reader
from ingest.readers.sheets.reader import SheetReader
from ingest.records.account import Account

_MISFITS: Final = 0.2
"""Share of a file's rows with days or words in another form, above which it is tried as a sheet."""
_OF_FORM: Final = re.compile(
    r"unreadable_|missing_column|nothing_|bad_(?:region|test|metric|sport|exercise)\b"
)
"""Codes that speak of the form of a cell; a number out of range is wrong in any sheet."""


class PlainFile(Reader):
    """A club CSV known by its headings, which a club may have filled in its own way.

    The reader of the headings wants days such as 2025-11-13 and one word for a body part. Where
    many rows are in another form ("12.02.2025", "left knee"), and the reader of all sheets takes
    more of them, the file is read as a sheet: headings alone are no claim to a file.

    Parameters
    ----------
    plain : Reader
        The reader of the headings.
    """

    def __init__(self, plain: Reader) -> None:
        self._plain = plain
        self.kind = plain.kind
        self.version = plain.version
        self.description = plain.description

    def knows(self, path: Path, head: bytes) -> bool:
        """Recognise the file by its headings."""
        return self._plain.knows(path, head)

    def read(self, path: Path, context: ReadContext) -> Parsed:
        """Read the file; see :class:`ingest.readers.base.Reader`."""
        own = self._plain.read(path, context)
        misfits = _misfits(own.account)
        if misfits <= _MISFITS * own.account.read:
            return own
        try:
            sheet = SheetReader().read(path, context)
        except FileRefused:
            return own
        return sheet if _is_better(sheet.account, own.account, misfits) else own


def _misfits(account: Account) -> int:
    """Return the number of rows that are refused, or lose a cell, for their form alone."""
    refused = sum(bool(_OF_FORM.match(str(refusal.reason))) for refusal in account.refusals)
    mended = [count for code, count in account.repairs.items() if code.startswith("unreadable_")]
    return refused + max(mended, default=0)


def _is_better(sheet: Account, own: Account, misfits: int) -> bool:
    """Say whether the sheet takes more; where neither takes a row, a question beats a refusal."""
    taken, by_own = sheet.accepted + sheet.repaired, own.accepted + own.repaired
    if not taken:
        return not by_own and any(question.kind == "dates" for question in sheet.questions)
    # Only a clear gain: the reader of the headings knows its columns better than a guess.
    return taken > by_own or (taken == by_own and _misfits(sheet) < misfits)
