"""Kernels against hand-made tables and, on random ragged series, against pandas."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.kernels import jit, running_statistics, windows
from features.kernels.rows import Rows

NAN = np.nan


def series(*values):
    return np.array(values, dtype=np.float32)


def ends(*at):
    return np.array(at, dtype=np.int64)


def windowed(values, offsets, window):
    """One statistic on every day."""
    return windows.window_table(values, offsets, every(offsets), [window])[0]


def every(offsets):
    return Rows(np.arange(offsets[-1]), offsets)


def carry(kernel, values, offsets, *arguments):
    return kernel(values, offsets, np.arange(offsets[-1]), offsets, *arguments)


TWO_ATHLETES = series(1, 2, NAN, 4, 10, 20)
OFFSETS = ends(0, 4, 6)


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (windows.rolling_sum(2, 0, 2), [NAN, 3, NAN, NAN, NAN, 30]),
        (windows.rolling_sum(2, 0, 1), [1, 3, 2, 4, 10, 30]),
        (windows.rolling_sum(2, 1, 1), [NAN, 1, 3, 2, NAN, 10]),
        (windows.rolling_sum(40, 50, 1), [NAN] * 6),
        (windows.rolling_mean(3, 0, 2), [NAN, 1.5, 1.5, 3, NAN, 15]),
        (windows.rolling_known(3, 0), [1, 2, 2, 2, 1, 2]),
        (windows.rolling_max(3, 0, 2), [NAN, 2, 2, 4, NAN, 20]),
        (windows.rolling_max(2, 2, 1), [NAN, NAN, 1, 2, NAN, NAN]),
        (windows.rolling_std(3, 0, 2), [NAN, 0.5**0.5, 0.5**0.5, 2**0.5, NAN, 50**0.5]),
        # 4: the unknown day halved the memory of 1.5, so (0.25 * 1.5 + 0.5 * 4) / 0.75
        (windows.ewma(0.5, 0.0), [1, 1.5, 1.5, 2.375 / 0.75, 10, 15]),
        (windows.ewma(0.5, 0.7), [NAN, 1.5, NAN, NAN, NAN, 15]),
        # A share that is just reached is enough.
        (windows.ewma(0.5, 0.5), [1, 1.5, NAN, 2.375 / 0.75, 10, 15]),
    ],
)
def test_windows_by_hand(window, expected):
    np.testing.assert_allclose(windowed(TWO_ATHLETES, OFFSETS, window), expected, rtol=1e-12)


@pytest.mark.parametrize(
    ("kernel", "arguments", "expected"),
    [
        (running_statistics.latest, (2,), [1, 2, 2, 4, 10, 20]),
        (running_statistics.latest, (1,), [1, 2, NAN, 4, 10, 20]),
        (running_statistics.past_mean, (1, 1), [NAN, 1, 1.5, 1.5, NAN, 10]),
        (
            running_statistics.past_std,
            (0, 2),
            [NAN, 0.5**0.5, 0.5**0.5, (7 / 3) ** 0.5, NAN, 50**0.5],
        ),
    ],
)
def test_carried_by_hand(kernel, arguments, expected):
    ours = carry(kernel, TWO_ATHLETES, OFFSETS, *arguments)
    np.testing.assert_allclose(ours, expected, rtol=1e-12)


def test_streaks_begin_after_a_known_zero():
    values = series(1, 0, 1, 2, NAN, 1, 0, 0, 1)
    expected = [NAN, 0, 1, 2, NAN, NAN, 0, 0, 1]
    ours = carry(running_statistics.streak, values, ends(0, 7, 9))
    np.testing.assert_array_equal(ours, [*expected[:7], 0, 1])


def test_days_since_counts_on_from_before_the_run():
    flags = np.array([False, True, False, False, False, True])
    expected = [4, 0, 1, NAN, NAN, 0]
    np.testing.assert_array_equal(
        running_statistics.days_since(flags, ends(0, 3, 6), np.array([3.0, NAN])), expected
    )


def test_first_positive_is_held():
    values = np.array([NAN, 0.0, 2.0, 5.0, NAN])
    np.testing.assert_array_equal(
        running_statistics.first_positive(values, ends(0, 5)), [NAN, NAN, 2, 2, 2]
    )


def test_a_sum_of_zeros_is_exactly_zero_after_large_values():
    values = series(0.1, 1e12, 0.3, 0, 0, 0)
    assert windowed(values, ends(0, 6), windows.rolling_sum(3, 0, 3))[-1] == 0.0


def test_equal_days_have_no_spread():
    values = series(*[0.1] * 7)
    assert windowed(values, ends(0, 7), windows.rolling_std(7, 0, 7))[-1] == 0.0
    assert carry(running_statistics.past_std, values, ends(0, 7), 0, 2)[-1] == 0.0


def test_an_athlete_without_days_is_passed_over():
    assert windowed(series(1), ends(0, 0, 1, 1), windows.rolling_sum(1, 0, 1)).tolist() == [1.0]


def test_kernels_compile_where_no_cache_can_be_written(monkeypatch):
    compiled = []

    def njit(**options):
        if options.get("cache"):
            raise RuntimeError("cannot cache function: no locator available")
        return lambda function: compiled.append(function) or function

    def twice(value):
        return 2 * value

    monkeypatch.setattr("numba.njit", njit)
    assert jit.kernel(twice)(4) == 8
    assert compiled == [twice]


def test_compiled_code_is_kept_and_loaded_again(monkeypatch, tmp_path):
    monkeypatch.setattr("numba.config.CACHE_DIR", str(tmp_path))

    def twice(value):
        return 2 * value

    first, again = jit.kernel(twice), jit.kernel(twice)
    assert (first(4), again(4)) == (8, 8)
    assert sum(first.compiled.stats.cache_misses.values()) == 1
    assert sum(again.compiled.stats.cache_hits.values()) == 1
    assert again(4.5) == 9.0  # other arguments are compiled after something was loaded


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

    for make, compute in (
        (windows.rolling_sum, lambda x: rolled(x).sum()),
        (windows.rolling_mean, lambda x: rolled(x).mean()),
        (windows.rolling_max, lambda x: rolled(x).max()),
        (windows.rolling_std, spread),
    ):
        ours = windowed(values, offsets, make(window, lag, needed))
        np.testing.assert_allclose(ours, by_pandas(runs, compute), rtol=1e-9, atol=1e-7)
    known = windowed(values, offsets, windows.rolling_known(window, lag))
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
    ours = windowed(values, offsets, windows.ewma(weight, 0.0))
    expected = by_pandas(runs, lambda x: x.ewm(alpha=weight, adjust=False, ignore_na=False).mean())
    np.testing.assert_allclose(ours, expected, rtol=1e-9, atol=1e-9)
    past = by_pandas(runs, lambda x: x.shift(lag).expanding(needed).mean())
    np.testing.assert_allclose(
        carry(running_statistics.past_mean, values, offsets, lag, needed),
        past,
        rtol=1e-9,
        atol=1e-9,
    )
    spread = by_pandas(runs, lambda x: x.shift(lag).expanding(needed).std())
    np.testing.assert_allclose(
        carry(running_statistics.past_std, values, offsets, lag, needed),
        spread,
        rtol=1e-6,
        atol=1e-4,
    )


ALL = [
    windows.rolling_sum(7, 0, 6),
    windows.rolling_sum(30, 3, 1),
    windows.rolling_mean(14, 1, 5),
    windows.rolling_std(7, 0, 2),
    windows.rolling_max(28, 0, 1),
    windows.rolling_known(5, 2),
    windows.ewma(0.25, 0.8),
    # Means are computed three at a time: two times three, and one over.
    *(windows.ewma(weight, share) for weight in (0.05, 0.3, 0.7) for share in (0.0, 0.6)),
]
PAST = [
    (running_statistics.past_mean, (7, 2)),
    (running_statistics.past_std, (2, 2)),
    (running_statistics.latest, (7,)),
    (running_statistics.streak, ()),
]


def test_the_latest_value_is_never_that_of_the_athlete_before():
    found = carry(running_statistics.latest, series(1, NAN, NAN, 5, NAN), ends(0, 2, 5), 3)
    np.testing.assert_array_equal(found, [1, 1, NAN, 5, 5])


def test_the_first_value_above_nought_is_held_within_an_athlete():
    values = series(0, 2, NAN, 4, -1, 20, 30).astype(np.float64)
    found = running_statistics.first_positive(values, ends(0, 4, 7))
    np.testing.assert_array_equal(found, [NAN, 2, 2, 2, NAN, 20, 20])


def some_rows(offsets, data):
    chosen = data.draw(st.lists(st.integers(0, max(offsets[-1] - 1, 0)), unique=True))
    at = np.array([day for day in sorted(chosen) if day < offsets[-1]], dtype=np.int64)
    return Rows(at, np.searchsorted(at, offsets).astype(np.int64))


@settings(max_examples=50, deadline=None)
@given(ragged, st.data())
def test_wanted_rows_are_rows_of_every_day(runs, data):
    values, offsets = flatten(runs)
    rows = some_rows(offsets, data)
    daily = windows.window_table(values, offsets, every(offsets), ALL)
    wanted = windows.window_table(values, offsets, rows, ALL)
    np.testing.assert_array_equal(wanted, daily[:, rows.at])
    for kernel, arguments in PAST:
        ours = kernel(values, offsets, rows.at, rows.offsets, *arguments)
        np.testing.assert_array_equal(ours, carry(kernel, values, offsets, *arguments)[rows.at])


@settings(max_examples=50, deadline=None)
@given(ragged, st.integers(2, 5), st.data())
def test_threads_and_company_change_no_bit(runs, threads, data):
    values, offsets = flatten(runs)
    rows = some_rows(offsets, data)
    together = windows.window_table(values, offsets, rows, ALL)
    threaded = windows.window_table(values, offsets, rows, ALL, threads=threads)
    assert together.tobytes() == threaded.tobytes()
    for one, window in enumerate(ALL):
        alone = windows.window_table(values, offsets, rows, [window])
        assert alone[0].tobytes() == together[one].tobytes()


@settings(max_examples=50, deadline=None)
@given(ragged, st.integers(0, 3))
def test_neighbours_and_later_days_change_no_bit(runs, who):
    who = min(who, len(runs) - 1)
    values, offsets = flatten(runs)
    table = windows.window_table(values, offsets, every(offsets), ALL)
    half = (len(runs[who]) + 1) // 2
    cut, ends_cut = flatten([runs[who][:half]])
    alone = windows.window_table(cut, ends_cut, every(ends_cut), ALL)
    start = offsets[who]
    assert alone.tobytes() == table[:, start : start + half].tobytes()


@pytest.mark.parametrize("channels", [1, 3])
def test_short_and_long_athletes_side_by_side_are_each_as_if_alone(channels):
    """Blocks of many short athletes, of one long one, and none at all; some days are wanted."""
    lengths = [1, 0, 300, 5, *[2] * 700, 255, 256, 1100, 40, 1]
    offsets = ends(0, *np.cumsum(lengths))
    rng = np.random.default_rng(0)
    values = rng.random((channels, offsets[-1])).astype(np.float32)
    values[rng.random(values.shape) < 0.1] = NAN
    at = np.flatnonzero(rng.random(offsets[-1]) < 0.3)
    rows = Rows(at, np.searchsorted(at, offsets).astype(np.int64))
    table = windows.window_table(values, offsets, rows, ALL, threads=2)
    assert table.shape == (channels * len(ALL), at.size)
    for athlete, length in enumerate(lengths):
        first, last = offsets[athlete], offsets[athlete + 1]
        wanted = slice(*rows.offsets[athlete : athlete + 2])
        for channel in range(channels):
            own = values[channel, first:last]
            alone = windows.window_table(own, ends(0, length), every(ends(0, length)), ALL)
            part = table[channel * len(ALL) : (channel + 1) * len(ALL), wanted]
            assert alone[:, at[wanted] - first].tobytes() == np.ascontiguousarray(part).tobytes()


def test_a_buffer_is_reused_and_nothing_else_is_written():
    out = np.full((1, 6), 7.0, dtype=np.float32)
    rows = Rows(np.array([1, 5]), ends(0, 1, 2))
    table = windows.window_table(
        TWO_ATHLETES, OFFSETS, rows, [windows.rolling_sum(2, 0, 2)], out=out[:, :2]
    )
    assert table.base is out
    assert out.tolist() == [[3.0, 30.0, 7.0, 7.0, 7.0, 7.0]]


@pytest.mark.parametrize("parts", [1, 2, 3, 9])
def test_spans_cover_every_athlete_once(parts):
    spans = windows.athlete_spans(ends(0, 0, 10, 10, 11, 40, 40), parts)
    covered = [athlete for first, after in spans for athlete in range(first, after)]
    assert covered == list(range(6))
    assert len(spans) <= parts


@pytest.mark.parametrize("threads", [1, 4])
def test_nobody_has_no_rows(threads):
    nobody = ends(0)
    table = windows.window_table(series(), nobody, every(nobody), ALL, threads=threads)
    assert table.shape == (len(ALL), 0)
