"""Two lists that tell the same injury with other days tell one injury, and not two."""

from itertools import combinations
from typing import Final, NamedTuple

import pandas as pd

from common.untyped import Untyped
from ingest.injuries.listed_again import OF_LIST

SAME_ONSET_DAYS: Final = 14
"""Days within which two people write down the onset of one injury."""
_COLUMNS: Final = ["athlete", "onset_date", "return_date", "region", "side", "class", "source"]
_OTHER_SIDE: Final = {"left", "right"}


class TwiceTold(NamedTuple):
    """A pair of entries of different files about one body part at one time.

    Parameters
    ----------
    first, second : int
        Places of the entries; the first began earlier.
    is_one : bool
        Whether they are taken for one injury: not where one says left and the other right.
    """

    first: int
    second: int
    is_one: bool


def twice_told(injuries: pd.DataFrame) -> list[TwiceTold]:
    """Return the entries of different files that tell the same body part at the same time.

    Lists as of a day are none of them: the next list tells an injury again.

    Parameters
    ----------
    injuries : pandas.DataFrame
        athlete, onset_date, return_date, region, source; side and class where known. An unknown
        region is compared with nothing.
    """
    if "source" not in injuries or injuries["source"].nunique() < 2:  # two files
        return []
    listed = injuries.reindex(columns=[*_COLUMNS, OF_LIST]).rename(columns={"class": "kind"})
    of_list = (listed[OF_LIST] == True).to_numpy()  # noqa: E712 - null is no list of a day
    known = listed[(listed["region"] != "unknown") & listed["onset_date"].notna() & ~of_list]
    found: list[TwiceTold] = []
    for _, rows in known.groupby(["athlete", "region"], sort=False):
        ordered = rows.sort_values(["onset_date", "source"], kind="stable")
        reports: list[Untyped] = list(ordered.itertuples())
        for one, other in combinations(reports, 2):
            if _are_of_one_time(one, other):
                is_one = {str(one.side), str(other.side)} != _OTHER_SIDE
                found.append(TwiceTold(int(one.Index), int(other.Index), is_one))
    return found


def one_of_two_lists(injuries: pd.DataFrame) -> pd.DataFrame:
    """Return one row for an injury that several files tell: the first onset, the last return.

    An injury that one file ends, and that another tells as open weeks after it began, is open. Two
    entries of one file stay two, and so do those of the left and of the right.

    Parameters
    ----------
    injuries : pandas.DataFrame
        Columns of the contract, with an index 0 ... n-1.
    """
    pairs = [pair for pair in twice_told(injuries) if pair.is_one]
    if not pairs:
        return injuries
    table, dropped = injuries.copy(), set[int]()
    files = {at: {source} for at, source in enumerate(table["source"])}
    for first, second, _ in pairs:
        if (
            {first, second} & dropped
            or files[first] & files[second]
            or _are_apart(table, first, second)
        ):
            continue
        dropped.add(second)
        files[first] |= files[second]
        table.loc[first, "return_date"] = return_of_both(table.loc[first], table.loc[second])
        for name in ("side", "diagnosis"):
            if name in table and not _is_told(table.loc[first, name]):
                table.loc[[first], name] = table.loc[[second], name].to_numpy()
    return table.drop(index=sorted(dropped)).reset_index(drop=True)


def _are_apart(table: pd.DataFrame, first: int, second: int) -> bool:
    """Say whether a third entry has told the side of one that did not tell it: the other side."""
    return "side" in table and set(table.loc[[first, second], "side"]) == _OTHER_SIDE


def return_of_both(one: Untyped, other: Untyped) -> Untyped:
    """Return the last return that two entries tell, null where a later one tells it as open.

    Parameters
    ----------
    one, other : mapping of str to object
        onset_date and return_date; `other` began later.
    """
    ends = [end for end in (one["return_date"], other["return_date"]) if pd.notna(end)]
    is_news = (other["onset_date"] - one["onset_date"]).days > SAME_ONSET_DAYS
    return pd.NaT if pd.isna(other["return_date"]) and is_news else max(ends, default=pd.NaT)


def _is_told(value: Untyped) -> bool:
    return bool(pd.notna(value)) and value != "unknown"


def _are_of_one_time(one: Untyped, other: Untyped) -> bool:
    if one.source == other.source or str(one.kind) != str(other.kind):
        return False
    if pd.isna(one.return_date):
        return bool((other.onset_date - one.onset_date).days <= SAME_ONSET_DAYS)
    return bool(other.onset_date <= one.return_date)
