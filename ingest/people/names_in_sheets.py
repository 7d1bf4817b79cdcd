"""Who stands in a team's exports, whatever the roster and the scales say."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from common.scratch import scratch_folder
from ingest.dataset.file_names import folders_of, plain_name
from ingest.dataset.settings import WELLNESS_ITEMS, DatasetConfig, Scale
from ingest.quality.inspection import Survey, assumed
from ingest.readers.registry import ReadContext
from ingest.reading.containers import items_of
from ingest.reading.files import NOBODY, read_files
from ingest.records.account import Account

STRANGER: Final = "unknown_athlete"
"""Reason of a reject whose athlete the roster does not know."""
_WIDE: Final = (0, 100)


def wide_settings(today: date) -> DatasetConfig:
    """Return settings that let every answer pass: who answered what counts here, not how."""
    scales = {item: Scale(worst=_WIDE[0], best=_WIDE[1]) for item in WELLNESS_ITEMS}
    return assumed(today).model_copy(update={"wellness_scales": scales})


def raw_answer(share: float) -> float:
    """Return the number on the form that was read by :func:`wide_settings`."""
    worst, best = _WIDE
    return round(worst + share * (best - worst), 6)


def of_strangers(folder: Path, found: Survey, settings: DatasetConfig) -> Survey:
    """Return what the files with records of strangers hold, read as if everyone belonged.

    Parameters
    ----------
    folder : pathlib.Path
        The team's folder, absolute.
    found : Survey
        The survey of it, which holds nothing of those whom the roster does not know.
    settings : DatasetConfig
        As for the survey.
    """
    sources = {one.source for one in found.accounts if (one.rejects["reason"] == STRANGER).any()}
    accounts, records = read_as_anyones(sources, ReadContext(settings, folder, found.last_day))
    return Survey(found.has_settings, accounts, records, found.last_day)


def read_as_anyones(
    sources: Iterable[str], context: ReadContext
) -> tuple[list[Account], dict[str, pd.DataFrame]]:
    """Read files of a folder as if everybody named in them belonged to the team.

    Parameters
    ----------
    sources : iterable of str
        Files, or members of archives: the whole archive is read then.
    context : ReadContext
        Settings and root.
    """
    files = sorted({context.root / source.split("!", 1)[0] for source in sources})
    with scratch_folder() as scratch:
        items = items_of(files, context.root, scratch)
        return read_files(items, context, needs_roster=False)


def names_of(strangers: Survey, roster: pd.Series) -> tuple[str, ...]:
    """Return the names that exports use for athletes and that neither roster nor folders explain.

    Parameters
    ----------
    strangers : Survey
        Of :func:`of_strangers`.
    roster : pandas.Series
        Raw ids.
    """
    rows = [one[["athlete", "source"]] for one in strangers.records.values() if "athlete" in one]
    pairs = {
        (str(name), str(source))
        for one in rows
        for name, source in one.dropna().drop_duplicates().itertuples(index=False)
    }
    known = {NOBODY, *(plain_name(one) for one in roster.astype(str))}
    named = {name for name, source in pairs if name not in folders_of(source)}
    return tuple(sorted(name for name in named if plain_name(name) not in known))
