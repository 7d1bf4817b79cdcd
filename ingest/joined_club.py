"""The tables of a club, joined by parts of its athletes, and what is summed up on the way."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import pandas as pd

from common.contracts import CONTRACTS
from ingest.club_rows import ClubRows
from ingest.dataset.file_names import renaming
from ingest.dataset.settings import DatasetConfig
from ingest.harmonise.by_athletes import (
    BY_FILE,
    Disguise,
    Keep,
    added_steps,
    in_memory,
    joined_parts,
    ordered_table,
)
from ingest.harmonise.joint_repairs import JointRepairs
from ingest.harmonise.tables import Rules
from ingest.injuries.spans import injury_spans
from ingest.people.pseudonymise import pseudonymise_ids
from ingest.quality.by_athlete import RecordTally
from ingest.quality.compared_runs import ComparedRuns
from ingest.quality.dataset_quality import PartQuality, part_quality
from ingest.reading.put_away import PutAway
from ingest.records.account import rejects_of

_FELT: Final = ["athlete", "region", "date", "side", "pain_0_10"]


class ClubTables:
    """The tables of the contracts, of a large club on disk.

    Parameters
    ----------
    keep : callable
        Where the tables of a part go.
    """

    def __init__(self, keep: Keep) -> None:
        self._keep = keep
        self._parts: dict[str, list[Callable[[], pd.DataFrame]]] = {name: [] for name in CONTRACTS}
        self.sizes = dict.fromkeys(CONTRACTS, 0)
        """Table -> rows."""

    def add(self, tables: Mapping[str, pd.DataFrame]) -> None:
        """Take over the tables of further athletes."""
        for name, rows in tables.items():
            self._parts[name].append(self._keep(rows))
            self.sizes[name] += len(rows)

    def rows(self, name: str) -> Iterator[pd.DataFrame]:
        """Yield the rows of a table, those of each part of the athletes at once."""
        for part in self._parts[name]:
            yield part()

    def whole(self, name: str) -> pd.DataFrame:
        """Return a table."""
        return pd.concat(list(self.rows(name)), ignore_index=True)


class JoinedClub:
    """What the files of a club say together.

    Parameters
    ----------
    club : ClubRows
    spelled : mapping of str to str
        Every spelling of an athlete -> pseudonym.
    config : DatasetConfig
    away : PutAway
        Where the tables of a large club lie.
    """

    def __init__(
        self, club: ClubRows, spelled: Mapping[str, str], config: DatasetConfig, away: PutAway
    ) -> None:
        shown = _shown(club, renaming(spelled))
        disguise = Disguise(club.names, shown)
        by_shown = {shown[account.source]: account for account in club.accounts}
        files = {name: account.source for name, account in by_shown.items()}
        kinds = {n: a.kind for n, a in by_shown.items() if a.kind not in config.clocks}
        rules = Rules(
            config.time_zone, club.last_day, kinds, config.load_sports,
            config.recurrent_within_days,
        )  # fmt: skip
        keep = in_memory if club.parts.number == 1 else _on_disk(away)
        self.tables = ClubTables(keep)
        """The tables of the contracts."""
        self.quality: list[PartQuality] = []
        """What the tables of each part tell."""
        merged, repairs = [], []
        for part in joined_parts(club.parts, disguise, rules, keep):
            self.tables.add(part.tables)
            self.quality.append(part_quality(part.tables))
            merged.append(part.merged)
            repairs.append(part.repairs)
            del part
        self.merged = added_steps(merged)
        """Step -> records that are now part of another."""
        every = pd.concat(repairs)
        joint = JointRepairs(every.assign(source=every["source"].map(files).astype("str")))
        sheets = {a.source for a in club.accounts if a.kind.startswith("sheet")}
        self.runs = ComparedRuns(files, sheets)
        """What of the sessions is compared with lists."""
        self.tally = RecordTally(club.accounts)
        """Records and days of each athlete."""
        self.records = dict(club.records)
        """Rows in memory, with ids; they know what was repaired when they were joined."""
        felt = self._counted(club, joint)
        if felt:
            self.records["pain"] = pd.concat(felt)
        self.accounts = joint.counted(club.accounts)
        """One per file; they know it, too."""
        self.by_file = self._by_file(club, disguise, config)
        """Tables that are not made of rows of athletes."""
        self.tables.add(self.by_file)

    @property
    def has_sessions(self) -> bool:
        """Whether there is any session, or any distance of a week."""
        return any(self.tables.sizes[name] > 0 for name in ("sessions", "mileage"))

    def _counted(self, club: ClubRows, joint: JointRepairs) -> list[pd.DataFrame]:
        """Count the records of each part, once repairs are marked; return what was felt."""
        ends = self.records.get("injury_ends")
        asked = set() if ends is None else set(ends["athlete"])
        felt = []
        sessions = self.tables.rows("sessions")
        for number in range(club.parts.number):
            rows = joint.marked(club.parts.part(number))
            self.tally.take(rows)
            self.runs.take(next(sessions), rows.get("sessions"))
            if club.parts.number == 1:
                self.records = rows
            elif asked and "pain" in rows:
                pain = rows["pain"]
                felt.append(pain.loc[pain["athlete"].isin(asked), _FELT])
        return felt

    def _by_file(
        self, club: ClubRows, disguise: Disguise, config: DatasetConfig
    ) -> dict[str, pd.DataFrame]:
        register = self.records.get("injuries")
        spans = injury_spans(
            pseudonymise_ids(self.records["athletes"], *disguise),
            None if register is None else pseudonymise_ids(register, *disguise),
            config,
        )
        rejects = rejects_of([r for account in self.accounts for r in account.refusals])
        rejects = rejects.assign(athlete=rejects["athlete"].map(club.names).astype("str"))
        tables = {"injury_spans": spans, "rejects": rejects}
        return {name: ordered_table(name, tables[name]) for name in BY_FILE}


def _shown(club: ClubRows, rename: Callable[[str], str]) -> dict[str, str]:
    sources = dict.fromkeys(account.source for account in club.accounts)
    # The roster that a first look makes is no file, and has no account.
    for rows in club.records.values():
        sources |= dict.fromkeys(rows["source"].unique())
    return {source: rename(source) for source in sources}


def _on_disk(away: PutAway) -> Keep:
    box = away.box()

    def keep(rows: pd.DataFrame) -> Callable[[], pd.DataFrame]:
        slip = box.put(rows)
        return lambda: box.take(slip)

    return keep
