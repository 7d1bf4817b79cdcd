"""Compile every kernel once, at set-up, so that the first forecast is not delayed.

Run as `python -m features.warm_up`: computes the features of one invented athlete and throws them
away; the compiled kernels stay in the environment's own folder.
"""

import numpy as np
import pandas as pd

from common.contracts import CONTRACTS, conform
from features.audits.series_levels import SeriesLevels
from features.catalogue.settings import FeatureSettings
from features.injuries.spells import injury_spells
from features.matrix import feature_matrix

_FIRST, _LAST = pd.Timestamp("2024-01-01"), pd.Timestamp("2025-06-30")


def warm_up() -> int:
    """Compute the features of one athlete's last day and return how many there are."""
    day = pd.date_range("2025-04-01", _LAST, freq="2D")
    sessions = pd.DataFrame(
        {
            "athlete": "a",
            "start": day.tz_localize("UTC") + pd.Timedelta(hours=6),
            "local_date": day,
            "sport": "run",
            "duration_min": 40.0,
            "distance_km": 8.0,
            "rpe": 4.0,
            "source": "invented",
            "source_hash": "invented",
        }
    )
    athletes = pd.DataFrame({"athlete": ["a"], "observed_from": _FIRST, "observed_to": _LAST})
    injuries = pd.DataFrame(
        {
            "athlete": ["a"],
            "onset_date": pd.Timestamp("2024-09-01"),
            "return_date": pd.Timestamp("2024-09-20"),
            "region": "knee",
            "source": "invented",
        }
    )
    filled = {"athletes": athletes, "sessions": sessions, "injuries": injuries}
    tables = {
        name: conform(name, filled.get(name, pd.DataFrame()).reindex(columns=list(schema.columns)))
        for name, schema in CONTRACTS.items()
    }
    SeriesLevels.of(np.zeros(2), np.array([0, 2]), 1)
    settings = FeatureSettings()
    injury_spells(tables["injuries"], settings.injuries, tables["sessions"])
    return feature_matrix(tables, settings, pd.DatetimeIndex([_LAST])).shape[1]


if __name__ == "__main__":
    warm_up()
