"""Somebody who stands on the injury list week after week has one injury, not one a week.

A list as of a day (who is out, who is limited) tells no day of onset: the day of the list stands
for it, as the day on which the injury was known at the latest. The next list tells it again.
"""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from common.untyped import Untyped

OF_LIST: Final = "of_list"
"""Working column: whether an entry is of a list as of a day, not of a register."""
_OPEN_FOR: Final = pd.Timedelta(days=60)
"""How long after it was last told an open injury may go on without being told."""
_SAME_FOR: Final = pd.Timedelta(days=21)
"""A report of the region within this time after a return that a list expected is the same."""
_UNKNOWN: Final = "unknown"
_BOTH_TOLD: Final = {"left", "right"}


@dataclass
class _DistinctInjury:
    """An injury so far: its row, and the last day on which it was told."""

    at: int
    region: str
    side: str
    kind: object
    back: Untyped  # a day, or NaT while it goes on
    seen: pd.Timestamp
    is_listed: bool

    def goes_on(self, day: pd.Timestamp) -> bool:
        """Say whether a list of that day may still mean it; a register's return is one."""
        if self.back is pd.NaT:
            return bool(day - self.seen <= _OPEN_FOR)
        return bool(day <= self.back + (_SAME_FOR if self.is_listed else pd.Timedelta(0)))


def one_of_each_list(injuries: pd.DataFrame) -> pd.DataFrame:
    """Drop entries of lists that tell an injury again; the latest list tells its return.

    Parameters
    ----------
    injuries : pandas.DataFrame
        Columns of the contract, and :data:`OF_LIST` where a list was read. A register's entry tells
        an injury of its own, also one written down on its first day.

    Returns
    -------
    pandas.DataFrame
        The same rows in their order, without those that tell an earlier one again, and without the
        working column.
    """
    if OF_LIST not in injuries:
        return injuries
    table = injuries.drop(columns=OF_LIST).reset_index(drop=True)
    of_list = (injuries[OF_LIST] == True).to_numpy()  # noqa: E712 - null beside other readers' rows
    listed = of_list & (table["reported_on"] == table["onset_date"])
    if not listed.any():
        return table
    again: list[int] = []
    for _, rows in table.assign(listed=listed, kind=table["class"]).groupby("athlete", sort=False):
        # On the same day a register's entry comes first, for it knows more than a list.
        in_order = rows.sort_values(["onset_date", "listed"], kind="stable")
        distinct = _joined(in_order, again)
        for injury in distinct:
            table.loc[injury.at, "return_date"] = injury.back
    return table.drop(index=again).reset_index(drop=True)


def _joined(rows: pd.DataFrame, again: list[int]) -> list[_DistinctInjury]:
    """Return the injuries of one athlete; rows that tell one again are added to `again`."""
    distinct: list[_DistinctInjury] = []
    row: Untyped  # of itertuples: a field per column
    for row in rows.itertuples():
        day = pd.Timestamp(row.onset_date)
        back: Untyped = pd.Timestamp(row.return_date)
        same = [
            injury
            # The latest first: a list most likely tells the latest injury again.
            for injury in reversed(distinct)
            if row.listed
            and row.region in {injury.region, _UNKNOWN}
            and {str(row.side), injury.side} != _BOTH_TOLD
            and str(injury.kind) == str(row.kind)
            and injury.goes_on(day)
        ]
        if not same:
            where = (int(row.Index), str(row.region), str(row.side))
            distinct.append(_DistinctInjury(*where, row.kind, back, day, bool(row.listed)))
            continue
        again.append(int(row.Index))
        same[0].seen = day
        # A later list without a return takes back an expected return whose day has passed.
        if back is not pd.NaT or (same[0].back is not pd.NaT and same[0].back <= day):
            same[0].back = back
    return distinct
