"""Errors of the register: each as often as it was asked for, and of the kind it says."""

import numpy as np
import pytest

from simulation.observed.answers import UNANSWERED, answers_by_pain
from simulation.observed.register import faithful, keep_register, leave_when_hurt
from simulation.settings.errors import LabelErrorSettings

DAYS = 7


@pytest.fixture(scope="module")
def kept(big_cohort):
    def keep(**errors):
        settings = big_cohort.settings.model_copy(update={"errors": LabelErrorSettings(**errors)})
        rng = np.random.default_rng(1)
        return keep_register(big_cohort.paths.injuries, big_cohort.presence, settings, rng)

    return keep


def keys(register):
    return set(zip(register.runner.tolist(), register.onset.tolist(), strict=True))


def test_without_errors_the_register_is_faithful(big_cohort, kept):
    assert keys(kept()) == keys(faithful(big_cohort.paths.injuries))
    assert (kept().reported == kept().onset).all()
    assert kept().true.all()


def test_missed_injuries_are_not_there_and_the_others_are(big_cohort, kept):
    all_of_them = keys(faithful(big_cohort.paths.injuries))
    found = keys(kept(missed=0.25))
    assert found < all_of_them
    assert 1 - len(found) / len(all_of_them) == pytest.approx(0.25, abs=0.03)


def test_late_onsets_lie_between_the_true_onset_and_the_return(big_cohort, kept):
    truth = kept()
    late = kept(late_onsets=1.0, late_days=4.0)
    assert (late.runner == truth.runner).all()
    lag = late.onset - truth.onset
    assert lag.min() >= 1
    assert lag.mean() == pytest.approx(4, abs=0.5)
    assert (late.onset < late.back).all()
    assert (late.reported == late.onset).all()


def test_late_reports_keep_the_onset_and_come_after_it(kept):
    found = kept(late_reports=0.5, report_days=6.0)
    wait = found.reported - found.onset
    assert (found.onset == kept().onset).all()
    assert (wait > 0).mean() == pytest.approx(0.5, abs=0.05)
    assert wait[wait > 0].mean() == pytest.approx(6, abs=0.7)


def test_false_entries_are_of_days_in_the_team_and_known_to_be_false(big_cohort, kept):
    found = kept(false=0.2)
    first = big_cohort.settings.burn_in_weeks * DAYS
    watched = (big_cohort.paths.injuries.onset >= first).sum()
    assert (~found.true).sum() == pytest.approx(0.2 * watched, rel=0.25)
    runner, day = found.runner[~found.true], found.onset[~found.true] - first
    assert big_cohort.presence.logged[runner, day].all()


def test_merged_injuries_keep_the_first_onset_and_the_last_return(big_cohort, kept):
    truth, found = kept(), kept(merged=1.0, merged_within_days=60.0)
    assert len(found.onset) < len(truth.onset)
    returns = set(zip(truth.runner.tolist(), truth.back.tolist(), strict=True))
    assert set(zip(found.runner.tolist(), found.back.tolist(), strict=True)) <= returns
    # A merge may lose onsets, and never invents one.
    assert keys(found) <= keys(truth)
    order = np.lexsort((found.onset, found.runner))
    same = np.diff(found.runner[order]) == 0
    assert ((found.onset[order][1:] - found.back[order][:-1])[same] > 60).all()


def test_who_leaves_when_hurt_leaves_on_that_day(big_cohort):
    errors = LabelErrorSettings(leaves_when_hurt=1.0)
    settings = big_cohort.settings.model_copy(update={"errors": errors})
    injuries, presence = big_cohort.paths.injuries, big_cohort.presence
    left = leave_when_hurt(presence, injuries, settings, np.random.default_rng(0))
    first = settings.burn_in_weeks * DAYS
    for runner in range(0, 600, 37):
        onsets = injuries.onset[injuries.runner == runner] - first
        inside = onsets[(onsets >= presence.joined[runner]) & (onsets <= presence.left[runner])]
        assert left.left[runner] == min([presence.left[runner], *inside])
        # Whoever left writes nothing any more: a log after it would give the error away.
        assert not left.logged[runner, left.left[runner] + 1 :].any()


def test_answers_that_follow_pain_are_empty_only_where_nothing_hurts(small_cohort):
    answers = small_cohort.answers
    told = answers_by_pain(answers, 1.0, np.random.default_rng(0))
    hurts = (answers.pain > 0).any(axis=2)
    sore = (answers.items["soreness"] > UNANSWERED) & (answers.items["soreness"] <= 3)
    assert (told.pain[hurts | sore] == answers.pain[hurts | sore]).all()
    assert (told.pain[~hurts & ~sore] == UNANSWERED).all()
    assert (told.items["stress"][~hurts & ~sore] == UNANSWERED).all()
