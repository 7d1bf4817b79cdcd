"""Records that stand twice, in one file or in a file and its copy."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

BOOK_KEEPING: Final = (
    "source", "source_hash", "record", "repaired", "rank", "at", "utc_offset_s", "zoneless",
    "likely_sport",
)  # fmt: skip
"""Columns that say where a record came from, not what it says."""
_RECORD: Final = ("source", "record", "repaired")


class Distinct(NamedTuple):
    """Rows without copies, and the book-keeping (source, record, repaired) of dropped rows."""

    frame: pd.DataFrame
    dropped: pd.DataFrame


def drop_copies(frame: pd.DataFrame) -> Distinct:
    """Keep the first of rows that are equal in everything but where they came from."""
    content = [name for name in frame.columns if name not in BOOK_KEEPING]
    # Equal rows are of one athlete and time: of a club few rows are left to be compared in full.
    telling = [name for name in content if name == "athlete" or frame[name].dtype.kind == "M"]
    alike = frame.duplicated(subset=telling or content, keep=False).to_numpy()
    copies = np.zeros(len(frame), dtype=bool)
    if alike.any():
        copies[alike] = frame[alike].duplicated(subset=content).to_numpy()
    # Mostly there is none, and the rows of a club need not stand in memory twice.
    distinct = frame[~copies] if copies.any() else frame
    return Distinct(distinct, frame.loc[copies, list(_RECORD)])


def copied_records(dropped: Sequence[pd.DataFrame], rows: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Count per source the records of which nothing stays.

    One record may have rows in several tables, such as the forces and the body mass of a test.

    Parameters
    ----------
    dropped : sequence of pandas.DataFrame
        Source, record and repaired of dropped rows.
    rows : iterable of pandas.DataFrame
        Source and record of the rows that stay, at least of those sources.

    Returns
    -------
    pandas.DataFrame
        Columns source, records (copies) and newly (those not repaired before).
    """
    some = [table for table in dropped if len(table)]
    # Most clubs have no copies, and their rows need not be named.
    if not some:
        return pd.DataFrame(columns=["source", "records", "newly"])
    # Records are numbers in one table and text in another.
    gone = pd.concat(some).astype({"record": "str"}).drop_duplicates(["source", "record"])
    staying = [_named(frame[frame["source"].isin(gone["source"])]) for frame in rows]
    gone = gone[~_named(gone).isin(pd.concat(staying)).to_numpy(dtype=bool)]
    counts = gone.groupby("source")["repaired"].agg(records="size", already="sum").reset_index()
    counts["newly"] = counts["records"] - counts["already"].astype("int64")
    return counts[["source", "records", "newly"]]


def _named(rows: pd.DataFrame) -> pd.Series:
    return rows["source"].str.cat(rows["record"].astype("str"), sep="\n")
