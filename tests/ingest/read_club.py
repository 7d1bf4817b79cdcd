"""Read the files of a folder as `ingest` does, before anything is harmonised."""

from types import SimpleNamespace

import pandas as pd

from ingest.dataset.settings import load_config
from ingest.readers.registry import ReadContext
from ingest.reading.containers import items_of
from ingest.reading.files import data_files, read_folder
from ingest.records.account import no_rejects


def look(club):
    """Read a club's files; harmonising is tested elsewhere."""
    config = load_config(club)
    context = ReadContext(config, club, pd.Timestamp(config.observed_to))
    folder = read_folder(items_of(data_files(club), club, club), context)
    return SimpleNamespace(
        files={account.source: account.summary() for account in folder.accounts},
        rejects=pd.concat([no_rejects(), *(account.rejects for account in folder.accounts)]),
        records=folder.records,
    )
