"""Records that stand twice in a club: what was dropped of each part, counted for all files."""

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from ingest.harmonise.duplicates import Distinct, copied_records
from ingest.records.account import Account

COPY_CODE: Final = "copy_of_another_record_dropped"


class Copies:
    """What was dropped, part after part."""

    def __init__(self) -> None:
        self._dropped: dict[str, list[pd.DataFrame]] = {}

    def note(self, distinct: Mapping[str, Distinct]) -> None:
        """Note what was dropped of the tables of a part."""
        for name, table in distinct.items():
            if len(table.dropped):
                self._dropped.setdefault(name, []).append(table.dropped)

    @property
    def dropped(self) -> list[pd.DataFrame]:
        """Source, record and repaired of what was dropped, table by table."""
        return [rows for name in sorted(self._dropped) for rows in self._dropped[name]]

    @property
    def sources(self) -> frozenset[str]:
        """The files of which rows were dropped."""
        return frozenset(source for rows in self.dropped for source in rows["source"])

    def counted(self, accounts: list[Account], rows: Iterable[pd.DataFrame]) -> list[Account]:
        """Return accounts in which a record none of whose rows stays is a repair of its file.

        Parameters
        ----------
        accounts : list of Account
            One per file.
        rows : iterable of pandas.DataFrame
            All rows that stay of :attr:`sources`, with source and record.
        """
        if not self._dropped:
            return accounts
        by_source = {account.source: account for account in accounts}
        for source, copies, newly in copied_records(self.dropped, rows).itertuples(index=False):
            by_source[source] = by_source[source].with_repairs(
                COPY_CODE, records=copies, newly=newly
            )
        return list(by_source.values())
