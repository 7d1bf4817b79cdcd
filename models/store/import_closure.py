"""The files of this project that a module needs, so that they can be kept beside a served model."""

import ast
import shutil
from collections.abc import Iterator
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PACKAGES: Final = ("common", "features", "models")
"""Packages that a model's code may come from."""
_DATA: Final = (".yaml", ".json")


def copy_closure(entry: Path, into: Path, also_for: Path | None = None) -> list[str]:
    """Copy a module, everything of the project that it imports and their data files.

    Parameters
    ----------
    entry : pathlib.Path
        The module.
    also_for : pathlib.Path, optional
        A file from elsewhere whose imports of the project are copied too, though not itself.
    into : pathlib.Path
        Folder that gets the packages.

    Returns
    -------
    list of str
        Paths of the packages that were copied.
    """
    outside = [] if also_for is None else _imported(also_for)
    waiting, done = [entry.resolve(), *outside], set[Path]()
    while waiting:
        path = waiting.pop()
        if path not in done:
            done.add(path)
            waiting += _needed_by(path)
    for path in done:
        data = [p for p in path.parent.iterdir() if p.suffix in _DATA and _mentions(path, p.name)]
        for source in (path, *data):
            target = into / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return [str(into / name) for name in PACKAGES if (into / name).is_dir()]


def distributions_of(path: Path) -> list[str]:
    """Return the installed packages that a file imports, by the names they are installed under."""
    known = metadata.packages_distributions()
    tops = {name.split(".")[0] for name in _names(path)} - set(PACKAGES)
    return sorted({dist for top in tops for dist in known.get(top, ())})


@cache
def _needed_by(path: Path) -> tuple[Path, ...]:
    """Return what a file of the project imports; outcomes need the same files, unchanged."""
    # Importing a module runs the __init__ of every package above it, so these are needed too.
    return (*_imported(path), *_packages_above(path))


def _names(path: Path) -> list[str]:
    names: list[str] = []
    for node in _statements(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            # `from models.evidence import model` imports a file, `from x import f` a name: both are
            # tried.
            names += [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    return names


def _statements(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield every statement at any depth: expressions, nine nodes of ten, import nothing."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for block in ("body", "orelse", "finalbody", "handlers", "cases"):
            waiting += getattr(node, block, ())


def _imported(path: Path) -> list[Path]:
    wanted = [name for name in _names(path) if name.split(".")[0] in PACKAGES]
    places = [ROOT.joinpath(*name.split(".")) for name in wanted]
    files = [file for place in places for file in (place.with_suffix(".py"), place / "__init__.py")]
    return [file for file in files if file.is_file()]


def _packages_above(path: Path) -> list[Path]:
    parents = path.relative_to(ROOT).parents
    paths = [ROOT / parent / "__init__.py" for parent in parents if parent != Path()]
    return [file for file in paths if file.is_file()]


def _mentions(module: Path, name: str) -> bool:
    return name in module.read_text(encoding="utf-8")
