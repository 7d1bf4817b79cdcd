"""Fit comparators one by one: one that cannot be fitted is a row with its reason, and no more."""

from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.comparators.comparator import Comparator

Places = npt.NDArray[np.int64]

# Enough to meet most faults of somebody's code, few enough for seconds.
TRIAL_ROWS: Final = 2000
_TRIAL_EVENTS: Final = 200
_LONGEST_REASON: Final = 200


class Fitted(NamedTuple):
    """Probabilities of the test rows by comparator, why others have none, and what was fitted."""

    probabilities: dict[str, Floats]
    failed: dict[str, str]
    models: dict[str, Comparator]


def fit_each(
    known: Mapping[str, Comparator],
    train: pd.DataFrame,
    test: pd.DataFrame,
    names: list[str],
    tried_first: Collection[str] = (),
    threads: int = 1,
) -> Fitted:
    """Fit every comparator on the training rows and score the test rows.

    Parameters
    ----------
    known : mapping of str to Comparator
        Unfitted comparators.
    train, test : pandas.DataFrame
        Features, `event`, `athlete`, and `fold` of the training rows.
    names : list of str
        Columns to use.
    tried_first : collection of str
        Comparators that are tried on a few rows before any of the others is fitted: somebody's
        own, whose faults should not show after an hour. They are fitted last, in turn.
    threads : int
        How many of the others are fitted at once: most of their work holds no lock.
    """
    failed = {
        name: fault
        for name in known
        if name in tried_first and (fault := _fault(known[name], _few(train), test, names))
    }
    due = {name: comparator for name, comparator in known.items() if name not in failed}

    def attempt(name: str) -> Floats | str:
        try:
            return _scored(due[name], train, test, names)
        except Exception as error:  # noqa: BLE001 - whatever it is, the others are fitted
            return _reason(error)

    # Somebody's own may not bear company: it comes after the others, alone.
    together = [name for name in due if name not in tried_first]
    with ThreadPoolExecutor(threads) as pool:
        answers = dict(zip(together, pool.map(attempt, together), strict=True))
    answers |= {name: attempt(name) for name in due if name in tried_first}
    failed |= {name: why for name, why in answers.items() if isinstance(why, str)}
    scored = {n: p for n, p in answers.items() if not isinstance(p, str)}
    return Fitted(scored, failed, {name: due[name] for name in scored})


def _fault(comparator: Comparator, few: pd.DataFrame, test: pd.DataFrame, names: list[str]) -> str:
    try:
        _scored(comparator, few, test.head(TRIAL_ROWS), names)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in one line
        return f"on a trial with {len(few):,} rows: {_reason(error)}"
    return ""


def _few(train: pd.DataFrame) -> pd.DataFrame:
    """Return rows of both kinds, evenly spread over the athletes and weeks."""
    event = train["event"].to_numpy(dtype=float) > 0
    events, others = np.flatnonzero(event), np.flatnonzero(~event)
    # Two hundred events in two thousand rows: at the true rate a trial would hold too few to fit.
    most = TRIAL_ROWS - min(len(events), _TRIAL_EVENTS)
    return train.iloc[
        np.sort(np.concatenate([_spread(events, _TRIAL_EVENTS), _spread(others, most)]))
    ]


def _spread(places: Places, most: int) -> Places:
    if len(places) <= most:
        return places
    return np.take(places, np.linspace(0, len(places) - 1, most).astype(int))


def _scored(
    comparator: Comparator, train: pd.DataFrame, test: pd.DataFrame, names: list[str]
) -> Floats:
    """Fit and score; raises ValueError where the answer is no table of probabilities."""
    fitted = comparator.fit(
        train[names], train["event"], groups=train["athlete"], folds=train["fold"]
    )
    answer = np.asarray(fitted.predict_proba(test[names]), dtype=float)
    if answer.shape != (len(test), 2):
        raise ValueError(f"predict_proba gave shape {answer.shape}, not ({len(test)}, 2)")
    probability: Floats = answer[:, 1]
    if not ((probability >= 0) & (probability <= 1)).all():
        raise ValueError("predict_proba gave values that are no probabilities")
    return probability


def _reason(error: Exception) -> str:
    lines = str(error).strip().splitlines() or [""]
    return f"{type(error).__name__}: {lines[0]}"[:_LONGEST_REASON]
