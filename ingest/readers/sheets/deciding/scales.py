"""Which answer is worst and which best: stated, told by hand, or asked; never guessed."""

from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

from common.arrays import Floats
from ingest.dataset.settings import DatasetConfig, SheetScale
from ingest.readers.sheets.words.folding import plain
from ingest.readers.sheets.words.phrases import Phrases
from ingest.readers.sheets.words.stated_scale import BURDENS, Stated, stated_scale

FORMS: Final = ((0, 1), (1, 5), (0, 5), (1, 7), (0, 7), (1, 10), (0, 10), (0, 100))
"""Scales in use, the shortest first."""
_FRESH: Final = Phrases(
    {
        "fresh": "energy|freshness|how fresh*|energie|frische|wie frisch*|fraicheur|energia|"
        "frisheid|fitheid|energi|pigghet|hur pigg*|overskudd|friskhed|overskud|"
        "udhvilet|uthvilt|utvilad|hvor frisk*|rested|calm|ruhe"
    }
)
_LONGEST_SHORT: Final = 10
# A slip of the finger now and then does not make another scale.
_OUTSIDE: Final = 0.02
_FEWEST_BEFORE: Final = 6
_BY_CHANCE: Final = 0.0032
_MOST_ALIKE: Final = 0.95
_FEWEST_BEFORE_STATED: Final = 20
_FEWEST_AFTER: Final = 5
_SHARE_AFTER: Final = 0.25


class Period(NamedTuple):
    """A scale and the days on which it holds; both ends are included, None is open."""

    worst: float
    best: float
    first: date | None = None
    last: date | None = None


class Decision(NamedTuple):
    """What is known of an item's scale.

    Parameters
    ----------
    periods : tuple of Period
        Empty where it has to be asked.
    proposed : tuple of Period
        What is proposed, where it has to be asked.
    why : str
        Why it has to be asked: direction, change, outside, or empty.
    """

    periods: tuple[Period, ...] = ()
    proposed: tuple[Period, ...] = ()
    why: str = ""


def decide_scale(
    item: str,
    heading: str,
    values: Floats,
    days: pd.Series,
    scales: Sequence[SheetScale],
    config: DatasetConfig,
) -> Decision:
    """Return the scale of one item of a form.

    Parameters
    ----------
    item : str
        A wellness item or `pain`.
    heading : str
        As written, with what it states.
    values : array of float
        The answers; NaN where there is none.
    days : pandas.Series
        Their days.
    scales : sequence of SheetScale
        From `sheets.<file>.scales`.
    config : DatasetConfig
        Its `wellness_scales` hold for forms that say nothing else.
    """
    by_hand = tuple(
        Period(scale.worst, scale.best, scale.first, scale.to)
        for scale in scales
        if scale.item == item
    )
    # What somebody answered in person is not doubted again.
    if by_hand:
        return Decision(by_hand)
    known = values[~np.isnan(values)]
    stated = stated_scale(heading, item)
    # A heading that states ends for all answers is doubted on the strength of many alone.
    is_stated = stated.low is not None and stated.high is not None
    holds = is_stated and _fits(known, Period(stated.low or 0.0, stated.high or 0.0))
    fewest = _FEWEST_BEFORE_STATED if holds else _FEWEST_BEFORE
    if change := change_of_scale(values, days, fewest):
        return Decision((), _changed(item, heading, stated, change), "change")
    if stated.has_direction and stated.worst is not None and stated.best is not None:
        own = Period(stated.worst, stated.best)
        if _fits(known, own):
            return Decision((own,))
        return Decision((), (_proposal(item, heading, Stated(), known),), "outside")
    common = config.wellness_scales.get(item) if item in _ITEMS else None  # type: ignore[call-overload] # the test above
    if common and _agrees(common.worst, common.best, stated, known):
        return Decision((Period(common.worst, common.best),))
    return Decision((), (_proposal(item, heading, stated, known),), "direction")


_ITEMS: Final = frozenset({"sleep_quality", "fatigue", "soreness", "stress", "mood", "readiness"})


def scaled_by(periods: Sequence[Period], values: Floats, days: pd.Series) -> Floats:
    """Return answers as 0-1 with 1 = best, NaN outside the scale or of no period."""
    result = np.full(len(values), np.nan)
    for period in periods:
        low, high = sorted((period.worst, period.best))
        inside = (values >= low) & (values <= high)
        if period.first is not None:
            inside &= (days >= pd.Timestamp(period.first)).to_numpy()
        if period.last is not None:
            inside &= (days <= pd.Timestamp(period.last)).to_numpy()
        result = np.where(inside, (values - period.worst) / (period.best - period.worst), result)
    return result


def _fits(values: Floats, period: Period) -> bool:
    low, high = sorted((period.worst, period.best))
    outside = (values < low) | (values > high)
    return not len(values) or float(outside.mean()) <= _OUTSIDE


def _agrees(worst: float, best: float, stated: Stated, values: Floats) -> bool:
    """Say whether the dataset's scale can be this form's."""
    low, high = sorted((worst, best))
    fits = _fits(values, Period(worst, best))
    if stated.low is not None:
        return fits and (stated.low, stated.high) == (low, high)
    # On 0-100 a few small answers would all be bad: they are of a shorter scale.
    short = high > _LONGEST_SHORT and form_of(values) != (low, high)
    return fits and not short


def form_of(values: Floats) -> tuple[float, float]:
    """Return the ends of the shortest usual scale that holds all answers.

    Examples
    --------
    >>> form_of(np.array([0.47, 0.87])), form_of(np.array([2.0, 5.0]))
    ((0, 1), (1, 5))
    """
    if not len(values):
        return 1, 5
    low, high = float(values.min()), float(values.max())
    fits = [form for form in FORMS if form[0] <= low and high <= form[1]]
    if fits and fits[0] == (0, 1) and not (values % 1).any():
        # Only zeros and ones: marks of yes and no, or the low end of a longer scale.
        fits = fits[1:]
    return fits[0] if fits else (low, high)


def _proposal(item: str, heading: str, stated: Stated, values: Floats) -> Period:
    usual = form_of(values)
    ends = (
        (stated.low, stated.high) if stated.low is not None and stated.high is not None else usual
    )
    low, high = ends
    high_is_bad = item in BURDENS and not _FRESH.best(plain(heading))
    return Period(high, low) if high_is_bad else Period(low, high)


class Change(NamedTuple):
    """A form whose answers grew: the last day before, and the ends before and after."""

    last_before: date
    first_after: date
    before: tuple[float, float]
    after: tuple[float, float]


def change_of_scale(values: Floats, days: pd.Series, fewest: int = _FEWEST_BEFORE) -> Change | None:
    """Return when a form changed to a longer scale, None where nothing shows it.

    From one day on a quarter of the answers or more lie above the old end, and none did before:
    with one scale for all, n independent answers before have a chance of (1 - share) ** n, which
    must be below 0.3 %: twenty answers of a quarter, six of two thirds. Answers that resemble those
    of the day before count as fewer. Of simulated diaries of one person, 30 to 60 days on 1-10, 2 %
    are asked about needlessly where neighbouring days correlate at 0 to 0.5, and 3 % at 0.7.
    """
    known = pd.DataFrame({"value": values, "day": days.to_numpy()}).dropna()
    ordered = known.sort_values("day", kind="stable", ignore_index=True)
    answers = ordered["value"].to_numpy(dtype=float)
    for low, high in FORMS[1:-1]:
        if not (answers > high).any() or answers.min() < low:
            continue
        change = ordered["day"].iloc[int(np.argmax(answers > high))]
        is_before = (ordered["day"] < change).to_numpy()
        before, after = answers[is_before], answers[~is_before]
        many = len(before) >= fewest and len(after) >= _FEWEST_AFTER
        # The first answer above the end is where we look because it is above: it proves nothing.
        share = float((after[1:] > high).mean()) if many else 0.0
        free = len(before) * _independent(before, after) if many else 0.0
        if share >= _SHARE_AFTER and (1 - share) ** free <= _BY_CHANCE:
            last = ordered["day"][is_before].max()
            return Change(last.date(), change.date(), form_of(before), form_of(after))
    return None


def _independent(*parts: Floats) -> float:
    """Return the share of answers that count as independent: one day's resembles the next's.

    (1 - r) / (1 + r) with r the correlation of neighbouring answers about the mean of their part
    (Bayley and Hammersley 1946, for a first-order autoregression); never above one.
    """
    centred = [part - part.mean() for part in parts]
    squares = sum(float((part**2).sum()) for part in centred)
    products = sum(float((part[1:] * part[:-1]).sum()) for part in centred)
    # Capped, or a diary that never changes would count as no answer at all.
    r = min(max(products / squares, 0.0), _MOST_ALIKE) if squares > 0 else 0.0
    return (1 - r) / (1 + r)


def _changed(item: str, heading: str, stated: Stated, change: Change) -> tuple[Period, ...]:
    bad_high = item in BURDENS and not _FRESH.best(plain(heading))
    if stated.has_direction and stated.worst is not None and stated.best is not None:
        bad_high = stated.worst > stated.best
    spans = ((change.before, None, change.last_before), (change.after, change.first_after, None))
    return tuple(
        Period(high if bad_high else low, low if bad_high else high, first, last)
        for (low, high), first, last in spans
    )
