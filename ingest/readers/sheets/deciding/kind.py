"""What kind of records a table holds: by its columns, in doubt by titles and names."""

import re
from collections.abc import Sequence
from typing import Final

from ingest.injuries.text import read_injury_text
from ingest.readers.activity.sport_names import activity
from ingest.readers.sheets.deciding.assigned import LOAD, TIMES, AssignedColumn
from ingest.readers.sheets.opening.cells import text_of
from ingest.readers.sheets.words.amounts import read_amount
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.headings import meanings_of, speaks_of_training, unit_of
from ingest.readers.sheets.words.injury_titles import speaks_of_injuries
from ingest.readers.sheets.words.measure_headings import gait_heading, is_detail, strength_heading
from ingest.readers.sheets.words.person_names import KEYS_OF_MEMBERS, PEOPLE

FORM: Final = "form"
"""A form's answers: wellness, pain, OSTRC, body mass, sessions, in any mixture."""
MEMBERS: Final = "members"
"""A list of the club's members, with numbers, addresses or nicknames."""
WELLNESS: Final = frozenset(
    {
        "sleep_quality",
        "sleep_h",
        "fatigue",
        "soreness",
        "stress",
        "mood",
        "readiness",
        "resting_hr_bpm",
        "hrv_rmssd_ms",
    }
)
OSTRC: Final = ("ostrc_participation", "ostrc_volume", "ostrc_performance", "ostrc_symptoms")
_NOT_OF_A_FORM: Final = frozenset(
    {"return", "days_lost", "code", "severity", "reported", "test", "value", "metric"}
)
_NOT_OF_WEEKS: Final = _NOT_OF_A_FORM | WELLNESS | {"pain", "mass_kg", "rpe"}
_OF_A_DIARY: Final = WELLNESS | {"pain", "rpe", "distance_km"}
OF_OTHER_KINDS: Final = {
    FORM: _NOT_OF_A_FORM,
    "weekly_km": _NOT_OF_WEEKS,
    MEMBERS: _NOT_OF_WEEKS | LOAD,
    **dict.fromkeys(("injuries", "strength", "gait"), _OF_A_DIARY),
}
"""Concepts that a kind of sheet does not read, so that a column of one is told."""
_WHAT: Final = frozenset({"injury", "region", "code", "days_lost", "pain_place"})
_SURE: Final = frozenset({"onset", "region", "code", "days_lost"})
_ONLY_OF_INJURIES: Final = frozenset({"onset", "return", "days_lost", "code", "injury", "severity"})
_DEGREES: Final = frozenset({"deg", "ms", "spm", "km/h", "m/s", "bw", "bw/s"})
_FORCES: Final = frozenset({"kg", "n", "nm", "n/kg", "nm/kg", "lb"})
_NEARLY_ALL: Final = 0.8
_MOST_TOLD: Final = 2 / 3
FEW: Final = 0.1
"""More rows with words about injuries make a table a register, or a question of a form."""
_NOTHING: Final = frozenset(
    {"", "0", "no", "n", "none", "false", "nan", "na", "n/a", "nil", "nein", "non", "nee", "nej",
     "nei", "nao", "keine", "kein", "fit", "healthy", "available", "ok", "gesund", "/"}
)  # fmt: skip


def kind_of(assigned: Sequence[AssignedColumn], around: Sequence[str]) -> str:
    """Return the kind of a table with a row per answer, nothing where no kind fits.

    Parameters
    ----------
    assigned : sequence of AssignedColumn
        Its columns.
    around : sequence of str
        Names of file and tab, titles.
    """
    concepts = {column.concept for column in assigned if column.concept}
    if _asks_again_and_again(assigned, concepts):
        return FORM
    return (
        "injuries" if _is_injuries(assigned, concepts, around) else _other_kind(assigned, concepts)
    )


def _other_kind(assigned: Sequence[AssignedColumn], concepts: set[str]) -> str:
    strength, gait = measures_in(assigned)
    # A watch's list of sessions has cadence and contact times too.
    if (strength or gait) and not concepts & LOAD:
        return "strength" if len(strength) >= len(gait) else "gait"
    valued = "value" in concepts or bool(trials_in(assigned))
    if valued and concepts & {"test", "metric"}:
        return _long_kind(assigned)
    if "distance_km" in concepts and not concepts & {"date", "stamp"} and "week" in concepts:
        return "weekly_km"
    if concepts & LOAD and not concepts & _OF_SESSIONS and _counts_steps(assigned):
        # A phone's daily totals: its metres are those of the whole day.
        return ""
    form = WELLNESS | LOAD | {"pain", "mass_kg", "ostrc_score", *OSTRC}
    return FORM if concepts & form and concepts & TIMES else _members(assigned, concepts)


def _asks_again_and_again(assigned: Sequence[AssignedColumn], concepts: set[str]) -> bool:
    """Say whether a form asks everybody "Any injuries?": a good part of the answers is no.

    A form to report an injury is filled in by who has one, and asks when it began.
    """
    others = {"date", "onset", "reported", *_ONLY_OF_INJURIES} - {"injury"}
    asked = next(
        (
            column
            for column in assigned
            if column.concept == "injury" or asks_where_it_hurts(column)
        ),
        None,
    )
    if asked is None or "stamp" not in concepts or concepts & others:
        return False
    cells = asked.column.cells
    answers = sum(cell is not None and says_something(cell.text) for cell in cells)
    return answers <= _MOST_TOLD * len(cells)


def asks_where_it_hurts(asked: AssignedColumn) -> bool:
    """Say whether a column of places names parts of the body: a training has a location, too."""
    texts = [text for text in asked.column.texts() if says_something(text)]
    placed = sum(read_injury_text(text, {}).region is not None for text in texts)
    return asked.concept == "pain_place" and bool(placed) and placed >= len(texts) / 2


def _members(assigned: Sequence[AssignedColumn], concepts: set[str]) -> str:
    """Return the kind of a table that names each person once, with a number, birthday or old name.

    It has no day of its own: that would be the day of a test or an answer.
    """
    # A list of numbers alone names nobody.
    named = concepts & (PEOPLE - {*KEYS_OF_MEMBERS, "former_name"})
    # A weight beside a birthday would else be asked about as an answer without a day.
    keys = {*KEYS_OF_MEMBERS, "birth", "former_name"}
    if not named or concepts & TIMES or not concepts & keys:
        return ""
    # Where somebody is called something, two people of one last name are two.
    columns = [column.column.cells for column in assigned if column.concept in {*named, "nickname"}]
    people = {tuple(map(text_of, row)) for row in zip(*columns, strict=True)}
    return MEMBERS if len(people) > _NEARLY_ALL * len(columns[0]) else ""


_OF_SESSIONS: Final = frozenset({"sport", "rpe", "time", *PEOPLE})
_STEPS: Final = re.compile(
    r"^(?:total |daily |nr of |number of )?(?:step(?: ?count|s)|schritte|schrittzahl"
    r"|nombre de pas|pas|pasos|passi|stappen|passos|antal steg|steg|skritt|skridt"
    r"|move minutes\w*|heart points)(?: count)?$"
)


def _counts_steps(assigned: Sequence[AssignedColumn]) -> bool:
    """Say whether a table counts steps, as the days of a phone or band do."""
    return any(_STEPS.search(plain(column.column.heading)) for column in assigned)


def trials_in(assigned: Sequence[AssignedColumn]) -> list[AssignedColumn]:
    """Return the columns of trials that stand side by side: "Trial 1", "T2", "3"."""
    return [
        column
        for column in assigned
        if not column.concept
        and is_detail(column.column.heading)
        and strength_heading(column.column.heading).trial
    ]


def measures_in(
    assigned: Sequence[AssignedColumn],
) -> tuple[list[AssignedColumn], list[AssignedColumn]]:
    """Return the columns of strength tests and those of gait values."""
    unknown = [column for column in assigned if not column.certain]
    strength = [column for column in unknown if _is_strength(column)]
    gait = [column for column in unknown if _is_gait(column)]
    if any(gait_heading(column.column.heading).name in _CLEARLY_GAIT for column in gait):
        strength = [column for column in strength if column not in gait]
    else:
        gait = [column for column in gait if column not in strength]
    return strength, gait


_CLEARLY_GAIT: Final = frozenset(
    {
        "cadence_spm",
        "contact_ms",
        "vertical_oscillation_mm",
        "step_length_m",
        "contralateral_pelvic_drop_deg",
        "foot_strike_angle_deg",
        "vertical_loading_rate_bw_s",
    }
)


def _is_strength(assigned: AssignedColumn) -> bool:
    heading = strength_heading(assigned.column.heading)
    return bool(heading.name) and heading.unit not in _DEGREES and bool(assigned.column.texts())


def _is_gait(assigned: AssignedColumn) -> bool:
    heading = gait_heading(assigned.column.heading)
    return bool(heading.name) and heading.unit not in _FORCES and bool(assigned.column.texts())


def says_something(text: str) -> bool:
    """Say whether a cell of a column about injuries tells one: "0", "no" and "fit" do not."""
    bare = plain(text)
    return bare.removesuffix(" 0") not in _NOTHING and bare != "0 0"


def _is_daily(assigned: Sequence[AssignedColumn]) -> bool:
    """Say whether hardly a row tells an injury while most tell a load: a diary, no register."""
    injury_counts = [
        sum(map(says_something, a.column.texts())) for a in assigned if a.concept in _WHAT
    ]
    load = [len(a.column.texts()) for a in assigned if a.concept in LOAD]
    rows = len(assigned[0].column.cells)
    return max(injury_counts, default=0) <= FEW * rows and max(load) >= rows / 2


def _is_injuries(
    assigned: Sequence[AssignedColumn], concepts: set[str], around: Sequence[str]
) -> bool:
    about_injuries = speaks_of_injuries(around)
    if concepts & (WELLNESS | set(OSTRC)) or not concepts & TIMES | (
        {"return"} if about_injuries else set()
    ):
        return False
    # In a file that is called after injuries a length of time is that of the absence.
    absence = about_injuries and "injury" in concepts and not concepts & {"distance_km", "rpe"}
    sure = bool(concepts & (_SURE | {"return"})) or absence
    # A diary with a remark on a sore knee is no register.
    if concepts & LOAD and (not sure or _is_daily(assigned)):
        return False
    if _is_pain(assigned, concepts) and not about_injuries:
        return False
    says_what = bool(concepts & _WHAT)
    return says_what and ("injury" in concepts or bool(concepts & _SURE) or about_injuries)


def _is_pain(assigned: Sequence[AssignedColumn], concepts: set[str]) -> bool:
    """Say whether rows are answers about pain: a number in most, and nothing of an injury's end."""
    if "pain" not in concepts or concepts & _ONLY_OF_INJURIES:
        return False
    answers = [len(a.column.texts()) for a in assigned if a.concept == "pain"]
    return max(answers) >= len(assigned[0].column.cells) / 2


def _long_kind(assigned: Sequence[AssignedColumn]) -> str:
    """Tell a list of test values from one of gait values by the words under its headings."""
    texts = [
        text
        for meaning in assigned
        if meaning.concept in {"test", "metric"}
        for text in meaning.column.texts()
    ]
    gait = sum(bool(gait_heading(text).name) for text in texts)
    strength = sum(bool(strength_heading(text).name) for text in texts)
    if not gait and not strength:
        return ""
    return "strength" if strength >= gait else "gait"


def value_across(around: Sequence[str]) -> str:
    """Return what the cells of a table with a column per athlete are, by its titles.

    Examples
    --------
    >>> value_across(["Northside RC - weekly km", "2019-20"]), value_across(["Schlafstunden"])
    ('distance_km', 'sleep_h')
    """
    usable = (*WELLNESS, *LOAD, "mass_kg", "pain", "rpe")
    for text in around:
        concepts = [meaning.concept for meaning in meanings_of(text) if meaning.concept in usable]
        if concepts:
            return concepts[0]
        if compound := _compound(plain(text)):
            return compound
        if unit := _LENGTHS.get(unit_of(f"x ({text})")):
            return unit
    return ""


def value_of_cells(texts: Sequence[str], around: Sequence[str]) -> str:
    """Return what cells with units are: "8,4 km" and "5 mi" are distances, "45 min" lengths.

    Kilometres of another sport are none, and minutes may be of stretching or of an ice bath: they
    are lengths of runs where a title says running or training.

    Examples
    --------
    >>> value_of_cells(["8,4 km", "krank", "12 km"], ["Team"]), value_of_cells(["45 min"], ["Runs"])
    ('distance_km', 'duration_min')
    >>> value_of_cells(["45 min"], ["Ice bath"]), value_of_cells(["40 km"], ["Bike"])
    ('', '')
    """
    sports = {activity(text).sport for text in around} - {_ANY_SPORT}
    if sports - {_RUN}:
        return ""
    amounts = [
        amount for text in texts if (amount := read_amount(text)) and amount.value is not None
    ]
    concepts = [_OF_CELLS.get(amount.unit, "") for amount in amounts]
    first = next(filter(None, concepts), "")
    is_run = bool(sports) or any(map(speaks_of_training, around))
    if first == "duration_min" and not is_run:
        return ""
    return first if concepts.count(first) >= _NEARLY_ALL * len(concepts) else ""


_RUN: Final = "run"
_ANY_SPORT: Final = "other"
_OF_CELLS: Final = {
    "km": "distance_km", "kms": "distance_km", "k": "distance_km",
    "mi": "distance_km", "miles": "distance_km",
    "min": "duration_min", "mins": "duration_min",
}  # fmt: skip
_LENGTHS: Final = {"h": "duration_h", "min": "duration_min"}
"""Headings that are a unit of time and nothing else."""


def _compound(text: str) -> str:
    """Return what a name such as "wochenkilometer.csv" or "kmlog" holds."""
    stems = {
        "distance_km": r"km\b|km_|kilomet|mileage|quilomet|chilomet",
        "sleep_h": r"schlafst|sovtim|sovntim",
        "mass_kg": r"gewicht|kroppsv",
    }
    return next((concept for concept, stem in stems.items() if re.search(stem, text)), "")
