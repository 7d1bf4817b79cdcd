"""From when to when an athlete's injuries would be known: outside it, none is unknown, not zero.

A span starts with the register's first entry, or on a day that somebody typed, or so many days
before the athlete joined as were asked about at entry. Other files never open one: whoever keeps a
training log need not keep a list of injuries.
"""

import pandas as pd

from ingest.dataset.settings import DatasetConfig


def injury_spans(
    athletes: pd.DataFrame, register: pd.DataFrame | None, config: DatasetConfig
) -> pd.DataFrame:
    """Return the span of each athlete who has one.

    Parameters
    ----------
    athletes : pandas.DataFrame
        athlete, observed_from.
    register : pandas.DataFrame or None
        athlete, onset_date: entries of injury lists of the club, of every class; answers of
        questionnaires are not among them.
    config : DatasetConfig
        `injuries_known_from` and `injuries_asked_at_entry_days`.

    Returns
    -------
    pandas.DataFrame
        athlete, known_from, known_to (null: the record is kept), source.
    """
    joined = athletes.set_index("athlete")["observed_from"]
    if config.injuries_asked_at_entry_days is not None:
        asked = joined - pd.Timedelta(days=config.injuries_asked_at_entry_days)
        return _table(asked, "asked_at_entry")
    if config.injuries_known_from is not None:
        return _table(_not_before(joined, pd.Timestamp(config.injuries_known_from)), "typed_day")
    if register is None or register["onset_date"].dropna().empty:
        return _table(joined.iloc[:0], "register")
    start = _not_before(joined, register["onset_date"].min())
    first = register.groupby("athlete")["onset_date"].min().reindex(start.index)
    # Whoever has an entry from before joining was kept track of since then.
    return _table(start.where(~(first < start), first), "register")


def _not_before(joined: pd.Series, day: pd.Timestamp) -> pd.Series:
    return joined.where(joined > day, day)


def _table(known_from: pd.Series, source: str) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "athlete": known_from.index,
            "known_from": known_from.to_numpy(),
            "known_to": pd.Series(pd.NaT, range(len(known_from)), dtype="datetime64[ns]"),
            "source": source,
        }
    )
