"""A catalogue, three athletes' features and a linear model on log-odds, all made up."""

import numpy as np
import pandas as pd
import pytest

from features.catalogue.entry import Feature
from forecasting.forecaster import Forecaster

AS_OF = pd.Timestamp("2024-11-24")


def entry(name, block, label, unit="", *, changeable=True, null="", decimals=1):
    return Feature(
        name=name,
        block=block,
        label=label,
        unit=unit,
        formula="made up",
        source="made up",
        changeable=changeable,
        structural_null=null,
        decimals=decimals,
    )


@pytest.fixture(scope="session")
def catalogue():
    return (
        entry("longest_run_spike", "load", "longest run against the 30 days before", decimals=2),
        entry("distance_7d_km", "load", "distance of 7 days", "km"),
        entry("sleep_h_7d", "recovery", "sleep a night", "h"),
        entry("injuries_12m", "history", "injuries in 12 months", changeable=False),
        entry("days_since_return", "history", "days since return", "d", changeable=False,
              null="never injured", decimals=0),
    )  # fmt: skip


WEIGHTS = {
    "longest_run_spike": 1.0,
    "distance_7d_km": 0.01,
    "sleep_h_7d": -0.2,
    "injuries_12m": 0.5,
    "days_since_return": -0.001,
}


@pytest.fixture
def rows():
    return pd.DataFrame(
        {
            "athlete": ["anna", "bo", "cy"],
            "date": AS_OF,
            # 38 % above the longest run before: beyond the 10 % that count as no rise.
            "longest_run_spike": [1.38, 0.8, 1.0],
            "distance_7d_km": [42.0, 30.0, 10.0],
            # Nobody asked the third athlete about sleep.
            "sleep_h_7d": [6.0, 8.0, np.nan],
            "injuries_12m": [2.0, 0.0, 1.0],
            "days_since_return": [34.0, np.nan, 200.0],
        }
    )


def contributions(rows):
    return pd.DataFrame(
        {name: (rows[name] * weight).fillna(0.0) for name, weight in WEIGHTS.items()},
        index=rows.index,
    )


def predict_proba(rows):
    odds = np.exp(-4 + contributions(rows).sum(axis=1).to_numpy())
    return np.column_stack([1 / (1 + odds), odds / (1 + odds)])


@pytest.fixture
def forecaster():
    return Forecaster(
        label="made up",
        outcome="any",
        base_rate=0.02,
        simulated=True,
        predict_proba=predict_proba,
        contributions=contributions,
    )


@pytest.fixture
def status():
    return pd.DataFrame(
        {
            "athlete": ["anna", "bo", "cy", "dee"],
            "team": "Track",
            "status": ["running", "running", "running", "injured"],
            "status_note": ["", "", "", "injured since Mon 4 Nov 2024 (knee): not scored"],
            "last_record": AS_OF,
            "days_since_record": pd.array([0, 0, 0, 0], dtype="Int64"),
        }
    ).astype({"status": "str", "status_note": "str", "athlete": "str", "team": "str"})


@pytest.fixture(scope="session")
def as_of():
    return AS_OF
