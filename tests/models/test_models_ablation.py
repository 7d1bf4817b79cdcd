"""Blocks in the declared order; a gain is what the paired rule says, and no gain is told."""

import numpy as np
import pytest
from scipy.special import expit

from models.evaluation.ablation import GAIN, LOSS, NO_GAIN, ablation, ablation_sentences, steps
from models.evaluation.model_table import compare, evaluate
from models.metrics.measures import auroc, brier
from models.numeric.weighted_logistic import logit
from models.settings.evaluation import IntervalSettings


@pytest.fixture(scope="module")
def found(cohort):
    rng = np.random.default_rng(0)
    eta = logit(cohort.truth)
    mean = eta.mean()
    # Weak, the truth itself, the truth with hardly any noise, and spoilt: a gain, no gain, a loss.
    models = {
        "load": expit(mean + 0.4 * (eta - mean) + rng.normal(0, 0.3, len(eta))),
        "recovery": expit(eta),
        "history": expit(eta + rng.normal(0, 0.005, len(eta))),
        "gait": expit(eta + rng.normal(0, 1.5, len(eta))),
    }
    return models, evaluate(cohort.y, models, cohort.athletes, IntervalSettings(replicates=100))


def test_steps_add_blocks_in_the_declared_order_whatever_the_catalogues(new_entry):
    entries = [new_entry("a", "gait"), new_entry("b", "load"), new_entry("c", "history")]
    assert {block: [f.name for f in kept] for block, kept in steps(entries).items()} == {
        "load": ["b"],
        "history": ["b", "c"],
        "gait": ["a", "b", "c"],
    }


def test_each_step_is_held_against_the_one_before(found, cohort):
    models, evaluation = found
    sizes = {"load": 4, "recovery": 6, "history": 9, "gait": 12}
    table = ablation(evaluation.replicates, sizes, ("calibration_slope",)).set_index("added")
    assert table["verdict"].tolist() == ["", GAIN, NO_GAIN, LOSS]
    assert table["features"].to_dict() == sizes
    for name, p in models.items():
        assert table.loc[name, "auroc"] == pytest.approx(auroc(cohort.y, p))
    gain = auroc(cohort.y, models["recovery"]) - auroc(cohort.y, models["load"])
    assert table.loc["recovery", "auroc_gain"] == pytest.approx(gain)
    lower = brier(cohort.y, models["recovery"]) - brier(cohort.y, models["gait"])
    paired = compare(evaluation.replicates, "gait").set_index("against")
    assert paired.loc["recovery", "brier_gain"] == pytest.approx(lower)
    assert table.loc["load"].filter(like="gain").isna().all()
    assert table.loc["gait", "auroc_high"] < 0


def test_no_gain_is_a_sentence_of_its_own(found):
    sizes = dict.fromkeys(found[0], 1)
    told = ablation_sentences(ablation(found[1].replicates, sizes))
    # The first block has none before it.
    assert len(told) == 3
    assert told[0].startswith("+ recovery: gain; AUROC +0.")
    assert told[1].startswith("+ injury history: no gain; AUROC ")
    assert told[2].startswith("+ gait: loss; AUROC -0.")
