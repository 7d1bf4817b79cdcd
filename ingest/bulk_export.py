"""A site's whole account in one archive: its lists of friends, messages and logins are no data."""

from dataclasses import replace

from ingest.account import ignored_file
from ingest.containers import Item
from ingest.readers import Reader
from ingest.readers.strava import StravaActivitiesReader

Known = tuple[Item, Reader | None]
_WHY = "part of a Strava account export that is no training log"


def without_account_lists(known: list[Known]) -> list[Known]:
    """Set aside what lies beside `activities.csv` at the top of a Strava bulk export.

    Such a file (`shoes.csv`, `messages.json`, `profile.csv` ...) would otherwise be refused, or
    taken for the club's own file of the same name. Only inside archives: in a folder, a club's
    files may well lie beside a Strava list.
    """
    tops = {
        _top(item)
        for item, reader in known
        if isinstance(reader, StravaActivitiesReader) and "!" in item.source
    }
    return [
        _aside(item, reader) if _top(item) in tops else (item, reader) for item, reader in known
    ]


def _aside(item: Item, reader: Reader | None) -> Known:
    if item.account is not None or isinstance(reader, StravaActivitiesReader):
        return item, reader
    return replace(item, account=ignored_file(item.source, _WHY)), None


def _top(item: Item) -> str:
    """Return the folder inside the archive, with the archive: `r1.zip!` or `r1.zip!export/`."""
    at = max(item.source.rfind("/"), item.source.rfind("!"))
    return item.source[: at + 1]
