"""Records that stand twice, in one file or in a file and its copy."""

from typing import Final, NamedTuple

import pandas as pd

BOOK_KEEPING: Final = ("source", "source_hash", "record", "repaired", "rank", "at")
"""Columns that say where a record came from, not what it says."""


class Distinct(NamedTuple):
    """Records without copies, and per source how many copies were dropped.

    `dropped` has the columns source, records (copies) and newly (those not repaired before).
    """

    frame: pd.DataFrame
    dropped: pd.DataFrame


def drop_copies(frame: pd.DataFrame) -> Distinct:
    """Keep the first of records that are equal in everything but where they came from."""
    content = [name for name in frame.columns if name not in BOOK_KEEPING]
    copies = frame.duplicated(subset=content)
    dropped = (
        frame.loc[copies, ["source", "repaired"]]
        .groupby("source")["repaired"]
        .agg(records="size", already="sum")
        .reset_index()
    )
    dropped["newly"] = dropped["records"] - dropped["already"].astype("int64")
    return Distinct(frame[~copies], dropped[["source", "records", "newly"]])
