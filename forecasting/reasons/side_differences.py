"""How far one side lies below the other in an athlete's latest strength tests."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from common.language import message
from forecasting.reasons.leading_trials import leading_trials

Row = Mapping[Any, Any]

TEST_DAYS: Final = 365
"""An older test says little about today."""
_SAME: Final = ("unit", "metric")
"""What two sides must share to be compared."""


def side_differences(
    tests: Sequence[Row], as_of: pd.Timestamp
) -> list[tuple[float, str, str, object]]:
    """Return share below the other side, test, weaker side and day, the largest first."""
    recent = [t for t in tests if 0 <= (as_of - t["date"]).days < TEST_DAYS]
    latest: dict[tuple[str, str], Row] = {}
    for row in sorted(recent, key=lambda result: (result["date"], float(result["value"]))):
        latest[str(row["test"]), str(row["side"])] = row
    differences = []
    for test in {name for name, _ in latest}:
        left, right = latest.get((test, "left")), latest.get((test, "right"))
        # A peak of one side against a mean of the other would show a difference that is none.
        if left is None or right is None or any(left[name] != right[name] for name in _SAME):
            continue
        low, high = sorted((left, right), key=lambda result: float(result["value"]))
        if float(high["value"]) > 0:
            share = 1 - float(low["value"]) / float(high["value"])
            differences.append((share, test, str(low["side"]), low["date"]))
    # By name among equals, so that the page is the same on every machine.
    return sorted(differences, key=lambda difference: (-difference[0], difference[1]))


def test_words(test: str) -> str:
    """Return how a reader calls a strength test."""
    words = {
        "hip_abduction": message("hip abduction"),
        "hip_adduction": message("hip adduction"),
        "hip_extension": message("hip extension"),
        "hip_flexion": message("hip flexion"),
        "hip_external_rotation": message("hip external rotation"),
        "hip_internal_rotation": message("hip internal rotation"),
        "knee_extension": message("knee extension"),
        "knee_flexion": message("knee flexion"),
        "plantar_flexion": message("calf strength"),
        "calf_raise": message("calf raises"),
        "side_plank": message("side plank"),
        "single_leg_squat": message("single-leg squat"),
        "nordic": message("Nordic hamstring curl"),
        "cmj": message("countermovement jump"),
        "imtp": message("mid-thigh pull"),
        "drop_jump": message("drop jump"),
    }
    return words.get(test, test.replace("_", " "))


STRENGTH_COLUMNS: Final = ("athlete", "date", "test", "side", "value", "unit", "metric")


def best_trials(strength: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return the best trial of each test, side and day of the past year, of one metric.

    Parameters
    ----------
    strength : pandas.DataFrame
        The `strength` table.
    as_of : pandas.Timestamp
        Last day that counts.

    Returns
    -------
    pandas.DataFrame
        :data:`STRENGTH_COLUMNS`, by athlete and day.
    """
    since = as_of - pd.Timedelta(days=TEST_DAYS - 1)
    rows = strength[strength["date"].between(since, as_of)]
    # Of a mean of trials nobody knows the best one.
    rows = rows[~rows["metric"].astype(str).str.startswith("mean")]
    return leading_trials(rows).sort_values(["athlete", "date", "test", "side"], ignore_index=True)[
        list(STRENGTH_COLUMNS)
    ]
