"""What the reading of a file depends on, as one digest: the name of its place in the cache."""

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from common.extensions import folder_of_extensions
from ingest.readers.registry import ReadContext, Reader

_OF_NO_READING: Final = {"observed_to", "athletes", "nobody", "owners"}
"""Settings that matter only once the files are read."""


class RunDigests(NamedTuple):
    """What the reading of all files of a run depends on, told once.

    Parameters
    ----------
    alone : bytes
        Digest of settings and code.
    with_people : bytes
        The same with the names that are known, for readers that look for them.
    """

    alone: bytes
    with_people: bytes


def run_digests(context: ReadContext) -> RunDigests:
    """Return the settings of a run, as far as a reading depends on them."""
    config = context.config.model_dump(mode="json", exclude=_OF_NO_READING)
    alone, with_people = (
        hashlib.sha256(json.dumps([names, config, code_digest()], sort_keys=True).encode()).digest()
        for names in ([], sorted(context.athletes))
    )
    return RunDigests(alone, with_people)


def entry_key(
    source: str,
    digest: str,
    reader: Reader,
    digests: RunDigests,
    beside: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the digest of everything that reading a file depends on, but for the last day.

    Parameters
    ----------
    source, digest : str
        The file, and the digest of its content.
    reader : Reader
    digests : RunDigests
        Of the run.
    beside : sequence of (source, digest)
        The files that it is read with.
    """
    parts = [source, digest, *beside, reader.kind, reader.version]
    shared = digests.with_people if reader.knows_people else digests.alone
    return hashlib.sha256(json.dumps(parts).encode() + shared).hexdigest()


@cache
def code_digest() -> str:
    """Return the digest of the code of ingest: ranges and rules are no part of any version.

    Your own readers belong to it.
    """
    digest = hashlib.sha256()
    ours = Path(__file__).parents[2]
    for folder in (ours / "ingest", ours / "common", folder_of_extensions() / "readers"):
        for path in sorted(folder.rglob("*.py")):
            digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
