"""The stages of the pipeline and the command line: read, call, write."""

import importlib.util
import os
import sys
from pathlib import Path
from types import TracebackType


def _enter_environment() -> None:
    """Hand over to the project's own Python if this one has none of its packages.

    DVC starts stages by whatever `python` comes first on the PATH, which is not the project's when
    `.venv/bin/dvc` is called without activating the environment.
    """
    if importlib.util.find_spec("pandas") is not None:
        return
    root = Path(os.environ.get("DVC_ROOT", Path(__file__).parents[1]))
    own = root / ".venv" / "bin" / "python"
    if not own.exists() or own.parent.parent == Path(sys.prefix):
        sys.exit("stridecast: this Python lacks the project's packages; run `make setup`")
    os.execv(own, [str(own), *sys.orig_argv[1:]])  # noqa: S606 - the same command, no shell


def _tell_in_one_line() -> None:
    """Show a fault in one's own files as one line also while modules are being imported.

    Extensions are read then, before any command could catch it; `STRIDECAST_DEBUG=1` shows all.
    """
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        if kind.__name__ != "StridecastError" or os.environ.get("STRIDECAST_DEBUG"):
            before(kind, error, place)
        else:
            print(f"stridecast: {error}", file=sys.stderr)

    sys.excepthook = hook


_enter_environment()
_tell_in_one_line()
