"""Repairs that only show beside other files belong to the account of the file all the same."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ingest.records.account import Account

Frames = dict[str, pd.DataFrame]


class JointRepairs:
    """Repairs of all parts of a club.

    Parameters
    ----------
    repairs : pandas.DataFrame
        source, record and code; one record may have several.
    """

    def __init__(self, repairs: pd.DataFrame) -> None:
        self._repairs = repairs
        self._named = _named(repairs)
        self._files = repairs["source"].unique()
        self._fresh: list[str] = []

    def marked(self, records: Mapping[str, pd.DataFrame]) -> Frames:
        """Return rows that know the repairs.

        Parameters
        ----------
        records : mapping of str to pandas.DataFrame
            Rows with source, record and repaired.
        """
        marked = dict(records)
        for name in ("sessions", "answers"):
            if name not in records:
                continue
            frame = records[name]
            repaired = frame["repaired"].to_numpy(dtype=bool)
            hit = frame["source"].isin(self._files).to_numpy(dtype=bool, copy=True)
            hit[hit] = _named(frame[hit]).isin(self._named)
            # Only records that were accepted as they were move; repaired ones are counted already.
            self._fresh += _named(frame[hit & ~repaired]).tolist()
            marked[name] = frame.assign(repaired=repaired | hit)
        return marked

    def counted(self, accounts: Sequence[Account]) -> list[Account]:
        """Return accounts that know the repairs, once all rows were marked."""
        # A record moves from accepted to repaired once, whatever the number of its repairs.
        newly = self._named.isin(self._fresh) & ~self._named.duplicated()
        once = self._repairs.assign(newly=newly)
        by_source = {account.source: account for account in accounts}
        sums = once.groupby(["source", "code"])["newly"].agg(["size", "sum"]).reset_index()
        for source, code, count, fresh in sums.itertuples(index=False):
            account = by_source[source]
            by_source[source] = account.with_repairs(code, records=int(count), newly=int(fresh))
        return list(by_source.values())


def _named(rows: pd.DataFrame) -> "pd.Series[str]":
    named: pd.Series[str] = rows["source"].str.cat(rows["record"].astype("str"), sep="\n")
    return named
