"""From a folder of files to the tables of the contracts, every record accounted for."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, TypedDict, Unpack

import pandas as pd

from common.contracts import CONTRACTS
from common.errors import StridecastError
from common.machine.scratch import scratch_folder
from common.question import Question
from common.run_log import timed
from ingest.club_rows import ClubRows
from ingest.dataset.settings import DatasetConfig, load_config
from ingest.joined_club import JoinedClub
from ingest.people.decision import People
from ingest.people.pseudonym import key_for
from ingest.people.pseudonymise import every_spelling
from ingest.quality.by_athlete import by_athlete
from ingest.quality.dataset_quality import quality
from ingest.quality.disagreements import disagreements
from ingest.quality.named_in_unread import with_named_athletes
from ingest.quality.not_read import NotRead, not_read, unclear_athletes
from ingest.quality.told_absences import absences_not_explained
from ingest.readers.registry import ReadContext
from ingest.reading.containers import items_of
from ingest.reading.files import Progress, data_files, understood
from ingest.reading.parse_cache import ParseCache
from ingest.reading.put_away import PutAway


class Options(TypedDict, total=False):
    """How a folder is read.

    Parameters
    ----------
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
        :mod:`ingest.reading.parse_cache`. The rows of a large club lie there while it is read.
    workers : int, optional
        Processes; by default as many as there are processors, or one for little work.
    """

    config: DatasetConfig | None
    accept_proposals: bool
    needs_sessions: bool
    payload: Path | None
    observed_to: date | None
    progress: Progress | None
    cache: Path | None
    workers: int | None


_DEFAULTS: Final[Options] = {
    "config": None, "accept_proposals": False, "needs_sessions": True, "payload": None,
    "observed_to": None, "progress": None, "cache": None, "workers": None,
}  # fmt: skip


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
        The rows before they were joined, with ids; of a club that is joined in parts only those
        of tables that do not grow with every day.
    """

    tables: dict[str, pd.DataFrame]
    report: dict[str, Any]
    people: People
    names: dict[str, str]
    questions: tuple[Question, ...]
    not_read: tuple[NotRead, ...]
    records: dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Ingested:
    """What was read of a folder, while the tables of a large club are on disk.

    Parameters
    ----------
    club : JoinedClub
        The tables.
    report, people, names, questions, not_read
        As in :class:`IngestResult`.
    """

    club: JoinedClub
    report: dict[str, Any]
    people: People
    names: dict[str, str]
    questions: tuple[Question, ...]
    not_read: tuple[NotRead, ...]


def ingest(folder: Path, **options: Unpack[Options]) -> IngestResult:
    """Read every file of a dataset folder into the tables of the contracts.

    Parameters
    ----------
    folder : pathlib.Path
        Folder with `dataset.yaml`.
    **options
        See :class:`Options`.

    Raises
    ------
    StridecastError
        If there is nothing to read: no folder, no settings, no files, no athletes, no sessions; or
        if it is a folder of clubs; or if the rows of a large club cannot be put away.
    """
    with ingested(folder, **options) as result:
        club = result.club
        tables = {name: club.tables.whole(name) for name in CONTRACTS}
        return IngestResult(
            tables, result.report, result.people, result.names, result.questions,
            result.not_read, club.records,
        )  # fmt: skip


@contextmanager
def ingested(folder: Path, **options: Unpack[Options]) -> Iterator[Ingested]:
    """Yield what :func:`ingest` returns, table after table; on leaving, the tables are gone.

    Parameters
    ----------
    folder, **options
        As there; raises what it raises.
    """
    asked: Options = {**_DEFAULTS, **options}
    config = asked["config"] or load_config(folder)
    if config.clubs:
        raise StridecastError(
            f"{folder}: a folder of clubs, each with settings of its own",
            "name one of its clubs; the stage `ingest` reads all of them",
        )
    place, cache = asked["payload"] or folder, asked["cache"]
    last_observed = asked["observed_to"] or config.observed_to
    last_day = pd.Timestamp(last_observed or datetime.now(tz=UTC).date())
    with_proposals = asked["accept_proposals"]
    with PutAway(cache) as away:
        with scratch_folder() as scratch, timed("step=read"):
            read = understood(
                items_of(data_files(place), place, scratch),
                ReadContext(config, place, last_day),
                asked["progress"],
                needs_roster=not with_proposals,
                accept_proposals=with_proposals,
                cache=ParseCache(cache / config.name, key_for(config)) if cache else None,
                workers=asked["workers"],
                away=away,
            )
        rows = ClubRows(
            read, config, last_day,
            is_followed=last_observed is None, accept_proposals=with_proposals, away=away,
        )  # fmt: skip
        club = JoinedClub(rows, every_spelling(read.people, rows.names), config, away)
        if asked["needs_sessions"] and not club.has_sessions:
            raise StridecastError(
                f"{place}: no session in any file", "add an activity export or session_rpe.csv"
            )
        unread = _unread(club, read.people, rows.names, place, with_proposals=with_proposals)
        questions = [
            *read.people.questions,
            *(question for account in club.accounts for question in account.questions),
        ]
        report = _report(config, club, rows.names, unread)
        yield Ingested(club, report, read.people, rows.names, tuple(questions), tuple(unread))


def _unread(
    club: JoinedClub,
    people: People,
    names: Mapping[str, str],
    place: Path,
    *,
    with_proposals: bool,
) -> list[NotRead]:
    """Return what was not read, and what two files tell differently."""
    codes = {code: athlete for athlete, code in names.items()}
    unread = not_read(club.accounts, people, with_proposals=with_proposals)
    injuries = club.tables.whole("injuries")
    return [
        *absences_not_explained(club.records, injuries, club.runs.last, names),
        *with_named_athletes(unread, place, people, names),
        *disagreements(club.records, club.runs, codes),
    ]


def _report(
    config: DatasetConfig, club: JoinedClub, names: Mapping[str, str], unread: Sequence[NotRead]
) -> dict[str, Any]:
    merged, sizes = club.merged, club.tables.sizes
    files = [account.summary() for account in club.accounts]
    counts = ("read", "accepted", "repaired", "rejected")
    regions = Counter(region for rows in club.tables.rows("injuries") for region in rows["region"])
    unclear = unclear_athletes(unread)
    return {
        "dataset": config.name,
        "simulated": config.simulated,
        "files": files,
        "totals": {name: sum(file[name] for file in files) for name in counts},
        "athletes": sizes["athletes"],
        "sessions": sizes["sessions"],
        "merged_sessions": merged["recordings_joined"] + merged["answers_matched"],
        "merged": dict(merged),
        "quality": quality(club.quality, club.by_file, club.accounts)
        | {"by_athlete": by_athlete(club.accounts, club.tally, names)},
        "injuries_by_region": {str(region): n for region, n in sorted(regions.items())},
        "not_read": [entry.as_json(names) for entry in unread],
        "unclear": {names[athlete]: why for athlete, why in unclear.items() if athlete in names},
    }
