"""Teams that sheets name, for athletes whose team is not in the roster."""

from typing import Final

import pandas as pd

TABLE: Final = "teams"
"""Rows of athlete, date and team; no table of its own is made of them."""


def with_teams(athletes: pd.DataFrame, teams: pd.DataFrame | None) -> pd.DataFrame:
    """Return the athletes, each without a team in the one that the latest row names.

    What `roster.csv` says stays: a column of a sheet may be older than a move.

    Parameters
    ----------
    athletes : pandas.DataFrame
        Column athlete, and team where the roster has it.
    teams : pandas.DataFrame or None
        Columns athlete, date and team.

    Examples
    --------
    >>> told = pd.DataFrame({"athlete": ["P1"] * 2, "team": ["B", "A"], "date": pd.Timestamp(0)})
    >>> told.loc[1, "date"] = pd.Timestamp(1, unit="D")
    >>> with_teams(pd.DataFrame({"athlete": ["P1", "P2"]}), told)["team"].tolist()
    ['A', nan]
    """
    if teams is None or teams.empty:
        return athletes
    latest = teams.sort_values("date", kind="stable").drop_duplicates("athlete", keep="last")
    team = athletes["athlete"].map(latest.set_index("athlete")["team"]).astype("str")
    stated = athletes["team"] if "team" in athletes else team.where(team.isna())
    return athletes.assign(team=stated.where(stated.notna(), team).astype("str"))
