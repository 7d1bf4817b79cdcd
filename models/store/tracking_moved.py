"""A project's MLflow store after the folder was moved, copied or unpacked elsewhere.

MLflow writes absolute paths into its database. In a copy they lead into the original: pages show
no artifacts, or another project's, and new files land there.
"""

import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Final

from common.errors import StridecastError

SQLITE: Final = "sqlite:///"
FOLDER: Final = "mlartifacts"
"""Folder of the artifacts, beside the database."""
_WAIT_SECONDS: Final = 20.0
_PLACES: Final = (
    ("experiments", "artifact_location"),
    ("runs", "artifact_uri"),
    ("logged_models", "artifact_location"),
    ("model_versions", "source"),
    ("model_versions", "storage_location"),
)
"""Columns of MLflow's database that hold addresses of files."""


def mend(uri: str) -> str:
    """Bring the addresses of a local store to where its files lie now, beside the database.

    Parameters
    ----------
    uri : str
        MLflow tracking address; a server sees to its files itself.

    Returns
    -------
    str
        The address that stood there before; empty if nothing had to be mended.

    Raises
    ------
    StridecastError
        If the database has to be mended and cannot be written.
    """
    database = Path(uri.removeprefix(SQLITE))
    if not uri.startswith(SQLITE) or not database.exists():
        return ""
    here = (database.resolve().parent / FOLDER).as_uri()
    with closing(sqlite3.connect(database, timeout=_WAIT_SECONDS)) as store:
        before = _other_root(store, here)
        if before:
            try:
                # All tables in one transaction: half rewritten, runs of one experiment would lie in
                # two places.
                with store:
                    _rewrite(store, before, here)
            except sqlite3.Error as error:
                raise StridecastError(
                    f"MLflow store {database}: its files lie elsewhere now, and the database"
                    f" cannot be written: {error}",
                    "close what holds it, then run again",
                ) from error
    return before


def _other_root(store: sqlite3.Connection, here: str) -> str:
    """Return the one other place that this project's experiments point to."""
    try:
        places = store.execute("SELECT artifact_location FROM experiments").fetchall()
    except sqlite3.Error:
        return ""  # Not set up yet, locked or no database: MLflow says so in its own words.
    # Only places that end in our folder's name: somebody may keep files elsewhere on purpose.
    ours = [str(location).rstrip("/") for (location,) in places if location]
    return next(
        (location for location in ours if location.endswith(f"/{FOLDER}") and location != here), ""
    )


def _rewrite(store: sqlite3.Connection, before: str, here: str) -> None:
    for table, column in _PLACES:
        if _has(store, table, column):
            # Both names come from the list above; the addresses are parameters.
            store.execute(
                f"UPDATE {table} SET {column} = ? || substr({column}, ?)"  # noqa: S608 - names as above
                f" WHERE {column} = ? OR substr({column}, 1, ?) = ?",
                (here, len(before) + 1, before, len(before) + 1, f"{before}/"),
            )


def _has(store: sqlite3.Connection, table: str, column: str) -> bool:
    return any(row[1] == column for row in store.execute(f"PRAGMA table_info({table})"))


if __name__ == "__main__":
    mend(*sys.argv[1:2])
