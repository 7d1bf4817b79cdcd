"""Repairs that only show beside other files belong to the account of the file all the same."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ingest.records.account import Account

Frames = dict[str, pd.DataFrame]


def with_joint_repairs(
    records: Mapping[str, pd.DataFrame], accounts: Sequence[Account], repairs: pd.DataFrame
) -> tuple[Frames, list[Account]]:
    """Return rows and accounts that know the repairs.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        Rows with source, record and repaired.
    accounts : sequence of Account
        One per file.
    repairs : pandas.DataFrame
        source, record and code; one record may have several.
    """
    named = _named(repairs)
    fresh: list[str] = []
    marked = dict(records)
    for name in ("sessions", "answers"):
        if name not in records:
            continue
        frame = records[name]
        hit = _named(frame).isin(named)
        # Only records that were accepted as they were move; repaired ones are counted already.
        fresh += _named(frame[hit & ~frame["repaired"].astype(bool)]).tolist()
        marked[name] = frame.assign(repaired=frame["repaired"].astype(bool) | hit)
    # A record moves from accepted to repaired once, whatever the number of its repairs.
    once = repairs.assign(newly=named.isin(fresh) & ~named.duplicated())
    by_source = {account.source: account for account in accounts}
    counted = once.groupby(["source", "code"])["newly"].agg(["size", "sum"]).reset_index()
    for source, code, count, newly in counted.itertuples(index=False):
        account = by_source[source]
        by_source[source] = account.with_repairs(code, records=int(count), newly=int(newly))
    return marked, list(by_source.values())


def _named(rows: pd.DataFrame) -> "pd.Series[str]":
    named: pd.Series[str] = rows["source"].str.cat(rows["record"].astype("str"), sep="\n")
    return named
