"""Whatever ends a command ends in one line: what, where, and what to do about it."""

import errno
import os
import sys
import traceback
from pathlib import Path
from typing import Final

from common.atomic import private_folder
from common.errors import StridecastError

_FULL: Final = "make room on the disk and run it again; the last good files are as they were"
_READ_ONLY: Final = "change its permissions, or run as the user who owns it"
_REMEDIES: Final = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.EROFS: "the disk can only be read: choose another --out",
    errno.EACCES: _READ_ONLY,
    errno.EPERM: _READ_ONLY,
    errno.EMFILE: "too many files are open: close other programs and run it again",
    errno.EIO: "the disk does not answer: check it, and copy what is on it",
}
_PACKAGES: Final = "site-packages"
_ERROR_LOG: Final = "last_error.txt"


def readable_error(error: BaseException) -> StridecastError:
    """Return an error as one that a user can read.

    What the program did not expect is written in full to a private file: its message may quote
    somebody's data.
    """
    if isinstance(error, StridecastError):
        return error
    if isinstance(error, OSError):
        return _of_system(error)
    if isinstance(error, (EOFError, ValueError)) and (torn := _torn_bytecode(error)):
        return torn
    if isinstance(error, MemoryError):
        return StridecastError("not enough memory", "close other programs, or read fewer files")
    if isinstance(error, ImportError) or _is_torn_source(error):
        return StridecastError(
            f"the environment is not whole ({error})", "set it up again: `make setup`"
        )
    return _unexpected(error)


def tell(error: BaseException, *, debug: bool) -> int:
    """Print an error as one line (or whole, for a developer) and return the exit code."""
    show_trace(error, debug=debug)
    print_line(readable_error(error))
    return 1


def show_trace(error: BaseException, *, debug: bool) -> None:
    """Print an error whole, where a developer asks for it."""
    if debug or os.environ.get("STRIDECAST_DEBUG"):
        traceback.print_exception(error)


def print_line(error: StridecastError) -> None:
    """Print an error as one line."""
    print(f"stridecast: {_in_their_language(error)}", file=sys.stderr)


def _in_their_language(error: StridecastError) -> str:
    """Return an error in the language that the command line asks for."""
    try:
        from common.language import speaking  # after a fault alone
        from common.retold import retold_error
        from pipelines.runtime.spoken import language_asked
    except Exception:  # noqa: BLE001 - an environment that is not whole is told all the same
        return str(error)
    with speaking(language_asked(sys.argv[1:])):
        parts = [retold_error(part) for part in (error.message, error.remedy) if part]
    return "; ".join(parts)


def _is_torn_source(error: BaseException) -> bool:
    """Say whether a package's own file is no Python: torn by a full disk, or overwritten."""
    if not isinstance(error, SyntaxError):
        return False
    # For a file of zeros Python gives no file name; a faulty extension of somebody's own has one.
    return not error.filename or _PACKAGES in Path(error.filename).parts


def _torn_bytecode(error: EOFError | ValueError) -> StridecastError | None:
    """Remove a compiled module that a full disk left torn; None where it was something else.

    Before version 3.12 Python does not notice that it wrote less than it meant to, and from then on
    the program would not start again.
    """
    for frame, _ in traceback.walk_tb(error.__traceback__):
        torn = frame.f_locals.get("bytecode_path")
        if frame.f_code.co_name == "get_code" and torn and Path(torn).suffix == ".pyc":
            Path(torn).unlink(missing_ok=True)
            return StridecastError(
                f"{torn}: this compiled part of the program was torn, as a full disk leaves it",
                "it was removed: run it again",
            )
    return None


def _of_system(error: OSError) -> StridecastError:
    place = f"{error.filename}: " if error.filename else ""
    remedy = _REMEDIES.get(error.errno or 0, "check the path, and that the disk is there")
    return StridecastError(f"{place}{error.strerror or error}", remedy)


def _unexpected(error: BaseException) -> StridecastError:
    frames = traceback.extract_tb(error.__traceback__)
    at = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    log = _written(error)
    remedy = f"send {log} to the authors (it may quote data)" if log else "run it with --debug"
    return StridecastError(f"a fault of the program: {type(error).__name__}{at}", remedy)


def _written(error: BaseException) -> Path | None:
    """Write the traceback where only its owner can read it; None where that is not possible."""
    from platformdirs import user_log_path  # needed after a fault alone

    try:
        path = user_log_path("stridecast", appauthor=False) / _ERROR_LOG
        private_folder(path.parent)
        path.unlink(missing_ok=True)
        # O_EXCL follows no link that lies there, and the mode is private from the first byte on.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write("".join(traceback.format_exception(error)))
    except (OSError, RuntimeError):  # no room, no permission, or a user without a home folder
        return None
    return path
