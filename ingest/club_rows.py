"""The rows of a club's athletes: each with its athlete, none twice, in parts of athletes."""

from collections.abc import Iterator, Mapping
from itertools import chain

import pandas as pd

from ingest.dataset.settings import DatasetConfig
from ingest.harmonise.copies import Copies
from ingest.harmonise.dealt import Dealt
from ingest.harmonise.duplicates import drop_copies
from ingest.harmonise.parts import Parts
from ingest.people.decision import People
from ingest.people.members import PROFILES, with_profiles
from ingest.people.pseudonym import key_for, pseudonym
from ingest.people.roster_file import ROSTER
from ingest.people.teams import TABLE as TEAMS
from ingest.people.teams import with_teams
from ingest.reading.batches import ROWS_AT_ONCE
from ingest.reading.files import Understood
from ingest.reading.put_away import PutAway
from ingest.records.account import Account
from ingest.records.row_types import settled

_LAST: Mapping[str, str] = {"sessions": "local_date", "answers": "end", "weekly_km": "week_end"}
"""Table -> column of its last day, of tables of sessions."""


class ClubRows:
    """The rows of all files, with ids of athletes and without copies.

    Parameters
    ----------
    read : Understood
        The files, and who is who; its rows are taken over.
    config : DatasetConfig
    last_day : pandas.Timestamp
        Last possible day of the data.
    is_followed : bool
        Whether the team is followed until the end of the data: nobody named a last day.
    accept_proposals : bool
        Whether athletes who only have to be confirmed count as confirmed.
    away : PutAway
        Where the rows of a large club lie.
    """

    def __init__(
        self,
        read: Understood,
        config: DatasetConfig,
        last_day: pd.Timestamp,
        *,
        is_followed: bool,
        accept_proposals: bool,
        away: PutAway,
    ) -> None:
        rows = read.assignment.placed(read.rows.rest)
        read.rows.rest.clear()
        profiles, teams = rows.get(PROFILES), rows.get(TEAMS)
        rows.pop(PROFILES, None)
        distinct = {name: drop_copies(rows.pop(name)) for name in list(rows)}
        copies = Copies()
        copies.note(distinct)
        records = {name: table.frame for name, table in distinct.items()}
        if accept_proposals:
            records["athletes"] = _with_new(records.get("athletes"), read.people, config, last_day)
        athletes = with_profiles(records["athletes"], profiles)
        records["athletes"] = with_teams(athletes, records.pop(TEAMS, None))
        self.names = _pseudonyms(config, records["athletes"]["athlete"])
        """Id -> pseudonym."""
        dealt = Dealt(read.rows, read.assignment, away) if read.rows.is_put_away else None
        self.parts = Parts(records, self.names, ROWS_AT_ONCE, dealt)
        latest = _latest(records)
        for daily in self.parts.deal():
            copies.note(daily)
            latest += _latest({name: table.frame for name, table in daily.items()})
        # A record of copies alone, or of no more than a team, does not stay out either.
        stays = chain(
            (table for table in (profiles, teams) if table is not None),
            copies.dropped,
            self._of(read.assignment.doubtful),
        )
        self.accounts: list[Account] = copies.counted(
            read.assignment.settled(read.as_written, stays), self._of(copies.sources)
        )
        """One per file."""
        self.last_day = last_day
        if is_followed:
            self.last_day = min(max(latest, default=last_day), last_day)
            records["athletes"] = _still_followed(records["athletes"], self.last_day)

    @property
    def records(self) -> Mapping[str, pd.DataFrame]:
        """The rows that are in memory, of all athletes."""
        return self.parts.records

    def _of(self, sources: frozenset[str]) -> Iterator[pd.DataFrame]:
        """Yield source and record of the rows of some files."""
        for number in range(self.parts.number if sources else 0):
            for rows in self.parts.part(number).values():
                yield rows.loc[rows["source"].isin(sources), ["source", "record"]]


def _with_new(
    listed: pd.DataFrame | None, people: People, config: DatasetConfig, last_day: pd.Timestamp
) -> pd.DataFrame:
    """Return the roster with those who only have to be confirmed."""
    known = set() if listed is None else set(listed["athlete"])
    new = sorted(set(people.proposed.values()) - known)
    rows = pd.DataFrame(
        {
            "athlete": pd.Series(new, dtype="str"),
            "observed_from": pd.Timestamp(config.observed_from),
            "observed_to": last_day,
            "source": ROSTER,
            "record": range(len(new)),
            "repaired": False,
        }
    )
    # Of a folder from which nobody was read the roster has no rows, and the caller says so.
    known_rows = [rows for rows in (listed, rows) if rows is not None and len(rows)] or [rows]
    return settled(pd.concat(known_rows))


def _latest(records: Mapping[str, pd.DataFrame]) -> list[pd.Timestamp]:
    """Return the last days of sessions, of a device or told by an athlete."""
    days = [
        records[name][column].max()
        for name, column in _LAST.items()
        if name in records and len(records[name])
    ]
    return [pd.Timestamp(day).tz_localize(None).normalize() for day in days if pd.notna(day)]


def _still_followed(athletes: pd.DataFrame, last_day: pd.Timestamp) -> pd.DataFrame:
    """End everybody's observation with the data; whoever joins later is not observed yet."""
    joined, left = athletes["observed_from"], athletes["observed_to"]
    end = left.where(left <= last_day, last_day)
    return athletes.assign(observed_to=end.where(end >= joined, joined))


def _pseudonyms(config: DatasetConfig, athletes: pd.Series) -> dict[str, str]:
    key = key_for(config)
    return {athlete: pseudonym(key, config.name, athlete) for athlete in athletes}
