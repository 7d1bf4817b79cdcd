"""Walk a dataset folder and read every file in it; none is skipped without a word."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Final

import pandas as pd

from ingest.account import Account
from ingest.bulk_export import without_account_lists
from ingest.containers import Item
from ingest.errors import StridecastError
from ingest.names import folders_of, why_ignored
from ingest.read_one import read_item, reader_of
from ingest.readers import Parsed, ReadContext
from ingest.readers.base import Anyone

Progress = Callable[[int, int, str], None]
"""Called with files done, files in all, and the file at hand."""

NOBODY: Final = "unnamed"
"""Stands for the owner of a file without one where there is no roster."""

Records = dict[str, pd.DataFrame]


def data_files(place: Path) -> list[Path]:
    """Return all files below a folder, in the order of their paths.

    Raises
    ------
    StridecastError
        If there is no such folder, or no data file in it.
    """
    if not place.is_dir():
        raise StridecastError(f"{place}: no such folder", "name a dataset folder")
    files = sorted(path for path in place.rglob("*") if not path.is_dir())
    if all(why_ignored(path) for path in files):
        raise StridecastError(f"{place}: no data files", "copy the exports into this folder")
    return files


def read_files(
    items: Iterable[Item],
    context: ReadContext,
    progress: Progress | None = None,
    *,
    needs_roster: bool = True,
) -> tuple[list[Account], Records]:
    """Read the files, those that list athletes first; the rest needs to know who belongs.

    Parameters
    ----------
    items : iterable of Item
        The files.
    context : ReadContext
        Settings; its athletes are filled in here.
    progress : callable, optional
        Told after every file.
    needs_roster : bool
        Whether files can only be read for athletes that are listed; otherwise, where none is
        listed, everyone belongs.

    Returns
    -------
    accounts : list of Account
        One per file, by path.
    records : dict of str to pandas.DataFrame
        Table -> the rows of all files, in the order of their paths, raw ids.

    Raises
    ------
    StridecastError
        If no file lists an athlete.
    """
    known = without_account_lists([(item, reader_of(item)) for item in items])
    lists = [pair for pair in known if pair[1] and pair[1].lists_athletes]
    rest = [pair for pair in known if pair not in lists]
    parsed: list[Parsed] = []
    for number, (item, reader) in enumerate(lists + rest, start=1):
        if number == len(lists) + 1:
            context = with_athletes(
                context, _athletes(parsed, context, needs_roster), [i for i, _ in known]
            )
        parsed.append(read_item(item, reader, context))
        if progress:
            progress(number, len(known), item.source)
    parsed.sort(key=lambda one: one.account.source)
    return [one.account for one in parsed], _joined(parsed)


def with_athletes(
    context: ReadContext, athletes: frozenset[str], items: Iterable[Item]
) -> ReadContext:
    """Return the context of a dataset with these athletes.

    Where the roster has one athlete and no folder is named by the id, every file without an owner
    is that athlete's.
    """
    if isinstance(athletes, Anyone):
        return replace(context, athletes=athletes, only_athlete=NOBODY)
    alone = next(iter(athletes)) if len(athletes) == 1 else ""
    if alone and any(alone in folders_of(item.source) for item in items):
        alone = ""
    return replace(context, athletes=athletes, only_athlete=alone)


def _athletes(parsed: list[Parsed], context: ReadContext, needs_roster: bool) -> frozenset[str]:
    lists = [one.records["athletes"]["athlete"] for one in parsed if "athletes" in one.records]
    if any(len(ids) for ids in lists):
        return frozenset(pd.concat(lists))
    if not needs_roster:
        return Anyone()
    why = [sentence for one in parsed for sentence in one.account.rejects["sentence"]]
    raise StridecastError(
        f"{context.root}: no athlete listed ({why[0] if why else 'no roster found'})",
        "add a roster.csv with at least the column athlete",
    )


def _joined(parsed: list[Parsed]) -> Records:
    names = sorted({name for one in parsed for name in one.records})
    parts = {name: [one.records[name] for one in parsed if name in one.records] for name in names}
    return {name: pd.concat(frames, ignore_index=True) for name, frames in parts.items()}
