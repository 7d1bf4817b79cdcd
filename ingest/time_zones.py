"""Names of time zones: the machine's own, and what somebody may have meant."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Final
from zoneinfo import available_timezones

_LOCALTIME: Final = Path("/etc/localtime")
_NO_PLACE: Final = frozenset({"UTC", "UCT", "GMT", "Zulu", "Universal", "Greenwich", "localtime"})
_ALIKE: Final = 0.75
_SHOWN: Final = 3


def meant_zones(text: str) -> tuple[str, ...]:
    """Return the zones a text may mean, likeliest first; the text itself if it is one.

    Parameters
    ----------
    text : str
        What somebody typed: a zone, a city, or either in other case or slightly misspelt.

    Returns
    -------
    tuple of str
        At most three names.

    Examples
    --------
    >>> meant_zones("berlin"), meant_zones("Europe/Berlin")
    (('Europe/Berlin',), ('Europe/Berlin',))
    """
    zones = available_timezones()
    if text in zones:
        return (text,)
    wanted = _plain(text)
    full = {_plain(zone): zone for zone in sorted(zones)}
    if wanted in full:
        return (full[wanted],)
    # Sorted so that of two zones with one city the place comes before an alias in capitals.
    cities: dict[str, list[str]] = {}
    for zone in sorted(zone for zone in zones if "/" in zone and not zone.startswith("Etc/")):
        cities.setdefault(_plain(zone.rpartition("/")[2]), []).append(zone)
    if wanted in cities:
        return tuple(cities[wanted][:_SHOWN])
    close = get_close_matches(wanted, cities, n=_SHOWN, cutoff=_ALIKE)
    whole = get_close_matches(wanted, full, n=_SHOWN, cutoff=_ALIKE)
    named = [full[one] for one in whole] + [zone for one in close for zone in cities[one]]
    return tuple(dict.fromkeys(named))[:_SHOWN]


def machine_zone(localtime: Path = _LOCALTIME) -> str:
    """Return the zone this machine is set to, or an empty text.

    A machine on UTC says nothing about where its team trains, so UTC is not proposed.

    Parameters
    ----------
    localtime : pathlib.Path
        Link to the zone's file.
    """
    told = os.environ.get("TZ", "").removeprefix(":")
    if not told and localtime.is_symlink():
        told = localtime.resolve().as_posix().rpartition("zoneinfo/")[2]
    if told not in available_timezones() or told.rpartition("/")[2] in _NO_PLACE:
        return ""
    return told


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())
