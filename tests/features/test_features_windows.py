"""Kernels against hand-made tables and, on random ragged series, against pandas."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features import carried, jit, windows

NAN = np.nan


def series(*values):
    return np.array(values, dtype=np.float32)


def ends(*at):
    return np.array(at, dtype=np.int64)


TWO_ATHLETES = series(1, 2, NAN, 4, 10, 20)
OFFSETS = ends(0, 4, 6)


@pytest.mark.parametrize(
    ("kernel", "arguments", "expected"),
    [
        (windows.rolling_sum, (2, 0, 2), [NAN, 3, NAN, NAN, NAN, 30]),
        (windows.rolling_sum, (2, 0, 1), [1, 3, 2, 4, 10, 30]),
        (windows.rolling_sum, (2, 1, 1), [NAN, 1, 3, 2, NAN, 10]),
        (windows.rolling_known, (3, 0), [1, 2, 2, 2, 1, 2]),
        (windows.rolling_max, (3, 0, 2), [NAN, 2, 2, 4, NAN, 20]),
        (windows.rolling_max, (2, 2, 1), [NAN, NAN, 1, 2, NAN, NAN]),
        (windows.rolling_std, (3, 0, 2), [NAN, 0.5**0.5, 0.5**0.5, 2**0.5, NAN, 50**0.5]),
        (carried.latest, (2,), [1, 2, 2, 4, 10, 20]),
        (carried.latest, (1,), [1, 2, NAN, 4, 10, 20]),
        (carried.past_mean, (1, 1), [NAN, 1, 1.5, 1.5, NAN, 10]),
        (carried.past_std, (0, 2), [NAN, 0.5**0.5, 0.5**0.5, (7 / 3) ** 0.5, NAN, 50**0.5]),
        # 4: the unknown day halved the memory of 1.5, so (0.25 * 1.5 + 0.5 * 4) / 0.75
        (carried.ewma, (0.5, 0.0), [1, 1.5, 1.5, 2.375 / 0.75, 10, 15]),
        (carried.ewma, (0.5, 0.7), [NAN, 1.5, NAN, NAN, NAN, 15]),
    ],
)
def test_hand_made_table(kernel, arguments, expected):
    np.testing.assert_allclose(kernel(TWO_ATHLETES, OFFSETS, *arguments), expected, rtol=1e-12)


def test_streaks_begin_after_a_known_zero():
    values = series(1, 0, 1, 2, NAN, 1, 0, 0, 1)
    expected = [NAN, 0, 1, 2, NAN, NAN, 0, 0, 1]
    np.testing.assert_array_equal(carried.streak(values, ends(0, 7, 9)), [*expected[:7], 0, 1])


def test_days_since_counts_on_from_before_the_run():
    flags = np.array([False, True, False, False, False, True])
    expected = [4, 0, 1, NAN, NAN, 0]
    np.testing.assert_array_equal(
        carried.days_since(flags, ends(0, 3, 6), np.array([3.0, NAN])), expected
    )


def test_first_positive_is_held():
    values = np.array([NAN, 0.0, 2.0, 5.0, NAN])
    np.testing.assert_array_equal(carried.first_positive(values, ends(0, 5)), [NAN, NAN, 2, 2, 2])


def test_a_sum_of_zeros_is_exactly_zero_after_large_values():
    values = series(0.1, 1e12, 0.3, 0, 0, 0)
    assert windows.rolling_sum(values, ends(0, 6), 3, 0, 3)[-1] == 0.0


def test_equal_days_have_no_spread():
    values = series(*[0.1] * 7)
    assert windows.rolling_std(values, ends(0, 7), 7, 0, 7)[-1] == 0.0
    assert carried.past_std(values, ends(0, 7), 0, 2)[-1] == 0.0


def test_an_athlete_without_days_is_passed_over():
    assert windows.rolling_sum(series(1), ends(0, 0, 1, 1), 1, 0, 1).tolist() == [1.0]


def test_kernels_compile_where_no_cache_can_be_written(monkeypatch):
    compiled = []

    def njit(**options):
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: compiled.append(function) or function

    monkeypatch.setattr(jit, "njit", njit)
    assert jit.kernel(len) is len
    assert compiled == [len]


day_values = st.none() | st.floats(0, 1000, width=32).map(lambda x: round(x, 3))
ragged = st.lists(st.lists(day_values, max_size=60), min_size=1, max_size=4)


def flatten(runs):
    flat = [NAN if v is None else v for run in runs for v in run]
    return series(*flat), ends(0, *np.cumsum([len(run) for run in runs]))


def by_pandas(runs, compute):
    frames = [
        compute(pd.Series([NAN if v is None else v for v in r], dtype="float32").astype(float))
        for r in runs
    ]
    return np.concatenate([f.to_numpy() for f in frames])


@settings(max_examples=50, deadline=None)
@given(ragged, st.integers(1, 30), st.integers(0, 8), st.data())
def test_rolling_kernels_agree_with_pandas(runs, window, lag, data):
    needed = data.draw(st.integers(1, window))
    values, offsets = flatten(runs)

    def rolled(x):
        return x.shift(lag).rolling(window, min_periods=needed)

    def spread(x):
        # pandas' own rolling std drifts; a window at a time does not
        return rolled(x).apply(
            lambda v: np.std(v[~np.isnan(v)], ddof=1) if (~np.isnan(v)).sum() > 1 else NAN, raw=True
        )

    for kernel, compute in (
        (windows.rolling_sum, lambda x: rolled(x).sum()),
        (windows.rolling_max, lambda x: rolled(x).max()),
        (windows.rolling_std, spread),
    ):
        ours = kernel(values, offsets, window, lag, needed)
        np.testing.assert_allclose(ours, by_pandas(runs, compute), rtol=1e-9, atol=1e-7)
    known = windows.rolling_known(values, offsets, window, lag)
    count = by_pandas(
        runs,
        lambda x: (
            x.notna().astype(float).shift(lag, fill_value=0).rolling(window, min_periods=1).sum()
        ),
    )
    np.testing.assert_array_equal(known, count)


@settings(max_examples=50, deadline=None)
# At a weight of exactly 0.5 pandas departs from its own formula (a case made for `times`).
@given(
    ragged, st.floats(0.01, 0.9).filter(lambda w: w != 0.5), st.integers(0, 8), st.integers(2, 10)
)
def test_kernels_that_remember_agree_with_pandas(runs, weight, lag, needed):
    values, offsets = flatten(runs)
    ours = carried.ewma(values, offsets, weight, 0.0)
    expected = by_pandas(runs, lambda x: x.ewm(alpha=weight, adjust=False, ignore_na=False).mean())
    np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-9)
    past = by_pandas(runs, lambda x: x.shift(lag).expanding(needed).mean())
    np.testing.assert_allclose(
        carried.past_mean(values, offsets, lag, needed), past, rtol=1e-9, atol=1e-9
    )
    spread = by_pandas(runs, lambda x: x.shift(lag).expanding(needed).std())
    np.testing.assert_allclose(
        carried.past_std(values, offsets, lag, needed), spread, rtol=1e-6, atol=1e-4
    )
