"""A site's whole account in one archive: its lists of friends, messages and logins are no data."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from ingest.account import ignored_file
from ingest.containers import Item
from ingest.readers import Reader
from ingest.readers.strava import StravaActivitiesReader

Known = tuple[Item, Reader | None]
_WHY: Final = "part of a {} account export that is no training log"
_GARMIN: Final = "DI_CONNECT/"
"""The folder of Garmin Connect in an account export; beside it lie those of other services."""


def without_account_lists(known: list[Known]) -> list[Known]:
    """Set aside what an account export holds besides training.

    Beside `activities.csv` at the top of a Strava bulk export lie files (`shoes.csv`,
    `messages.json`, `profile.csv` ...) that would otherwise be refused, or taken for the club's own
    file of the same name; only inside archives, for in a folder a club's files may well lie beside
    a Strava list. Of a Garmin account export all is set aside that no reader knows.
    """
    tops = {
        _top(item)
        for item, reader in known
        if isinstance(reader, StravaActivitiesReader) and "!" in item.source
    }
    garmin = _garmin_places(item for item, _ in known)
    return [_settled(item, reader, tops, garmin) for item, reader in known]


def _settled(item: Item, reader: Reader | None, tops: set[str], garmin: tuple[str, ...]) -> Known:
    if item.account is not None or isinstance(reader, StravaActivitiesReader):
        return item, reader
    if _top(item) in tops:
        return _aside(item, "Strava")
    if reader is None and item.source.startswith(garmin) and item.path.stat().st_size:
        return _aside(item, "Garmin")
    return item, reader


def _aside(item: Item, site: str) -> Known:
    return replace(item, account=ignored_file(item.source, _WHY.format(site))), None


def _top(item: Item) -> str:
    """Return the folder inside the archive, with the archive: `r1.zip!` or `r1.zip!export/`."""
    at = max(item.source.rfind("/"), item.source.rfind("!"))
    return item.source[: at + 1]


def _garmin_places(items: Iterable[Item]) -> tuple[str, ...]:
    """Return where Garmin account exports lie: the whole archive, or the folder of Connect."""
    found = set()
    for item in items:
        before, folder, _ = item.source.partition(_GARMIN)
        if folder:
            archive = before.rfind("!") + 1
            found.add(before[:archive] if archive else before + folder)
    return tuple(sorted(found))
