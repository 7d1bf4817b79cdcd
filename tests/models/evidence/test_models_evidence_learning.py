"""Learning from a team: the posterior against an independent optimum, and what moves when."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize

from models.evidence.columns import Columns
from models.evidence.gaussian import Gaussian
from models.evidence.model import EvidenceModel
from models.evidence.posterior import laplace, share_likelihood


def cohort(athletes, weeks, log_rate=-3.6, sleep=0.0, seed=0):
    """Rows of runners whose weekly hazard is known: level and sleep alone."""
    rng = np.random.default_rng(seed)
    quality = np.repeat(rng.uniform(0.1, 0.9, athletes), weeks)
    hazard = np.exp(log_rate + sleep * (2.4 - 4 * quality))
    event = (rng.random(athletes * weeks) < -np.expm1(-hazard)).astype(float)
    knee = event * (rng.random(athletes * weeks) < 0.5)
    rows = pd.DataFrame(
        {
            "athlete": np.repeat([f"a{i}" for i in range(athletes)], weeks),
            "hours_28d": 10.0,
            "hours_7d": 2.5,
            "usual_hours_week": 2.5,
            "sleep_quality_own": quality,
        }
    )
    return rows, pd.Series(event), pd.Series(knee)


def learnt(outcome="any", **kind):
    rows, event, knee = cohort(**kind)
    return EvidenceModel.published(outcome).updated(rows, event, knee, rows["athlete"]), rows


def coefficient(model, name):
    at = model.hazard.names.index(name)
    return model.hazard.mean[at], np.sqrt(model.hazard.covariance[at, at])


def test_the_mode_is_the_one_that_a_general_optimiser_finds():
    rng = np.random.default_rng(3)
    x, y = rng.standard_normal((60, 2)), (rng.random(60) < 0.4).astype(float)
    prior = Gaussian(("a", "b", "c"), np.array([0.1, -0.2, 0.3]), np.diag([1.0, 0.5, 0.2]))
    found = laplace(prior, share_likelihood(x, y))

    def objective(at):
        value, _, _ = share_likelihood(x, y)(at)
        apart = at - prior.mean
        return -value + apart @ np.linalg.inv(prior.covariance) @ apart / 2

    # Another method on the same sum: what both find is no fault of one of them.
    best = minimize(objective, prior.mean, method="BFGS", options={"gtol": 1e-9})
    assert found.mean == pytest.approx(best.x, abs=1e-5)


def test_the_hazards_gradient_is_its_derivative():
    rows, _event, _ = cohort(20, 30, seed=1)
    rows = rows.assign(
        injuries_on_record=2.0, weeks_at_risk_on_record=80.0, hours_week_on_record=3.0,
        level_code=0.0,
    )  # fmt: skip
    model = EvidenceModel.published()
    hazard = model.hazard_of(Columns(rows.iloc[:5]))
    at = model.hazard.mean
    steps = np.eye(len(at)) * 1e-6
    # Central differences, whose error is far below the tolerance of 1e-6.
    numeric = np.stack(
        [(hazard.log_hazard(at + s) - hazard.log_hazard(at - s)) / 2e-6 for s in steps], axis=1
    )
    assert hazard.jacobian(at) == pytest.approx(numeric, abs=1e-6)


def test_the_first_injury_moves_the_level():
    rows, _event, _knee = cohort(10, 20)
    none, one = pd.Series(np.zeros(len(rows))), pd.Series(np.zeros(len(rows)))
    # One injury in 200 weeks.
    one.iloc[7] = 1.0
    model = EvidenceModel.published()
    without = model.updated(rows, none, none, rows["athlete"])
    with_one = model.updated(rows, one, none, rows["athlete"])
    assert coefficient(without, "level")[0] < coefficient(with_one, "level")[0]
    assert with_one.counts.events == 1


def test_the_level_is_learnt_before_the_slopes():
    model, _ = learnt(athletes=30, weeks=60, log_rate=-2.5)
    before = EvidenceModel.published()
    gone = {
        name: 1 - (coefficient(model, name)[1] / coefficient(before, name)[1]) ** 2
        for name in ("level", "sleep_usual", "body_mass_index")
    }
    assert gone["level"] > gone["sleep_usual"] > gone["body_mass_index"]


@pytest.mark.parametrize("effect", [0.0, 0.6])
def test_many_injuries_overrule_the_published_slope(effect):
    model, _ = learnt(athletes=300, weeks=100, log_rate=-3.0, sleep=effect)
    mean, sd = coefficient(model, "sleep_usual")
    assert abs(mean - effect) < 3 * sd
    assert sd < 0.06


def test_evidence_gives_way_as_injuries_come_in():
    shares = []
    for athletes in (5, 50, 400):
        model, rows = learnt(athletes=athletes, weeks=52)
        shares.append(model.share_from_evidence(rows))
    assert 1 > shares[0] > shares[1] > shares[2] > 0
    assert EvidenceModel.published().share_from_evidence(rows) == pytest.approx(1.0)


def test_the_knees_share_is_learnt_from_injuries_alone():
    model, _ = learnt("knee", athletes=300, weeks=100, log_rate=-3.0)
    share = 1 / (1 + np.exp(-model.share.mean[0]))
    # The cohort draws half of its injuries in the knee.
    assert share == pytest.approx(0.5, abs=0.04)
    any_, _ = learnt("any", athletes=300, weeks=100, log_rate=-3.0)
    assert model.hazard.mean == pytest.approx(any_.hazard.mean)


def test_weeks_without_an_injury_lower_the_forecast_and_never_to_nothing():
    rows, _, _ = cohort(20, 100)
    nobody = pd.Series(np.zeros(len(rows)))
    model = EvidenceModel.published().updated(rows, nobody, nobody, rows["athlete"])
    p = model.predict_proba(rows)[:, 1]
    assert 0 < p.mean() < EvidenceModel.published().predict_proba(rows)[:, 1].mean()


def test_a_column_that_is_always_unknown_changes_nothing():
    rows, event, knee = cohort(20, 50)
    model = EvidenceModel.published()
    plain = model.updated(rows, event, knee, rows["athlete"])
    padded = model.updated(rows.assign(shoe_km=np.nan), event, knee, rows["athlete"])
    assert padded.hazard.mean == pytest.approx(plain.hazard.mean)


def test_measures_that_devices_move_are_centred_on_the_team():
    rows, event, knee = cohort(20, 30)
    strong = rows.assign(knee_extension_n_kg=12.0)
    model = EvidenceModel.published().updated(strong, event, knee, rows["athlete"])
    # 150 rows are five athletes, too few for a centre of their own.
    few = EvidenceModel.published().updated(
        strong.iloc[:150], event.iloc[:150], knee.iloc[:150], rows["athlete"].iloc[:150]
    )
    at = [term.name for term in model.scaling.terms].index("knee_extension")
    assert model.scaling.centres[at] == pytest.approx(12.0)
    assert few.scaling.centres[at] == pytest.approx(4.5)
