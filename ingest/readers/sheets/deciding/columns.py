"""Which column is what: each concept goes to the column whose heading says it best."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from ingest.readers.activity.sport_names import activity
from ingest.readers.sheets.deciding.assigned import LOAD, TIMES, AssignedColumn
from ingest.readers.sheets.deciding.columns_by_content import (
    with_clock,
    with_injured_or_not,
    with_injuries,
    with_member_numbers,
    with_return,
    without_ratings,
)
from ingest.readers.sheets.opening.block import Block, Column
from ingest.readers.sheets.opening.heading_rows import is_time
from ingest.readers.sheets.synonyms import SYNONYMS
from ingest.readers.sheets.words.amounts import Amount, read_amount
from ingest.readers.sheets.words.answers_of_pain import NO, YES
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.headings import Meaning, meanings_of, unit_of
from ingest.readers.sheets.words.measure_headings import gait_heading, is_detail, strength_heading
from ingest.readers.sheets.words.person_names import PEOPLE

REPEATED: Final = frozenset({"pain", "comment", "total", "stamp", "birth"})
"""Concepts that several columns may hold."""
NOT_READ: Final = "ignore"
CHANNEL: Final = "channel"
"""A measure of the team's own, which no concept of the program holds."""
TEAM: Final = "team"
"""In which team somebody is."""
_NEARLY_ALL: Final = 0.8
_LONGEST_OUT: Final = 730
"""Days for which an injury may keep somebody out, in a list of injuries."""
_SEEN: Final = re.compile(
    r"\b(?:seen|gesehen|vorgestellt|vue? le|consult\w*|vist[oa]|visita|gezien)\b"
)
"""Words for the day on which a physiotherapist saw an injury."""
_NAME: Final = re.compile(r"[^\W\d_][^\d_]*(?: [^\d_]+){0,3}")
_ASKED: Final = frozenset({"pain", "soreness", "fatigue", "pain_place", "injury"})
_LONGEST: Final = re.compile(
    r"\b(?:longest|langst\w*|laengst\w*|plus long\w*|mas larg\w*|piu lung\w*|mais long\w*"
    r"|lengst\w*)\b"
)
_TOTAL: Final = re.compile(
    r"\b(?:totals?|totale?|totaux|totales|totali|totalt|totaal|overall|season|year|ytd|to date"
    r"|cumul\w*|kumul\w*|acumul\w*|running (?:sum|total)|gesamt\w*|summe|insgesamt|saison\w*"
    r"|jahr\w*|somme|somma|suma|soma|samlet|sammanlagt|i alt)\b"
)
_OF_THE_DAY: Final = re.compile(
    r"\b(?:today\w*|sessions?|daily|heute|einheit|del dia|hoy|sesion|jour|seance|oggi|seduta"
    r"|vandaag|sessie|hoje|sessao|idag|i dag|okt|pass)\b"
)
_SIDES: Final = 2
_MOST_HOURS: Final = 14
_HOURS_IN_SHORT: Final = re.compile(r"[(\[](?:t|tim|tm|u)\.?[)\]]")
_FEWEST_HOURS: Final = 4
_LONGEST_SCALE_H: Final = 5

_YES_AND_NO: Final = NO | YES


def assign(block: Block, stated_columns: Mapping[str, str]) -> list[AssignedColumn]:
    """Return what each column of a table holds.

    Parameters
    ----------
    block : Block
    stated_columns : mapping of str to str
        Heading, or letter of the column, -> concept, or a heading that is known in its place; from
        `sheets.<file>.columns`.
    """
    by_hand = {plain(heading): concept for heading, concept in stated_columns.items()}
    settled: dict[int, AssignedColumn] = {}
    open_: list[tuple[Column, tuple[Meaning, ...]]] = []
    for column in _below_title(block):
        concept = by_hand.get(plain(column.heading)) or stated_columns.get(column.letter, "")
        if concept in SYNONYMS or concept in {NOT_READ, CHANNEL, TEAM}:
            unit = unit_of(column.heading)
            settled[column.at] = AssignedColumn(column, concept, certain=True, unit=unit)
        else:
            # Any other text stands for the heading: "Hip Abd L (kg)".
            named = replace(column, levels=(concept,)) if concept else column
            open_.append((named, _candidates(named)))
    taken = {assignment.concept for assignment in settled.values()}
    _share_out(open_, settled, taken)
    renamed = {column.at: column for column, _ in open_}
    assigned = [
        settled.get(column.at, AssignedColumn(renamed.get(column.at, column), ""))
        for column in block.columns
    ]
    people = _by_content(_with_yes_and_no(with_clock(assigned)))
    asked = with_injured_or_not(without_ratings(people))
    by_cells = with_member_numbers(with_return(with_injuries(asked)))
    return _hours_of_sleep(_units(_days_out(by_cells)))


def _below_title(block: Block) -> list[Column]:
    """Return the columns; those headed by a side and a trial alone belong to a title's test."""
    titles = [text for row in block.titles for text in row if strength_heading(text).name]
    details = [
        column
        for column in block.columns
        if is_detail(column.heading) and strength_heading(column.heading).side
    ]
    if len(titles) != 1 or len(details) < _SIDES:
        return block.columns
    return [
        replace(column, levels=(titles[0], *column.levels)) if column in details else column
        for column in block.columns
    ]


def _days_out(assigned: list[AssignedColumn]) -> list[AssignedColumn]:
    """Take a column headed like the day of an injury for days lost where its cells count days.

    Spanish "Baja" is the day on which somebody stops, and how long that lasts. Another column has
    to tell the day then.
    """
    concepts = {column.concept for column in assigned}
    if "days_lost" in concepts:
        return assigned
    counted = {"return", "onset"} if concepts & (TIMES - {"onset"}) else {"return"}
    return [
        replace(column, concept="days_lost")
        if column.concept in counted and _counts_days(column.column)
        else column
        for column in assigned
    ]


def _counts_days(column: Column) -> bool:
    cells = [cell for cell in column.cells if cell is not None]
    amounts = [read_amount(cell.text) for cell in cells if not is_time(cell)]
    days = [amount.value for amount in amounts if amount and amount.value is not None]
    whole = [day for day in days if day <= _LONGEST_OUT and day == int(day)]
    # Only 0 and 1 is no and yes.
    return max(whole, default=0) > 1 and len(whole) >= _NEARLY_ALL * len(cells)


def _units(assigned: list[AssignedColumn]) -> list[AssignedColumn]:
    """Take a column of units for one: German "Einheit" is a unit and a session."""
    if any(column.concept == "unit" for column in assigned):
        return assigned
    return [
        replace(column, concept="unit")
        if column.concept == "sport" and _holds_units(column.column)
        else column
        for column in assigned
    ]


def _holds_units(column: Column) -> bool:
    texts = column.texts()
    return bool(texts) and all(unit_of(f"x ({text})") for text in texts)


def _by_content(assigned: list[AssignedColumn]) -> list[AssignedColumn]:
    """Take a column without a heading for people or days, where nothing else is and it can be."""
    concepts = {column.concept for column in assigned}
    for concept, rivals, looks in (
        ("date", TIMES, _holds_times),
        ("athlete", PEOPLE - {"member_no"}, _holds_names),
    ):
        open_ = [column for column in assigned if not column.concept and not column.column.heading]
        place = next((assigned for assigned in open_ if looks(assigned.column)), None)
        if place is not None and not concepts & rivals:
            identified = replace(place, concept=concept)
            assigned = [identified if column is place else column for column in assigned]
    return assigned


def _holds_times(column: Column) -> bool:
    cells = [cell for cell in column.cells if cell is not None]
    return bool(cells) and sum(map(is_time, cells)) >= _NEARLY_ALL * len(cells)


def _holds_names(column: Column) -> bool:
    texts = column.texts()
    names = [text for text in texts if _NAME.fullmatch(text) and read_amount(text) is None]
    return bool(texts) and len(names) >= _NEARLY_ALL * len(texts)


def _candidates(column: Column) -> tuple[Meaning, ...]:
    """Return what a column may hold; the longest run of a week is neither a run nor the week's."""
    meanings = _meanings(column)
    if not _LONGEST.search(plain(column.heading)):
        return meanings
    return tuple(meaning for meaning in meanings if meaning.concept not in LOAD)


def _meanings(column: Column) -> tuple[Meaning, ...]:
    lowest = next((level for level in reversed(column.levels) if level), "")
    alone = meanings_of(lowest) if lowest != column.heading else ()
    certain = tuple(meaning for meaning in alone if meaning.certain)
    ordered = {
        meaning.concept: meaning for meaning in (*certain, *meanings_of(column.heading), *alone)
    }
    if "return" in ordered and (date := ordered.get("date")) and not date.certain:
        # "Fecha alta" is a date, and says of what.
        ordered = {name: meaning for name, meaning in ordered.items() if name != "date"}
    loose = [meaning for meaning in ordered.values() if not meaning.certain]
    if len(loose) == len(ordered) and _is_measure(column) and not _ASKED & set(ordered):
        return ()
    if LOAD & set(ordered) and "total" in ordered and not ordered["total"].certain:
        # "total_dist_m" is a distance: a column of totals would be left out without a word.
        ordered["total"] = ordered.pop("total")
    return tuple(ordered.values())


def _is_measure(column: Column) -> bool:
    """Say whether a heading names a strength test or a gait value: no loose word beats that."""
    return bool(strength_heading(column.heading).name or gait_heading(column.heading).name)


def _share_out(
    open_: Sequence[tuple[Column, tuple[Meaning, ...]]],
    settled: dict[int, AssignedColumn],
    taken: set[str],
) -> None:
    """Give each concept to one column: whole spellings first, then first choices, then others.

    The day on which somebody was seen is that of an injury only where no column tells it better.
    """
    of_the_day = {
        meaning.concept
        for column, meanings in open_
        for meaning in meanings
        if _OF_THE_DAY.search(plain(column.heading))
    }
    ranked = [
        (
            not meaning.certain
            or (meaning.concept in of_the_day and _is_total(column, meaning.concept)),
            rank + 9 * _choice(column, meaning.concept),
            column.at,
            column,
            meaning,
        )
        for column, candidates in open_
        for rank, meaning in enumerate(candidates)
    ]
    for _, _, at, column, meaning in sorted(ranked, key=lambda entry: entry[:3]):
        if meaning.concept == "sport" and _only_counts(column):
            continue  # "Session 1, 2" numbers the sessions of a day
        free = meaning.concept not in taken or meaning.concept in REPEATED
        if at not in settled and free:
            settled[at] = AssignedColumn(column, meaning.concept, meaning.certain, meaning.unit)
            taken.add(meaning.concept)


def _choice(column: Column, concept: str) -> int:
    """Return 1 where another column is the better one for a concept, if there is one, else 0.

    A total beside the distance of the session is that of a week, a season or a pair of shoes; alone
    it is the distance, before it is left out as a total (2).
    """
    if _is_total(column, concept):
        return 2 if concept == "total" else 1
    return int(_is_seen(column) or (concept == "sport" and _names_none(column)))


def _is_total(column: Column, concept: str) -> bool:
    """Say whether a column of lengths holds sums: no certain one beside that of the day."""
    return concept in {*LOAD, "total"} and _TOTAL.search(plain(column.heading)) is not None


def _names_none(column: Column) -> bool:
    """Say whether no cell names a sport: beside one that does, it describes the session."""
    return not any(activity(text).known for text in column.texts())


def _only_counts(column: Column) -> bool:
    texts = column.texts()
    return bool(texts) and all(text.strip().isdigit() for text in texts)


def _is_seen(column: Column) -> bool:
    return _SEEN.search(plain(column.heading)) is not None


def _with_yes_and_no(assigned: list[AssignedColumn]) -> list[AssignedColumn]:
    """Let "Any pain?" leave the number to "How bad is it?": no is none, yes without one is some."""
    pains = [column for column in assigned if column.concept == "pain"]
    asked = next((pain for pain in pains if _is_yes_or_no(pain.column)), None)
    number = next((pain for pain in pains if not _is_yes_or_no(pain.column)), None)
    if asked is None or number is None:
        return assigned
    pairs = zip(number.column.cells, asked.column.cells, strict=True)
    cells = [asks if bad is None else bad for bad, asks in pairs]
    completed = replace(number, column=replace(number.column, cells=cells))
    done = replace(asked, concept=NOT_READ)
    return [
        completed if column is number else done if column is asked else column
        for column in assigned
    ]


def _is_yes_or_no(column: Column) -> bool:
    texts = {plain(text) for text in column.texts()}
    return bool(texts) and texts <= _YES_AND_NO


def _hours_of_sleep(assigned: list[AssignedColumn]) -> list[AssignedColumn]:
    """Take a column headed "Sleep" for hours where its cells can be nothing else."""
    if any(column.concept == "sleep_h" for column in assigned):
        return assigned
    return [
        replace(column, concept="sleep_h")
        if column.concept == "sleep_quality" and (_in_hours(column) or _are_hours(column.column))
        else column
        for column in assigned
    ]


def _in_hours(column: AssignedColumn) -> bool:
    """Say whether a heading of sleep names hours, also shortened: (t), (tim), (u)."""
    return column.unit == "h" or _HOURS_IN_SHORT.search(column.column.heading.lower()) is not None


def _are_hours(column: Column) -> bool:
    amounts = [
        parsed_amount for text in column.texts() if (parsed_amount := read_amount(text)) is not None
    ]
    if any(amount.unit.startswith("h") or amount.clock for amount in amounts):
        return True
    values = [amount.value for amount in amounts if amount.value is not None]
    fractions = any(value % 1 for value in values)
    return bool(values) and fractions and _plausible(amounts, values)


def _plausible(amounts: Sequence[Amount], values: Sequence[float]) -> bool:
    return (
        len(values) >= len(amounts) / 2
        and min(values) >= _FEWEST_HOURS - 2
        and _LONGEST_SCALE_H < max(values) <= _MOST_HOURS
    )
