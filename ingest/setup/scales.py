"""What the answers of a form say about its scales, which no file declares."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import numpy as np
import pandas as pd

from ingest.dataset.settings import WELLNESS_ITEMS, DatasetConfig, Scale
from ingest.quality.inspection import Survey, assumed
from ingest.readers.club.wellness import WellnessReader
from ingest.readers.sheets.deciding.scales import FORMS

WITHOUT_SCALE: Final = (WellnessReader.kind,)
"""Sheets of other layouts ask about their scales themselves, file by file."""
BURDENS: Final = ("fatigue", "soreness", "stress")
"""Items whose word names the bad end: more fatigue is worse, more sleep quality is better."""

_WIDE: Final = (0, 100)
_LEAST_ANSWERS: Final = 100
_CLEAR: Final = 4.0
"""Standard errors of a correlation (1/sqrt n) beyond which its sign is no chance."""


def wide_settings(today: date) -> DatasetConfig:
    """Return settings that let every answer pass: who answered what counts here, not how."""
    scales = {item: Scale(worst=_WIDE[0], best=_WIDE[1]) for item in WELLNESS_ITEMS}
    return assumed(today).model_copy(update={"wellness_scales": scales})


def raw_answer(share: float) -> float:
    """Return the number on the form that was read by :func:`wide_settings`."""
    worst, best = _WIDE
    # A share and back leaves 2.9999999, which is no whole answer.
    return round(worst + share * (best - worst), 6)


def open_answers(*survey: Survey) -> pd.DataFrame:
    """Return the answers in files that do not tell their scale: athlete and a column per item."""
    kinds = {account.source: account.kind for surveyed in survey for account in surveyed.accounts}
    answers = [
        surveyed.records["wellness"] for surveyed in survey if "wellness" in surveyed.records
    ]
    open_ = [answer[answer["source"].map(kinds).isin(WITHOUT_SCALE)] for answer in answers]
    columns = ["athlete", *WELLNESS_ITEMS]
    some = [answer.reindex(columns=columns) for answer in open_ if len(answer)]
    return pd.concat(some, ignore_index=True) if some else pd.DataFrame(columns=columns)


def answers_seen(answers: pd.DataFrame) -> dict[str, tuple[float, float]]:
    """Return the lowest and highest answer of each item that was answered."""
    known = {item: answers[item].dropna().astype(float) for item in WELLNESS_ITEMS}
    return {
        item: (raw_answer(float(every.min())), raw_answer(float(every.max())))
        for item, every in known.items()
        if len(every)
    }


def follows_the_words(answers: pd.DataFrame) -> bool:
    """Return whether a high answer means a lot of what the item names.

    On forms with one good end for every item, better sleep goes with higher answers on fatigue
    (less tired); where the words hold, with lower ones. Measured within athletes; it must be clear
    for one of the burdens at least, and none may clearly say the opposite. The opposite proves
    nothing: the good end may then be the highest answer or the lowest.

    Parameters
    ----------
    answers : pandas.DataFrame
        From :func:`open_answers`.
    """
    signs = [_sign(answers, item) for item in BURDENS]
    return -1 in signs and 1 not in signs


def _sign(answers: pd.DataFrame, item: str) -> int:
    """Return the sign of the correlation with sleep quality within athletes; 0 if unclear."""
    both = answers[["athlete", "sleep_quality", item]].dropna()
    if len(both) < _LEAST_ANSWERS:
        return 0
    values = both[["sleep_quality", item]].astype(float)
    within = values - values.groupby(both["athlete"]).transform("mean")
    spread = float(within["sleep_quality"].std() * within[item].std())
    if not spread > 0:
        return 0
    r = float(within["sleep_quality"].cov(within[item])) / spread
    return int(np.sign(r)) if abs(r) > _CLEAR / np.sqrt(len(both)) else 0


def by_the_words(ends: Mapping[str, tuple[float, float]]) -> dict[str, Scale]:
    """Return scales by which a high answer means a lot of what the item names."""
    return {
        item: Scale(worst=high, best=low) if item in BURDENS else Scale(worst=low, best=high)
        for item, (low, high) in ends.items()
    }


def one_good_end(ends: Mapping[str, tuple[float, float]], *, highest: bool) -> dict[str, Scale]:
    """Return scales by which the highest, or the lowest, answer is the best of every item."""
    return {
        item: Scale(worst=low, best=high) if highest else Scale(worst=high, best=low)
        for item, (low, high) in ends.items()
    }


def form_of(spans: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the lowest and highest answer of the shortest usual form that holds all answers.

    Examples
    --------
    >>> form_of([(2, 4), (1, 5)]), form_of([(2, 6)]), form_of([(-2, 2)])
    ((1, 5), (1, 7), (-2, 2))
    >>> form_of([(0.47, 0.87)]), form_of([(36, 52)])
    ((0, 1), (0, 100))
    """
    low, high = min(span[0] for span in spans), max(span[1] for span in spans)
    fits = [form for form in FORMS if form[0] <= low and high <= form[1]]
    if fits[:1] == [(0, 1)] and low % 1 == 0 and high % 1 == 0:
        # Whole numbers alone are the low end of a longer form.
        fits = fits[1:]
    return fits[0] if fits else (low, high)
