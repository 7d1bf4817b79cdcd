"""A list of the club's members: it says which numbers, addresses and nicknames mean whom."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from ingest.injuries.text import read_injury_text
from ingest.people.members import PROFILES
from ingest.readers.sheets.deciding.assigned import AssignedColumn
from ingest.readers.sheets.deciding.sexes import sex_column
from ingest.readers.sheets.kinds.member_profiles import profiles_of
from ingest.readers.sheets.table import Part, Table
from ingest.readers.sheets.words.person_names import (
    KEYS_OF_MEMBERS,
    PEOPLE,
    person_names,
    without_zeros,
)
from ingest.records.examination import Columns

TABLE: Final = "members"
NO_INJURIES: Final = (
    "a list of members is read for names; write injuries into a list with their days"
)
_NO_NAMES: Final = ("email", "member_no")


def read_members(table: Table) -> Part:
    """Return a row per member and key; nobody is an athlete for standing in it.

    Columns: athlete (first and last name as written), key (a number, an address or a nickname, null
    for a member of whom the list holds none).
    """
    empty = [""] * len(table)
    names = person_names(lambda concept: empty if concept in _NO_NAMES else table.texts(concept))
    index = table.sheet.cells.index
    table.refuse(np.array([not name for name in names]), "missing_athlete", "nobody is named in it")
    columns: Columns = {"athlete": pd.Series(names, index=index, dtype="str")}
    frame, account = table.sheet.finish({**columns, **profiles_of(table)})
    if frame.empty:
        return Part({}, account)
    # Under another name, or the column `athlete` would be looked up among those who run.
    profiles = frame.rename(columns={"athlete": "member"})
    frame = frame.drop(columns=["sex", "birth_year"])
    keys_by_row = dict(zip(map(str, index), _keys(table), strict=True))
    keys = frame["record"].astype(str).map(keys_by_row)
    members = frame.assign(key=keys).explode("key", ignore_index=True)
    known_profiles = profiles[profiles[["sex", "birth_year"]].notna().any(axis=1)]
    return Part(
        {TABLE: members, **({PROFILES: known_profiles} if len(known_profiles) else {})}, account
    )


def columns_of_injuries(assigned: Sequence[AssignedColumn]) -> list[str]:
    """Return the headings of columns in which an injury is written, as in remarks on a squad."""
    sexes = sex_column(assigned)
    return [
        column.column.heading
        for column in assigned
        if column.concept not in PEOPLE
        and column is not sexes  # "hombre" is a letter from the Spanish shoulder
        and any(read_injury_text(text, {}).region is not None for text in column.column.texts())
    ]


def _keys(table: Table) -> list[list[str]]:
    """Return the other names and numbers of each member, former names included."""
    columns = [*(table.texts(name) for name in KEYS_OF_MEMBERS), _former_names(table)]
    return [
        [without_zeros(text.strip()) for text in row if text.strip()]
        for row in zip(*columns, strict=True)
    ]


def _former_names(table: Table) -> list[str]:
    """Return the whole former names: "Miller" of Kate Thompson is "Kate Miller"."""
    empty = [""] * len(table)
    names = person_names(lambda concept: empty if concept in _NO_NAMES else table.texts(concept))
    firsts = [
        first or (name.split()[0] if name else "")
        for first, name in zip(table.texts("first_name"), names, strict=True)
    ]
    formers = [
        former.strip() if any(map(str.isalpha, former)) else ""
        for former in table.texts("former_name")
    ]
    return [
        former if " " in former or not former else f"{first} {former}"
        for first, former in zip(firsts, formers, strict=True)
    ]
