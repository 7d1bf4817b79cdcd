"""Names of time zones: the machine's own, and what somebody may have meant."""

import os
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

import pandas as pd

_LOCALTIME: Final = Path("/etc/localtime")
_NO_PLACE: Final = frozenset({"UTC", "UCT", "GMT", "Zulu", "Universal", "Greenwich", "localtime"})
_ALIKE: Final = 0.75
_SHOWN: Final = 3
_DAYS_LOOKED_AT: Final = 40
_SHARE_AT_HOME: Final = 0.8
_LARGE: Final = (
    "Europe/Berlin", "Europe/London", "Europe/Helsinki", "America/New_York", "America/Chicago",
    "America/Denver", "America/Los_Angeles", "America/Sao_Paulo", "Australia/Sydney",
    "Asia/Tokyo", "Asia/Kolkata", "Africa/Johannesburg", "Africa/Nairobi",
)  # fmt: skip
"""Of zones with one clock the name that most readers know."""


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
    named = [full[name] for name in whole] + [zone for city in close for zone in cities[city]]
    return tuple(dict.fromkeys(named))[:_SHOWN]


def machine_zone(localtime: Path = _LOCALTIME) -> str:
    """Return the zone this machine is set to, or an empty text.

    A machine on UTC says nothing about where its team trains, so UTC is not proposed.

    Parameters
    ----------
    localtime : pathlib.Path
        Link to the zone's file.
    """
    zone_name = os.environ.get("TZ", "").removeprefix(":")
    if not zone_name and localtime.is_symlink():
        zone_name = localtime.resolve().as_posix().rpartition("zoneinfo/")[2]
    # A server stands on UTC wherever its team trains.
    if zone_name not in available_timezones() or zone_name.rpartition("/")[2] in _NO_PLACE:
        return ""
    return zone_name


def zones_of_clocks(starts: pd.Series, offsets_s: pd.Series) -> tuple[str, ...]:
    """Return the zones whose clock is the devices' own, the likeliest first.

    A watch may write how far its clock was ahead of UTC. A zone fits if it was as far ahead on
    nearly every day (a training camp abroad may differ). Zones that agree on all of these days
    differ in name only, or at times of the year that the files do not show.

    Parameters
    ----------
    starts : pandas.Series
        Starts of sessions (UTC).
    offsets_s : pandas.Series
        What the clock was ahead of UTC, in seconds; unknown is null.

    Returns
    -------
    tuple of str
        Empty where no file tells, or no zone fits.

    Examples
    --------
    >>> days = pd.to_datetime(pd.Series(["2025-01-10", "2025-07-10"])).dt.tz_localize("UTC")
    >>> "Europe/Berlin" in zones_of_clocks(days, pd.Series([3600.0, 7200.0]))
    True
    """
    known = pd.DataFrame({"day": starts.dt.normalize(), "ahead": offsets_s}).dropna()
    usual = known.groupby("day")["ahead"].agg(lambda ahead: ahead.mode().iloc[0])
    # A sample of the days tells as much, and hundreds of zones are tried on each.
    some = usual.iloc[:: max(1, len(usual) // _DAYS_LOOKED_AT)]
    if some.empty:
        return ()
    # At noon, because clocks change at night.
    noons = [day.to_pydatetime() + timedelta(hours=12) for day in some.index]

    def fits(zone: str) -> bool:
        there = [noon.astimezone(ZoneInfo(zone)).utcoffset() or timedelta() for noon in noons]
        ahead = [offset.total_seconds() for offset in there]
        return float((some == ahead).mean()) >= _SHARE_AT_HOME

    places = (zone for zone in sorted(available_timezones()) if _is_a_place(zone))
    fitting = [zone for zone in places if fits(zone)]
    order = {zone: at for at, zone in enumerate((machine_zone(), *_LARGE))}
    return tuple(sorted(fitting, key=lambda zone: (order.get(zone, len(order)), zone)))


def _is_a_place(zone: str) -> bool:
    return "/" in zone and not zone.startswith("Etc/")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("_", " ").split())
