"""What holds for most of a team this week: the median, from which one athlete stands apart."""

from typing import Final, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from features.week_ahead.run_days import median_pace

LEAST_ATHLETES: Final = 5
"""Of fewer a median says more about single people than about a team (convention)."""


class TeamReference(Protocol):
    """Where an athlete's team is looked up, if the rows at hand are not all of its athletes."""

    @property
    def takes_notes(self) -> bool:
        """Whether a team's figures are still being gathered, so that nothing need be shown yet."""
        ...

    def medians(self, measure: str, values: pd.DataFrame, teams: pd.Series | None) -> pd.DataFrame:
        """Return for each row the medians of its team, as :func:`team_medians` does.

        Parameters
        ----------
        measure : str
            What the values are, one name for one place in the code and one outcome.
        values, teams
            As for :func:`team_medians`.
        """
        ...

    def pace(self, own: pd.Series) -> float:
        """Return the median of the athletes' own paces, min/km; NaN where nobody's is known."""
        ...


class OfTheseRows:
    """The rows at hand are everybody."""

    takes_notes = False

    def medians(self, measure: str, values: pd.DataFrame, teams: pd.Series | None) -> pd.DataFrame:
        """Return for each row the medians of its team."""
        del measure
        return team_medians(values, teams)

    def pace(self, own: pd.Series) -> float:
        """Return the median of the athletes' own paces, min/km; NaN where nobody's is known."""
        return median_pace(own)


OF_THESE_ROWS: Final = OfTheseRows()


def team_medians(values: pd.DataFrame, teams: pd.Series | None = None) -> pd.DataFrame:
    """Return for each row the medians of its team.

    Parameters
    ----------
    values : pandas.DataFrame, shape (n, k)
        One row per athlete of one week.
    teams : pandas.Series, shape (n,), optional
        The team of each row in the same order; an unknown team is a team of its own.

    Returns
    -------
    pandas.DataFrame, shape (n, k)
        The medians of the rows of the same team; of all rows where the team has fewer than
        :data:`LEAST_ATHLETES`; null where there are fewer in all.

    Examples
    --------
    >>> hours = pd.DataFrame({"hours": [1.0, 2.0, 3.0, 4.0, 9.0, 6.0]})
    >>> team_medians(hours, pd.Series(["a"] * 5 + ["b"]))["hours"].tolist()
    [3.0, 3.0, 3.0, 3.0, 3.0, 3.5]
    """
    if len(values) < LEAST_ATHLETES:
        return pd.DataFrame(float("nan"), index=values.index, columns=values.columns)
    overall = values.median().to_numpy()
    if teams is None:
        return _framed(np.tile(overall, (len(values), 1)), values)
    # groupby drops NaN: athletes without a team would get no median at all.
    names = teams.astype("object").where(teams.notna(), "").to_numpy()
    groups = values.groupby(names)
    large = groups[values.columns[0]].transform("size") >= LEAST_ATHLETES
    medians = groups.transform("median").to_numpy()
    # A small team is compared with everybody: its own median would single out its members.
    return _framed(np.where(large.to_numpy()[:, None], medians, overall), values)


def _framed(medians: NDArray[np.float64], like: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(medians, index=like.index, columns=like.columns)
