"""Your own readers, features, outcomes, estimators, splitters, rules, sections: one file each.

A Python file in `extensions/<kind>/` of the project (or of the folder that
`STRIDECAST_EXTENSIONS` names) is imported when the registry of its kind is, and what it offers
under the registry's name joins what is built in. The stages depend on these folders, so that a
changed extension runs again what it touches.
"""

import importlib.util
import os
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from common.errors import StridecastError

VARIABLE: Final = "STRIDECAST_EXTENSIONS"
OFFERS: Final = {
    "readers": "READERS",
    "features": "DEFINITIONS",
    "outcomes": "OUTCOMES",
    "estimators": "ESTIMATORS",
    "splitters": "SPLITTERS",
    "comparators": "RULES",
    "sections": "SECTIONS",
}
"""Folder and the name under which its modules offer their objects."""


_PROJECT: Final = Path(__file__).resolve().parents[1]
"""The project that this code is part of, also in the copy in which a queued experiment runs. Never
the folder in which a command runs: that may be a folder of somebody's exports."""


def offered(kind: str) -> tuple[Any, ...]:
    """Return what the extensions of a kind offer, file by file in the order of their names.

    Parameters
    ----------
    kind : str
        One of :data:`OFFERS`.

    Raises
    ------
    StridecastError
        If a file cannot be imported, or does not offer a tuple under the expected name.
    """
    # The folder is a part of the cache's key: tests and studies change it within one process.
    return tuple(item for _, offer in _offered(kind, str(folder_of_extensions())) for item in offer)


def offered_in(kind: str, name: str) -> Path | None:
    """Return the extension file that offers an object under this name; None if there is none."""
    for path, offer in _offered(kind, str(folder_of_extensions())):
        if any(isinstance(item, tuple) and item[:1] == (name,) for item in offer):
            return path
    return None


def folder_of_extensions() -> Path:
    """Return the folder whose extensions are in force."""
    return Path(os.environ.get(VARIABLE) or _PROJECT / "extensions").resolve()


@cache
def _offered(kind: str, folder: str) -> tuple[tuple[Path, tuple[Any, ...]], ...]:
    offers: list[tuple[Path, tuple[Any, ...]]] = []
    for path in sorted((Path(folder) / kind).glob("*.py")):
        offer = getattr(_module(path, kind), OFFERS[kind], None)
        if not isinstance(offer, tuple):
            raise StridecastError(
                f"{path}: offers no tuple {OFFERS[kind]}",
                f"name what it offers at the end of the file: {OFFERS[kind]} = (...,)",
            )
        offers.append((path, offer))
    return tuple(offers)


def _module(path: Path, kind: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"stridecast_{kind}_{path.stem}", path)
    if spec is None or spec.loader is None:
        raise StridecastError(f"{path}: not a Python file", "remove it, or mend its name")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    # Somebody else's file can raise anything when it is imported, and must end in one line.
    except Exception as error:
        raise StridecastError(
            f"{path}: cannot be imported: {type(error).__name__}: {error}", "mend the extension"
        ) from error
    return module
