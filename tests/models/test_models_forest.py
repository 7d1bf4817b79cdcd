"""The forest on binned columns held against scikit-learn's, tree by tree and as a whole."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.base import clone
from sklearn.ensemble import RandomForestClassifier
from sklearn.tree import DecisionTreeClassifier

from models.comparators.forest import ForestRisk
from models.metrics.measures import auroc, information
from models.numeric.column_bins import MOST_BINS, column_bins, learn_edges
from models.numeric.forest_kernel import FIELDS, add_shares, grow
from models.settings.comparators import ForestSettings

LEAST = 40


def grown(bins, y, times, tried, rng):
    """One tree on rows drawn so many times each, and its shares."""
    rows = np.flatnonzero(times)
    most = 2 * (len(rows) // LEAST)
    nodes, shares = np.empty((most, FIELDS), np.int32), np.empty(most)
    luck = rng.random((most, len(bins)))
    counts = np.column_stack([times, times * y]).astype(float)
    size = grow(bins, counts, rows, luck, np.array([tried, LEAST]), nodes, shares)
    return nodes[:size], shares[:size]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("unknown", [False, True])
def test_a_tree_is_scikit_learns_on_the_same_draw(cohort, later, seed, unknown):
    """Few values, so that bins are values: all else is the same rule."""
    learnt, asked = ((part.x.rank(pct=True) * 30).round() for part in (cohort, later))
    if not unknown:
        learnt, asked = learnt.fillna(15.0), asked.fillna(15.0)
    values, rng = learnt.to_numpy(float), np.random.default_rng(seed)
    times = np.bincount(rng.integers(len(values), size=len(values) // 2), minlength=len(values))
    edges = learn_edges(values.T)
    nodes, shares = grown(
        column_bins(values.T, len(values), edges), cohort.y, times, values.shape[1], rng
    )
    ours = np.zeros(len(values)), np.zeros(len(asked))
    for rows, total in zip((values, asked.to_numpy(float)), ours, strict=True):
        add_shares(column_bins(rows.T, len(rows), edges), nodes, shares, total)

    def apart(chance):
        theirs = DecisionTreeClassifier(min_samples_leaf=LEAST, random_state=chance)
        theirs.fit(values, cohort.y, sample_weight=times)
        drawn, others = (
            theirs.predict_proba(rows)[:, 1] for rows in (values, asked.to_numpy(float))
        )
        gaps = np.abs(drawn - ours[0])[times > 0], np.abs(others - ours[1])
        return max(gap.max() for gap in gaps)

    assert len(nodes) > 40
    # Of cuts that are equally good each takes one by chance.
    assert min(apart(chance) for chance in range(3)) < 1e-12


def test_the_forest_differs_from_theirs_no_more_than_another_seed_of_theirs(cohort, later):
    def theirs(seed):
        forest = RandomForestClassifier(
            60, min_samples_leaf=LEAST, max_samples=0.5, random_state=seed, n_jobs=1
        )
        known = forest.fit(cohort.x.to_numpy(float), cohort.y)
        return known.predict_proba(later.x.to_numpy(float))[:, 1]

    def ours(seed):
        model = ForestRisk(ForestSettings(trees=60, min_rows_in_leaf=LEAST, seed=seed))
        return model.fit(cohort.x, cohort.y).predict_proba(later.x)[:, 1]

    def apart(a, b):
        return np.sqrt(np.mean((a - b) ** 2))

    expected, forests = [theirs(seed) for seed in range(4)], [ours(seed) for seed in range(4)]
    usual = np.mean([apart(expected[i], expected[i - 1]) for i in range(4)])
    assert np.mean([apart(p, q) for p in forests for q in expected]) < 1.1 * usual
    for measure in (auroc, information):
        good, ours_are = ([measure(later.truth, p) for p in part] for part in (expected, forests))
        assert np.mean(ours_are) > np.mean(good) - 2 * np.std(good, ddof=1)
    assert np.mean(forests) == pytest.approx(cohort.y.mean(), rel=0.05)


def test_every_column_is_drawn_as_often_as_any_other():
    """Roots of columns that say nothing: an uneven draw would show in who is split first."""
    rng = np.random.default_rng(0)
    x = pd.DataFrame(rng.normal(size=(2000, 7)).astype(np.float32)).add_prefix("c")
    y = (rng.random(2000) < 0.2).astype(float)
    model = ForestRisk(ForestSettings(trees=700, min_rows_in_leaf=150, rows_per_tree=0.2))
    roots = np.bincount([tree.nodes[0, 0] for tree in model.fit(x, y).trees_], minlength=7)
    assert roots.min() > 60
    assert roots.max() < 150


def test_leaves_hold_enough_different_rows(cohort):
    model = ForestRisk(ForestSettings(trees=5, min_rows_in_leaf=LEAST, rows_per_tree=1.0))
    model.fit(cohort.x, cohort.y)
    for tree in model.trees_:
        leaves = (tree.nodes[:, 0] < 0).sum()
        # Of n draws with replacement from n rows, 1 - 1/e are different.
        assert 10 < leaves <= len(cohort.y) * (1 - np.exp(-1)) * 1.05 / LEAST


def test_the_same_seed_gives_the_same_bits_and_another_one_others(cohort, later):
    quick = ForestSettings(trees=5, min_rows_in_leaf=LEAST)
    first, again, other = (
        ForestRisk(quick.model_copy(update={"seed": seed})).fit(cohort.x, cohort.y)
        for seed in (0, 0, 1)
    )
    assert (first.predict_proba(later.x) == again.predict_proba(later.x)).all()
    assert (first.predict_proba(later.x) != other.predict_proba(later.x)).any()


def test_columns_without_values_and_constant_ones_are_borne(cohort, later):
    quick = ForestRisk(ForestSettings(trees=20, min_rows_in_leaf=LEAST))
    x = cohort.x.assign(empty=np.float32(np.nan), constant=np.float32(3))
    p = (
        clone(quick)
        .fit(x, cohort.y)
        .predict_proba(later.x.assign(empty=np.float32(5), constant=np.float32(np.nan)))[:, 1]
    )
    assert auroc(later.y, p) > 0.65
    nothing = clone(quick).fit(x[["empty", "constant"]], cohort.y)
    np.testing.assert_allclose(nothing.predict_proba(x)[:, 1], cohort.y.mean(), rtol=0.1)
    assert np.ptp(nothing.predict_proba(x)[:, 1]) == 0
    few = clone(quick).fit(cohort.x.head(30), np.arange(30) % 2)
    assert np.ptp(few.predict_proba(later.x)[:, 1]) == 0


@given(
    st.lists(st.floats(-1e6, 1e6) | st.just(float("nan")), min_size=1, max_size=60),
    st.integers(1, 40),
)
@settings(max_examples=60)
def test_bins_keep_the_order_and_part_different_values_while_they_are_few(numbers, times):
    column = np.repeat(np.array(numbers), times)
    edges = learn_edges([column])
    (bins,) = column_bins([column], len(column), edges).astype(int)
    known = ~np.isnan(column)
    assert (bins[~known] == 0).all()
    assert (bins[known] > 0).all()
    order = np.argsort(column[known], kind="stable")
    assert (np.diff(bins[known][order]) >= 0).all()
    assert len(np.unique(bins[known])) == len(np.unique(column[known]))


def test_many_values_share_bins_of_about_the_same_size():
    column = np.random.default_rng(0).lognormal(size=10_000)
    (bins,) = column_bins([column], len(column), learn_edges([column]))
    sizes = np.bincount(bins)
    assert sizes[0] == 0
    assert len(sizes) == MOST_BINS + 1
    assert sizes[1:].min() >= 38
    assert sizes[1:].max() <= 41
