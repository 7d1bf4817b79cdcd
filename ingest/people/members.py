"""What the club's lists of members tell: whom a number, an address or a nickname means.

Standing in such a list makes nobody an athlete: a club has more members than runners.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd

from common.text.folding import folded
from ingest.people.matching import KnownNames
from ingest.people.spelling import spelling

TABLE: Final = "members"
PROFILES: Final = "profiles"
"""Rows of member (the name as written), sex and birth_year; no table of its own is made of them."""
_TYPES: Final = {"sex": "str", "birth_year": "float64"}


def members_in(
    records: Mapping[str, pd.DataFrame], athletes: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """Return the people who may be meant: athletes and members, each with all names and numbers.

    A key that two members share tells neither of them. A member whom the roster knows under
    another spelling is that athlete.

    Parameters
    ----------
    records : mapping of str to pandas.DataFrame
        Table -> rows; `members` holds athlete and key.
    athletes : mapping of str to sequence of str
        Athlete of the roster -> further names.

    Examples
    --------
    >>> rows = pd.DataFrame({"athlete": ["Ann Lee", "Bo Ek"], "key": ["17", "18"]})
    >>> members_in({"members": rows}, {"Lee Ann": ()})
    {'Lee Ann': ('17',), 'Bo Ek': ('18',)}
    """
    people = {athlete: tuple(names) for athlete, names in athletes.items()}
    rows = records.get(TABLE)
    if rows is None or rows.empty:
        return people
    known = KnownNames(athletes)
    for name, keys in _keys_of_each(rows).items():
        match = known.match(name)
        # The roster's spelling stays the athlete's name; the list only adds keys to it.
        called = match.athlete if match.is_safe else name
        people[called] = tuple(dict.fromkeys((*people.get(called, ()), *keys)))
    return people


def _keys_of_each(rows: pd.DataFrame) -> dict[str, list[str]]:
    meant: dict[str, set[str]] = {}
    for name, key in zip(rows["athlete"], rows["key"], strict=True):
        if pd.notna(key):
            meant.setdefault(folded(str(key)), set()).add(str(name))
    keys_by_name: dict[str, list[str]] = {str(name): [] for name in rows["athlete"]}
    for name, key in zip(rows["athlete"], rows["key"], strict=True):
        if pd.notna(key) and len(meant[folded(str(key))]) == 1:
            keys_by_name[str(name)].append(str(key))
    return keys_by_name


def with_profiles(athletes: pd.DataFrame, profiles: pd.DataFrame | None) -> pd.DataFrame:
    """Return the athletes with what a list of members says of the very same name.

    Values in `roster.csv` are not replaced. If two members have the same name, neither is used. One
    list may have the sex, and another the year.

    Examples
    --------
    >>> told = pd.DataFrame({"member": ["Lee, Ann"], "sex": ["female"], "birth_year": [1999.0]})
    >>> with_profiles(pd.DataFrame({"athlete": ["Ann Lee", "Bo"]}), told)["birth_year"].tolist()
    [1999.0, nan]
    """
    if profiles is None or profiles.empty:
        return athletes
    keyed = profiles.assign(key=[_key(name) for name in profiles["member"]])
    by_key = keyed.groupby("key")[list(_TYPES)]
    several = by_key.nunique().max(axis=1)
    single = by_key.first()[several < 2]  # two members of one name
    keys = athletes["athlete"].map(_key)
    of_members = pd.DataFrame({name: keys.map(single[name]) for name in _TYPES}).astype(_TYPES)
    stated = athletes.reindex(columns=list(_TYPES)).astype(_TYPES)
    both = stated.where(stated.notna(), of_members)
    return athletes.assign(sex=both["sex"], birth_year=both["birth_year"])


def _key(name: str) -> str:
    return " ".join(sorted(spelling(name).words))
