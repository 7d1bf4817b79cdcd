"""Weeks of which only the kilometres are known."""

import numpy as np
import pandas as pd
import pytest

from features.catalogue.settings import FeatureSettings
from features.kernels.grid import build_grid
from features.panel.mileage_channels import days_after_sheets, with_mileage
from forecasting.status.load_history import load_history

FIRST = pd.Timestamp("2024-05-06")


def weeks(*kilometres: float) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "athlete": "a",
            "date": [FIRST + pd.Timedelta(weeks=at) for at in range(len(kilometres))],
            "days": 7.0,
            "distance_km": kilometres,
        }
    )


NO_SESSIONS = pd.DataFrame(
    {"athlete": pd.Series(dtype="str"), "local_date": pd.Series(dtype="M8[ns]"),
     "sport": pd.Series(dtype="str"), "distance_km": pd.Series(dtype="float64")}
)  # fmt: skip


def untold(sheet: pd.DataFrame, *runs: str) -> pd.DataFrame:
    sessions = pd.DataFrame(
        {"athlete": pd.Series("a", range(len(runs)), dtype="str"),
         "local_date": pd.to_datetime(pd.Series(runs, dtype="str"))}
    )  # fmt: skip
    return days_after_sheets(sheet, sessions, silence_days=10)


def channels(days: int) -> dict[str, np.ndarray]:
    names = ("run_km", "run_km_known", "run_min", "run_sessions", "longest_run_km", "cross_min")
    return {name: np.zeros(days, dtype=np.float32) for name in names}


def test_a_sum_tells_the_kilometres_and_nothing_else() -> None:
    athletes = pd.DataFrame(
        {
            "athlete": ["a"],
            "observed_from": [FIRST],
            "observed_to": [FIRST + pd.Timedelta(days=20)],
        }
    )
    grid = build_grid(athletes)
    found = with_mileage(channels(21), weeks(42.0, 0.0), grid, untold(weeks(42.0, 0.0)))
    for name in ("run_km", "run_km_known"):
        # 42 km over seven days: which of them had the long run nobody knows.
        assert found[name][:7].tolist() == [6.0] * 7
        assert found[name][7:14].tolist() == [0.0] * 7
    for name in ("run_min", "run_sessions", "longest_run_km"):
        assert np.isnan(found[name][:7]).all()
        assert found[name][7:14].tolist() == [0.0] * 7
    # A sheet of kilometres says nothing about the bicycle, not even that there was none.
    assert np.isnan(found["cross_min"][:14]).all()


def test_days_after_the_last_week_of_a_sheet_are_no_days_of_rest() -> None:
    after = untold(weeks(42.0, 35.0))["date"]
    assert (after.min(), after.max(), len(after)) == (
        # The second week ends on 19 May; ten days of silence would otherwise count as rest.
        pd.Timestamp("2024-05-20"), pd.Timestamp("2024-05-29"), 10,
    )  # fmt: skip
    until_run = untold(weeks(42.0, 35.0), "2024-05-23")["date"]
    assert until_run.dt.day.tolist() == [20, 21, 22]
    assert untold(weeks(42.0, 35.0), "2024-05-20").empty
    # A week that the sheet leaves out between two others is unknown as well.
    gap = weeks(42.0, 35.0, 30.0).drop(index=1)
    assert untold(gap)["date"].dt.day.tolist()[:7] == [13, 14, 15, 16, 17, 18, 19]


def test_load_in_the_middle_of_a_week_counts_the_days_that_are_told() -> None:
    """On a Wednesday the sheet tells of Thursday to Sunday: 40 of 70 km, on 4 known days."""
    sheet = weeks(70.0, 70.0)
    as_of = pd.Timestamp("2024-05-22")
    logged = pd.DataFrame({"athlete": ["a", "a"], "date": sheet["date"]})
    history = load_history(NO_SESSIONS, logged, as_of, FeatureSettings(), mileage=sheet)
    past = history[history["date"] > as_of - pd.Timedelta(days=7)]["distance_km"]
    assert past.isna().tolist() == [False] * 4 + [True] * 3
    assert past.sum() == pytest.approx(40)
