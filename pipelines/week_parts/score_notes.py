"""What parts of a week note for one another: the medians of teams, paces, times to return.

An athlete's reasons are told beside the team's, and a team may stand in several parts. Each part
first notes the numbers of its athletes; what they add up to is then told to every part.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from common.frame_files import read_frame, write_frame
from features.week_ahead.run_days import median_pace
from forecasting.reasons.team_baseline import team_medians
from forecasting.returning.blend import Blend, OwnReturns

TEAM: Final = "team"
_PACES: Final = "paces"
_RETURNS: Final = "returns"
_MEASURES: Final = "measures"


@dataclass
class Noting:
    """A team whose numbers are still being gathered: nothing is known of it but its pace.

    Parameters
    ----------
    known_pace : float
        Minutes per kilometre of the team; NaN while it is unknown.
    """

    known_pace: float
    measures: dict[str, pd.DataFrame] = field(default_factory=dict)
    paces: pd.Series = field(default_factory=lambda: pd.Series(dtype="float64"))
    takes_notes = True

    def medians(self, measure: str, values: pd.DataFrame, teams: pd.Series | None) -> pd.DataFrame:
        """Note the values and their teams; no median is known yet."""
        self.measures[measure] = values.astype("float64").assign(
            **{TEAM: team_names(values, teams)}
        )
        return pd.DataFrame(np.nan, index=values.index, columns=values.columns)

    def pace(self, own: pd.Series) -> float:
        """Note the athletes' own paces."""
        # Unknown paces are left out, so that the median over all parts is that of the team.
        self.paces = own.dropna()
        return self.known_pace

    def write(self, folder: Path, returns: OwnReturns) -> None:
        """Write the notes of a part, and its athletes' injuries with their days."""
        for name, values in self.measures.items():
            write_frame(folder / _MEASURES / f"{name}.parquet", values)
        write_frame(folder / f"{_PACES}.parquet", pd.DataFrame({"pace": self.paces.to_numpy()}))
        write_frame(folder / f"{_RETURNS}.parquet", pd.DataFrame(vars(returns)))


@dataclass(frozen=True)
class Known:
    """A team whose numbers all parts have noted.

    Parameters
    ----------
    folder : pathlib.Path
        From :func:`add_up`.
    known_pace : float
        Minutes per kilometre of the team.
    """

    folder: Path
    known_pace: float
    takes_notes = False

    def medians(self, measure: str, values: pd.DataFrame, teams: pd.Series | None) -> pd.DataFrame:
        """Return for each row the medians of its team."""
        by_team = _medians(self.folder / f"{measure}.parquet")
        of_teams = by_team.reindex(index=team_names(values, teams), columns=values.columns)
        return of_teams.set_axis(values.index)

    def pace(self, own: pd.Series) -> float:
        """Return the pace of the whole team, also where only some athletes are at hand."""
        del own
        return self.known_pace


def team_names(values: pd.DataFrame, teams: pd.Series | None) -> list[str]:
    """Return the team of each row; an unknown one is a team of its own, as it is for medians."""
    if teams is None:
        return [""] * len(values)
    return [str(name) for name in teams.astype("object").where(teams.notna(), "")]


def add_up(notes: Sequence[Path], folder: Path) -> None:
    """Write what the notes of all parts add up to: the medians of each team, by measure.

    In memory is one column of a measure: of a million athletes a fifth of a gigabyte.
    """
    measures = {path.name for note in notes for path in (note / _MEASURES).glob("*.parquet")}
    for name in sorted(measures):
        paths = [note / _MEASURES / name for note in notes]
        # A part in which nobody has a forecast notes no such measure.
        there = [path for path in paths if path.exists()]
        teams = _column(there, TEAM)
        is_first = ~teams.duplicated()
        columns = [column for column in pq.read_schema(there[0]).names if column != TEAM]
        medians = {
            column: team_medians(_column(there, column).to_frame(), teams)[column][is_first]
            for column in columns
        }
        write_frame(folder / name, pd.DataFrame({**medians, TEAM: teams[is_first]}))


def _column(paths: Sequence[Path], name: str) -> pd.Series:
    return pd.concat([read_frame(path, [name]) for path in paths], ignore_index=True)[name]


def pace_of_all(notes: Sequence[Path]) -> float:
    """Return the median of everybody's own pace."""
    return median_pace(_joined(notes, _PACES)["pace"])


def returns_of_all(notes: Sequence[Path]) -> Blend:
    """Return what everybody's injuries teach of times to return."""
    table = _joined(notes, _RETURNS)
    return Blend.of(OwnReturns(**{str(name): table[name].to_numpy() for name in table}))


def has_plans(notes: Sequence[Path]) -> bool:
    """Say whether a part has notes on plans; the pace of the team may change those."""
    return any(
        len(read_frame(path))
        for note in notes
        for path in (note / _MEASURES).glob("*.plan.parquet")
    )


def _joined(notes: Sequence[Path], name: str) -> pd.DataFrame:
    return pd.concat([read_frame(note / f"{name}.parquet") for note in notes], ignore_index=True)


@cache
def _medians(path: Path) -> pd.DataFrame:
    """Return the medians by team; a process reads each file once for all of its parts."""
    return read_frame(path).set_index(TEAM)
