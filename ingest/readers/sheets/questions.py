"""What a sheet leaves open, as questions: dates, scales, units, what its columns hold."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import pandas as pd

from common.question import Question, question_id
from ingest.readers.sheets.deciding.assigned import AssignedColumn
from ingest.readers.sheets.deciding.scales import Decision, Period
from ingest.readers.sheets.opening.block import Block, example_rows
from ingest.readers.sheets.words.written_dates import dates_in

if TYPE_CHECKING:
    from common.arrays import Floats
    from ingest.readers.sheets.deciding.days import DayReader
    from ingest.readers.sheets.table import Table

SHEETS: Final = "sheets"
MATTERS: Final = {
    "injuries": "injuries",
    "form": "wellness",
    "weekly_km": "sessions",
    "strength": "tests",
    "gait": "tests",
    "": "other",
}
_ITEMS: Final = {
    "sleep_quality": "sleep",
    "fatigue": "fatigue",
    "soreness": "soreness",
    "stress": "stress",
    "mood": "mood",
    "readiness": "readiness",
    "pain": "pain",
}
# Forces of hips and legs are tens of kilograms or hundreds of newtons.
_NEWTON_FROM: Final = 80.0


def dates_question(key: str, source: str, kind: str, count: int, rows: Sequence[str]) -> Question:
    """Return the question how a file writes its dates."""
    return Question(
        id=question_id("dates", source),
        kind="dates",
        file=source,
        text=f"How does {source} write dates such as those below: day first or month first?",
        rows=tuple(rows),
        default=f"its {count} rows with such dates are not read",
        choices=("day_first", "month_first"),
        setting=(SHEETS, key, "dates"),
        matters=MATTERS[kind],
    )


class OpenScale(NamedTuple):
    """An item of a form whose scale is not known."""

    item: str
    heading: str
    answers: "Floats"
    decision: Decision


def scale_question(table: "Table", items: Sequence[OpenScale]) -> Question:
    """Return the question which answer of one or more items is worst and which best."""
    reasons = {
        "direction": "the headings do not say which end is good",
        "outside": "some answers lie outside the scale of the heading",
        "change": "from one day on the answers go beyond the scale before",
    }
    proposals = ", ".join(_as_yaml(scale.item, scale.decision.proposed) for scale in items)
    answers_seen = "; ".join(f"'{scale.heading}' ({_seen(scale.answers)})" for scale in items)
    named = ", ".join(_ITEMS[scale.item] for scale in items)
    return Question(
        id=question_id("scale", table.source, table.block.tab, *(scale.item for scale in items)),
        kind="scale",
        file=table.source,
        text=f"Which answer is the worst and which the best: {answers_seen}?",
        rows=example_rows(table.block),
        proposal=f"[{proposals}]",
        reason=reasons[items[0].decision.why],
        default=f"its answers on {named} are not read",
        setting=(SHEETS, key_of(table), "scales"),
        matters="wellness",
    )


def _seen(answers: "Floats") -> str:
    known = answers[~np.isnan(answers)]
    return f"n = {len(known)}: {known.min():g}-{known.max():g}" if len(known) else "n = 0"


def unit_question(table: "Table", columns: Sequence[AssignedColumn]) -> Question:
    """Return the question in which unit forces are."""
    texts = [text for column in columns for text in column.column.texts()]
    numbers = [
        float(text.replace(",", "."))
        for text in texts
        if text.replace(",", "").replace(".", "").isdigit()
    ]
    headings = ", ".join(column.column.heading for column in columns[:3])
    middle = float(np.median(numbers)) if numbers else 0.0
    return Question(
        id=question_id("sheet", table.source, table.block.tab, "unit"),
        kind="sheet",
        file=table.source,
        text=f"In which unit are the values of {headings}?",
        rows=example_rows(table.block),
        proposal="N" if middle > _NEWTON_FROM else "kg",
        reason=f"half of the values lie above {middle:g}",
        default="these values are not read",
        choices=("kg", "N", "Nm", "lb", "N/kg", "Nm/kg"),
        setting=(SHEETS, key_of(table), "unit"),
        matters="tests",
    )


def list_day_question(table: "Table", count: int, version: str) -> Question:
    """Return the question of which day a list of injuries without any date is.

    The answer is kept for this version of the list: the next one of that name has a day of its own.
    """
    last = table.context.last_day
    near = [day for text in table.around for day in _days_near(text, table.days, last)]
    # The latest day that the title can mean, for nobody lists who is injured years later.
    day = (near[0] if near else last).date().isoformat()
    return Question(
        id=question_id("sheet", table.source, table.block.tab, "day"),
        kind="sheet",
        file=table.source,
        text=f"Nothing in the list {table.source} tells its day. Of which day is it?",
        rows=example_rows(table.block),
        proposal=day,
        reason="its title, in the latest year" if near else "the last day of the data",
        default=f"{count} of its lines are not read, and their athletes are unclear",
        setting=(SHEETS, key_of(table), "days", version),
        matters="injuries",
    )


def _days_near(text: str, days: "DayReader", last: pd.Timestamp) -> list[pd.Timestamp]:
    """Return the days without a year that a title names, each as the last before a day."""
    return [
        past[0]
        for written in dates_in(text)
        if written.year is None
        and (
            past := [
                pd.Timestamp(moment).normalize()
                for year in (last.year, last.year - 1)
                if (moment := days._replace(years=(year,)).settle(written).moment)
                and moment <= last
            ]
        )
    ]


def mapping_question(
    key: str,
    source: str,
    kind: str,
    block: Block,
    assigned: Sequence[AssignedColumn],
    *,
    safe: bool,
) -> Question:
    """Return the proposal of what a table's columns hold."""
    columns = {
        column.column.heading or column.column.letter: column.concept
        for column in assigned
        if column.concept
    }
    pairs = [(heading, concept) for heading, concept in columns.items() if heading != concept]
    known_columns = "; ".join(
        f"{heading} = {concept}" for heading, concept in pairs if heading != "who"
    )
    where = f"{source}, sheet {block.tab}" if block.tab else source
    return Question(
        id=question_id("sheet", key, *columns),
        kind="sheet",
        file=source,
        text=f"{where}: what do its columns hold? Known are: {known_columns or 'none'}",
        rows=example_rows(block),
        proposal=kind,
        reason="the headings are not all known",
        default="it is not read",
        choices=("form", "weekly_km", "injuries", "strength", "gait", "members", "ignore"),
        setting=(SHEETS, key, "kind"),
        safe=safe,
        matters=MATTERS.get(kind, "other"),
    )


def key_of(table: "Table") -> str:
    """Return the key of a table under `sheets:` of `dataset.yaml`."""
    return f"{table.source}#{table.block.tab}" if table.block.tab else table.source


def _as_yaml(item: str, periods: Sequence[Period]) -> str:
    parts = []
    for period in periods:
        days = "".join(
            f", {name}: {day.isoformat()}"
            for name, day in (("from", period.first), ("to", period.last))
            if day
        )
        parts.append(f"{{item: {item}, worst: {period.worst:g}, best: {period.best:g}{days}}}")
    return ", ".join(parts)
