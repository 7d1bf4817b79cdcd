"""However the sources of a session are split, shifted or nameless, every load feature stays."""

from typing import Any

import numpy as np
import pandas as pd
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue, feature_matrix
from tests.features.cohort import from_frames
from tests.ingest.session_frames import FIRST, answer, harmonised, recording

Rows = list[dict[str, Any]]
# A matrix takes a third of a second: a failure is shown as it was found, not made small.
FEW = settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate])
DAY0 = FIRST.tz_localize(None)
LAST = DAY0 + pd.Timedelta(days=34)
LOAD = [feature.name for feature in catalogue(["load"])]
RATED = ("srpe", "monotony", "strain", "fitness", "load_fatigue", "form", "hard_days")
UNRATED = [name for name in LOAD if not any(part in name for part in RATED)]
HOW = ("whole", "second device", "split", "no sport", "earlier")


@st.composite
def weeks(draw: st.DrawFn) -> Rows:
    """Return a run on some days of five weeks, of lengths that are all different."""
    # A gap of two weeks would be one that nobody kept a record in: a run a week is always there.
    days = draw(st.sets(st.integers(0, 34), max_size=15)) | {2, 9, 16, 23, 30}
    rows: Rows = []
    for place, day in enumerate(sorted(days)):
        minutes = draw(st.integers(20, 110)) + place / 7
        km = minutes * draw(st.floats(7.0, 15.0)) / 60
        rows.append(recording(day, 6, minutes, distance_km=km, hr_mean=150.0, ascent_m=80.0))
    return rows


def sources(row: dict[str, Any], how: str) -> Rows:
    """Return what the devices say of one run, of which nothing is lost."""
    other = row | {"source": "second.csv", "record": f"{row['record']}-2"}
    lag = pd.Timedelta(seconds=40)
    return {
        "whole": [row],
        "second device": [row, other | {"start": row["start"] + lag}],
        "split": [row | {"hr_mean": None, "ascent_m": None}, other | {"distance_km": None}],
        "no sport": [row | {"sport": "other"}, other],
        "earlier": [other | {"start": row["start"] - lag, "distance_km": None}, row],
    }[how]


def load_features(*variants: tuple[Rows, Rows | None]) -> pd.DataFrame:
    """Return the load features of the last day, one row per variant of the same weeks."""
    sessions = [harmonised(rows, told).sessions for rows, told in variants]
    names = [f"v{at}" for at in range(len(variants))]
    frames = [one.assign(athlete=name) for name, one in zip(names, sessions, strict=True)]
    roster = pd.DataFrame({"athlete": names, "observed_from": DAY0, "observed_to": LAST})
    tables = from_frames({"athletes": roster, "sessions": pd.concat(frames, ignore_index=True)})
    matrix = feature_matrix(tables, FeatureSettings(blocks=("load",)), pd.DatetimeIndex([LAST]))
    return matrix.set_index("athlete")


def same(matrix: pd.DataFrame, names: list[str]) -> None:
    """Check that every variant has the features of the first."""
    values = matrix[names].to_numpy(dtype=float)
    assert np.isfinite(values[0]).sum() > 10
    for row in values[1:]:
        np.testing.assert_allclose(row, values[0], rtol=1e-4, atol=1e-6)


@FEW
@given(weeks(), st.data())
def test_sources_of_a_run_change_no_load_feature(rows: Rows, data: st.DataObject) -> None:
    split = [source for row in rows for source in sources(row, data.draw(st.sampled_from(HOW)))]
    same(
        load_features((rows, None), (split, None), (data.draw(st.permutations(split)), None)), LOAD
    )


@FEW
@given(weeks(), st.integers(-3, 3))
def test_answers_on_a_clock_of_their_own_change_no_distance_or_hour(rows: Rows, off: int) -> None:
    told = [
        answer(0, 0, row["duration_min"], record=row["record"])
        | {"end": row["start"] + pd.Timedelta(hours=off, minutes=row["duration_min"])}
        for row in rows
    ]
    same(load_features((rows, None), (rows, told)), UNRATED)


@FEW
@given(weeks(), st.data())
def test_a_lost_distance_takes_its_own_kilometres_and_claims_nothing(
    rows: Rows, data: st.DataObject
) -> None:
    lost = data.draw(st.integers(0, len(rows) - 1))
    fewer = [row | {"distance_km": None} if at == lost else row for at, row in enumerate(rows)]
    whole, less = (row for _, row in load_features((rows, None), (fewer, None)).iterrows())
    day, km = rows[lost]["local_date"], rows[lost]["distance_km"]
    for days in (7, 28):
        is_in = day > LAST - pd.Timedelta(days=days)
        known = whole[f"distance_{days}d_km_known"] - less[f"distance_{days}d_km_known"]
        np.testing.assert_allclose(known, km if is_in else 0.0, atol=1e-3)
        assert less[f"runs_without_km_{days}d"] == int(is_in)
        np.testing.assert_allclose(less[f"hours_{days}d"], whole[f"hours_{days}d"])
    for name in ("longest_run_spike", "longest_run_spike_today"):
        assert np.isnan(less[name]) or less[name] <= whole[name] + 1e-6 or np.isnan(whole[name])
