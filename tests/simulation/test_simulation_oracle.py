"""The yardstick itself: calibrated, not better than the truth, better than chance."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from simulation.cohort import simulate


def auroc_soft(truth, score):
    """AUROC with fractional labels: each row is `truth` of a case and `1 - truth` of a control."""
    order = np.argsort(score, kind="stable")
    case, control = truth[order], 1 - truth[order]
    before = np.cumsum(control) - control / 2
    return (case * before).sum() / (case.sum() * control.sum())


def slope(outcome, probability):
    logit = np.log(probability / (1 - probability))
    fit = sm.GLM(outcome, sm.add_constant(logit), family=sm.families.Binomial()).fit()
    return fit.params[1], fit.bse[1]


@pytest.fixture(scope="module")
def rows(big_cohort):
    """Truth at risk, with what was drawn in the seven days after."""
    settings, injuries = big_cohort.settings, big_cohort.paths.injuries
    truth = big_cohort.truth[big_cohort.truth["at_risk"]].reset_index(drop=True)
    onset = np.zeros((*big_cohort.paths.km.shape, 2), dtype=bool)
    onset[injuries.runner, injuries.onset, injuries.region] = True
    runner = truth["athlete"].str[1:].astype(int).to_numpy() - 1
    day = (
        truth["date"] - pd.Timestamp(settings.start)
    ).dt.days.to_numpy() + settings.burn_in_weeks * 7
    week = onset[runner[:, None], day[:, None] + np.arange(1, 8)]
    return truth.assign(
        any=week.any(axis=(1, 2)).astype(float), knee=week[:, :, 0].any(axis=1).astype(float)
    )


@pytest.mark.parametrize("outcome", ["any", "knee"])
@pytest.mark.parametrize("kind", ["full", "observable"])
def test_probabilities_are_calibrated_against_what_was_drawn(rows, outcome, kind):
    p = rows[f"p_{outcome}_{kind}"].to_numpy()
    drawn = rows[outcome].to_numpy()
    # frailty, tissue and plan of 600 runners are themselves luck: not Poisson error alone
    assert drawn.sum() == pytest.approx(p.sum(), rel=0.12)
    possible = p > 1e-5
    found, error = slope(drawn[possible], p[possible])
    assert abs(found - 1) < 3 * error


@pytest.mark.parametrize("outcome", ["any", "knee"])
def test_the_oracle_is_the_mean_of_the_truth_where_it_says_so(rows, outcome):
    full, seen = rows[f"p_{outcome}_full"].to_numpy(), rows[f"p_{outcome}_observable"].to_numpy()
    decile = np.searchsorted(np.quantile(seen, np.arange(0.1, 1, 0.1)), seen)
    means = pd.DataFrame({"full": full, "seen": seen}).groupby(decile).mean()
    # the lowest tenth of 16 imagined weeks is chosen by their luck, too: hence the absolute part
    assert means["full"].to_numpy() == pytest.approx(means["seen"].to_numpy(), rel=0.15, abs=0.0008)
    # few imagined weeks flatten the slope a little
    assert slope(full[seen > 1e-5], seen[seen > 1e-5])[0] == pytest.approx(1, abs=0.08)


@pytest.mark.parametrize("outcome", ["any", "knee"])
def test_full_knowledge_beats_the_oracle_beats_chance(rows, outcome):
    full, seen = rows[f"p_{outcome}_full"].to_numpy(), rows[f"p_{outcome}_observable"].to_numpy()
    assert 0.70 < auroc_soft(full, seen) < 0.81
    assert auroc_soft(full, full) > auroc_soft(full, seen) + 0.02


def test_more_imagined_weeks_change_no_file_and_no_truth_but_the_oracle(
    small_settings, small_cohort
):
    finer = small_settings.oracle.model_copy(update={"draws": 6})
    other = simulate(small_settings.model_copy(update={"oracle": finer}))
    same = ["athlete", "date", "at_risk", "p_any_full", "p_knee_full"]
    pd.testing.assert_frame_equal(other.truth[same], small_cohort.truth[same])
    assert not other.truth["p_any_observable"].equals(small_cohort.truth["p_any_observable"])
    assert np.array_equal(other.recordings.km, small_cohort.recordings.km, equal_nan=True)
