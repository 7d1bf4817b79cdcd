"""A site's whole account in one archive: its lists of friends, messages and logins are no data."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from ingest.dataset.file_names import stem_of
from ingest.readers.activity.apple.export import AppleHealthReader
from ingest.readers.activity.strava import StravaActivitiesReader
from ingest.readers.datasets.pmdata_fitbit import FitbitExerciseReader, FitbitSleepReader
from ingest.readers.registry import Reader
from ingest.readers.sheets.reader import SheetReader
from ingest.reading.containers import Item
from ingest.records.account import ignored_file

Known = tuple[Item, Reader | None]
_WHY: Final = "part of {} that is no training log"
_STRAVA: Final = _WHY.format("a Strava account export")
_STRAVA_LISTS: Final = re.compile(
    r"applications|bikes|blocks|clubs|comments|components|connected_apps|contacts|email_preferences"
    r"|events|favorites|flags|followers|following|general_preferences|global_challenges|goals"
    r"|group_challenges|local_legend_segments|logins|media|memberships|messaging|messages"
    r"|mobile_device_identifiers|orders|partner_opt_outs|posts|privacy_zones|profile|reactions"
    r"|routes|segments|shoes|social_settings|starred_routes|starred_segments|support_tickets"
    r"|visibility_settings"
)
"""Files beside the runs in a Strava account export."""
_GARMIN: Final = "DI_CONNECT/"
"""The folder of Garmin Connect in an account export; beside it lie those of other services."""
_FOLDERS: Final = ("apple_health_export/", "Global Export Data/", "user-site-export/")
"""How Apple Health and Fitbit call the folder of an export, also once it is unpacked."""
_TRAINING: Final = re.compile(
    r"\.(fit|tcx|gpx)(\.gz)?$|summarizedActivities|exercise-\d+\.json$|/activities\.csv$",
    re.IGNORECASE,
)
"""Names under which training is exported: what nobody can read under one of them is damaged."""


class _Place(NamedTuple):
    """Where an account export lies: everything below `prefix`."""

    prefix: str
    site: str


def without_account_lists(known: list[Known]) -> list[Known]:
    """Set aside what an account export holds besides training.

    Beside `activities.csv` at the top of a Strava bulk export lie files (`shoes.csv`,
    `messages.json`, `profile.csv` ...) that would otherwise be refused, or taken for the club's own
    file of the same name. In a folder, where a club's files may well lie beside a Strava list, only
    those are set aside that Strava calls so, and only beside an account's `profile.csv`. Of an
    export of Garmin, Apple Health or Fitbit all is set aside that no reader of such exports knows,
    unless its name says that it should be training.
    """
    tops = {
        _top(item)
        for item, reader in known
        if isinstance(reader, StravaActivitiesReader) and "!" in item.source
    }
    unpacked = _unpacked(known)
    places = sorted(set(_places(known)))
    return [
        _settled(item, reader, places, is_strava=_top(item) in tops or item.source in unpacked)
        for item, reader in known
    ]


def _unpacked(known: list[Known]) -> set[str]:
    """Return the lists of Strava accounts that lie in folders: those beside a profile and runs."""
    lists = {_top(item) for item, reader in known if isinstance(reader, StravaActivitiesReader)}
    profiles = {_top(item) for item, _ in known if item.source.endswith("profile.csv")}
    return {
        item.source
        for item, _ in known
        if _top(item) in lists & profiles and _STRAVA_LISTS.fullmatch(stem_of(item.source))
    }


def _settled(item: Item, reader: Reader | None, places: list[_Place], *, is_strava: bool) -> Known:
    if item.account is not None or isinstance(reader, StravaActivitiesReader):
        return item, reader
    if is_strava:
        return replace(item, account=ignored_file(item.source, _STRAVA)), None
    site = next((place.site for place in places if item.source.startswith(place.prefix)), "")
    # The reader of sheets takes any table, so that its recognition does not make a list training.
    unknown = reader is None or isinstance(reader, SheetReader)
    # An empty file, or one that is called like training, is damaged and not set aside.
    if unknown and site and item.path.stat().st_size and not _TRAINING.search(item.source):
        return replace(item, account=ignored_file(item.source, _WHY.format(site))), None
    return item, reader


def _top(item: Item) -> str:
    """Return the folder inside the archive, with the archive: `r1.zip!` or `r1.zip!export/`."""
    at = max(item.source.rfind("/"), item.source.rfind("!"))
    return item.source[: at + 1]


def _places(known: list[Known]) -> Iterator[_Place]:
    for item, reader in known:
        before, folder, _ = item.source.partition(_GARMIN)
        if folder:
            # An archive is the account's as a whole; in a folder a club's
            # own files may lie beside DI_CONNECT.
            archive = before.rfind("!") + 1
            yield _Place(before[:archive] or before + folder, "a Garmin account export")
        top = _top(item)
        if "!" in top or top.endswith(_FOLDERS):
            if isinstance(reader, AppleHealthReader):
                yield _Place(top, "an Apple Health export")
            elif isinstance(reader, FitbitExerciseReader | FitbitSleepReader):
                yield _Place(top, "a Fitbit account export")
