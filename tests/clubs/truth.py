"""What a generated club holds: whatever was written into a file, and what it means."""

import datetime as dt
from dataclasses import dataclass, field

from tests.clubs.people import Names, Person


@dataclass(frozen=True)
class Run:
    """One run: when it began on the athlete's clock, and how far it went."""

    start: dt.datetime
    minutes: int
    km: float


@dataclass(frozen=True)
class Fact:
    """One thing that a file says of one person on one day.

    Parameters
    ----------
    table : str
        Working table: weekly_km, wellness, pain, injuries, strength, ostrc.
    person : Person
        Whom it is about.
    day : date
        The day it is dated; weeks by their Monday.
    what : str
        Column or test, side and metric included.
    value : float or str or None
        None where the file says that it is not known.
    """

    table: str
    person: Person
    day: dt.date
    what: str
    value: float | str | None


@dataclass
class Truth:
    """Everything that was put into a club's folder.

    Parameters
    ----------
    names : Names
        People and spellings.
    runs : dict of Person to list of Run
        What the watches recorded; a person has them once, in however many files.
    facts : dict of str to list of Fact
        By the file that says so.
    asks : dict of str to str
        Files of which something has to be asked, with the reason.
    holds_nothing : set of str
        Files that hold nothing to read and need not be told.
    """

    names: Names
    monday: dt.date
    runs: dict[Person, list[Run]] = field(default_factory=dict)
    facts: dict[str, list[Fact]] = field(default_factory=dict)
    asks: dict[str, str] = field(default_factory=dict)
    holds_nothing: set[str] = field(default_factory=set)
    layout: dict[str, str] = field(default_factory=dict)
