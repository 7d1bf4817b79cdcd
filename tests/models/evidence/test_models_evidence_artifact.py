"""Evidence with trees as files: what is written, what is refused, what needs no project."""

import json
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from common.errors import StridecastError
from features.catalogue.core import core
from features.matrix import catalogue
from models.estimators.booster_calibration import Calibration
from models.estimators.evidence_risk import EvidenceRisk
from models.evidence.reads import features_read, stand_in
from models.evidence.terms import TERMS
from models.explanation.contributions import explain
from models.explanation.reason_stability import reason_stability
from models.settings.risk import RiskSettings
from models.store.artifact import Provenance, load_any, save
from models.store.import_closure import copy_closure
from models.store.model_facts import EVIDENCE_FILE, FACTS_FILE, RANGE_FILE, RESIDUAL_FILE
from models.store.recalibration import recalibrated
from models.store.tracking_model import SERVED, SERVED_OWN

SETTINGS = RiskSettings(trees=40, min_data_in_leaf=50, calibration_folds=4, range_replicates=4)


def cohort(outcome, effect, athletes=80, weeks=40, seed=3):
    """Weeks with a sign before injuries; its name is that of a feature no study is about."""
    rng = np.random.default_rng(seed)
    n = athletes * weeks
    sign = rng.standard_normal(n)
    related = (rng.random(n) < expit(-3.0 + effect * sign)).astype(float)
    x = pd.DataFrame(
        {
            "usual_hours_week": rng.uniform(1, 6, n),
            "longest_run_spike": rng.uniform(0.5, 2, n),
            "knee_extension_n_kg": rng.normal(5, 1, n),
            "lab_cadence_spm": rng.normal(170, 8, n),
            "knee_pain_max_7d": rng.integers(0, 4, n).astype(float),
            "vertical_ratio_28d_pct": sign,
        }
    )
    event = related if outcome == "any" else related * (rng.random(n) < 0.4)
    who = np.repeat(np.arange(athletes), weeks)
    dates = pd.Series(np.tile(pd.date_range("2024-01-07", periods=weeks, freq="7D"), athletes))
    return x, event, related, who, dates


@pytest.fixture(scope="module", params=[("any", 1.5), ("any", 0.0), ("knee", 1.5)])
def fitted(request):
    outcome, effect = request.param
    x, event, related, who, dates = cohort(outcome, effect)
    model = EvidenceRisk(outcome, SETTINGS).fit(x, event, who, dates=dates, related=related)
    return model.fit_range(x, event, who), x


def provenance(outcome):
    return Provenance(
        outcome=outcome, dataset="demo", simulated=True, horizon_days=7, lead_days=0, rows=3200,
        events=100, athletes=80, trained_from="2024-01-07", trained_to="2024-10-01",
    )  # fmt: skip


def test_a_saved_model_says_the_same(fitted, tmp_path):
    model, x = fitted
    facts = save(model, provenance(model.outcome), tmp_path)
    again, read = load_any(tmp_path)
    assert read == facts
    assert facts.kind == "evidence"
    names = {path.name for path in tmp_path.iterdir()}
    trees = {RANGE_FILE} if model.has_trees else set()
    assert names == {FACTS_FILE, EVIDENCE_FILE, RESIDUAL_FILE} | trees
    assert again.decision_function(x) == pytest.approx(model.decision_function(x), abs=1e-8)
    assert again.contributions(x) == pytest.approx(model.contributions(x), abs=1e-8)
    for mine, theirs in zip(model.range_(x), again.range_(x), strict=True):
        assert theirs == pytest.approx(mine, abs=1e-8)


def test_contributions_of_the_reread_model_sum_to_its_calibrated_log_odds(fitted, tmp_path):
    model, x = fitted
    save(model, provenance(model.outcome), tmp_path)
    again, _ = load_any(tmp_path)
    entries = [f for f in catalogue() if f.name in x.columns]
    found = explain(again, x.head(40), entries)
    total = found.contributions.sum(axis=1) + found.base_value
    assert total.to_numpy() == pytest.approx(again.decision_function(x.head(40)), abs=1e-9)


@pytest.mark.parametrize("name", [EVIDENCE_FILE, RESIDUAL_FILE])
def test_a_file_that_was_changed_is_refused(fitted, tmp_path, name):
    model, _ = fitted
    save(model, provenance(model.outcome), tmp_path)
    path = tmp_path / name
    # A blank at the end changes no number: only the digest can see it.
    path.write_text(path.read_text() + " ")
    with pytest.raises(StridecastError, match=f"{name}: not the model that model.json describes"):
        load_any(tmp_path)


def test_no_row_name_or_date_is_in_the_files(fitted, tmp_path):
    model, x = fitted
    save(model, provenance(model.outcome), tmp_path)
    content = json.loads((tmp_path / EVIDENCE_FILE).read_text())
    assert content["evidence"]["counts"]["rows"] == len(x)
    # A model may leave the club: days of single weeks would point at people.
    assert "2024-" not in (tmp_path / EVIDENCE_FILE).read_text()


def test_it_reads_its_own_columns_alone(fitted):
    model, x = fitted
    # Columns that the evidence could read, but that were not there when it was fitted.
    more = x.assign(injuries_on_record=9.0, weeks_at_risk_on_record=5.0, other=1.0)
    assert model.decision_function(more) == pytest.approx(model.decision_function(x), abs=0)
    with pytest.raises(StridecastError, match="lacks 1 of 6 columns: longest_run_spike"):
        model.decision_function(x.drop(columns="longest_run_spike"))


def test_recalibrating_moves_log_odds_and_contributions_alike(fitted):
    model, x = fitted
    found = recalibrated(model, Calibration(0.3, 0.8), 0.05)
    expected = 0.3 + 0.8 * model.decision_function(x)
    assert found.decision_function(x) == pytest.approx(expected)
    assert found.contributions(x).sum(axis=1) == pytest.approx(expected)
    assert found.base_rate_ == 0.05


def test_the_range_holds_the_forecast_and_the_refits_agree_with_it(fitted):
    model, x = fitted
    low, high = model.range_(x)
    p = model.predict_proba(x)[:, 1]
    assert ((low < p) & (p < high)).all()
    table = reason_stability(model, x.head(60), {name: name for name in x.columns})
    assert table.set_index("measure").loc["rank_correlation", "value"] > 0.5


def test_served_code_and_files_need_no_project(fitted, tmp_path):
    model, x = fitted
    save(model, provenance(model.outcome), tmp_path)
    copy_closure(SERVED, tmp_path / "code")
    x.head(5).to_json(tmp_path / "rows.json", orient="split")
    script = (
        f"import sys, json; sys.path.insert(0, {str(tmp_path / 'code')!r})\n"
        "import pandas as pd, models\n"
        "from pathlib import Path\n"
        "from models.store.stack_files import revived_stack\n"
        f"here = Path({str(tmp_path)!r})\n"
        "found = json.loads((here / 'evidence.json').read_text())\n"
        "stack = revived_stack(found, (here / 'residual.txt').read_text())\n"
        "rows = pd.read_json(here / 'rows.json', orient='split').astype(float)\n"
        "print(json.dumps([models.__file__, stack.probability(rows).tolist()]))\n"
    )
    # Isolated, so that the packages of this project cannot be found by accident.
    told = subprocess.run(
        [sys.executable, "-I", "-c", script], capture_output=True, text=True, check=True
    ).stdout
    place, answered = json.loads(told)
    assert place.startswith(str(tmp_path))
    assert answered == pytest.approx(model.predict_proba(x.head(5))[:, 1], abs=1e-8)


@pytest.mark.parametrize(
    "block",
    [
        "def f():\n  async def g():\n    {}",
        "class A:\n  if x:\n    pass\n  else:\n    {}",
        "try:\n  pass\nexcept OSError:\n  {}",
        "try:\n  pass\nfinally:\n  with a:\n    {}",
        "for i in x:\n  pass\nelse:\n  {}",
        "match x:\n  case 1:\n    {}",
    ],
)
def test_an_import_at_any_depth_is_copied(tmp_path, block):
    own = tmp_path / "own.py"
    own.write_text(block.format("from features.catalogue.core import CORE") + "\n")
    copy_closure(SERVED_OWN, tmp_path / "code", also_for=own)
    assert (tmp_path / "code" / "features" / "catalogue" / "core.py").is_file()


def test_what_is_read_is_found_by_asking():
    assert {"hours_28d", "usual_hours_week", "injuries_on_record", "sex_code"} <= features_read()
    step_rate = next(term for term in TERMS if term.name == "step_rate")
    assert stand_in(step_rate, ["lab_cadence_spm"]) == "lab_cadence_spm"
    assert stand_in(step_rate, ["lab_cadence_spm", "cadence_28d_spm"]) == "cadence_28d_spm"


@pytest.mark.parametrize("outcome", ["any", "knee"])
def test_the_core_holds_strength_and_gait_and_knows_only_features(outcome):
    blocks = {f.name: f.block for f in catalogue()}
    assert core(outcome) <= set(blocks)
    assert {"strength", "gait", "load", "recovery", "history"} <= {blocks[n] for n in core(outcome)}


def test_a_usual_week_is_calibrated_like_every_other(fitted):
    model, x = fitted
    spiked = x.assign(longest_run_spike=1.5)
    calm = x.assign(longest_run_spike=1.0)
    usual = model.stack_.usual_probability(spiked)
    assert usual == pytest.approx(model.stack_.usual_probability(calm), rel=0.5)
    if not model.has_trees:
        assert usual == pytest.approx(model.stack_.usual_probability(calm))
        assert (usual < model.predict_proba(spiked)[:, 1]).all()
