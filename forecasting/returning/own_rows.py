"""The rows of each athlete of a table, found once for all of them."""

import pandas as pd


class OwnRows:
    """Rows by athlete, and only the columns that are read.

    Parameters
    ----------
    table : pandas.DataFrame
        athlete and the columns.
    columns : list of str
        What is read.
    athletes : pandas.Series
        Those who are asked about.
    """

    def __init__(self, table: pd.DataFrame, columns: list[str], athletes: pd.Series) -> None:
        of_them = table["athlete"].isin(athletes)
        self._rows = table.loc[of_them, columns]
        self._places = self._rows.groupby(table.loc[of_them, "athlete"], sort=False).indices

    def __getitem__(self, athlete: str) -> pd.DataFrame:
        return self._rows.iloc[self._places.get(athlete, [])]


def sessions_of(sessions: pd.DataFrame, athletes: pd.Series) -> OwnRows:
    """Return the sessions of each athlete as a stage of returning reads them."""
    return OwnRows(sessions, ["local_date", "sport", "duration_min"], athletes)


def pain_of(pain: pd.DataFrame, athletes: pd.Series) -> OwnRows:
    """Return the pain answers of each athlete as a stage of returning reads them."""
    return OwnRows(pain, ["date", "region", "pain_0_10"], athletes)
