"""Read one file, come what may: whatever happens ends in records and an account."""

import os
import time
from dataclasses import replace
from pathlib import Path
from typing import Final

from common.machine.text_storage import usual_text
from common.run_log import note
from ingest.readers.base import file_digest
from ingest.readers.registry import READERS, FileRefused, Parsed, ReadContext, Reader, find_reader
from ingest.reading.apart import ParserDiedError, is_apart, read_apart
from ingest.reading.containers import Item
from ingest.records.account import refused_file
from ingest.records.time_limit import SNIFF_SECONDS, TookTooLong, allowance, time_limit

_SHORT: Final = 64
_LARGEST: Final = max(reader.max_bytes for reader in READERS)
OF_THE_MOMENT: Final = frozenset(
    {
        "too_slow", "too_much_memory", "parser_died", "reader_failed", "unreadable_file",
        "changed_while_read",
    }
)  # fmt: skip
"""Reasons that a busy machine or a folder in the cloud can give as well as a damaged file: the next
run looks again."""
_CHANGED: Final = "the file changed while it was read; run again once it is copied in full"


def recognise(item: Item) -> tuple[Item, Reader | None]:
    """Return a file with the reader that recognises it; a failing sniff is no recognition.

    A file over which the sniffing takes too long comes back refused.
    """
    if item.account is not None:
        return item, None
    try:
        # Every reader looks at every file: one that sends a single sniff astray would stop the run.
        with time_limit(SNIFF_SECONDS):
            return item, find_reader(item.path)
    except TookTooLong:
        refused = _refused(item, None, "too_slow", "telling its kind took too long; remove it")
        return replace(item, account=refused.account), None
    except OSError:
        return item, None


def refused_by_size(item: Item) -> Item | None:
    """Return a file refused for its size alone, before anything of it is read; else None."""
    # A file may vanish between listing and reading, as in a folder that is being synchronised.
    size = item.path.stat().st_size if item.path.exists() else 0
    if size <= _LARGEST:
        return None
    return replace(item, account=_refused(item, None, *_too_large(size, _LARGEST)).account)


def read_item(
    item: Item, reader: Reader | None, context: ReadContext, *, apart: bool = False
) -> Parsed:
    """Read a file with its reader; a failure of the reader is a reject, not the end of the run.

    Parameters
    ----------
    item : Item
        The file.
    reader : Reader or None
        What reads it.
    context : ReadContext
        Settings and roster.
    apart : bool
        Whether it is read by a child process, as files with readers of native code always are.
    """
    if item.account is not None:
        return Parsed(item.account)
    refusal = _why_unread(item, reader)
    if refusal or reader is None:
        return _refused(item, reader, *(refusal or _unknown()))
    try:
        # A parser in C that crashes takes its process along: it shall not be the one that scores.
        if (apart or reader.is_native) and not is_apart():
            return read_apart(item, reader.kind, context)
        return _read(item, reader, context)
    except (Exception, TookTooLong) as error:  # noqa: BLE001 - one damaged file must not stop the others
        return _refused(item, reader, *_why_failed(error))


def _read(item: Item, reader: Reader, context: ReadContext) -> Parsed:
    """Read a file in this process; a file that changes meanwhile is refused."""
    named = replace(context, named=item.source, beside=item.beside)
    before, began = _state(item.path), time.monotonic()
    with time_limit(allowance(item.path.stat().st_size)), usual_text():
        parsed, code = reader.read(item.path, named), file_digest(item.path)
    # The digest and not the name: a log holds no names.
    note(f"file={code} kind={reader.kind} ms={1000 * (time.monotonic() - began):.0f}")
    # A program that copies or syncs may still write, and half a file can look like a whole one.
    if _state(item.path) != before:
        raise FileRefused("changed_while_read", _CHANGED)
    records = {name: frame.assign(source_hash=code) for name, frame in parsed.records.items()}
    return replace(parsed, records=records)


def _state(path: Path) -> tuple[int, ...]:
    """Return what changes when somebody writes to a file; nothing for one that is gone."""
    try:
        status = path.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns


def _why_unread(item: Item, reader: Reader | None) -> tuple[str, str] | None:
    if not os.access(item.path, os.R_OK):
        return "unreadable_file", "the file may not be read; change its permissions"
    size = item.path.stat().st_size
    if size == 0 or (reader is None and _holds_nothing(item.path, size)):
        return "empty_file", "the file is empty; export it again"
    if reader is None:
        return _unknown()
    if size > reader.max_bytes:
        return _too_large(size, reader.max_bytes)
    return None


def _holds_nothing(path: Path, size: int) -> bool:
    """Say whether a file is blank or a JSON list without entries, as exports write for no data."""
    return size <= _SHORT and path.read_bytes().strip() in {b"", b"[]", b"{}"}


def _too_large(size: int, most: int) -> tuple[str, str]:
    limit = f"more than the {most / 1e6:.0f} MB that such a file can need"
    return "too_large", f"the file has {size / 1e6:.0f} MB, {limit}; split it or export it again"


def _unknown() -> tuple[str, str]:
    return "unknown_format", "no reader knows this kind of file; data/README.md lists those read"


def _why_failed(error: BaseException) -> tuple[str, str]:
    """Return reason and sentence; of an unexpected error the class only, for it may quote data."""
    if isinstance(error, FileRefused):
        return error.reason, error.sentence
    if isinstance(error, TookTooLong) or str(error) == "too_slow":
        return "too_slow", "reading took too long; split the file"
    if isinstance(error, MemoryError):
        return "too_much_memory", "reading takes more memory than it can need; export it again"
    if isinstance(error, ParserDiedError):
        return "parser_died", "it ends the program that reads it: it is damaged, export it again"
    return "reader_failed", (
        f"the reader stopped with {type(error).__name__}; the file is damaged in a way it does not"
        " know, export it again"
    )


def _refused(item: Item, reader: Reader | None, reason: str, sentence: str) -> Parsed:
    kind = reader.kind if reader else "unknown"
    return Parsed(refused_file(item.source, kind, reason, f"{item.source}: {sentence}"))
