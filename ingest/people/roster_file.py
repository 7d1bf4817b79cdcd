"""`roster.csv` as a file that people edit: a change touches its own line and nothing else.

Names come from folders and forms of others. One that a spreadsheet would calculate (`=1+1`) stands
in the file with an apostrophe before it, and is read without.
"""

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from common.errors import StridecastError
from common.store import write_text
from common.text.decoding import decode
from common.text.spreadsheet import harmless, unguarded

ROSTER: Final = "roster.csv"
ATHLETE: Final = "athlete"
ALIASES: Final = "also_known_as"
SEPARATOR: Final = ";"
"""Between the names of the column also_known_as."""
_DELIMITERS: Final = (",", ";", "\t")
COLUMNS: Final = (
    ATHLETE, ALIASES, "team", "sex", "birth_year", "height_cm", "level", "running_since", "joined",
    "left",
)  # fmt: skip


def aliases_of(cell: object) -> tuple[str, ...]:
    """Return the names in a cell of the column also_known_as.

    Examples
    --------
    >>> aliases_of("A. Lee; Annie ;"), aliases_of(float("nan"))
    (('A. Lee', 'Annie'), ())
    """
    if not isinstance(cell, str):
        return ()
    return tuple(alias for part in unguarded(cell).split(SEPARATOR) if (alias := part.strip()))


def roster_of(folder: Path) -> Path:
    """Return the roster to add to: the folder's own, else the first below it."""
    own = folder / ROSTER
    return own if own.exists() else next(iter(sorted(folder.rglob(ROSTER))), own)


@dataclass
class RosterFile:
    """The lines of a roster.

    Parameters
    ----------
    path : pathlib.Path
        Where it lies.
    lines : list of list of str
        Cells; a comment is a line of one cell that begins with `#`.
    delimiter : str
        Between cells.
    """

    path: Path
    lines: list[list[str]] = field(default_factory=lambda: [list(COLUMNS)])
    delimiter: str = ","

    @classmethod
    def load(cls, path: Path) -> "RosterFile":
        """Read a roster, or begin one where there is none.

        Raises
        ------
        StridecastError
            If the file may not be read, is no table, or has no column `athlete`.
        """
        if not path.exists():
            return cls(path)
        text = decode(path.read_bytes())
        head = next((line for line in text.splitlines() if line and not line.startswith("#")), "")
        delimiter = max(_DELIMITERS, key=head.count)
        try:
            # Strict, for an open quote would swallow the lines below
            # it, and saving would lose them.
            lines = list(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
        except csv.Error as error:
            raise StridecastError(f"{path}: no table ({error})", "save it as CSV, UTF-8") from None
        file = cls(path, lines, delimiter)
        if ATHLETE not in file._header:
            raise StridecastError(f"{path}: no column {ATHLETE}", "give the names that heading")
        file._change_names(unguarded)
        return file

    @property
    def athletes(self) -> list[str]:
        """The athletes, in the order of the lines."""
        place = self._header.index(ATHLETE)
        names = (line[place].strip() for line in self._rows() if len(line) > place)
        return [name for name in names if name]

    @property
    def people(self) -> list[tuple[str, tuple[str, ...]]]:
        """The athletes with their further names, in the order of the lines."""
        place = self._header.index(ATHLETE)
        at = self._header.index(ALIASES) if ALIASES in self._header else None
        return [
            (name, aliases_of(line[at]) if at is not None and len(line) > at else ())
            for line in self._rows()
            if len(line) > place and (name := line[place].strip())
        ]

    @property
    def every_alias(self) -> list[str]:
        """All further names."""
        place = self._place_of_aliases()
        return [
            name for line in self._rows() if len(line) > place for name in aliases_of(line[place])
        ]

    def add_athlete(self, athlete: str) -> None:
        """Add a line with a name alone, unless there is one."""
        if athlete not in self.athletes:
            line = [""] * len(self._header)
            line[self._header.index(ATHLETE)] = athlete
            self.lines.append(line)

    def add_alias(self, athlete: str, name: str) -> None:
        """Let an athlete go by one more name.

        Raises
        ------
        StridecastError
            If the roster has no such athlete, or the name holds the separator.
        """
        if SEPARATOR in name:
            raise StridecastError(
                f"{name!r} holds {SEPARATOR!r}, which separates names", "correct it in its file"
            )
        line, place = self._line_of(athlete), self._place_of_aliases()
        known = aliases_of(line[place])
        if name != athlete and name not in known:
            line[place] = f"{SEPARATOR} ".join((*known, name))

    def remove_alias(self, name: str) -> str:
        """Take a name away from whoever goes by it, and return the athlete, if there is one."""
        place = self._place_of_aliases()
        for line in self._rows():
            known = aliases_of(line[place]) if len(line) > place else ()
            if name in known:
                line[place] = f"{SEPARATOR} ".join(alias for alias in known if alias != name)
                return line[self._header.index(ATHLETE)]
        return ""

    def remove_athlete(self, athlete: str) -> bool:
        """Take a line away that holds nothing but a name; say whether there was one."""
        for line in self._rows():
            cells = [cell.strip() for cell in line if cell.strip()]
            # A line with further cells is the club's own work and stays.
            if cells == [athlete]:
                self.lines.remove(line)
                return True
        return False

    def save(self) -> None:
        """Write the file in one step."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n", delimiter=self.delimiter)
        self._change_names(harmless)
        for line in self.lines:
            if line and line[0].startswith("#"):
                # Joined by hand: the writer would put a comment in quotes, and then it is none.
                text.write(self.delimiter.join(line) + "\n")
            else:
                writer.writerow(line)
        self._change_names(unguarded)
        write_text(self.path, text.getvalue())

    def _change_names(self, change: Callable[[str], str]) -> None:
        """Change the cells that hold names; what else a club writes stays as it is."""
        places = [at for at, name in enumerate(self._header) if name in {ATHLETE, ALIASES}]
        for line in self._rows():
            for place in places:
                if place < len(line):
                    line[place] = change(line[place])

    @property
    def _header(self) -> list[str]:
        return [cell.strip().lower() for cell in self._head()]

    def _head(self) -> list[str]:
        return next((line for line in self.lines if _holds_cells(line)), [])

    def _rows(self) -> Sequence[list[str]]:
        return [line for line in self.lines if _holds_cells(line)][1:]

    def _line_of(self, athlete: str) -> list[str]:
        place = self._header.index(ATHLETE)
        for line in self._rows():
            if len(line) > place and line[place].strip() == athlete:
                line.extend([""] * (len(self._header) - len(line)))
                return line
        raise StridecastError(
            f"{self.path.name} has no athlete {athlete!r}", "write the name as it stands there"
        )

    def _place_of_aliases(self) -> int:
        if ALIASES not in self._header:
            self._head().append(ALIASES)
            for line in self._rows():
                line.extend([""] * (len(self._header) - len(line)))
        return self._header.index(ALIASES)


def _holds_cells(line: Sequence[str]) -> bool:
    return bool(line) and not line[0].startswith("#")
