"""Answers that were changed after an injury: a week of them is off at once, and stays off.

Somebody who limps is asked once more how tired they were, and all answers of the week before come
out a little worse. Each looks like any other, none is added or missing. What gives them away is the
shape: honest signs grow towards the onset, while answers that were rewritten leave the level of the
days before in one step and stay where the step put them. So, over all injuries, the step at each
possible first day of the rewriting is held against what follows it until the eve, and both against
control days of the same athletes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from features.audits.result import NOT_JUDGED, PASSED, STOPPED, WARNED, Audit, non_blocking
from models.audits.answers import Answers
from models.audits.control_days import control_days, onset_days
from models.audits.gains import Scored, auroc_gain
from models.numeric.tail_probabilities import welch_above
from models.settings.audits import RecordSettings

COLUMNS: Final = ["item", "days", "injuries", "step", "p_value", "share", "gain", "low", "high"]
FIRST_DAYS: Final = (4, 5, 6, 7, 8, 10, 14)
"""How many days before the onset a rewriting may begin."""
BEFORE: Final = 5
"""Days before the step that it is held against."""
_LAGS: Final = max(FIRST_DAYS) + BEFORE
LEAST_EACH: Final = 2
USUAL: Final = 0.9
"""An injury bears the trace if its step is larger than this share of those at other days."""


@dataclass(frozen=True, eq=False)
class Steps:
    """Step and rise of each day's answers at one possible first day; nan where too few are known.

    Parameters
    ----------
    step : ndarray of shape (n,)
        Mean of the first half of the days in question less that of the days before them.
    rise : ndarray of shape (n,)
        Mean of the second half less that of the first: what honest signs still add.
    """

    step: Floats
    rise: Floats

    @classmethod
    def of(cls, answers: Floats, days: int) -> "Steps":
        """Return them from answers by lag, shape (n, lags), the eve first."""
        half = days // 2
        start = _mean(answers[:, half:days], LEAST_EACH)
        step = start - _mean(answers[:, days : days + BEFORE], LEAST_EACH)
        return cls(step, _mean(answers[:, :half], LEAST_EACH) - start)


@dataclass(frozen=True, eq=False)
class _Found:
    item: str
    days: int
    steps: Floats
    share: float
    p_value: float
    marked: np.ndarray


def audit_changed_answers(
    tables: Mapping[str, pd.DataFrame],
    new_injuries: pd.DataFrame,
    scored: Scored,
    settings: RecordSettings | None = None,
    answers: Answers | None = None,
) -> Audit:
    """Look for answers that leave their level in one step before injuries, and stay there.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract.
    new_injuries : pandas.DataFrame
        Athlete and onset_date of the outcome's new injuries.
    scored : Scored
        Rows with a quick model's scores.
    settings : RecordSettings, optional
        None takes the defaults; `lowest_p` is divided by the number of items and days tried.
    answers : Answers, optional
        Of the table `wellness`, where they were numbered for another outcome.

    Returns
    -------
    Audit
        One row: the clearest step.
    """
    settings = settings or RecordSettings()
    empty = pd.DataFrame(columns=COLUMNS)
    answers = answers or Answers(tables["wellness"])
    if answers.is_empty:
        return non_blocking("there is no answer in numbers: nothing to give away.", empty)
    onsets = onset_days(new_injuries, tables["athletes"])
    # Days of the same athletes: how high somebody answers as a rule cancels.
    others = control_days(onsets, tables["injuries"], tables["athletes"])
    tried = list(_tried(answers, onsets, others, settings.least_injuries))
    if not tried:
        sentence = (
            f"answers are known before fewer than {settings.least_injuries} injuries, or before "
            "too few other days to compare with."
        )
        return non_blocking(sentence, empty, NOT_JUDGED)
    best = min(tried, key=lambda test: test.p_value)
    return _verdict(best, onsets, len(tried), scored, settings)


def _tried(
    answers: Answers, onsets: pd.DataFrame, others: pd.DataFrame, least: int
) -> Iterator[_Found]:
    """Return the test of each item at each possible first day."""
    places = [answers.places(days, _LAGS) for days in (onsets, others)]
    for item in answers.items:
        hurt, usual = (answers.at(of_days, item) for of_days in places)
        for days in FIRST_DAYS:
            at, other = Steps.of(hurt, days), Steps.of(usual, days)
            # Only where both halves are answered; the comparison of step and rise needs the same
            # days.
            known = np.isfinite(at.step - at.rise), np.isfinite(other.step - other.rise)
            if min(int(mask.sum()) for mask in known) >= least:
                yield _tested(item, days, at, other)


def _tested(item: str, days: int, at: Steps, other: Steps) -> _Found:
    """Test that the step is there, and that it is more than what follows it."""
    sign = np.sign(np.nanmean(at.step) - np.nanmean(other.step)) or 1.0
    excess = [
        welch_above(sign * at.step, sign * other.step),
        # A straight line through all days has as much of one as of the other.
        welch_above(sign * (at.step - at.rise), sign * (other.step - other.rise)),
    ]
    limit = np.nanquantile(sign * other.step, USUAL)
    marked = sign * at.step > limit
    known = np.isfinite(at.step)
    # Both tests have to hold, so the weaker one counts: a step alone may begin an honest rise.
    return _Found(item, days, at.step, float(marked[known].mean()), max(excess), marked)


def _mean(values: Floats, least: int) -> Floats:
    known = np.isfinite(values)
    total = np.where(known, values, 0.0).sum(axis=1)
    number = known.sum(axis=1)
    return np.asarray(np.where(number >= least, total / np.maximum(number, 1), np.nan))


def _verdict(
    best: _Found, onsets: pd.DataFrame, tried: int, scored: Scored, settings: RecordSettings
) -> Audit:
    gain = auroc_gain(scored, onsets[best.marked], settings.replicates, settings.seed)
    number, step = int(np.isfinite(best.steps).sum()), float(np.nanmean(best.steps))
    row = (best.item, best.days, number, step, best.p_value, best.share, *gain)
    table = pd.DataFrame([row], columns=COLUMNS)
    finding = (
        f"{best.item} changes by {step:+.2f} at once {best.days} days before {number} injuries, "
        "the most of all answers"
    )
    # Bonferroni: with many items and first days the smallest p-value is small by chance.
    if best.p_value * tried >= settings.lowest_p:
        return non_blocking(f"{finding}: no more than chance.", table, PASSED)
    stops = bool(gain[1] > settings.highest_gain)
    sentence = (
        f"{finding}, and stays there: honest signs grow towards an injury, so these answers look "
        f"changed after it; likely gain in AUROC {gain[0]:+.3f} ({gain[1]:+.3f} to {gain[2]:+.3f}),"
        f" {'surely' if stops else 'not surely'} above {settings.highest_gain:g}: keep what was "
        f"answered in time, or leave the item out (train.without)."
    )
    return Audit(not stops, sentence, table, STOPPED if stops else WARNED)
