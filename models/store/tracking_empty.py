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

KEPT: Final = Path(sys.prefix) / "var" / "stridecast-mlflow"
"""In the environment's own folder, beside the compiled kernels, so that it goes with it."""


def keep_empty_store() -> Path | None:
    """Let MLflow make an empty store and keep it; None where MLflow or the environment lacks."""
    kept = _kept()
    if kept is None or kept.exists() or sys.prefix == sys.base_prefix:
        return kept
    from mlflow import MlflowClient

    kept.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=kept.parent) as folder:
        made, part = Path(folder) / "made.db", Path(folder) / "part.db"
        MlflowClient(f"{SQLITE}{made}").search_experiments()
        with closing(sqlite3.connect(made)) as store:
            # The experiment that each store begins with names the folder of its files: MLflow
            # writes it anew, with the folder of the project.
            with store:
                store.execute("DELETE FROM experiments")
            # One file, whatever the store has beside it.
            store.execute("VACUUM INTO ?", (str(part),))
        part.replace(kept)
    return kept


def begin_with_kept(uri: str) -> None:
    """Put the kept empty store where a local store is to be and is not yet.

    Parameters
    ----------
    uri : str
        MLflow tracking address; nothing happens with a server's, or where MLflow has no kept store
        of its very version: MLflow then sets up the database itself.
    """
    database, kept = Path(uri.removeprefix(SQLITE)), _kept()
    if not uri.startswith(SQLITE) or "?" in uri or kept is None:
        return
    part = database.with_name(f".{database.name}.{os.getpid()}.part")
    # Whatever is in the way, a full disk or a folder that is not ours: MLflow says it in its words.
    with suppress(OSError):
        if database.exists() or not kept.exists():
            return
        database.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(kept, part)
            # Not renamed: a store that another process made meanwhile would be lost.
            os.link(part, database)
        finally:
            part.unlink(missing_ok=True)


def _kept() -> Path | None:
    try:
        return KEPT / f"{metadata.version('mlflow')}.db"
    except metadata.PackageNotFoundError:
        return None
