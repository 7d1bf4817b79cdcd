"""What audits compute in one pass equals what is computed the long way."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from features.audits.duplicates import _different
from features.audits.series_levels import likeliest_cut, median
from features.injuries.spells import running_minutes
from models.audits.control_days import RecordDays
from models.audits.quick_score import QuickRows
from models.audits.values_alone import values_alone
from models.estimators.risk import RiskModel
from models.metrics import ranking_draws
from models.metrics.measures import auroc, average_precision
from models.metrics.ranking_draws import drawn_areas
from models.numeric.telling_values import ABOVE, AT, BELOW, NOWHERE, wilson_low
from models.settings.audits import PuritySettings
from models.settings.risk import RiskSettings

START = pd.Timestamp("2024-01-01")
# Few athletes and days, so that records often meet.
ROW = st.tuples(st.sampled_from("abc"), st.integers(0, 40))


def _table(rows: list[tuple[str, int]]) -> pd.DataFrame:
    days = pd.to_datetime([START + pd.Timedelta(days=day) for _, day in rows])
    return pd.DataFrame({"athlete": pd.array([who for who, _ in rows], dtype="str"), "date": days})


@settings(max_examples=30, deadline=None)
@given(st.lists(ROW, min_size=1), st.lists(ROW), st.integers(0, 5), st.integers(0, 20))
def test_days_with_a_record_before_a_day_are_counted_once(
    days: list[tuple[str, int]], records: list[tuple[str, int]], first: int, more: int
) -> None:
    """The count equals that of a loop over the days; a day with two records counts once."""
    last = first + more
    expected = [
        sum((who, day - back) in set(records) for back in range(first, last + 1))
        for who, day in days
    ]
    found = RecordDays.of(_table(records)).before(_table(days), first, last)
    assert found.tolist() == expected


def test_a_record_without_a_date_counts_nowhere() -> None:
    """An unknown day is not the day before an injury."""
    records = pd.DataFrame({"athlete": ["a"], "date": pd.to_datetime([None])})
    assert RecordDays.of(records).before(_table([("a", 3)]), 0, 400).tolist() == [0]


def test_held_out_scores_are_those_that_the_whole_fit_keeps() -> None:
    """Without the model of all rows, and in bins that another outcome had before: no digit less."""
    rng = np.random.default_rng(3)
    x = pd.DataFrame(rng.normal(size=(400, 4)), columns=list("abcd"))
    x["d"] = np.where(rng.random(400) < 0.3, np.nan, x["d"])
    who = np.repeat(np.arange(40), 10)
    quick = RiskSettings(trees=10, num_leaves=4, min_data_in_leaf=10, calibration_folds=4)
    rows = QuickRows(x)
    for cause in "ab":
        y = (rng.random(400) < 1 / (1 + np.exp(2 - x[cause]))).to_numpy(dtype=float)
        whole = RiskModel(quick).fit(x, y, who).out_of_fold_
        assert np.array_equal(rows.held_out(quick, y, who), whole)
        assert np.array_equal(rows.held_out(quick, y, who, by_rows=True), whole)


VALUE = st.sampled_from([-1.0, -0.0, 0.0, 0.5, 2.0, np.nan])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUE, st.sampled_from([0.0, 1.0, np.nan])), min_size=1), st.booleans())
def test_a_feature_alone_is_measured_as_by_its_definition(
    rows: list[tuple[float, float]], is_single: bool
) -> None:
    """Each value and each tail of values is counted anew; the lower end decides, tails first."""
    values, outcome = (np.array(column) for column in zip(*rows, strict=True))
    values = values.astype(np.float32 if is_single else np.float64)
    few = PuritySettings.model_construct(least_events=1, least_rows=2)
    measured = values_alone(pd.DataFrame({"f": values}), {"any": outcome}, ["f"], few)["any"]
    (found,) = measured.features
    at_risk = ~np.isnan(outcome) & ~np.isnan(values)
    v, y = values[at_risk].astype(float), outcome[at_risk]
    best: tuple[int, float, float, float, float] = (NOWHERE, 0, 0, 0, 0.0)
    for where, reach in ((ABOVE, np.greater_equal), (BELOW, np.less_equal), (AT, np.equal)):
        for value in np.unique(v):
            there = y[reach(v, value)]
            low = wilson_low(there.sum(), float(len(there)))
            if there.sum() >= 1 and len(there) >= 2 and low > best[4]:
                best = where, value, len(there), there.sum(), low
    assert (found.rows, found.events, found.distinct) == (len(v), y.sum(), len(np.unique(v)))
    assert found.where == best[0]
    if found.where != NOWHERE:
        assert (found.value, found.rows_there, found.events_there, found.low) == best[1:]
    np.testing.assert_equal(found.area, auroc(y, v) if len(v) else np.nan)
    assert (measured.at_risk, measured.events) == ((~np.isnan(outcome)).sum(), np.nansum(outcome))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4), st.integers(0, 3)), min_size=2))
def test_area_is_the_share_of_pairs_in_order(rows: list[tuple[int, int, int]]) -> None:
    """Weighted pairs, ties half, as the definition counts them; nan without pairs."""
    y, p, w = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    events, others = (np.flatnonzero(y == side) for side in (1, 0))
    pairs = sum(w[i] * w[j] for i, j in product(events, others))
    order = sum(
        w[i] * w[j] * ((p[i] > p[j]) + (p[i] == p[j]) / 2) for i, j in product(events, others)
    )
    expected = order / pairs if pairs else np.nan
    assert auroc(y, p, w) == pytest.approx(expected, rel=1e-12, nan_ok=True)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4), st.integers(0, 2)), min_size=1),
    st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=4),
)
def test_areas_on_draws_are_those_of_each_draw(
    rows: list[tuple[int, int, int]], draws: list[list[int]]
) -> None:
    """By pairs of athletes as by rows, to the last bit; nan where a draw has one outcome only."""
    ordered = sorted(rows, key=lambda row: row[1])
    y, p, who = (np.array(column) for column in zip(*ordered, strict=True))
    counts = np.array(draws, dtype=float)
    found = drawn_areas(y.astype(float), p.astype(float), who, counts)
    expected = [auroc(y, p, count[who]) for count in counts]
    np.testing.assert_array_equal(found, expected)


def test_areas_on_draws_of_many_athletes_are_ranked_row_by_row(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Fractional outcomes; the matrix of pairs and the loop over the rows agree to rounding."""
    rng = np.random.default_rng(5)
    y, p, who = rng.random(300), np.sort(np.round(rng.random(300), 1)), rng.integers(0, 9, 300)
    counts = rng.multinomial(9, np.full(9, 1 / 9), size=20).astype(float)
    by_pairs = drawn_areas(y, p, who, counts)
    # Nine athletes are one too many for the matrix of pairs.
    monkeypatch.setattr(ranking_draws, "MOST_ATHLETES", 8)
    np.testing.assert_allclose(drawn_areas(y, p, who, counts), by_pairs, rtol=1e-12)


def test_precision_counts_a_tie_as_flagged_together() -> None:
    """By hand: at 0.8 one of one, at 0.4 two of three flagged: (1 + 2/3) / 2."""
    found = average_precision([0, 1, 0, 1], [0.1, 0.4, 0.4, 0.8])
    assert found == pytest.approx((1 + 2 / 3) / 2)


def test_minutes_of_a_day_are_added_and_unknown_ones_count_as_one() -> None:
    """Two runs of a day are one day; a ride is no run; a run without a date is on no day."""
    day = pd.to_datetime(["2024-01-02", "2024-01-01", "2024-01-02", "2024-01-03", None])
    sessions = pd.DataFrame(
        {
            "athlete": ["b", "b", "b", "a", "a"],
            "local_date": day,
            "sport": ["run", "run", "run", "ride", "run"],
            "duration_min": [30.0, np.nan, 20.0, 60.0, 10.0],
        }
    )
    found = running_minutes(sessions)
    first = int((day[1] - pd.Timestamp("1970-01-01")).days)
    assert found.athletes.tolist() == ["b"]
    assert found.starts.tolist() == [0, 2]
    assert found.days.tolist() == [first, first + 1]
    # A run of unknown length counts as 1 minute; the other day has 30 and 20.
    assert found.minutes.tolist() == [1.0, 50.0]


@given(st.lists(st.floats(-5, 5), min_size=1, max_size=9))
def test_median_is_that_of_numpy(values: list[float]) -> None:
    """To the last digit, for even and odd counts."""
    assert median(np.array(values)) == np.median(values)


@given(st.lists(st.integers(-3, 3), min_size=4, max_size=12), st.integers(1, 2))
def test_the_cut_takes_most_off_the_sum_of_squares(values: list[int], least: int) -> None:
    """Of equal cuts the first; never fewer than `least` values on a side."""
    logs = np.array(values, dtype=float)

    def squares(part: np.ndarray) -> float:
        return float(((part - part.mean()) ** 2).sum())

    cut = likeliest_cut(logs, least)
    assert least <= cut <= len(logs) - least
    left = [squares(logs[:k]) + squares(logs[k:]) for k in range(least, len(logs) - least + 1)]
    assert left[cut - least] == pytest.approx(min(left))


def test_zeros_repeats_and_gaps_tell_nothing_of_a_row() -> None:
    """Different values of a row: 0, infinity and what is unknown are left out."""
    rows = np.array([[1.0, 1, 2, 0], [np.nan, np.inf, 0, 3]], dtype=np.float32)
    assert _different(rows).tolist() == [2, 1]
