"""The plain club CSVs: which columns they have and where the values go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ingest.dataset.settings import WELLNESS_ITEMS


@dataclass(frozen=True)
class ClubSpec:
    """One club CSV.

    Parameters
    ----------
    name : str
        File name without `.csv`, as the documentation calls it.
    table : str
        Table of the contract the rows go to.
    columns : tuple of str
        Columns of the file; all but `athlete` are named as in the contract.
    needed : tuple of str
        Columns without which the file says nothing.
    unless_all_null : tuple of str
        A record in which all of these are null is refused as empty.
    after : mapping of str to str
        Optional day -> the day it may not precede.
    """

    name: str
    table: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    description: str
    unless_all_null: tuple[str, ...] = ()
    after: Mapping[str, str] = field(default_factory=dict)


ROSTER_COLUMNS: Final = (
    "athlete", "also_known_as", "team", "sex", "birth_year", "height_cm", "level", "running_since",
    "joined", "left",
)  # fmt: skip
ANSWER_COLUMNS: Final = ("athlete", "end", "duration_min", "rpe", "activity", "shoe")
WELLNESS_COLUMNS: Final = (
    "athlete", "date", "sleep_h", *WELLNESS_ITEMS, "resting_hr_bpm", "hrv_rmssd_ms",
)  # fmt: skip

TABLE_SPECS: Final = (
    ClubSpec(
        "pain",
        "pain",
        ("athlete", "date", "region", "side", "pain_0_10", "when"),
        ("athlete", "date", "region", "pain_0_10"),
        "pain answers by region, 0-10",
    ),
    ClubSpec(
        "exercise",
        "exercise",
        (
            "athlete", "date", "exercise", "target", "sets", "reps", "load_kg", "prescribed_sets",
        ),
        ("athlete", "date", "exercise"),
        "rehabilitation and strength exercises done against prescribed",
    ),
    ClubSpec(
        "strength",
        "strength",
        (
            "athlete", "date", "test", "side", "metric", "value", "unit", "reps",
            "limb_length_cm", "device",
        ),
        ("athlete", "date", "test", "side", "metric", "value", "unit"),
        "strength test values, one per row",
    ),
    ClubSpec(
        "gait",
        "gait",
        ("athlete", "date", "speed_m_s", "metric", "side", "value", "unit", "device"),
        ("athlete", "date", "metric", "side", "value", "unit", "device"),
        "gait values, one per row",
    ),
    ClubSpec(
        "injuries",
        "injuries",
        (
            "athlete", "onset_date", "return_date", "region", "side", "diagnosis", "mode",
            "severity",
        ),
        ("athlete", "onset_date", "region"),
        "injuries with onset and, once known, return",
        # A return before its onset cannot be: one of the two days is wrong.
        after={"return_date": "onset_date"},
    ),
    ClubSpec(
        "plans",
        "plans",
        (
            "athlete", "date", "sport", "planned_duration_min", "planned_distance_km", "intensity",
            "known_since",
        ),
        ("athlete", "date", "sport"),
        "planned sessions, also of days to come",
        # A sport alone is no plan that a week could be played forward with.
        unless_all_null=("planned_duration_min", "planned_distance_km", "intensity"),
    ),
    ClubSpec(
        "shoes",
        "shoes",
        ("athlete", "shoe_id", "first_use", "retired"),
        ("athlete", "shoe_id"),
        "pairs of shoes with first use and retirement",
        after={"retired": "first_use"},
    ),
    ClubSpec(
        "body",
        "body",
        ("athlete", "date", "mass_kg", "ankle_dorsiflexion_deg", "flexibility_cm"),
        ("athlete", "date"),
        "body mass and clinic measures by day",
        unless_all_null=("mass_kg", "ankle_dorsiflexion_deg", "flexibility_cm"),
    ),
)  # fmt: skip

LAYOUTS: Final[Mapping[str, tuple[str, ...]]] = {
    "roster": ROSTER_COLUMNS,
    "session_rpe": ANSWER_COLUMNS,
    "wellness": WELLNESS_COLUMNS,
    **{spec.name: spec.columns for spec in TABLE_SPECS},
}
"""File name -> its full header: what the club readers recognise files by."""

OWN_COLUMNS: Final[Mapping[str, frozenset[str]]] = {
    # `athlete` and `date` stand in nearly every file: they tell none from another.
    name: frozenset(columns).difference(*(LAYOUTS[other] for other in LAYOUTS if other != name))
    for name, columns in LAYOUTS.items()
}
"""File name -> the columns that no other club CSV has."""

NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "roster": ("athlete",),
    "session_rpe": ("athlete", "end", "rpe"),
    "wellness": ("athlete", "date"),
    **{spec.name: spec.needed for spec in TABLE_SPECS},
}
"""File name -> columns without which a file of another name is none."""
