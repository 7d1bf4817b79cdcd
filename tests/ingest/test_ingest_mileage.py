"""A mileage sheet counts where nothing finer is on record."""

import numpy as np
import pandas as pd

from ingest.sessions.mileage import weeks_without_sessions

MONDAY = pd.Timestamp("2024-05-06")


def week(athlete: str, number: int, km: float) -> dict[str, object]:
    start = MONDAY + pd.Timedelta(weeks=number)
    return {
        "athlete": athlete,
        "week_start": start,
        "week_end": start + pd.Timedelta(days=6),
        "km": km,
        "source": "km.xlsx",
    }


def test_weeks_with_a_session_of_any_sport_are_known_better() -> None:
    weekly = pd.DataFrame([week("a", n, 40.0 + n) for n in range(3)] + [week("b", 0, 30.0)])
    # The Sunday of the second week, its last day.
    sessions = pd.DataFrame({"athlete": ["a"], "local_date": [MONDAY + pd.Timedelta(days=13)]})
    found = weeks_without_sessions(weekly, sessions)
    assert found[["athlete", "distance_km"]].to_numpy().tolist() == [
        ["a", 40],
        ["a", 42],
        ["b", 30],
    ]
    assert found["days"].tolist() == [7, 7, 7]


def test_a_cell_without_a_number_is_unknown_and_not_nothing() -> None:
    weekly = pd.DataFrame([week("a", 0, np.nan), week("a", 1, 0.0)])
    nothing = pd.DataFrame(
        {"athlete": pd.Series(dtype="str"), "local_date": pd.Series(dtype="M8[ns]")}
    )
    found = weeks_without_sessions(weekly, nothing)
    assert found["date"].tolist() == [MONDAY + pd.Timedelta(weeks=1)]
    assert found["distance_km"].tolist() == [0]
