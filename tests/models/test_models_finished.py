"""A finished model: its explanation, its files and its sample size."""

import json

import numpy as np
import pytest

from common.errors import StridecastError
from models.explanation.contributions import explain
from models.metrics.sample_size import cox_snell_r2, needed_rows, sample_size
from models.store.artifact import Provenance, load, save
from models.store.model_facts import FACTS_FILE, MODEL_FILE

PROVENANCE = Provenance(
    outcome="any",
    dataset="demo",
    simulated=True,
    horizon_days=7,
    lead_days=0,
    rows=4800,
    events=400,
    athletes=120,
    trained_from="2023-01-01",
    trained_to="2023-10-01",
)


def test_contributions_sum_to_the_calibrated_log_odds(fitted, later, entries):
    found = explain(fitted, later.x.head(300), entries)
    log_odds = fitted.decision_function(later.x.head(300))
    np.testing.assert_allclose(
        found.contributions.sum(axis=1) + found.base_value, log_odds, atol=1e-10
    )
    np.testing.assert_allclose(
        found.by_block().sum(axis=1) + found.base_value, log_odds, atol=1e-10
    )
    assert list(found.by_block().columns) == ["load", "recovery", "history"]
    assert found.contributions.index.equals(later.x.head(300).index)


def test_tables_rank_what_matters(fitted, later, entries):
    found = explain(fitted, later.x.head(500), entries)
    table = found.feature_table()
    assert table["feature"].head(2).tolist() == ["spike", "sleep"]
    assert table["block"].head(2).tolist() == ["load", "recovery"]
    spike = found.contributions["spike"]
    assert table.loc[0, "mean_abs_log_odds"] == pytest.approx(spike.abs().mean())
    blocks = found.block_table().set_index("block")["mean_abs_log_odds"]
    load_sum = found.contributions[["spike", "volume", "noise_a", "noise_b"]].sum(axis=1)
    assert blocks["load"] == pytest.approx(load_sum.abs().mean())


def test_a_feature_without_an_entry_is_named(fitted, later, entries):
    with pytest.raises(StridecastError, match="no catalogue entry for the feature 'spike'"):
        explain(fitted, later.x, entries[1:])


def test_a_saved_model_says_the_same(fitted, later, tmp_path):
    written = save(fitted, PROVENANCE, tmp_path / "model")
    model, facts = load(tmp_path / "model")
    assert facts == written
    assert facts.simulated
    assert (model.decision_function(later.x) == fitted.decision_function(later.x)).all()
    assert (model.contributions(later.x[:50]) == fitted.contributions(later.x[:50])).all()
    assert model.get_params()["monotone"] == {"spike": 1, "sleep": -1}
    assert sorted(p.name for p in (tmp_path / "model").iterdir()) == [FACTS_FILE, MODEL_FILE]


def test_a_model_that_was_tampered_with_is_refused(fitted, tmp_path):
    save(fitted, PROVENANCE, tmp_path)
    text = (tmp_path / MODEL_FILE).read_text()
    # A blank that LightGBM would read over.
    (tmp_path / MODEL_FILE).write_text(text.replace("Tree=0", "Tree=0 "))
    with pytest.raises(
        StridecastError, match=r"model.txt: not the model that model.json describes"
    ):
        load(tmp_path)


def test_damaged_facts_are_named(fitted, tmp_path):
    save(fitted, PROVENANCE, tmp_path)
    facts = json.loads((tmp_path / FACTS_FILE).read_text())
    (tmp_path / FACTS_FILE).write_text(json.dumps(facts | {"horizon_days": "soon"}))
    with pytest.raises(StridecastError, match=r"model.json: horizon_days: Input should be"):
        load(tmp_path)
    (tmp_path / FACTS_FILE).unlink()
    with pytest.raises(StridecastError, match=r"model.json: not found"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("c", "parameters", "rows", "events"),
    [(0.70, 20, 16_900, 338), (0.70, 40, 33_800, 677), (0.65, 40, 61_800, 1_237)],
)
def test_riley_figures_of_the_science_sheet(c, parameters, rows, events):
    found = needed_rows(parameters, 0.02, c)
    # The sheet gives rounded figures.
    assert found == pytest.approx(rows, rel=0.02)
    assert found * 0.02 == pytest.approx(events, rel=0.02)


def test_cox_snell_r2_agrees_with_a_simulation_as_in_riley_2021():
    rng = np.random.default_rng(0)
    y = (np.arange(2_000_000) < 200_000).astype(float)
    score = rng.normal(size=len(y)) + y * np.sqrt(2) * 0.5244005  # c = 0.70
    base = np.log(0.1 / 0.9) - np.sqrt(2) ** 2 * 0.5244005**2 / 2
    log_odds = base + np.sqrt(2) * 0.5244005 * score
    gain = np.mean(y * log_odds - np.logaddexp(0, log_odds)) - (
        0.1 * np.log(0.1) + 0.9 * np.log(0.9)
    )
    assert cox_snell_r2(0.70, 0.1) == pytest.approx(1 - np.exp(-2 * gain), rel=0.02)


def test_sample_size_verdict():
    short = sample_size(rows=10_000, events=200, parameters=40)
    assert not short.is_enough
    assert short.affordable_parameters == int(10_000 / (needed_rows(1000, 0.02, 0.7) / 1000))
    assert "10,000 rows with 200 events are too few for 40 parameters" in short.sentence()
    assert sample_size(rows=40_000, events=800, parameters=40).is_enough
    assert sample_size(10_000, 200, short.affordable_parameters).is_enough
    # One parameter more is one too many, or the figure would not be the limit.
    assert not sample_size(10_000, 200, short.affordable_parameters + 1).is_enough


@pytest.mark.parametrize(("rows", "events"), [(0, 0), (10, 0), (10, 10)])
def test_sample_size_needs_both_classes(rows, events):
    with pytest.raises(ValueError, match="prevalence"):
        sample_size(rows, events, 5)
