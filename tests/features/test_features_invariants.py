"""What may not matter does not: row order, neighbours, chunks, units."""

from functools import cache

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from features.catalogue.entry import BLOCKS
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue, feature_matrix
from tests.features.cohort import make_tables

SETTINGS = FeatureSettings(blocks=BLOCKS)
SCALE_FREE = [
    "acwr_uncoupled", "acwr_coupled", "acwr_ewma", "acute_over_constant", "week_change", "ramp_4w",
    "longest_run_spike", "longest_run_spike_today", "longest_run_share_7d", "effort_change",
    "longest_time_spike", "longest_time_spike_today", "acwr_srpe_uncoupled", "acwr_srpe_ewma",
    "monotony_7d", "hard_share_28d", "trail_share_28d", "heartbeats_per_km_change",
]  # fmt: skip
IN_KILOMETRES = [f.name for f in catalogue() if f.unit == "km" and not f.name.startswith("walking")]
IN_MINUTES = [f"cross_training_{d}d_min" for d in (7, 14, 28)] + ["hours_7d", "srpe_28d"]
seeds = st.integers(0, 2**31)
shared_seeds = st.sampled_from(range(6))
"""Cohorts that several properties hold against one matrix, which is computed once."""


def same(a, b):
    pd.testing.assert_frame_equal(a, b, check_exact=True)


@cache
def cohort(seed):
    """Return tables of three athletes and their weekly matrix; only read."""
    tables = make_tables(seed, 3)
    return tables, feature_matrix(tables, SETTINGS)


@settings(max_examples=6, deadline=None)
@given(shared_seeds)
def test_the_order_of_rows_does_not_matter(seed):
    tables, matrix = cohort(seed)
    rng = np.random.default_rng(seed)
    shuffled = {name: t.iloc[rng.permutation(len(t))] for name, t in tables.items()}
    same(matrix, feature_matrix(shuffled, SETTINGS))


@settings(max_examples=6, deadline=None)
@given(shared_seeds, st.integers(1, 3))
def test_another_athlete_changes_nobody_elses_features(seed, more):
    _, few = cohort(seed)
    many = feature_matrix(make_tables(seed, 3 + more), SETTINGS)
    same(few, many[many["athlete"].isin(few["athlete"])].reset_index(drop=True))


@settings(max_examples=6, deadline=None)
@given(shared_seeds, st.integers(1, 400))
def test_the_chunk_size_does_not_matter(seed, chunk):
    tables, matrix = cohort(seed)
    same(feature_matrix(tables, FeatureSettings(blocks=BLOCKS, chunk_days=chunk)), matrix)


@settings(max_examples=3, deadline=None)
@given(shared_seeds, st.integers(2, 4))
def test_the_number_of_threads_does_not_matter(seed, threads):
    tables, matrix = cohort(seed)
    # A day is less than any athlete has, so that each is a chunk.
    small = FeatureSettings(blocks=BLOCKS, chunk_days=1)
    same(feature_matrix(tables, small, threads=threads), matrix)


@settings(max_examples=6, deadline=None)
@given(shared_seeds)
def test_weekly_rows_are_rows_of_the_daily_matrix(seed):
    tables, weekly = cohort(seed)
    everything = pd.date_range("2023-01-01", "2024-01-01")
    daily = feature_matrix(tables, SETTINGS, everything)
    same(weekly, daily[daily["date"].dt.day_of_week == 6].reset_index(drop=True))


def in_other_units(tables, per_km, per_minute):
    """Distances and times of sessions as somebody writes them who counts in other units."""
    factors = dict.fromkeys(("distance_km", "hard_km"), per_km) | dict.fromkeys(
        ("duration_min", "moving_min", "hard_min"), per_minute
    )
    sessions = tables["sessions"]
    return tables | {
        "sessions": sessions.assign(**{c: sessions[c] * factor for c, factor in factors.items()})
    }


@settings(max_examples=5, deadline=None)
# Miles, metres and yards; minutes, seconds and hours.
@given(
    seeds, st.sampled_from([1 / 1.609344, 1000.0, 1.0936e3]), st.sampled_from([1.0, 60.0, 1 / 60])
)
def test_ratios_do_not_depend_on_units_and_distances_do(seed, per_km, per_minute):
    tables = make_tables(seed, 3, days=(60, 200))
    ours = feature_matrix(tables, SETTINGS)
    theirs = feature_matrix(in_other_units(tables, per_km, per_minute), SETTINGS)
    for names, factor in ((SCALE_FREE, 1.0), (IN_KILOMETRES, per_km), (IN_MINUTES, per_minute)):
        expected = ours[names].to_numpy(dtype=float) * factor
        found = theirs[names].to_numpy(dtype=float)
        # Two tables of nulls would agree in any unit.
        assert np.isfinite(expected).any()
        np.testing.assert_allclose(found, expected, rtol=1e-5, atol=1e-6 * max(factor, 1e-6))


def test_the_inputs_are_left_as_they_were():
    tables = make_tables(0, 2)
    before = {name: table.copy(deep=True) for name, table in tables.items()}
    feature_matrix(tables, SETTINGS)
    for name, table in tables.items():
        same(table, before[name])
