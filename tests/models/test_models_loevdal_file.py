"""A generated file in Loevdal's layout and with its flaw, from the bytes to the audit's verdict."""

import io

import numpy as np
import pandas as pd
import pytest

from common.contracts import CONTRACTS, conform, empty
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue, feature_matrix
from ingest.readers.datasets.lovdal_rows import load_lovdal
from models.audits.missingness import MissingValues, audit_missingness
from models.settings.audits import MissingnessSettings
from tests.ingest.lovdal_files import DAY, as_csv, daily_logs

ATHLETES, DAYS = 24, 170
START = pd.Timestamp("2023-01-02")
KM = "total km, {} days before"
SETTINGS = FeatureSettings(blocks=("load",), silence_days=0)


def day_file(flawed):
    """With the flaw the row before an injured one is at least 22 days back, as published."""
    rows = pd.read_csv(io.BytesIO(as_csv(DAY, daily_logs(ATHLETES, DAYS, seed=1))))
    injured = np.random.default_rng(0).integers(45, 55, ATHLETES)[rows["Athlete ID"]]
    to_go = (injured - rows["Date"]) % 50
    rows["injury"] = ((to_go == 0) & (rows["Date"] >= injured)).astype(int)
    lost = flawed & (to_go > 0) & (to_go < 22) & (rows["Date"] + to_go < DAYS)
    return rows[~lost].to_csv(index=False).encode()


def tables_of(rows):
    """Every day that some row tells of is a run; what no row tells of is unknown."""
    told = pd.concat(
        [
            pd.DataFrame(
                {
                    "athlete": rows["athlete"],
                    "day": rows["day"] - before,
                    "distance_km": rows[KM.format(before)],
                }
            )
            for before in range(1, 8)
        ]
    ).drop_duplicates(["athlete", "day"])
    date = START + pd.to_timedelta(told.pop("day"), unit="D")
    sessions = told.assign(
        local_date=date, start=date.dt.tz_localize("UTC"), sport="run", duration_min=60.0,
        source="lovdal", source_hash="0",
    )  # fmt: skip
    names = sorted(rows["athlete"].unique())
    athletes = pd.DataFrame(
        {
            "athlete": names,
            "observed_from": START,
            "observed_to": START + pd.Timedelta(days=DAYS - 1),
        }
    )
    frames = {"sessions": sessions, "athletes": athletes}
    return {n: conform(n, frames[n]) if n in frames else empty(n) for n in CONTRACTS}


@pytest.mark.parametrize("flawed", [False, True])
def test_the_flaw_of_the_published_file_is_caught(flawed):
    rows = load_lovdal(day_file(flawed), name="day.csv", verify=False)
    events = rows[rows["injury"]]
    assert len(events) > 2 * ATHLETES
    eve = START + pd.to_timedelta(rows["day"] - 1, unit="D")
    matrix = feature_matrix(tables_of(rows), SETTINGS, pd.DatetimeIndex(eve.unique()))
    joined = rows.assign(date=eve)[["athlete", "date", "injury"]].merge(matrix)
    joined = joined[joined["date"] >= START + pd.Timedelta(days=40)]
    entries = catalogue(SETTINGS.blocks)
    found = audit_missingness(
        MissingValues(joined[[f.name for f in entries]], entries),
        joined["injury"],
        joined["athlete"],
        MissingnessSettings(replicates=40),
    )
    assert found.passed is not flawed
    if flawed:
        assert found.low > 0.9
        missing = found.rates.set_index("feature")["missing_events"]
        # Each row tells its own seven days, so that this window is whole for everybody.
        assert missing["distance_7d_km"] == 0
        # No row of the 21 days before: every longer window of an injured row is empty.
        assert missing["distance_14d_km"] == missing["distance_28d_km"] == 1
        assert "gives the outcome away" in found.sentence
