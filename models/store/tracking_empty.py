"""An empty MLflow store, made once at set-up, and copied where a project has none yet.

MLflow sets a new database up by all its migrations of many years: most of a second of processor
time in each project's first run.
"""

import os
import shutil
import sqlite3
import sys
from contextlib import closing, suppress
from importlib import metadata
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from models.store.tracking_moved import SQLITE

EMPTY_STORES: Final = Path(sys.prefix) / "var" / "stridecast-mlflow"
"""In the environment's own folder, beside the compiled kernels, so that it goes with it."""


def keep_empty_store() -> Path | None:
    """Let MLflow make an empty store and keep it; None where MLflow or the environment lacks.

    Where the environment's folder cannot be written there is none either, and set-up goes on.
    """
    empty = _empty_store()
    if empty is None or empty.exists() or sys.prefix == sys.base_prefix:
        return empty
    # It only saves time; the kernels beside it do without their folder as well.
    with suppress(OSError, sqlite3.Error):
        _make(empty)
    return empty


def _make(empty: Path) -> None:
    from mlflow import MlflowClient

    empty.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=empty.parent) as folder:
        made, part = Path(folder) / "made.db", Path(folder) / "part.db"
        MlflowClient(f"{SQLITE}{made}").search_experiments()
        with closing(sqlite3.connect(made)) as store:
            # The experiment that each store begins with names the folder of its files: MLflow
            # writes it anew, with the folder of the project.
            with store:
                store.execute("DELETE FROM experiments")
            # One file, whatever the store has beside it.
            store.execute("VACUUM INTO ?", (str(part),))
        part.replace(empty)


def begin_with_empty_store(uri: str) -> None:
    """Put the kept empty store where a local store is to be and is not yet.

    Parameters
    ----------
    uri : str
        MLflow tracking address; nothing happens with a server's, or where MLflow has no kept store
        of its very version: MLflow then sets up the database itself.
    """
    database, empty = Path(uri.removeprefix(SQLITE)), _empty_store()
    if not uri.startswith(SQLITE) or "?" in uri or empty is None:
        return
    part = database.with_name(f".{database.name}.{os.getpid()}.part")
    # Whatever is in the way, a full disk or a folder that is not ours: MLflow says it in its words.
    with suppress(OSError):
        if database.exists() or not empty.exists():
            return
        database.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(empty, part)
            # Not renamed: a store that another process made meanwhile would be lost.
            os.link(part, database)
        finally:
            part.unlink(missing_ok=True)


def _empty_store() -> Path | None:
    try:
        return EMPTY_STORES / f"{metadata.version('mlflow')}.db"
    except metadata.PackageNotFoundError:
        return None
