"""Intervals: athletes are resampled, differences are paired."""

import numpy as np
import pytest

from common.errors import StridecastError
from models.evaluation.model_table import MEASURES, TRUTH_MEASURES, compare, evaluate
from models.metrics.intervals import athlete_draws, replicate
from models.metrics.measures import auroc, brier
from models.metrics.resampling import Resampling
from models.settings.evaluation import IntervalSettings

FEW = IntervalSettings(replicates=60)


@pytest.fixture(scope="module")
def found(cohort):
    noisy = np.clip(cohort.truth * np.random.default_rng(0).uniform(0.2, 2, len(cohort.y)), 0, 1)
    models = {
        "risk": cohort.truth,
        "noisy": noisy,
        "oracle": cohort.truth,
        "base_rate": np.full(len(cohort.y), cohort.y.mean()),
    }
    return evaluate(cohort.y, models, cohort.athletes, FEW, cohort.truth)


def cell(table, model, metric):
    (row,) = table[(table["model"] == model) & (table["metric"] == metric)].to_dict("records")
    return row


def test_a_draw_is_a_set_of_athletes(cohort):
    """One replicate, recomputed on rows that are really repeated."""
    labels, measures = {"drawn": cohort.y}, {"auroc": (auroc, "drawn"), "brier": (brier, "drawn")}
    draws = replicate(labels, {"m": cohort.truth}, measures, cohort.athletes, FEW).draws
    names, codes = np.unique(cohort.athletes, return_inverse=True)
    counts = athlete_draws(len(names), FEW)
    assert (counts.sum(axis=1) == len(names)).all()
    rows = np.concatenate(
        [
            np.flatnonzero(codes == a)
            for a in np.repeat(np.arange(len(names)), counts[7].astype(int))
        ]
    )
    assert draws[7, 0, 0] == pytest.approx(auroc(cohort.y[rows], cohort.truth[rows]))
    assert draws[7, 0, 1] == pytest.approx(brier(cohort.y[rows], cohort.truth[rows]))


def test_rows_of_one_athlete_are_no_independent_evidence():
    rng = np.random.default_rng(0)
    rate = np.repeat(rng.choice([0.02, 0.5], 40), 50)  # athletes differ a lot
    y = (rng.random(2000) < rate).astype(float)
    measures = {"mean": (lambda y, p, w: float(w @ y / w.sum()), "drawn")}
    width = {}
    for unit, groups in {"athlete": np.repeat(np.arange(40), 50), "row": np.arange(2000)}.items():
        row = (
            replicate({"drawn": y}, {"m": rate}, measures, groups, IntervalSettings())
            .frame()
            .iloc[0]
        )
        width[unit] = row["high"] - row["low"]
        assert row["low"] < y.mean() < row["high"]
    by_hand = 2 * 1.96 * y.reshape(40, 50).mean(axis=1).std() / np.sqrt(40)
    assert width["athlete"] == pytest.approx(by_hand, rel=0.15)
    assert width["athlete"] > 3 * width["row"]


def test_table_holds_every_measure_of_every_model(found):
    every = [*MEASURES, *TRUTH_MEASURES]
    names = {one for name in every for one in ((name,) if isinstance(name, str) else name)}
    assert set(found.table["metric"]) == {*names, "share_of_oracle", "information_share"}
    assert {"ici", "e50", "e90", "ranking_error_true", "ranking_error_constant"} <= names
    assert set(found.table["model"]) == {"risk", "noisy", "oracle", "base_rate"}
    kept = found.table.dropna()
    assert (kept["low"] <= kept["high"]).all()
    row = cell(found.table, "risk", "auroc")
    assert row["low"] < row["value"] < row["high"]


def test_true_probabilities_score_perfectly_against_the_truth(found):
    assert cell(found.table, "risk", "slope_true")["value"] == pytest.approx(1)
    assert cell(found.table, "risk", "ici_true")["value"] == pytest.approx(0, abs=1e-9)
    assert cell(found.table, "risk", "ranking_error_true")["value"] == pytest.approx(0, abs=1e-9)
    assert cell(found.table, "base_rate", "ranking_error_constant")["value"] == 0
    assert cell(found.table, "risk", "share_of_oracle")["low"] == pytest.approx(1)
    assert cell(found.table, "base_rate", "share_of_oracle")["value"] == pytest.approx(0)
    assert 0.5 < cell(found.table, "noisy", "share_of_oracle")["value"] < 1
    assert cell(found.table, "risk", "information_share")["value"] == pytest.approx(1)
    assert abs(cell(found.table, "base_rate", "information_share")["value"]) < 0.01


def test_undefined_measures_are_none_in_json(found):
    nested = found.nested()
    assert nested["base_rate"]["calibration_slope"] == {"value": None, "low": None, "high": None}
    assert set(nested["risk"]["auroc"]) == {"value", "low", "high"}


def test_same_seed_same_intervals(cohort):
    def table(seed):
        chosen = IntervalSettings(replicates=20, seed=seed)
        return evaluate(cohort.y, {"m": cohort.truth}, cohort.athletes, chosen).table

    assert table(0).equals(table(0))
    assert not table(0).equals(table(1))


def test_differences_are_paired(found):
    gap = cell(found.replicates.differences("risk"), "oracle", "auroc")
    assert gap["value"] == gap["low"] == gap["high"] == 0
    noisy = cell(found.replicates.differences("risk"), "noisy", "auroc")
    alone = cell(found.table, "risk", "auroc")
    assert noisy["value"] > 0
    assert noisy["high"] - noisy["low"] < alone["high"] - alone["low"]


def test_the_error_of_a_difference_is_the_spread_of_the_paired_draws(found):
    replicates = found.replicates
    errors = replicates.standard_errors("risk").set_index(["model", "metric"])["error"]
    names = list(replicates.values.index)
    drawn = replicates.draws[:, :, list(replicates.values.columns).index("auroc")]
    gaps = drawn[:, names.index("risk")] - drawn[:, names.index("noisy")]
    assert errors["noisy", "auroc"] == pytest.approx(gaps.std(ddof=1))
    assert errors["oracle", "auroc"] == 0


def test_better_needs_both_measures_and_one_sure(found):
    verdict = compare(found.replicates, "risk").set_index("against")["better"]
    assert verdict.to_dict() == {"noisy": True, "oracle": False, "base_rate": True}
    assert not compare(found.replicates, "base_rate")["better"].any()


def test_gaps_are_refused_by_name(cohort):
    gappy = np.where(np.arange(len(cohort.y)) < 3, np.nan, cohort.truth)
    with pytest.raises(StridecastError, match="forecast of the model 'm' is missing in 3 of 4800"):
        evaluate(cohort.y, {"m": gappy}, cohort.athletes, FEW)
    with pytest.raises(StridecastError, match="label 'true' is missing in 3 of 4800"):
        evaluate(cohort.y, {"m": cohort.truth}, cohort.athletes, FEW, gappy)


# Student's t of 7 degrees of freedom (2.3646) times sqrt(8 / 7), as a share of the normal: by hand.
SHARE_OF_EIGHT = 0.98853


def test_few_athletes_with_an_event_make_a_wider_interval():
    """Intervals decide promotions: with 8 hurt athletes 95 % takes 98.9 % of the draws."""
    rng = np.random.default_rng(1)
    athletes = np.repeat(np.arange(30), 20)
    y = np.zeros(600)
    y[np.arange(8) * 20] = 1
    p = np.clip(0.1 * y + rng.uniform(0.01, 0.2, 600), 0, 1)
    settings = IntervalSettings(replicates=400)
    measures = {"brier": (brier, "drawn")}
    found = replicate({"drawn": y}, {"m": p}, measures, athletes, settings)
    drawn = found.draws[:, 0, 0]
    row = found.frame().iloc[0]
    tail = (1 - SHARE_OF_EIGHT) / 2
    assert [row["low"], row["high"]] == pytest.approx(
        np.quantile(drawn, [tail, 1 - tail]), rel=1e-4
    )
    assert row["high"] - row["low"] > 1.1 * np.diff(np.quantile(drawn, [0.025, 0.975]))[0]
    assert Resampling.of(y, athletes, settings).level == pytest.approx(SHARE_OF_EIGHT, abs=2e-5)
