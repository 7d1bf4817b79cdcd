"""From a folder of files to the tables of the contracts, every record accounted for."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pandas as pd

from common.contracts import CONTRACTS
from common.errors import StridecastError
from common.question import Question
from common.run_log import timed
from common.scratch import scratch_folder
from ingest.dataset.file_names import renaming
from ingest.dataset.settings import DatasetConfig, load_config
from ingest.harmonise.by_athletes import Disguise, harmonise_by_athletes, ordered_table
from ingest.harmonise.joint_repairs import with_joint_repairs
from ingest.harmonise.tables import Rules, without_copies
from ingest.injuries.spans import injury_spans
from ingest.people.decision import People
from ingest.people.members import PROFILES, with_profiles
from ingest.people.pseudonym import key_for, pseudonym
from ingest.people.pseudonymise import every_spelling, pseudonymise_ids
from ingest.people.roster_file import ROSTER
from ingest.people.teams import TABLE as TEAMS
from ingest.people.teams import with_teams
from ingest.quality.by_athlete import by_athlete
from ingest.quality.dataset_quality import quality
from ingest.quality.disagreements import disagreements
from ingest.quality.named_in_unread import with_named_athletes
from ingest.quality.not_read import NotRead, not_read, unclear_athletes
from ingest.quality.told_absences import absences_not_explained
from ingest.readers.registry import ReadContext
from ingest.reading.containers import items_of
from ingest.reading.files import FolderRead, Progress, data_files, read_folder
from ingest.reading.parse_cache import ParseCache
from ingest.records.account import Account, rejects_of
from ingest.records.row_types import settled


@dataclass(frozen=True)
class IngestResult:
    """The tables of a dataset and the account of its files.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        One frame per contract, pseudonyms in place of ids.
    report : dict
        JSON-able: files, totals, athletes, sessions, merged_sessions, merged, injuries_by_region,
        quality, not_read (see :class:`ingest.quality.not_read.NotRead`), unclear (pseudonym -> why
        an athlete must not be called healthy).
    people : People
        Who is who.
    names : dict of str to str
        Id -> pseudonym.
    questions : tuple of Question
        What is open.
    not_read : tuple of NotRead
        What was not read, ids in place of pseudonyms.
    records : dict of str to pandas.DataFrame
        The rows before they were joined, with ids.
    """

    tables: dict[str, pd.DataFrame]
    report: dict[str, Any]
    people: People
    names: dict[str, str]
    questions: tuple[Question, ...]
    not_read: tuple[NotRead, ...]
    records: dict[str, pd.DataFrame]


def ingest(  # noqa: PLR0913 - each is a choice of its own
    folder: Path,
    *,
    config: DatasetConfig | None = None,
    accept_proposals: bool = False,
    needs_sessions: bool = True,
    payload: Path | None = None,
    observed_to: date | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
    workers: int | None = None,
) -> IngestResult:
    """Read every file of a dataset folder into the tables of the contracts.

    Parameters
    ----------
    folder : pathlib.Path
        Folder with `dataset.yaml`.
    config : DatasetConfig, optional
        Settings in place of those of `dataset.yaml`, for a folder that has none yet.
    accept_proposals : bool
        Whether athletes and names that only have to be confirmed count as confirmed.
    needs_sessions : bool
        Whether a folder without any session is an error.
    payload : pathlib.Path, optional
        Folder with the files, where they do not lie beside `dataset.yaml`.
    observed_to : date, optional
        Replaces the last day of `dataset.yaml`. Where neither names one the team is still
        followed: nothing may be dated after today, and the data end with the last session.
    progress : callable, optional
        Called after every file.
    cache : pathlib.Path, optional
        Folder in which parsed files are kept from run to run; see
        :mod:`ingest.reading.parse_cache`.
    workers : int, optional
        Processes; by default as many as there are processors, or one for little work.

    Raises
    ------
    StridecastError
        If there is nothing to read: no folder, no settings, no files, no athletes, no sessions; or
        if it is a folder of clubs.
    """
    config = config or load_config(folder)
    if config.clubs:
        raise StridecastError(
            f"{folder}: a folder of clubs, each with settings of its own",
            "name one of its clubs; the stage `ingest` reads all of them",
        )
    place = payload or folder
    last_observed = observed_to or config.observed_to
    last_day = pd.Timestamp(last_observed or datetime.now(tz=UTC).date())
    with scratch_folder() as scratch:
        items = items_of(data_files(place), place, scratch)
        with timed("step=read"):
            read = read_folder(
                items,
                ReadContext(config, place, last_day),
                progress,
                needs_roster=not accept_proposals,
                accept_proposals=accept_proposals,
                cache=ParseCache(cache / config.name, key_for(config)) if cache else None,
                workers=workers,
            )
    distinct, accounts = _distinct(read, config, last_day, accept_proposals=accept_proposals)
    if last_observed is None:
        last_day = _last_session(distinct, last_day)
        distinct["athletes"] = _still_followed(distinct["athletes"], last_day)
    names = _pseudonyms(config, distinct["athletes"]["athlete"])
    joined = _joined(
        distinct, accounts, every_spelling(read.people, names), names, config, last_day
    )
    if needs_sessions and not joined.has_sessions:
        raise StridecastError(
            f"{place}: no session in any file", "add an activity export or session_rpe.csv"
        )
    unread = _unread(joined, read.people, names, place, with_proposals=accept_proposals)
    tables = {name: joined.tables[name] for name in CONTRACTS}
    report = _report(config, joined, tables, names, unread)
    asked = [
        *read.people.questions,
        *(question for account in joined.accounts for question in account.questions),
    ]
    return IngestResult(
        tables, report, read.people, names, tuple(asked), tuple(unread), joined.records
    )


@dataclass(frozen=True)
class _Joined:
    """What the files say together.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        The tables of the contracts.
    merged : mapping of str to int
        Step -> records that are now part of another.
    records : dict of str to pandas.DataFrame
        Rows before they were joined, with ids; they know what was repaired when they were joined.
    accounts : list of Account
        One per file; they know it, too.
    files : dict of str to str
        File under its pseudonym -> file as it is called.
    has_sessions : bool
        Whether there is any session, or any distance of a week.
    """

    tables: dict[str, pd.DataFrame]
    merged: Mapping[str, int]
    records: dict[str, pd.DataFrame]
    accounts: list[Account]
    files: dict[str, str]
    has_sessions: bool


def _distinct(
    read: FolderRead, config: DatasetConfig, last_day: pd.Timestamp, *, accept_proposals: bool
) -> tuple[dict[str, pd.DataFrame], list[Account]]:
    """Return rows without copies; athletes have what lists of members and of teams say of them."""
    profiles = read.records.pop(PROFILES, None)
    distinct, accounts = without_copies(read.records, read.accounts)
    # What was read is asked for its people still; its rows would stand beside the distinct ones.
    read.records.clear()
    if accept_proposals:
        distinct["athletes"] = _with_new(distinct.get("athletes"), read.people, config, last_day)
    athletes = with_profiles(distinct["athletes"], profiles)
    distinct["athletes"] = with_teams(athletes, distinct.pop(TEAMS, None))
    return distinct, accounts


def _joined(
    distinct: dict[str, pd.DataFrame],
    accounts: list[Account],
    spelled: Mapping[str, str],
    names: Mapping[str, str],
    config: DatasetConfig,
    last_day: pd.Timestamp,
) -> _Joined:
    """Join the rows of all files under pseudonyms."""
    rename = renaming(spelled)
    sources = {account.source: None for account in accounts}
    # The roster that a first look makes is no file, and has no account.
    sources |= {source: None for rows in distinct.values() for source in rows["source"].unique()}
    shown = {source: rename(source) for source in sources}
    known = {shown[account.source]: account for account in accounts}
    files = {name: account.source for name, account in known.items()}
    kinds = {
        name: account.kind for name, account in known.items() if account.kind not in config.clocks
    }
    rules = Rules(
        config.time_zone, last_day, kinds, config.load_sports, config.recurrent_within_days
    )
    tables, merged, repairs = harmonise_by_athletes(distinct, Disguise(names, shown), rules)
    repairs = repairs.assign(source=repairs["source"].map(files).astype("str"))
    distinct, accounts = with_joint_repairs(distinct, accounts, repairs)
    register = distinct.get("injuries")
    spans = injury_spans(
        pseudonymise_ids(distinct["athletes"], names, shown),
        None if register is None else pseudonymise_ids(register, names, shown),
        config,
    )
    rejects = rejects_of([refusal for account in accounts for refusal in account.refusals])
    rejects = rejects.assign(athlete=rejects["athlete"].map(names).astype("str"))
    for name, rows in (("injury_spans", spans), ("rejects", rejects)):
        tables[name] = ordered_table(name, rows)
    has_sessions = any(len(tables[name]) > 0 for name in ("sessions", "mileage"))
    return _Joined(tables, merged, distinct, accounts, files, has_sessions)


def _unread(
    joined: _Joined,
    people: People,
    names: Mapping[str, str],
    place: Path,
    *,
    with_proposals: bool,
) -> list[NotRead]:
    """Return what was not read, and what two files tell differently."""
    sheets = {account.source for account in joined.accounts if account.kind.startswith("sheet")}
    codes = {code: athlete for athlete, code in names.items()}
    unread = not_read(joined.accounts, people, with_proposals=with_proposals)
    return [
        *absences_not_explained(joined.records, joined.tables, names),
        *with_named_athletes(unread, place, people, names),
        *disagreements(joined.records, joined.tables, codes, joined.files, sheets),
    ]


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


def _last_session(records: Mapping[str, pd.DataFrame], latest: pd.Timestamp) -> pd.Timestamp:
    """Return the day of the last session, of a device or told by an athlete."""
    days = [
        records[name][column].max()
        for name, column in (
            ("sessions", "local_date"),
            ("answers", "end"),
            ("weekly_km", "week_end"),
        )
        if name in records and len(records[name])
    ]
    known = [pd.Timestamp(day).tz_localize(None).normalize() for day in days if pd.notna(day)]
    return min(max(known, default=latest), latest)


def _still_followed(athletes: pd.DataFrame, last_day: pd.Timestamp) -> pd.DataFrame:
    """End everybody's observation with the data; whoever joins later is not observed yet."""
    joined, left = athletes["observed_from"], athletes["observed_to"]
    end = left.where(left <= last_day, last_day)
    return athletes.assign(observed_to=end.where(end >= joined, joined))


def _pseudonyms(config: DatasetConfig, athletes: pd.Series) -> dict[str, str]:
    key = key_for(config)
    return {athlete: pseudonym(key, config.name, athlete) for athlete in athletes}


def _report(
    config: DatasetConfig,
    joined: _Joined,
    tables: Mapping[str, pd.DataFrame],
    names: Mapping[str, str],
    unread: Sequence[NotRead],
) -> dict[str, Any]:
    merged = joined.merged
    files = [account.summary() for account in joined.accounts]
    counts = ("read", "accepted", "repaired", "rejected")
    regions = Counter(tables["injuries"]["region"])
    unclear = unclear_athletes(unread)
    return {
        "dataset": config.name,
        "simulated": config.simulated,
        "files": files,
        "totals": {name: sum(file[name] for file in files) for name in counts},
        "athletes": len(tables["athletes"]),
        "sessions": len(tables["sessions"]),
        "merged_sessions": merged["recordings_joined"] + merged["answers_matched"],
        "merged": dict(merged),
        "quality": quality(tables, joined.accounts)
        | {"by_athlete": by_athlete(joined.accounts, joined.records, names)},
        "injuries_by_region": {str(region): n for region, n in sorted(regions.items())},
        "not_read": [entry.as_json(names) for entry in unread],
        "unclear": {names[athlete]: why for athlete, why in unclear.items() if athlete in names},
    }
