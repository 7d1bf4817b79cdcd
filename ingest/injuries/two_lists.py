"""What two files tell of one injury: its days, or its beginning and its end, is one injury.

"Knee fine again" in the form of a Sunday ends the knee of the physiotherapist's list.
"""

from collections.abc import Mapping
from itertools import combinations
from typing import Final, NamedTuple

import pandas as pd

from common.untyped import Untyped
from ingest.injuries.listed_again import OF_LIST

SAME_ONSET_DAYS: Final = 14
"""Days within which two people write down the onset of one injury."""
_COLUMNS: Final = ["athlete", "onset_date", "return_date", "region", "side", "class", "source"]
_OTHER_SIDE: Final = {"left", "right"}
_LONGEST: Final = pd.Timedelta(days=183)
"""An end tells nothing of an injury that began longer ago."""


class EntryPair(NamedTuple):
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


def pairs_of_files(injuries: pd.DataFrame) -> list[EntryPair]:
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
    pairs: list[EntryPair] = []
    for _, rows in known.groupby(["athlete", "region"], sort=False):
        ordered = rows.sort_values(["onset_date", "source"], kind="stable")
        reports: list[Untyped] = list(ordered.itertuples())
        for first, second in combinations(reports, 2):
            if _are_of_one_time(first, second):
                is_one = {str(first.side), str(second.side)} != _OTHER_SIDE
                pairs.append(EntryPair(int(first.Index), int(second.Index), is_one))
    return pairs


def one_of_two_lists(injuries: pd.DataFrame) -> pd.DataFrame:
    """Return one row for an injury that several files tell: the first onset, the last return.

    An injury that one file ends, and that another tells as open weeks after it began, is open. Two
    entries of one file stay two, and so do those of the left and of the right.

    Parameters
    ----------
    injuries : pandas.DataFrame
        Columns of the contract, with an index 0 ... n-1.
    """
    pairs = [pair for pair in pairs_of_files(injuries) if pair.is_one]
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
        # A third list may tell it again, but not another entry of a file that counts already.
        files[first] |= files[second]
        table.loc[first, "return_date"] = return_of_both(table.loc[first], table.loc[second])
        if "reported_on" in table:
            table.loc[first, "reported_on"] = table.loc[[first, second], "reported_on"].max()
        for name in ("side", "diagnosis"):
            if name in table and not _is_told(table.loc[first, name]):
                table.loc[[first], name] = table.loc[[second], name].to_numpy()
    return table.drop(index=sorted(dropped)).reset_index(drop=True)


class EndOfOtherFile(NamedTuple):
    """An end that another file tells.

    Parameters
    ----------
    end : int
        Place of the line that tells it.
    injury : int
        Place of the injury that it ends, -1 where no file tells one.
    is_open : bool
        Whether nothing else tells the return of that injury, no earlier end either.
    """

    end: int
    injury: int
    is_open: bool


def ends_of_other_files(injuries: pd.DataFrame, ends: pd.DataFrame | None) -> list[EndOfOtherFile]:
    """Return for each line that tells an end the injury of another file that it ends.

    It is the latest of the same athlete and body part that began before it and of which nothing is
    told on that day or later: who stands on next week's list is not well.

    Parameters
    ----------
    injuries : pandas.DataFrame
        athlete, onset_date, return_date, region; side and reported_on where known.
    ends : pandas.DataFrame or None
        athlete, date, region, side.
    """
    found_ends: list[EndOfOtherFile] = []
    for at, end in enumerate(() if ends is None else ends.itertuples()):
        row: Untyped = end
        same = _of_place(injuries, row)
        before = same[same["onset_date"] < row.date]
        if before.empty or row.date - before["onset_date"].max() > _LONGEST:
            found_ends.append(EndOfOtherFile(at, -1, is_open=False))
            continue
        last = before["onset_date"].idxmax()
        is_later = same["onset_date"] >= row.date
        if "reported_on" in same:
            is_later |= same["reported_on"] >= row.date
        is_open = pd.isna(same.loc[last, "return_date"]) and not is_later.any()
        place: Untyped = injuries.index.get_loc(last)
        found_ends.append(EndOfOtherFile(at, int(place), bool(is_open)))
    return [] if ends is None else _first_alone(found_ends, ends["date"])


def _first_alone(found_ends: list[EndOfOtherFile], days: pd.Series) -> list[EndOfOtherFile]:
    """Return the ends, of which the first one of an injury is its return, and no other."""
    firsts: dict[int, int] = {}
    for end_told in sorted(found_ends, key=lambda end_told: days.iloc[end_told.end]):
        if end_told.is_open:
            firsts.setdefault(end_told.injury, end_told.end)
    return [
        end_told._replace(is_open=end_told.is_open and firsts[end_told.injury] == end_told.end)
        for end_told in found_ends
    ]


def lasting_ends(records: Mapping[str, pd.DataFrame]) -> pd.DataFrame | None:
    """Return the ends that files tell, without those after which it soon hurt there again.

    Who answers "knee fine again" on one Sunday and "knee, 6" on the next is not well.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        `injury_ends`, `pain` and `pain_told`, where present.
    """
    ends = records.get("injury_ends")
    felt = [
        rows[rows["pain_0_10"] > 0] if "pain_0_10" in rows else rows
        for rows in (records.get("pain"), records.get("pain_told"))
        if rows is not None and len(rows)
    ]
    if ends is None or ends.empty or not felt:
        return ends
    columns = ["athlete", "region", "date", "side"]
    places = pd.concat([rows.reindex(columns=columns) for rows in felt]).dropna(subset=["region"])
    numbered_ends = ends.reset_index(drop=True).rename_axis("end").reset_index()
    pairs = numbered_ends.merge(places, on=["athlete", "region"], suffixes=("", "_felt"))
    after = (pairs["date_felt"] - pairs["date"]).dt.days.between(0, SAME_ONSET_DAYS)
    sides = pairs["side"].isin(_OTHER_SIDE) & pairs["side_felt"].isin(_OTHER_SIDE)
    again = pairs.loc[after & ~(sides & (pairs["side"] != pairs["side_felt"])), "end"]
    return numbered_ends[~numbered_ends["end"].isin(again)].drop(columns="end")


def with_ends_of_other_files(injuries: pd.DataFrame, ends: pd.DataFrame | None) -> pd.DataFrame:
    """Return injuries with the first end that another file tells where they are open."""
    table = injuries.reset_index(drop=True)
    returns = table["return_date"].copy()
    for end_told in ends_of_other_files(table, ends):
        if end_told.is_open and ends is not None:
            day, known = ends["date"].iloc[end_told.end], returns.iloc[end_told.injury]
            returns.iloc[end_told.injury] = day if pd.isna(known) else min(day, known)
    return table.assign(return_date=returns)


def _of_place(injuries: pd.DataFrame, end: Untyped) -> pd.DataFrame:
    """Return the injuries of the athlete and place of an end; another side is another place."""
    same = (injuries["athlete"] == end.athlete) & (injuries["region"] == end.region)
    if "side" in injuries and end.side in _OTHER_SIDE:
        other = (_OTHER_SIDE - {end.side}).pop()
        same &= (injuries["side"] != other).fillna(value=True)
    of_place: pd.DataFrame = injuries[same.fillna(value=False)]
    return of_place


def _are_apart(table: pd.DataFrame, first: int, second: int) -> bool:
    """Say whether a third entry has told the side of one that did not tell it: the other side."""
    return "side" in table and set(table.loc[[first, second], "side"]) == _OTHER_SIDE


def return_of_both(first: Untyped, second: Untyped) -> Untyped:
    """Return the last return that two entries tell, null where a later one tells it as open.

    Parameters
    ----------
    first, second : mapping of str to object
        onset_date and return_date; `second` began later.
    """
    ends = [end for end in (first["return_date"], second["return_date"]) if pd.notna(end)]
    is_news = (second["onset_date"] - first["onset_date"]).days > SAME_ONSET_DAYS
    return pd.NaT if pd.isna(second["return_date"]) and is_news else max(ends, default=pd.NaT)


def _is_told(value: Untyped) -> bool:
    return bool(pd.notna(value)) and value != "unknown"


def _are_of_one_time(first: Untyped, second: Untyped) -> bool:
    if first.source == second.source or str(first.kind) != str(second.kind):
        return False
    if pd.isna(first.return_date):
        return bool((second.onset_date - first.onset_date).days <= SAME_ONSET_DAYS)
    return bool(second.onset_date <= first.return_date)
