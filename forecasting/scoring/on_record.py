"""What is on record of each athlete, shown beside the forecasts."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from common.counted_sessions import counted
from features.catalogue.settings import FeatureSettings
from features.injuries.rules import as_known_on
from forecasting.reasons.measured import measured
from forecasting.reasons.side_differences import best_trials
from forecasting.scoring.figures import figure_table, sessions_to_check
from forecasting.status.injury_lists import complaint_list, injury_list
from forecasting.status.load_history import latest_spikes, load_history
from forecasting.status.records_read import records_read

RECORDS: Final = (
    "daily_load", "records", "figures", "to_check", "strength", "injuries", "complaints",
    "measured",
)  # fmt: skip


def on_record(
    tables: Mapping[str, pd.DataFrame],
    rows: pd.DataFrame,
    logged: pd.DataFrame,
    as_of: pd.Timestamp,
    features: FeatureSettings,
) -> dict[str, pd.DataFrame]:
    """Return the frames of :data:`RECORDS` by name.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract; nothing dated later than the day is used.
    rows : pandas.DataFrame
        Feature rows that include the day.
    logged : pandas.DataFrame
        From :func:`forecasting.status.record_days.logged_days`.
    as_of : pandas.Timestamp
        The day.
    features : FeatureSettings
        Windows of the load, and how injuries are counted.
    """
    # Onsets and returns that were written later are masked: a replayed week may not know them.
    known = {**tables, "injuries": as_known_on(tables["injuries"], as_of)}
    daily = load_history(
        counted(tables["sessions"]), logged, as_of, features, mileage=tables.get("mileage")
    )
    return {
        "daily_load": daily,
        "records": records_read(known, as_of, features.injuries, logged),
        "figures": figure_table(
            known, logged, latest_spikes(daily, as_of), as_of, features.silence_days
        ),
        "to_check": sessions_to_check(tables["sessions"], as_of),
        "strength": best_trials(tables["strength"], as_of),
        "injuries": injury_list(tables, as_of, features.injuries),
        "complaints": complaint_list(tables, as_of),
        "measured": measured(tables, rows, as_of),
    }


def nothing_on_record() -> dict[str, pd.DataFrame]:
    """Return frames without rows or columns, where nothing is shown."""
    return {name: pd.DataFrame() for name in RECORDS}
