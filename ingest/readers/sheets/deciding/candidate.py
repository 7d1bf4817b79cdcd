"""A table that may hold records, with what was decided about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Final

import numpy as np

from ingest.dataset.settings import SheetSettings
from ingest.people.folder_words import is_nobody
from ingest.readers.base import Anyone, ReadContext
from ingest.readers.sheets.deciding.assigned import (
    DURATIONS,
    LOAD,
    TIMES,
    AssignedColumn,
    by_concept,
)
from ingest.readers.sheets.deciding.channels import channels_in
from ingest.readers.sheets.deciding.columns import assign
from ingest.readers.sheets.deciding.common_time import with_common_time
from ingest.readers.sheets.deciding.kind import (
    FORM,
    MEMBERS,
    OF_OTHER_KINDS,
    kind_of,
    measures_in,
    trials_in,
    value_across,
    value_of_cells,
)
from ingest.readers.sheets.deciding.layout import Layout, layout_of, people_across
from ingest.readers.sheets.deciding.sexes import sex_column
from ingest.readers.sheets.deciding.state_list import (
    is_state_list,
    with_notes_of_injuries,
    with_states,
)
from ingest.readers.sheets.deciding.teams import team_column
from ingest.readers.sheets.deciding.unpivot import unpivot
from ingest.readers.sheets.opening.block import Block, Column
from ingest.readers.sheets.opening.cells import Tab
from ingest.readers.sheets.opening.groups import by_value
from ingest.readers.sheets.opening.heading_rows import is_time
from ingest.readers.sheets.opening.regions import blocks_of
from ingest.readers.sheets.words.amounts import read_amount
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.headings import meanings_of
from ingest.readers.sheets.words.person_names import PEOPLE
from ingest.readers.sheets.words.sport_of_titles import other_sport_of
from ingest.readers.sheets.words.written_dates import weekday_of
from ingest.readers.text.athlete_column import known_names
from ingest.records.examination import Mask
from ingest.records.owner import OWNER_OF_FILE

_NAME_ROWS: Final = 0.3
_DAY_ROWS: Final = 0.5
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,5}$")
_LETTERS: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Candidate:
    """A table and what was decided about it.

    Parameters
    ----------
    block, assigned
        The table with a row per record, and what its columns hold.
    kind : str
        A kind, `ignore`, or empty where none fits.
    settings : SheetSettings
    around : tuple of str
        Titles, names of tab and file.
    owner : str
        Whose it is, where no column names people.
    proposed : str
        The kind that is proposed, where it has to be asked.
    beside : tuple of str
        Headings of columns beside those of the athletes that are not read.
    filled : mapping of str to array of bool
        Concept -> rows that take it from the row above.
    source_block : Block
        The table as it stands.
    """

    block: Block
    assigned: list[AssignedColumn]
    kind: str
    settings: SheetSettings
    around: tuple[str, ...]
    owner: str
    source_block: Block
    proposed: str = ""
    beside: tuple[str, ...] = ()
    filled: dict[str, Mask] = field(default_factory=dict)

    @property
    def is_open(self) -> bool:
        """Whether it has to be asked what it holds."""
        return not self.kind and bool(self.proposed)

    @property
    def channels(self) -> dict[str, AssignedColumn]:
        """Measures of the team's own that the table holds, by name."""
        return channels_in(self.assigned) if self.kind == FORM else {}

    def _is_for_nothing(self, concept: str) -> bool:
        return not concept or concept in OF_OTHER_KINDS.get(self.kind, frozenset())

    def unused(self) -> list[str]:
        """Return the headings of columns that hold something nobody uses."""
        if self.beside:
            return list(self.beside)
        measures = measures_in(self.assigned) if self.kind in {"strength", "gait"} else ([], [])
        trials = trials_in(self.assigned) if self.kind == "strength" else []
        team = team_column(self.assigned) if self.kind == FORM else None
        sex = sex_column(self.assigned) if self.kind == MEMBERS else None
        own = (*self.channels.values(), *(optional for optional in (team, sex) if optional))
        used = {assigned.column.at for assigned in (*measures[0], *measures[1], *trials, *own)}
        return [
            assigned.column.heading or assigned.column.letter
            for assigned in self.assigned
            if self._is_for_nothing(assigned.concept)
            and any(assigned.column.cells)
            and assigned.column.at not in used
            and not _holds_weekdays(assigned.column)
        ]


def _holds_weekdays(column: Column) -> bool:
    """Say whether a column beside the date names its weekday."""
    return all(weekday_of(plain(text)) is not None for text in column.texts())


def settings_of(source: str, tab: str, context: ReadContext) -> SheetSettings:
    """Return what `dataset.yaml` says about a sheet: by its path or name, for a tab or all."""
    sheets = context.config.sheets
    name = PurePosixPath(source.replace("!", "/")).name
    keys = (f"{source}#{tab}", f"{name}#{tab}", source, name)
    return next((sheets[key] for key in keys if key in sheets), SheetSettings())


def candidates_of(
    tab: Tab, source: str, context: ReadContext, *, by_person: bool = True
) -> list[Candidate]:
    """Return the tables of a tab with what is decided about each.

    Parameters
    ----------
    by_person : bool
        Whether the workbook's tabs may be called by people: those of months are not.
    """
    settings = settings_of(source, tab.name, context)
    return [
        _candidate(part, source, settings, context, by_person=by_person)
        for block in blocks_of(tab, settings.columns)
        for part in by_value(block)
    ]


def _candidate(
    block: Block, source: str, settings: SheetSettings, context: ReadContext, *, by_person: bool
) -> Candidate:
    names = frozenset(plain(name) for name in known_names(context))
    assigned = assign(block, settings.columns)
    around = _around(block, source)
    owner, strong = _owner(block, source, context, by_person=by_person)
    layout = layout_of(block, assigned, names, owned=strong)
    if layout is not Layout.ROWS:
        return _across(block, assigned, layout, names, settings, around, owner)
    assigned, filled = _filled_down(with_common_time(assigned, around))
    kind = settings.kind or kind_of(assigned, around)
    if kind in {"", "injuries", MEMBERS} and is_state_list(assigned, around):
        kind, assigned = "injuries", with_states(assigned)
    if not kind and (noted := with_notes_of_injuries(assigned, around)):
        kind, assigned = "injuries", noted
    loads = [column.column.heading for column in assigned if column.concept in LOAD]
    if kind == "weekly_km" and not settings.kind and other_sport_of([*loads, *around]):
        kind = ""  # kilometres a week of another sport would count as run
    proposed = "" if kind else _proposal(assigned)
    if kind and not owner and not {column.concept for column in assigned} & PEOPLE:
        owner = _named_by_file(context)
    return Candidate(block, assigned, kind, settings, around, owner, block, proposed, filled=filled)


def _across(
    block: Block,
    assigned: list[AssignedColumn],
    layout: Layout,
    names: frozenset[str],
    settings: SheetSettings,
    around: tuple[str, ...],
    owner: str,
) -> Candidate:
    value = value_across([block.value] if block.value else around)
    value = value or ("distance_km" if settings.kind == "weekly_km" else "")
    value = value or value_of_cells(
        [
            text
            for column in assigned
            if column.concept not in TIMES
            for text in column.column.texts()
        ],
        around,
    )
    # A title may state the scale: "Fatigue (1 = fresh, 10 = exhausted)".
    heading = block.value or next((text for text in around if value_across([text]) == value), "")
    long, assignments = unpivot(
        replace(block, value=heading), assigned, layout, names, value or "distance_km"
    )
    by_week = assignments[1].concept == "week"
    if (block.value and not value) or value == "rpe" or (by_week and value in DURATIONS):
        # An effort without a session and hours of a week are of no use: they are told.
        return Candidate(block, assigned, settings.kind or "", settings, around, owner, block)
    weekly = by_week and value in {"", "distance_km"}
    if weekly and not settings.kind and other_sport_of(around):
        # Kilometres a week of another sport would count as run.
        return Candidate(block, assigned, "", settings, around, owner, block)
    kind = "weekly_km" if weekly else FORM
    decided = settings.kind or (kind if value else "")
    beside = _beside(assigned, names) if layout is Layout.ATHLETES else ()
    open_kind = "" if decided else kind
    return Candidate(long, assignments, decided, settings, around, owner, block, open_kind, beside)


def _beside(assigned: Sequence[AssignedColumn], names: frozenset[str]) -> tuple[str, ...]:
    """Return the headings of filled columns that are none of an athlete, sums aside."""
    across = {column.at for column in people_across(assigned[1:], names)}
    return tuple(
        other.column.heading or other.column.letter
        for other in assigned[1:]
        if other.column.at not in across and other.concept != "total" and any(other.column.cells)
    )


def _around(block: Block, source: str) -> tuple[str, ...]:
    name = _ENDING.sub("", PurePosixPath(source.replace("!", "/")).name)
    titles = dict.fromkeys(text for row in block.titles for text in row)
    return (*titles, block.tab, name)


def _owner(block: Block, source: str, context: ReadContext, *, by_person: bool) -> tuple[str, bool]:
    """Return whose table it is by folder, title or tab, and whether a folder says so."""
    owner = context.owner_of(source)
    if owner and owner != context.only_athlete:
        return owner, True
    for row in block.titles:
        for label, name in pairwise(row):
            if _is_name_label(label) and _LETTERS.search(name):
                return name, False
        for text in row:
            label, _, name = text.partition(":")
            if name.strip() and _is_name_label(label):
                return name.strip(), False
    if by_person and block.tab and _looks_like_name(block.tab):
        return block.tab, False
    return owner, False


def _named_by_file(context: ReadContext) -> str:
    """Return the stand-in of a file's owner, whom its name may tell: else it is asked about."""
    return OWNER_OF_FILE if isinstance(context.athletes, Anyone) else ""


def _is_name_label(text: str) -> bool:
    return any(
        meaning.concept == "athlete" and meaning.certain
        for meaning in meanings_of(text.strip(": "))
    )


def _looks_like_name(text: str) -> bool:
    neutral = plain(text).split()[0] in {
        "sheet",
        "sheet1",
        "tabelle1",
        "feuil1",
        "hoja1",
        "foglio1",
        "blad1",
        "ark1",
    }
    digits = any(character.isdigit() for character in text)
    return bool(_LETTERS.search(text)) and not (
        neutral or digits or is_nobody(text) or meanings_of(text) or value_across([text])
    )


def _proposal(assigned: Sequence[AssignedColumn]) -> str:
    """Return a kind to propose for a table with people and days whose other columns are unknown."""
    concepts = {column.concept for column in assigned}
    dated = concepts & {"date", "stamp", "week", "onset"} or any(
        _is_dated(column.column) for column in assigned if column.concept != "birth"
    )
    counted = any(not column.concept and _is_counted(column.column) for column in assigned)
    return FORM if dated and concepts & PEOPLE and counted else ""


def _is_dated(column: Column) -> bool:
    cells = [cell for cell in column.cells if cell is not None]
    return bool(cells) and sum(map(is_time, cells)) >= 0.8 * len(cells)


def _is_counted(column: Column) -> bool:
    """Say whether most cells of a column are numbers: a list of duties or phones is no training."""
    amounts = [read_amount(text) for text in column.texts()]
    numbers = [amount for amount in amounts if amount is not None and amount.value is not None]
    return bool(amounts) and len(numbers) >= len(amounts) / 2


def _filled_down(assigned: list[AssignedColumn]) -> tuple[list[AssignedColumn], dict[str, Mask]]:
    """Write names and days that stand once above several rows into each of them."""
    concepts = by_concept(assigned)
    result = list(assigned)
    filled: dict[str, Mask] = {}
    for name, least in (("athlete", _NAME_ROWS), ("date", _DAY_ROWS)):
        assignment = concepts.get(name) if name != "date" or "stamp" not in concepts else None
        cells = assignment.column.cells if assignment else []
        empty = np.array([cell is None for cell in cells], dtype=bool)
        if (
            assignment is None
            or not len(cells)
            or cells[0] is None
            or not least <= empty.mean() < 1
        ):
            continue
        down = list(cells)
        for at in range(1, len(down)):
            down[at] = down[at] if down[at] is not None else down[at - 1]
        column = replace(assignment.column, cells=down)
        result = [replace(two, column=column) if two is assignment else two for two in result]
        filled[name] = empty
    return result, filled
