"""The people of a folder, each with what was found: sources, days, kilometres, injuries."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from ingest.people.decision import People

_DAYS = ("local_date", "date", "onset_date", "week_start", "week_end")


@dataclass(frozen=True)
class PersonFound:
    """What was found of one athlete.

    Parameters
    ----------
    athlete : str
        Id.
    also : tuple of str
        Other spellings in files.
    tables : tuple of str
        What there is of the athlete.
    first, last : pandas.Timestamp or None
        First and last day of any record.
    km_a_week : float or None
        Running, over the weeks from the first to the last run, else by a sheet of weeks; None where
        neither tells a distance.
    injuries : int or None
        Injuries entered; None where none is and no list of injuries covers any day.
    """

    athlete: str
    also: tuple[str, ...]
    tables: tuple[str, ...]
    first: pd.Timestamp | None
    last: pd.Timestamp | None
    km_a_week: float | None
    injuries: int | None


def overview(
    people: People,
    names: Mapping[str, str],
    records: Mapping[str, pd.DataFrame],
    tables: Mapping[str, pd.DataFrame],
) -> list[PersonFound]:
    """Return the athletes in alphabetical order.

    Parameters
    ----------
    people : People
        Who is who.
    names : mapping of str to str
        Id -> athlete in `tables`.
    records : mapping of str to pandas.DataFrame
        Rows before they were joined, with ids.
    tables : mapping of str to pandas.DataFrame
        Joined tables.
    """
    spellings: dict[str, list[str]] = {}
    for name, athlete in {**people.proposed, **people.settled}.items():
        if name != athlete:
            spellings.setdefault(athlete, []).append(name)
    return [
        _person_found(name, tuple(sorted(spellings.get(name, ()))), names[name], records, tables)
        for name in sorted(names)
    ]


def _person_found(
    athlete: str,
    also: tuple[str, ...],
    code: str,
    records: Mapping[str, pd.DataFrame],
    tables: Mapping[str, pd.DataFrame],
) -> PersonFound:
    rows = {
        name: frame[frame["athlete"] == athlete]
        for name, frame in records.items()
        if name != "athletes" and "athlete" in frame
    }
    nonempty = {name: frame for name, frame in rows.items() if len(frame)}
    days = sorted(
        pd.Timestamp(end).tz_localize(None).normalize()
        for frame in nonempty.values()
        for column in _DAYS
        if column in frame
        for end in (frame[column].min(), frame[column].max())
        if pd.notna(end)
    )
    sessions = tables["sessions"]
    return PersonFound(
        athlete,
        also,
        tuple(sorted(nonempty)),
        days[0] if days else None,
        days[-1] if days else None,
        _km_a_week(sessions[(sessions["athlete"] == code) & (sessions["sport"] == "run")])
        or _km_of_weeks(tables.get("mileage"), code),
        _injuries(tables, code),
    )


def _km_of_weeks(mileage: pd.DataFrame | None, code: str) -> float | None:
    """Return the kilometres a week of weeks that a mileage sheet alone knows."""
    weeks = None if mileage is None else mileage[mileage["athlete"] == code]
    if weeks is None or weeks.empty:
        return None
    return float(weeks["distance_km"].sum() / (weeks["days"].sum() / 7))


def _injuries(tables: Mapping[str, pd.DataFrame], code: str) -> int | None:
    entered = int((tables["injuries"]["athlete"] == code).sum())
    is_kept = (tables["injury_spans"]["athlete"] == code).any()
    # Nobody kept a list: how many injuries there were is unknown, not none.
    return entered if entered or is_kept else None


def _km_a_week(runs: pd.DataFrame) -> float | None:
    known = runs[runs["distance_km"].notna()]
    if known.empty:
        return None
    days = (known["local_date"].max() - known["local_date"].min()).days + 1
    # A single run of 10 km is no 70 km a week: less than a week counts as one.
    return float(known["distance_km"].sum() / max(days / 7, 1.0))
