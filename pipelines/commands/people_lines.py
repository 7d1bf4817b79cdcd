"""The people of a folder in lines of the terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from common.language import N_, message, plural
from common.text.plain_words import number, plain_date

if TYPE_CHECKING:
    from ingest.people.overview import PersonFound

_TABLES: Final = {
    "sessions": N_("sessions"),
    "wellness": N_("questionnaires"),
    "pain": N_("answers about pain"),
    "ostrc": N_("questionnaires about complaints"),
    "injuries": N_("injuries"),
    "strength": N_("strength tests"),
    "gait": N_("gait tests"),
    "body": N_("body mass"),
    "exercise": N_("exercises"),
    "plans": N_("plans"),
    "shoes": N_("shoes"),
    "weekly_km": N_("km by week"),
    "answers": N_("answers about sessions"),
    "pain_told": N_("answers about pain"),
    "complaints": N_("complaints"),
    "injury_reports": N_("injuries"),
    "injury_remarks": N_("injuries"),
    "injury_ends": N_("injuries"),
    "absences_told": N_("absences"),
    "undated_strength": N_("strength tests"),
    "gait_trials": N_("gait tests"),
    "gait_strides": N_("gait tests"),
    "extra": N_("other measures"),
}


def person_lines(people: Sequence["PersonFound"]) -> list[str]:
    """Return a line per athlete: what there is, from when to when, km a week, injuries."""
    width = max((len(person.athlete) for person in people), default=0)
    return [f"{person.athlete:<{width}}  {_what_was_found(person)}" for person in people]


def table_words(tables: Sequence[str]) -> str:
    """Return what there is of an athlete, each kind once."""
    words = [message(_TABLES.get(table, table.replace("_", " "))) for table in tables]
    return ", ".join(dict.fromkeys(words))


def _what_was_found(person: "PersonFound") -> str:
    if person.first is None or person.last is None:
        return message("nothing dated")
    parts = [
        message("{first} to {last}", first=plain_date(person.first), last=plain_date(person.last)),
        message("km not known")
        if person.km_a_week is None
        else message("{km} km a week", km=number(person.km_a_week, 0)),
    ]
    if person.injuries:
        parts.append(plural("{count} injury", "{count} injuries", person.injuries))
    return f"{', '.join(parts)}; {table_words(person.tables)}"
