"""The sensitivity table compares like with like."""

import numpy as np
import pytest

from benchmarks.window_sensitivity import compared, sensitivity
from tests.features.cohort import make_tables


def test_a_comparison_by_hand():
    usual = np.array([1.0, 2.0, 3.0, 4.0, np.nan])
    other = np.array([1.0, 3.0, 2.0, np.nan, 5.0])
    y = np.array([0.0, 0.0, 1.0, 1.0, 1.0])
    ranks, known, known_default, area, area_default = compared(usual, other, y)
    assert ranks == pytest.approx(0.5)
    assert (known, known_default) == (0.8, 0.8)
    assert (area, area_default) == (0.5, 1.0)


def test_only_the_features_of_the_window_are_listed():
    tables = make_tables(12, 3, days=(200, 300))
    table = sensitivity(tables, "any", {"spike_days": (60,), "fitness_days": (60,)})
    assert set(table["feature"]) <= {
        "longest_run_spike", "longest_run_spike_today", "longest_time_spike",
        "longest_time_spike_today", "fitness_60d", "form",
    }  # fmt: skip
    assert {"longest_run_spike", "fitness_60d"} <= set(table["feature"])
    assert table["rank_correlation"].between(-1, 1).all()
