"""Who seems to be on a team, from names in sheets and from how files and folders are called."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import pandas as pd

from ingest.dataset.file_names import begins_with, folders_of, plain_name, stem_of
from ingest.reading.files import NOBODY
from ingest.records.account import Account

ROSTER: Final = "roster.csv"
LISTS: Final = frozenset(
    {"garmin_activities_csv", "strava_activities_csv", "intervals_icu_csv", "training_peaks_csv"}
)
"""Formats of which an athlete has one file: several in a folder are several athletes."""

_OWNED: Final = LISTS | {
    "fit", "tcx", "gpx", "apple_health", "garmin_summarized_activities", "stryd_csv",
}  # fmt: skip
"""Formats that do not name their athlete."""

_GENERIC: Final = frozenset({"activities", "activity", "export", "exports", "fit", "data", "files"})


def propose_athletes(
    accounts: list[Account],
    records: Mapping[str, pd.DataFrame],
    lists: Sequence[str] | None = None,
) -> list[str]:
    """Return the names found, sorted, each in one spelling.

    Sheets of a whole team name their athletes. A device's file is an athlete's by its name, by
    the archive it lies in or by its folder, in this order; one that a known name already fits
    adds nobody.

    Parameters
    ----------
    accounts : list of Account
        What was made of each file.
    records : mapping of str to pandas.DataFrame
        The rows, read without a roster: athlete (as written), source.
    lists : sequence of str, optional
        Every list of one athlete's sessions in the folder, where `accounts` are a part of it.
    """
    owned = [one.source for one in accounts if one.kind in _OWNED and one.read > one.rejected]
    lists = [one.source for one in accounts if one.kind in LISTS] if lists is None else lists
    names = {plain_name(name): name for name in _named_in_sheets(records, set(owned))}
    crowded = Counter(_folder(source) for source in lists)
    for source in owned:
        name = _owner(source, names.keys(), is_one_of_many=crowded[_folder(source)] > 1)
        if name:
            names.setdefault(plain_name(name), name)
    return sorted(names.values())


def _named_in_sheets(records: Mapping[str, pd.DataFrame], owned: set[str]) -> list[str]:
    frames = [frame for frame in records.values() if {"athlete", "source"} <= set(frame)]
    found: set[str] = set()
    for frame in frames:
        found |= set(frame.loc[~frame["source"].isin(owned), "athlete"].dropna().astype(str))
    return sorted(found - {NOBODY})


def _owner(source: str, known: Collection[str], *, is_one_of_many: bool) -> str:
    folders, stem = folders_of(source), stem_of(source)
    if any(plain_name(folder) in known for folder in folders) or begins_with(stem, known):
        return ""
    if is_one_of_many:
        return stem
    telling = [one for one in folders if one.lower() not in _GENERIC]
    return telling[-1] if telling else ""


def _folder(source: str) -> str:
    return source[: max(source.rfind("/"), source.rfind("!")) + 1]
