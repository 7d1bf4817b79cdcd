"""Give every row its athlete, as far as it is decided; the rest is refused by name of its file."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np
import pandas as pd

from ingest.people.decision import People
from ingest.people.matching import KnownNames
from ingest.records.account import Account, ignored_file, refused_file, rejects_of
from ingest.records.owner import OWNER_OF_FILE

STRANGER: Final = "unknown_athlete"
"""Reason of a reject whose athlete nobody knows yet."""
NOT_OF_THE_TEAM: Final = "not_of_the_team"
"""Reason of a reject that somebody decided: the name is nobody's of the team."""
_ASK: Final = "`stridecast data check FOLDER` asks about it"

Records = Mapping[str, pd.DataFrame]


class Assignment:
    """Gives rows their athletes, batch by batch, and keeps what stays out of each file.

    Parameters
    ----------
    people : People
        Who is who.
    with_proposals : bool
        Whether what only has to be confirmed counts as confirmed.
    without_owner : str
        Athlete of the files that are nobody's; where it is empty they are refused.
    """

    def __init__(
        self, people: People, *, with_proposals: bool = False, without_owner: str = ""
    ) -> None:
        self._whose = _Whose(people, with_proposals=with_proposals, without_owner=without_owner)
        self._left_out: list[pd.DataFrame] = []

    def athletes_of(self, rows: pd.DataFrame) -> pd.Series:
        """Return each row's athlete: empty for nobody of the team, null where it is open."""
        return self._whose.athletes_of(rows)

    def placed(self, records: Records) -> dict[str, pd.DataFrame]:
        """Return a batch of rows with athletes in place of names, without those of nobody.

        Parameters
        ----------
        records : mapping of str to pandas.DataFrame
            Table -> rows, names as written or :data:`OWNER_OF_FILE`.
        """
        placed: dict[str, pd.DataFrame] = {}
        for table, frame in records.items():
            if table == "athletes" or not {"athlete", "source"} <= set(frame):
                placed[table] = frame
                continue
            athlete = self.athletes_of(frame)
            out = athlete.isna() | athlete.eq("")
            named = frame.assign(athlete=athlete)
            if out.any():
                self._left_out.append(_left_out(frame[out], athlete[out]).assign(table=table))
                named = named[~out]
            placed[table] = named.reset_index(drop=True)
        return placed

    @property
    def doubtful(self) -> frozenset[str]:
        """The files of which rows stay out."""
        return frozenset(source for rows in self._left_out for source in rows["source"].unique())

    def settled(self, accounts: list[Account], rows: Iterable[pd.DataFrame]) -> list[Account]:
        """Return accounts that tell what stays out, once all rows have their athletes.

        Parameters
        ----------
        accounts : list of Account
            One per file.
        rows : iterable of pandas.DataFrame
            Source and record of the rows that do not stay out, at least of :attr:`doubtful`.
        """
        by_file = self._whole_records(rows)
        return [_settled(account, by_file.get(account.source), self._whose) for account in accounts]

    def _whole_records(self, rows: Iterable[pd.DataFrame]) -> dict[str, pd.DataFrame]:
        """Return by file the records of which no row stays.

        A line of a sheet with a column per athlete is one record of many: it counts as read while
        one of them is known. Its other names are told by their questions.
        """
        if not self._left_out:
            return {}
        # By table, as if all had come in one batch: the first row of a record tells its repair.
        outs = pd.concat(self._left_out, ignore_index=True).sort_values("table", kind="stable")
        stays = _records_of(rows, self.doubtful)
        keys = zip(outs["source"], outs["record"].astype(str), strict=True)
        whole = outs[[key not in stays for key in keys]]
        return {str(source): rows for source, rows in whole.groupby("source", sort=False)}


def _records_of(rows: Iterable[pd.DataFrame], files: frozenset[str]) -> set[tuple[str, str]]:
    """Return file and name of the records of some files."""
    return {
        (source, str(record))
        for frame in rows
        if {"source", "record"} <= set(frame)
        for source, record in frame.loc[frame["source"].isin(files), ["source", "record"]]
        .drop_duplicates()
        .itertuples(index=False, name=None)
    }


class _Whose:
    """Looks names and files up."""

    def __init__(self, people: People, *, with_proposals: bool, without_owner: str) -> None:
        self.without_owner = without_owner or None
        # What is settled overrules a proposal for the same name.
        self.names = {**(people.proposed if with_proposals else {}), **people.settled}
        self.files = people.owners

    def athletes_of(self, frame: pd.DataFrame) -> pd.Series:
        """Return each row's athlete: empty for nobody of the team, null where it is open."""
        # Rows are many and pairs of file and name are few: each pair is looked up once.
        named = frame[["source", "athlete"]]
        files = pd.factorize(named["source"])[0]
        whose, names = pd.factorize(named["athlete"])
        # What is unknown is coded as -1.
        _, first, pair = np.unique(
            (files + 1) * (len(names) + 1) + whose + 1, return_index=True, return_inverse=True
        )
        athletes = [
            self.athlete_of(source, None if pd.isna(name) else name)
            for source, name in named.take(first).itertuples(index=False, name=None)
        ]
        return pd.Series(pd.array(athletes, dtype="str").take(pair), index=frame.index)

    def athlete_of(self, source: str, name: str | None) -> str | None:
        """Return an athlete, an empty text for nobody of the team, or None."""
        owner = self.files.get(source)
        if owner:
            return self.names.get(owner)
        if name == OWNER_OF_FILE:
            return self.without_owner
        return None if name is None else self.names.get(name)

    def meant_by(self, source: str, name: str) -> str | None:
        """Return the athlete that a name means which occurs only in lines that were not read."""
        athlete = self.athlete_of(source, name)
        if athlete is None and name != OWNER_OF_FILE and name not in self.names:
            match = self._everyone.match(name)
            athlete = match.athlete if match.is_safe else None
        return athlete or None

    @cached_property
    def _everyone(self) -> KnownNames:
        people: dict[str, list[str]] = {}
        for name, athlete in self.names.items():
            if athlete:
                people.setdefault(athlete, []).append(name)
        return KnownNames(people)


def _left_out(frame: pd.DataFrame, athlete: pd.Series) -> pd.DataFrame:
    columns = frame[["source", "record", "repaired", "athlete"]]
    return columns.assign(decided=athlete.eq("").fillna(value=False).astype(bool))


def _settled(account: Account, out: pd.DataFrame | None, whose: _Whose) -> Account:
    """Return the account of a file without the rows that are left out."""
    # Of a hundred thousand files refused as a whole none names anybody: their accounts stay.
    if any(refusal.athlete is not None for refusal in account.refusals):
        account = replace(account, rejects=_with_athletes(account.rejects, account.source, whose))
    if out is None:
        return account
    # The whole file waits for one decision, which is told once and not row by row.
    if bool(out["athlete"].eq(OWNER_OF_FILE).all()) or account.source in whose.files:
        return _without_file(account, decided=bool(out["decided"].all()))
    one_each = out.drop_duplicates("record")
    rejected = rejects_of(
        [
            (
                account.source,
                str(record),
                NOT_OF_THE_TEAM if decided else STRANGER,
                _sentence(record, decided=decided),
                None,
            )
            for record, decided in zip(one_each["record"], one_each["decided"], strict=True)
        ]
    )
    # Some readers count a record as repaired without marking its rows: no count falls below zero.
    repaired = max(int(one_each["repaired"].sum()), len(one_each) - account.accepted)
    return replace(
        account,
        accepted=account.accepted - (len(one_each) - repaired),
        repaired=account.repaired - repaired,
        rejects=pd.concat([account.rejects, rejected], ignore_index=True),
    )


def _sentence(record: object, *, decided: bool) -> str:
    if decided:
        return f"row {record}: the name is nobody's of the team, as dataset.yaml says"
    return f"row {record}: whom the name means is not decided; {_ASK}"


def _without_file(account: Account, *, decided: bool) -> Account:
    if decided:
        return ignored_file(account.source, "of somebody who is not on the team")
    sentence = f"{account.source}: whose file it is is not decided; {_ASK}"
    return refused_file(account.source, account.kind, STRANGER, sentence)


def _with_athletes(rejects: pd.DataFrame, source: str, whose: _Whose) -> pd.DataFrame:
    """Return rejects with athletes in place of the names of those whose line was not read."""
    athletes = [
        None if pd.isna(name) else whose.meant_by(source, str(name)) for name in rejects["athlete"]
    ]
    return rejects.assign(athlete=pd.Series(athletes, index=rejects.index, dtype="str"))
