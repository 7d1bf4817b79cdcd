"""YAML that somebody wrote by hand: read with limits, so that no file can take minutes or memory.

An alias (`*name`) repeats what stands at its anchor (`&name`). Nine lines of aliases of aliases
stand for a billion values, so what a file says is counted before it is built.
"""

from pathlib import Path
from typing import Final

import yaml

from common.errors import StridecastError
from common.untyped import FromFile

MAX_BYTES: Final = 1_000_000
"""A settings file with a line for each of 10,000 athletes has half of that."""
MAX_VALUES: Final = 50_000
"""Keys and values, those behind aliases counted each time they are repeated."""
MAX_DEPTH: Final = 50
_SHOWN: Final = 80


class _TooMuchError(Exception):
    """The file says more than any settings file does."""


class _Counting(yaml.SafeLoader):
    """A safe loader that counts values as they are composed."""

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._weights: dict[int, int] = {}
        self._depth = 0
        self._total = 0

    def compose_node(self, parent: yaml.Node | None, index: FromFile) -> yaml.Node | None:
        """Compose a node; an alias weighs what its anchor does."""
        is_alias = self.check_event(yaml.AliasEvent)
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise _TooMuchError(f"is nested deeper than {MAX_DEPTH} levels")
        before = self._total
        node = super().compose_node(parent, index)
        self._depth -= 1
        if is_alias and id(node) not in self._weights:
            raise _TooMuchError("holds an alias inside its own anchor")
        # Counted while composing and not after loading: then the values would be in memory already.
        self._total += self._weights[id(node)] if is_alias else 1
        if self._total > MAX_VALUES:
            raise _TooMuchError(f"stands for more than {MAX_VALUES:,} values (aliases repeat them)")
        if not is_alias:
            self._weights[id(node)] = self._total - before
        return node


def load_yaml(path: Path, remedy: str = "correct the file") -> FromFile:
    """Read a YAML file, or say in one line why it is none.

    Parameters
    ----------
    path : pathlib.Path
        UTF-8, at most :data:`MAX_BYTES`.
    remedy : str
        What to do about a file that is not YAML.

    Returns
    -------
    object
        Mappings, lists, texts, numbers and days; None for an empty file.

    Raises
    ------
    StridecastError
        If the file is no YAML, or larger, deeper or longer than settings are.
    FileNotFoundError
        If there is no such file.
    """
    if path.stat().st_size > MAX_BYTES:
        raise StridecastError(
            f"{path}: larger than {MAX_BYTES / 1e6:.0f} MB, as no settings are", remedy
        )
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Counting)  # noqa: S506 - a SafeLoader with limits
    except _TooMuchError as error:
        raise StridecastError(f"{path}: {error}", "write the values out") from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        where = f" (line {mark.line + 1})" if mark else ""
        raise StridecastError(f"{path}: not YAML{where}", remedy) from None
    except UnicodeDecodeError:
        raise StridecastError(f"{path}: not YAML (not UTF-8 text)", remedy) from None
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # A day such as 2025-13-45 is a ValueError of PyYAML, without a line.
        problem = str(error).splitlines()[0][:_SHOWN]
        raise StridecastError(f"{path}: not YAML ({problem})", remedy) from None


def load_packaged_yaml(path: Path) -> FromFile:
    """Read a YAML file of the project itself or of DVC, by the library in C where it is there.

    Raises
    ------
    yaml.YAMLError
        If it is none.
    ValueError
        If it is not UTF-8, or a day that does not exist is in it.
    """
    loader: type[yaml.SafeLoader | yaml.CSafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    # Ten times faster, and on a Monday half of the files that are parsed are of this kind.
    return yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - both are safe
