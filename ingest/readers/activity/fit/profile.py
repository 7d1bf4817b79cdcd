"""Numbers of the FIT profile that are needed, and what they mean here."""

from typing import Final, NamedTuple

ACTIVITY: Final = 4
WEIGHT: Final = 9
FILE_TYPES: Final = {
    1: "device", 2: "settings", 3: "sport settings", 4: "activity", 5: "workout plan",
    6: "course", 7: "schedule", 9: "weight", 10: "totals", 11: "goals", 14: "blood pressure",
    15: "monitoring", 20: "activity summary", 28: "daily monitoring", 32: "monitoring",
    34: "segment", 35: "segment list", 40: "data-field configuration",
}  # fmt: skip

COROS: Final = 294
MAKERS: Final = {
    1: "garmin", 13: "dynastream", 15: "dynastream", 16: "timex", 23: "suunto", 32: "wahoo",
    63: "specialized", 70: "sigma", 73: "wattbike", 89: "tacx", 95: "stryd", 123: "polar",
    144: "zwift", 255: "development", 260: "zwift", 265: "strava", COROS: "coros",
}  # fmt: skip

TIMER_EVENT: Final = 0
TIMER_START: Final = 0
TIMER_STOPS: Final = frozenset({1, 4, 8, 9})

_SPORTS: Final = {1: "run", 2: "ride", 5: "swim", 11: "walk", 17: "hike", 21: "ride"}
TRANSITION: Final = 3
"""Changing clothes between the legs of a triathlon is no session."""
_FITNESS_EQUIPMENT: Final = 4
# On fitness equipment the sub-sport alone names the machine.
_MACHINES: Final = {1: "run", 45: "run", 27: "walk", 5: "ride", 6: "ride"}
_STRENGTH_TRAINING: Final = 20
_SURFACES: Final = {
    1: "treadmill", 2: "road", 3: "trail", 4: "track", 27: "treadmill", 45: "treadmill",
}  # fmt: skip
_ON_FOOT: Final = ("run", "walk", "hike")


class Sport(NamedTuple):
    """Sport and surface in the words of the vocabulary; an empty surface is unknown."""

    sport: str
    surface: str


def sport_of(sport: int | None, sub_sport: int | None) -> Sport:
    """Translate the numbers of FIT; whatever has no word of its own is `other`.

    Examples
    --------
    >>> sport_of(1, 3), sport_of(10, 20), sport_of(2, 6), sport_of(None, None)
    (Sport(sport='run', surface='trail'), Sport(sport='strength', surface=''), \
Sport(sport='ride', surface=''), Sport(sport='other', surface=''))
    """
    number = -1 if sport is None else sport
    sub_number = -1 if sub_sport is None else sub_sport
    word = _SPORTS.get(number, "other")
    if number == _FITNESS_EQUIPMENT:
        word = _MACHINES.get(sub_number, "other")
    if sub_number == _STRENGTH_TRAINING:
        word = "strength"
    return Sport(word, _SURFACES.get(sub_number, "") if word in _ON_FOOT else "")


def maker_of(manufacturer: int | None) -> str:
    """Return a short name of the maker; unknown numbers keep their number."""
    if manufacturer is None:
        return "unknown"
    return MAKERS.get(manufacturer, f"maker_{manufacturer}")
