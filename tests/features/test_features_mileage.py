"""Weeks of which only the kilometres are known."""

import numpy as np
import pandas as pd
import pytest

from features.kernels.grid import build_grid
from features.panel.mileage_channels import with_mileage

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
    found = with_mileage(channels(21), weeks(42.0, 0.0), grid)
    for name in ("run_km", "run_km_known"):
        assert found[name][:7].tolist() == [6.0] * 7
        assert found[name][7:].tolist() == [0.0] * 14
    for name in ("run_min", "run_sessions", "longest_run_km"):
        assert np.isnan(found[name][:7]).all()
        assert found[name][7:].tolist() == [0.0] * 14
    assert np.isnan(found["cross_min"][:14]).all()
    assert found["cross_min"][14:].sum() == pytest.approx(0)
