"""VALD devices with a left and a right sensor: every sensor of a row is a record of its own.

NordBord and ForceFrame write UTC, DynaMo's web export writes local times. A record is named by
row and sensor ("7 left", "7 inner right"), so that a sensor that was not used is a reject of its
own, and asymmetry texts are never read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import pandas as pd

from ingest.readers.text.tabular import Grid, Row


@dataclass(frozen=True)
class Sensor:
    """One sensor of a row.

    Parameters
    ----------
    name : str
        As records are named: "left", "inner left".
    side : str
        Side of the strength table.
    cells : mapping of str to tuple of str
        Cell of the sheet -> the names its column may have.
    """

    name: str
    side: str
    cells: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1024)  # each reader of this kind asks about the same first lines
def plain_name(name: str) -> str:
    """Return a column's name without case, blanks and marks: one column was exported misspelt."""
    return "".join(letter for letter in name.lower() if letter.isalnum() or letter == "/")


def has_columns(*needed: tuple[str, ...]) -> Callable[[Row], bool]:
    """Return a test for a header that has one name of every group, whatever its blanks."""
    groups = [{plain_name(name) for name in names} for names in needed]

    def is_header(row: Row) -> bool:
        header_names = {plain_name(name) for name in row}
        return all(group & header_names for group in groups)

    return is_header


def by_sensor(
    grid: Grid, common: Mapping[str, tuple[str, ...]], sensors: Sequence[Sensor]
) -> pd.DataFrame:
    """Return one row per sensor that a row tells something of, indexed "<line> <sensor>".

    Parameters
    ----------
    grid : Grid
        The file's rows.
    common : mapping of str to tuple of str
        Cell -> the names its column may have, for what all sensors of a row share.
    sensors : sequence of Sensor
        A sensor of which the file has no column is left out.
    """
    places = {plain_name(name): at for at, name in reversed(list(enumerate(grid.header)))}
    rows = list(zip(grid.lines, grid.rows, strict=True))
    used_lines: set[int] = set()
    parts = []
    for sensor in sensors:
        wanted = {**common, **sensor.cells}
        positions = {cell: _place(places, names) for cell, names in wanted.items()}
        own = [at for cell in sensor.cells if (at := positions[cell]) is not None]
        if not own:
            continue
        here = [(line, row) for line, row in rows if any(row[at] for at in own)]
        used_lines |= {line for line, _ in here}
        parts.append(_part(sensor, here, positions))
    # A row that tells nothing of any sensor is a record still, to be refused.
    silent = [(line, row) for line, row in rows if line not in used_lines]
    positions = {cell: _place(places, names) for cell, names in common.items()}
    return pd.concat([*parts, _part(sensors[0], silent, positions)])


def _part(
    sensor: Sensor, rows: list[tuple[int, Row]], positions: Mapping[str, int | None]
) -> pd.DataFrame:
    cells = {cell: [row[at] for _, row in rows] for cell, at in positions.items() if at is not None}
    index = pd.Index([f"{line} {sensor.name}" for line, _ in rows], dtype="str")
    frame = pd.DataFrame(cells, index=index, dtype="str")
    return frame.assign(side=sensor.side, sensor=sensor.name)


def _place(places: dict[str, int], names: tuple[str, ...]) -> int | None:
    return next((places[plain_name(n)] for n in names if plain_name(n) in places), None)
