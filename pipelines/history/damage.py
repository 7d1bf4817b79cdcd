"""Files of a history that cannot be read: passed over, told, and set aside, never deleted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path
from typing import Final, TypeVar

from common.errors import DamagedFileError

ASIDE: Final = ".damaged"
T = TypeVar("T")


@dataclass
class Damage:
    """What a run found damaged.

    Parameters
    ----------
    meanings : dict of pathlib.Path to str
        Damaged file -> what that means for the reader.
    """

    meanings: dict[Path, str] = field(default_factory=dict)

    def read(self, path: Path, reader: Callable[[Path], T], meaning: str) -> T | None:
        """Return what a reader makes of a file, or None if the file is damaged.

        Parameters
        ----------
        path : pathlib.Path
        reader : callable
            Raises DamagedFileError, or the errors of a content that is not what was written.
        meaning : str
            What follows from the damage, and what to do; a clause.
        """
        try:
            return reader(path)
        # A file that can be decoded may still lack columns or hold other types than were written.
        except (DamagedFileError, KeyError, TypeError, ValueError):
            self.meanings[path] = meaning
            return None

    def sentences(self) -> list[str]:
        """Return a line for each damaged file; it names nobody."""
        return [f"{path}: damaged, so {meaning}" for path, meaning in self.meanings.items()]

    def set_aside(self) -> None:
        """Rename the damaged files, so that later runs skip them; the caller holds the lock."""
        for path in self.meanings:
            if path.exists():
                path.replace(_free_name(path))


def _free_name(path: Path) -> Path:
    """Return a name beside a file that none has yet: an earlier damaged file is not replaced."""
    names = (f"{path.name}.{number}{ASIDE}" for number in count(2))
    places = map(path.with_name, chain([f"{path.name}{ASIDE}"], names))
    return next(place for place in places if not place.exists())
