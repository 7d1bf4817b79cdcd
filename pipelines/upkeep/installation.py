"""Checks of the installation: Python, packages, caches, clock, time zones, settings."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from packaging.requirements import Requirement

from common.errors import StridecastError
from ingest.dataset.cache_folder import default_cache
from pipelines.upkeep.finding import Finding

_NATIVE: Final = (
    "numpy", "pandas", "pyarrow.parquet", "scipy.special", "lightgbm", "numba", "lxml.etree",
    "ezc3d",
)  # fmt: skip
"""Packages of compiled code, which can be installed and still not load."""
_AGAIN: Final = "set the environment up again: `make setup`"
_LEAST_FREE: Final = 10**9


def installation(project: Path) -> Iterator[Finding]:
    """Yield what is found about the installation."""
    yield _python()
    yield from _packages()
    yield _native_code()
    yield _time_zones()
    yield _clock(project)
    yield writable("cache", default_cache(project), "point $STRIDECAST_CACHE to a folder of yours")


def _python() -> Finding:
    python = ".".join(map(str, sys.version_info[:3]))
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        return Finding(
            "note", "Python", f"{python}; PYTHONDONTWRITEBYTECODE is set, so starts are slow",
            "unset it",
        )  # fmt: skip
    return Finding("ok", "Python", python)


def _packages() -> Iterator[Finding]:
    try:
        required_packages = [Requirement(text) for text in requires("stridecast") or ()]
    except PackageNotFoundError:
        yield Finding("note", "packages", "stridecast is not installed, only on the path", _AGAIN)
        return
    wanted = [
        requirement
        for requirement in required_packages
        if not requirement.marker or requirement.marker.evaluate({"extra": ""})
    ]
    faults = [fault for requirement in wanted if (fault := _fault_of(requirement))]
    if faults:
        yield Finding("fault", "packages", ", ".join(faults), _AGAIN)
    else:
        yield Finding("ok", "packages", f"{len(wanted)} as required")


def _fault_of(wanted: Requirement) -> str:
    try:
        installed_version = version(wanted.name)
    except PackageNotFoundError:
        return f"{wanted.name} is missing"
    if wanted.specifier.contains(installed_version, prereleases=True):
        return ""
    return f"{wanted.name} is {installed_version}, needed {wanted.specifier}"


def _native_code() -> Finding:
    """Load compiled packages in a process of their own: a broken one can end it."""
    code = (
        # The name is printed before its import: the last one is that of the package that broke.
        f"import importlib\nfor name in {_NATIVE!r}:\n    print(name, flush=True)\n"
        "    importlib.import_module(name)\nprint('all')"
    )
    # -P: a file numpy.py in the current folder must not stand in for the package.
    done = subprocess.run(  # noqa: S603 - this Python, fixed code
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=False
    )
    last = (done.stdout.split() or ["Python"])[-1]
    if done.returncode == 0 and last == "all":
        return Finding("ok", "compiled packages", "all load")
    why = (done.stderr.strip().splitlines() or [f"ended with {done.returncode}"])[-1]
    return Finding("fault", "compiled packages", f"{last} does not load ({why})", _AGAIN)


def _time_zones() -> Finding:
    try:
        ZoneInfo("Europe/Berlin")
    except (KeyError, ValueError, OSError):
        return Finding("fault", "time zones", "this system knows none", "pip install tzdata")
    return Finding("ok", "time zones", "known")


def _clock(project: Path) -> Finding:
    """Compare the clock with the program's own files: it cannot lie before them."""
    now = datetime.now(tz=UTC)
    newest = max(
        (path.stat().st_mtime for path in (*project.glob("*"), Path(__file__)) if path.exists()),
        default=0.0,
    )
    ahead = newest - now.timestamp()
    if ahead > 86_400:  # a day, for files of another time zone's disk
        return Finding(
            "fault", "clock", f"it says {now.date()}, before files that are here already",
            "set the date: forecasts, ages and `observed_to` depend on it",
        )  # fmt: skip
    return Finding("ok", "clock", f"{now.date()}")


def settings_layout(project: Path) -> Iterator[Finding]:
    """Yield what is found about `params.yaml`; nothing where no experiment can be run."""
    path = project / "params.yaml"
    if not path.exists() or find_spec("dvc") is None:
        return
    from pipelines.studies.params_layout import layout_of  # loads DVC

    try:
        layout = layout_of(path)
    except StridecastError as error:
        yield Finding("fault", "settings", error.message, error.remedy)
        return
    if layout.lines:
        yield Finding(
            "note", "settings",
            f"{path}: an experiment would write lines {layout.places} in another layout",
            "`stridecast experiments tidy` writes them as DVC keeps them",
        )  # fmt: skip
    else:
        yield Finding("ok", "settings", f"{path}: every experiment keeps its layout")


def writable(check: str, folder: Path, remedy: str) -> Finding:
    """Say whether a folder, or the one it would be made in, can be written to."""
    place = next((path for path in (folder, *folder.parents) if path.exists()), folder)
    if not os.access(place, os.W_OK | os.X_OK):
        return Finding("fault", check, f"{place} cannot be written to", remedy)
    free = shutil.disk_usage(place).free
    if free < _LEAST_FREE:
        return Finding("note", check, f"{free / 1e6:,.0f} MB left where {folder} lies", "make room")
    return Finding("ok", check, f"{folder}")
