"""Sex and year of birth of athletes whose roster tells none: from the club's lists of members."""

from typing import Final

import pandas as pd

from ingest.people.spelling import spelling

TABLE: Final = "profiles"
"""Rows of member (the name as written), sex and birth_year; no table of its own is made of them."""
_TYPES: Final = {"sex": "str", "birth_year": "float64"}


def with_profiles(athletes: pd.DataFrame, profiles: pd.DataFrame | None) -> pd.DataFrame:
    """Return the athletes with what a list of members says of the very same name.

    What `roster.csv` says stays; of two members of one name nothing is taken.

    Examples
    --------
    >>> told = pd.DataFrame({"member": ["Lee, Ann"], "sex": ["female"], "birth_year": [1999.0]})
    >>> with_profiles(pd.DataFrame({"athlete": ["Ann Lee", "Bo"]}), told)["birth_year"].tolist()
    [1999.0, nan]
    """
    if profiles is None or profiles.empty:
        return athletes
    keyed = profiles.assign(key=[_key(name) for name in profiles["member"]])
    keyed = keyed.drop_duplicates(["key", *_TYPES])
    single = keyed[~keyed["key"].duplicated(keep=False)].set_index("key")
    keys = athletes["athlete"].map(_key)
    filled = athletes.copy()
    for name, kind in _TYPES.items():
        told = keys.map(single[name]).astype(kind)
        stated = filled[name] if name in filled else told.mask(told.notna())
        filled[name] = stated.where(stated.notna(), told).astype(kind)
    return filled


def _key(name: str) -> str:
    return " ".join(sorted(spelling(name).words))
