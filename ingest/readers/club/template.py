"""Templates of the CSVs that a club fills by hand: header, what each column means, an example."""

from typing import Final

from common.contracts import CONTRACTS
from common.errors import StridecastError
from ingest.readers.club.sessions import COLUMNS as SESSION_COLUMNS
from ingest.readers.club.specs import LAYOUTS, TABLE_SPECS

_COLUMNS: Final = {**LAYOUTS, "sessions": SESSION_COLUMNS}
_TABLE: Final = {"roster": "athletes", "session_rpe": "sessions"}
_NEEDED: Final = {
    "roster": ("athlete",),
    "session_rpe": ("athlete", "end", "rpe"),
    "wellness": ("athlete", "date"),
    "sessions": ("athlete", "date", "sport"),
    **{spec.name: spec.needed for spec in TABLE_SPECS},
}
_TOLD: Final = {
    "athlete": "id of the athlete as in roster.csv",
    "joined": "first day with the team; blank = from the beginning of the data",
    "left": "last day with the team; blank = still there",
    "end": "local time at which the session ended",
    "start": "local time of the start; blank = only the day is known",
    "shoe": "name of the shoes worn",
    "date": "day of the record",
}
_TOLD_OF: Final = {
    ("roster", "athlete"): "id of the athlete: any short name or number",
    ("roster", "also_known_as"): "other spellings in files, separated by ;",
    ("plans", "date"): "day the session is planned for, also a day to come",
    **{
        ("wellness", item): f"{item.replace('_', ' ')}: answer on the scale in dataset.yaml"
        for item in ("sleep_quality", "fatigue", "soreness", "stress", "mood", "readiness")
    },
}
_EXAMPLES: Final = {
    "athlete": "r1", "also_known_as": "A. Lee; Annie", "team": "north", "sex": "female",
    "birth_year": "1990", "height_cm": "170",
    "level": "recreational", "running_since": "2015", "joined": "2024-01-08", "left": "",
    "end": "2024-05-06 19:05", "duration_min": "55", "rpe": "6", "activity": "run",
    "shoe": "blue", "date": "2024-05-06", "start": "18:10", "sport": "run",
    "distance_km": "10.2", "surface": "road", "ascent_m": "120", "hr_mean": "152",
    "hr_max": "171", "sleep_h": "7.5", "sleep_quality": "4", "fatigue": "2", "soreness": "2",
    "stress": "2", "mood": "4", "readiness": "7", "resting_hr_bpm": "51", "hrv_rmssd_ms": "62",
    "region": "knee", "side": "left", "pain_0_10": "3", "when": "after",
    "exercise": "side-lying abduction", "target": "hip", "sets": "3", "reps": "12",
    "load_kg": "2.5", "prescribed_sets": "3", "test": "hip_abduction", "metric": "peak_force",
    "value": "212", "unit": "N", "limb_length_cm": "38",
    "device": "hand-held dynamometer", "speed_m_s": "3.1",
    "onset_date": "2024-07-01", "return_date": "2024-08-10", "diagnosis": "pfps",
    "mode": "gradual", "severity": "moderate", "shoe_id": "blue", "first_use": "2024-01-03",
    "retired": "", "mass_kg": "61.5", "ankle_dorsiflexion_deg": "38", "flexibility_cm": "4",
    "planned_duration_min": "60", "planned_distance_km": "11", "intensity": "easy",
    "known_since": "2024-05-03",
}  # fmt: skip
_EXAMPLES_OF: Final = {
    ("gait", "metric"): "peak_hip_adduction_deg",
    ("gait", "value"): "13.2",
    ("gait", "unit"): "deg",
    ("gait", "device"): "laboratory",
}

_MORE_EXAMPLES: Final = {
    "strength": (
        "r1,2024-05-06,side_plank,left,hold_time,64,s,,,stopwatch",
        "r1,2024-05-06,calf_raise,right,repetitions,27,reps,,,",
        "r1,2024-05-06,single_leg_squat,right,repetitions,18,reps,,,",
    ),
}
"""Whole rows, where one does not show how the others are written."""

TABLES: Final = tuple(_COLUMNS)
"""What there are templates for, by the file's name without `.csv`."""


def template(table: str) -> str:
    """Return a CSV to fill in: header, a comment line per column, a commented example row.

    Lines that begin with `#` are no records; they may stay in the file.

    Parameters
    ----------
    table : str
        One of :data:`TABLES`.

    Raises
    ------
    StridecastError
        If there is no such template.

    Examples
    --------
    >>> print(template("shoes"))
    athlete,shoe_id,first_use,retired
    # athlete: id of the athlete as in roster.csv - needed
    # shoe_id: name of the pair - needed
    # first_use: first day of use
    # retired: day of retirement; blank while in use
    # example: r1,blue,2024-01-03,
    <BLANKLINE>
    """
    if table not in _COLUMNS:
        raise StridecastError(f"no template {table!r}", f"take one of {', '.join(TABLES)}")
    columns = _COLUMNS[table]
    comments = [f"# {name}: {describe(table, name)}" for name in columns]
    example = ",".join(_EXAMPLES_OF.get((table, name), _EXAMPLES[name]) for name in columns)
    rows = [
        f"# example: {example_row}" for example_row in (example, *_MORE_EXAMPLES.get(table, ()))
    ]
    return "\n".join([",".join(columns), *comments, *rows, ""])


def describe(table: str, column: str) -> str:
    """Return what a column of a club CSV means, with the words or the range it takes."""
    # The contract last: it speaks to programmers, the templates to whoever fills them in.
    words = _TOLD_OF.get((table, column)) or _TOLD.get(column) or _by_contract(table, column)
    return f"{words} - needed" if column in _NEEDED[table] else words


def _by_contract(table: str, column: str) -> str:
    name = "sport" if column == "activity" else column
    description = CONTRACTS[_TABLE.get(table, table)].columns[name].description or name
    # In a sheet an unknown value is an empty cell.
    return description.replace("null", "blank")
