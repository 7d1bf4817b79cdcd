"""The people of a folder in lines of the terminal."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.people.overview import PersonFound


def person_lines(people: Sequence["PersonFound"]) -> list[str]:
    """Return a line per athlete: what there is, from when to when, km a week, injuries."""
    width = max((len(one.athlete) for one in people), default=0)
    return [f"{one.athlete:<{width}}  {_found(one)}" for one in people]


def _found(one: "PersonFound") -> str:
    if one.first is None or one.last is None:
        return "nothing dated"
    km = "km not known" if one.km_a_week is None else f"{one.km_a_week:.0f} km a week"
    injuries = f", {one.injuries} injuries" if one.injuries else ""
    held = ", ".join(one.tables).replace("_", " ")
    return f"{one.first.date()} to {one.last.date()}, {km}{injuries}; {held}"
