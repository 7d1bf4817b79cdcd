"""What an entry point does first: threads, the right Python, faults in one line.

Nothing here runs when a module is imported. Stages and the command line call :func:`enter` before
they import anything that loads NumPy, because NumPy reads the thread variables when it is loaded.
"""

import gc
import importlib
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final

from common.extensions import folder_of_extensions

_THREAD_SETTINGS = (
    "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)  # fmt: skip
_NEW_OBJECTS: Final = 10_000


def one_thread() -> None:
    """Give linear algebra one thread, whatever the shell says, before NumPy is loaded.

    Several threads add up in another order: the last digits of the additive model's coefficients
    and of every recalibration then depend on the machine, and with them the bytes that DVC hashes.
    LightGBM takes its number of threads from `risk.threads`.
    """
    os.environ.update(dict.fromkeys(_THREAD_SETTINGS, "1"))


def _enter_environment() -> None:
    """Hand over to the project's own Python if this one has none of its packages.

    DVC starts stages by whatever `python` comes first on the PATH, which is not the project's when
    `.venv/bin/dvc` is called without activating the environment.
    """
    if importlib.util.find_spec("pandas") is not None:
        return
    root = Path(os.environ.get("DVC_ROOT", Path(__file__).parents[2]))
    own = root / ".venv" / "bin" / "python"
    if not own.exists() or own.parent.parent == Path(sys.prefix):
        sys.exit("stridecast: this Python lacks the project's packages; run `make setup`")
    # In place of this process, so that DVC's signals and the exit status are those of the stage.
    os.execv(own, [str(own), *sys.orig_argv[1:]])  # noqa: S606 - the same command, no shell


def _tell_in_one_line() -> None:
    """Show a fault in one line also while modules are being imported.

    Extensions are read then, and packages of a broken environment are missed, before any command
    could catch it; `STRIDECAST_DEBUG=1` shows all.
    """
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, place: TracebackType | None) -> None:
        # Ctrl-C and sys.exit are no faults: Python's own hook shows them as usual.
        if not issubclass(kind, Exception) or os.environ.get("STRIDECAST_DEBUG"):
            before(kind, error, place)
        else:
            from pipelines.runtime.one_line import tell  # after a fault alone

            tell(error, debug=False)

    sys.excepthook = hook


def _boosters_alone() -> None:
    """Load LightGBM without scikit-learn, of which it takes base classes and six times the time.

    Its own `train` and `Booster`, which the stages use, need none of it; `LGBMClassifier` does, so
    that beside somebody's own files, which may ask for it, LightGBM is loaded as usual.
    """
    if any(folder_of_extensions().glob("*/*.py")):
        return
    sys.modules["sklearn"] = None  # type: ignore[assignment] # import then takes it for missing
    try:
        importlib.import_module("lightgbm")
    finally:
        del sys.modules["sklearn"]


def has_boosters_alone() -> bool:
    """Say whether LightGBM is loaded without scikit-learn in this process."""
    return "lightgbm" in sys.modules and "sklearn" not in sys.modules


def enter_worker(*, boosters_alone: bool) -> None:
    """Prepare a process of a stage as the stage's own, whose environment it has.

    Parameters
    ----------
    boosters_alone : bool
        From :func:`has_boosters_alone` of the stage's process.
    """
    _seldom_collect()
    if boosters_alone:
        _boosters_alone()


def _seldom_collect() -> None:
    """Look for unreachable cycles less often: most objects of a run live until it ends.

    By default Python looks at 700 new objects, and walks through all of a hundred thousand
    imported ones with them: some hundredths of a week's time.
    """
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


def keep_what_is_loaded() -> None:
    """Never look for unreachable objects among those of now: modules live as long as the process.

    Only for a process that runs one command and ends.
    """
    gc.freeze()


@contextmanager
def loading() -> Iterator[None]:
    """Look for no unreachable objects while modules are loaded, two thirds of a Monday's objects.

    Later they are looked at neither, if the process keeps what is loaded.
    """
    looked_before = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_freeze_count():
            keep_what_is_loaded()
        if looked_before:
            gc.enable()


def enter(*, boosters_alone: bool = False, gives_memory_back: bool = False) -> None:
    """Prepare this process; entry points call it before NumPy is loaded.

    Parameters
    ----------
    boosters_alone : bool
        Whether LightGBM is loaded without its scikit-learn interface.
    gives_memory_back : bool
        Whether Arrow takes memory from the system's allocator. Its own keeps what a file once
        took, which a stage that then computes for long would need.
    """
    one_thread()
    _seldom_collect()
    _enter_environment()
    _tell_in_one_line()
    if gives_memory_back:
        os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    if boosters_alone:
        _boosters_alone()
