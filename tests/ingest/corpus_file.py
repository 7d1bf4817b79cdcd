"""One input of the fuzz corpus, read as a file of a dataset would be."""

from pathlib import Path

from ingest.reading.containers import items_of
from ingest.reading.read_one import read_item, recognise
from tests.ingest.export_files import context

NAMES = {
    "fit": "r1/run.fit",
    "c3d": "r1/trial 2024-05-06.c3d",
    "roster": "roster.csv",
    "session_rpe": "session_rpe.csv",
    "sessions": "sessions.csv",
    "wellness": "wellness.csv",
    "injuries": "injuries.csv",
}
"""Files that are known by their names, or whose name tells the day; others are of r1."""


def account_for(place: Path, kind: str, content: bytes) -> None:
    """Read an input; every record of it is accounted for, whatever it holds.

    Raises
    ------
    AssertionError
        If the reader failed, took too long or lost count.
    """
    path = place / "in" / NAMES.get(kind, f"r1/{kind}")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    scratch = place / "scratch"
    scratch.mkdir(exist_ok=True)
    for item in items_of([path], place / "in", scratch):
        account = read_item(*recognise(item), context(place / "in")).account
        counted = account.accepted + account.repaired + account.rejected
        unclear = {"reader_failed", "too_slow"} & set(account.rejects["reason"])
        if account.read != counted or unclear:
            raise AssertionError(account.kind, account.read, counted, sorted(unclear))
