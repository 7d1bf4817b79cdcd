"""What a list tells of an athlete beside status and forecast: device, return, times to return."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from features.injuries.rules import as_known_on, running_injuries
from forecasting.returning.blend import Blend
from forecasting.returning.lately_back import lately_back
from forecasting.returning.outlook import outlooks
from forecasting.status.devices import device_note, devices
from forecasting.status.returned import returned
from forecasting.status.statuses import INJURED, MODIFIED, SCORED


def beside_states(
    tables: Mapping[str, pd.DataFrame],
    states: pd.DataFrame,
    hurt: pd.DataFrame,
    as_of: pd.Timestamp,
    returns: Blend | None,
) -> tuple[pd.DataFrame, dict[str, dict[str, Any]]]:
    """Return the states with what is told beside them, and the way back of who is injured.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract; nothing dated later than `as_of` is used.
    states : pandas.DataFrame
        From :func:`forecasting.status.athlete_status.status_on`.
    hurt : pandas.DataFrame
        From :func:`forecasting.status.open_injuries.open_injuries`.
    as_of : pandas.Timestamp
        Day of the forecast.
    returns : Blend, optional
        What all injuries teach of times to return; None takes those of the tables.
    """
    # Only what was reported by this day: a return written down later must not end an injury here.
    ended = running_injuries(as_known_on(tables["injuries"], as_of))
    table = _with_devices(states, tables["sessions"], as_of)
    table = _with_returns(table, returned(ended, as_of), lately_back(tables, ended, as_of))
    # Of whoever is injured, running or not.
    listed = table.loc[table["status"].isin((INJURED, MODIFIED)), "athlete"]
    way_back = outlooks(tables, hurt[hurt["athlete"].isin(listed)], as_of, returns)
    notes = [
        way_back[athlete]["sentences"]["distribution"] if athlete in way_back else ""
        for athlete in table["athlete"]
    ]
    return table.assign(return_note=notes), way_back


def _with_devices(
    states: pd.DataFrame, sessions: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Add each athlete's device, and a flag where it is new."""
    table = states.merge(devices(sessions, as_of), on="athlete", how="left")
    is_new = table["device_is_new"].eq(other=True)
    new = table.loc[is_new, ["device", "device_since"]].itertuples(index=False, name=None)
    notes = [device_note(device, since) for device, since in new]
    flags = pd.Series(notes, index=table.index[is_new], dtype="str")
    flags = flags.reindex(table.index, fill_value="")
    return table.assign(flag=flags).drop(columns=["device_since", "device_is_new"])


def _with_returns(
    states: pd.DataFrame, back: pd.DataFrame, lines: Mapping[str, str]
) -> pd.DataFrame:
    """Add of those who are scored since when they are back from an injury, and the careful line."""
    is_scored = states["status"] == SCORED
    # Who is injured again has a way back of their own; "back since" would contradict it.
    mine = back[back["athlete"].isin(states.loc[is_scored, "athlete"])]
    with_lines = mine.assign(
        back_line=mine["athlete"].map(lambda athlete: lines.get(athlete, "")).astype("str")
    )
    return states.merge(with_lines, how="left")
