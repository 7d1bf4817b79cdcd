"""Intervals by resampling athletes: rows of one athlete are no independent evidence.

A replicate draws as many athletes as there are, with replacement; an athlete drawn twice counts
twice, so that a replicate is a vector of weights and no row is copied. Every model sees the same
draws, which is what makes differences paired.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from models.metrics.sums_of_draws import ON_DRAWS
from models.settings.evaluation import IntervalSettings

Measure = Callable[[Floats, Floats, Floats], float | tuple[float, ...]]
Measures = Mapping[str | tuple[str, ...], tuple[Measure, str]]
"""Function and label by name; a function that returns several numbers has several names."""

LEAST_DRAWS: Final = 0.5  # share of replicates in which a measure must exist to get an interval


@dataclass(frozen=True)
class Replicates:
    """Measures of every model, on the whole sample and on each draw of athletes.

    Parameters
    ----------
    values : pandas.DataFrame
        Measures on the whole sample: models down, measures across.
    draws : ndarray of shape (replicates, models, measures)
        The same on each draw.
    level : float
        Coverage of the intervals.
    """

    values: pd.DataFrame
    draws: Floats
    level: float

    def frame(self) -> pd.DataFrame:
        """Return model, metric, value, low, high; nan where too few draws define the measure."""
        return self._table(self.values.to_numpy(dtype=float), self.draws, self.values)

    def differences(self, reference: str) -> pd.DataFrame:
        """Return `reference` minus each other model with the interval of the paired difference."""
        others = self.values.drop(index=reference)
        at = list(self.values.index).index(reference)
        rest = self.values.index.get_indexer(others.index)
        value = self.values.loc[reference].to_numpy(dtype=float) - others.to_numpy(dtype=float)
        return self._table(value, self.draws[:, [at]] - self.draws[:, rest], others)

    def standard_errors(self, reference: str) -> pd.DataFrame:
        """Return model, metric, error: of the paired difference, over the draws that have it."""
        others = self.values.drop(index=reference)
        at = list(self.values.index).index(reference)
        rest = self.values.index.get_indexer(others.index)
        gaps = self.draws[:, [at]] - self.draws[:, rest]
        # A draw without an event has no area: it must not make the error of all others nan.
        errors = np.ma.masked_invalid(gaps).std(axis=0, ddof=1).filled(np.nan)
        index = pd.MultiIndex.from_product(
            [others.index, others.columns], names=["model", "metric"]
        )
        return pd.DataFrame({"error": errors.ravel()}, index=index).reset_index()

    def share_of(self, oracle: str, metric: str, nothing: float = 0.5) -> pd.DataFrame:
        """Return how far each model comes from `nothing` to the oracle: (m - n) / (oracle - n)."""
        column = list(self.values.columns).index(metric)
        at = list(self.values.index).index(oracle)
        gain = self.values[[metric]].to_numpy(dtype=float) - nothing
        drawn = self.draws[:, :, [column]] - nothing
        share = gain / gain[[at]]
        return self._table(share, drawn / drawn[:, [at]], self.values[[metric]])

    def _table(self, value: Floats, draws: Floats, like: pd.DataFrame) -> pd.DataFrame:
        low, high = percentiles(draws, self.level)
        index = pd.MultiIndex.from_product([like.index, like.columns], names=["model", "metric"])
        columns = {"value": value.ravel(), "low": low.ravel(), "high": high.ravel()}
        return pd.DataFrame(columns, index=index).reset_index()


def athlete_draws(athletes: int, settings: IntervalSettings) -> Floats:
    """Return how often each athlete is drawn, shape (replicates, athletes); not to be changed."""
    # Depends on the number of athletes and the seed alone, which pairs measures of separate calls.
    return _draws(athletes, settings.replicates, settings.seed)


@lru_cache(maxsize=1)
def _draws(athletes: int, replicates: int, seed: int) -> Floats:
    # Kept until other athletes are drawn: every table of an evaluation asks for the same.
    rng = np.random.default_rng(seed)
    even = np.full(athletes, 1 / athletes)
    counts = rng.multinomial(athletes, even, size=replicates).astype(np.float64)
    counts.flags.writeable = False
    return counts


def athletes_with_events(y: npt.ArrayLike, codes: npt.NDArray[np.int64]) -> int:
    """Return how many athletes have an event, or a true probability above 0."""
    return int((np.bincount(codes, np.asarray(y, dtype=float)) > 0).sum())


def expanded_level(level: float, clusters: int) -> float:
    """Return the share of draws that an interval must span to cover `level` with few clusters.

    Percentile intervals are too narrow by sqrt((n - 1) / n) and use the normal's quantile where
    Student's is due; the expanded interval takes 2 Phi(sqrt(n / (n - 1)) t_{n-1}) - 1 (Hesterberg
    2015, Am Stat 69:371). As n we count the athletes with an event, not all athletes: at a few
    events per hundred rows they carry the information.

    Parameters
    ----------
    level : float
        Wanted coverage.
    clusters : int
        n; with fewer than 2 the level stays as it is.

    Examples
    --------
    >>> round(expanded_level(0.95, 30), 3), round(expanded_level(0.95, 3000), 3)
    (0.962, 0.95)
    """
    if clusters <= 1:
        return level
    from scipy.special import ndtr, stdtrit  # the model card imports measures and draws none

    quantile = stdtrit(clusters - 1, (1 + level) / 2) * np.sqrt(clusters / (clusters - 1))
    return float(2 * ndtr(quantile) - 1)


def replicate(
    labels: Mapping[str, Floats],
    predictions: Mapping[str, Floats],
    measures: Measures,
    athletes: npt.ArrayLike,
    settings: IntervalSettings,
) -> Replicates:
    """Compute every measure of every model on the sample and on each draw of athletes.

    Parameters
    ----------
    labels : mapping of str to ndarray of shape (n,)
        Outcomes by name: the drawn ones and, on simulated data, the true probabilities.
    predictions : mapping of str to ndarray of shape (n,)
        Probabilities by model.
    measures : mapping of str or tuple of str to (measure, label)
        Function of (outcome, probability, weight), and the label it is computed on; under a tuple
        of names where it returns as many numbers.
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : IntervalSettings
        Number of draws, coverage, seed.

    Raises
    ------
    StridecastError
        If a label or a probability is missing.
    """
    _refuse_gaps(labels, "label")
    _refuse_gaps(predictions, "forecast of the model")
    codes, known = pd.factorize(np.asarray(athletes), sort=True)
    counts = athlete_draws(len(known), settings)
    whole = np.ones(len(known))
    results = [
        _of_model(labels, p, measures, codes, np.vstack([whole, counts]))
        for p in predictions.values()
    ]
    stacked = np.stack(results, axis=1)
    names = [name for key in measures for name in ((key,) if isinstance(key, str) else key)]
    values = pd.DataFrame(stacked[0], index=list(predictions), columns=names)
    # The label with the fewest: an interval that is too wide misleads less than one too narrow.
    injured = min(athletes_with_events(y, codes) for y in labels.values())
    return Replicates(values, stacked[1:], expanded_level(settings.level, injured))


def _refuse_gaps(columns: Mapping[str, Floats], kind: str) -> None:
    for name, values in columns.items():
        gaps = int(np.isnan(np.asarray(values, dtype=float)).sum())
        if gaps:
            raise StridecastError(
                f"the {kind} {name!r} is missing in {gaps} of {len(values)} rows",
                "every model is measured on the same rows: leave those rows out beforehand",
            )


def _of_model(
    labels: Mapping[str, Floats],
    prediction: Floats,
    measures: Measures,
    codes: npt.NDArray[np.int64],
    counts: Floats,
) -> Floats:
    """Measures of one model on each draw; sorting by forecast once makes every ranking free."""
    order = np.argsort(prediction, kind="stable")
    p, who = np.asarray(prediction, dtype=float)[order], codes[order]
    outcome = {name: np.asarray(y, dtype=float)[order] for name, y in labels.items()}
    one_by_one = {key: of for key, of in measures.items() if of[0] not in ON_DRAWS}
    estimates = {
        key: ON_DRAWS[measure](outcome[name], p, who, counts).reshape(len(counts), -1)
        for key, (measure, name) in measures.items()
        if key not in one_by_one
    }
    estimates |= _one_by_one(outcome, p, who, one_by_one, counts)
    return np.hstack([estimates[key] for key in measures])


def _one_by_one(
    outcome: Mapping[str, Floats],
    p: Floats,
    who: npt.NDArray[np.int64],
    measures: Measures,
    counts: Floats,
) -> dict[str | tuple[str, ...], Floats]:
    """Return what is no sum over athletes, shape (draws, numbers) each, from the rows of a draw."""
    results: dict[str | tuple[str, ...], list[Floats]] = {key: [] for key in measures}
    for count in counts if measures else ():
        weight = count[who]
        # A third of the athletes is in no given draw; their rows would only cost time.
        drawn = np.flatnonzero(weight)
        present = {name: y[drawn] for name, y in outcome.items()}
        for key, (measure, name) in measures.items():
            results[key].append(np.atleast_1d(measure(present[name], p[drawn], weight[drawn])))
    return {key: np.array(rows) for key, rows in results.items()}


def percentiles(draws: Floats, level: float) -> tuple[Floats, Floats]:
    """Return the percentile interval over the first axis; nan where under half the draws exist.

    Parameters
    ----------
    draws : ndarray of shape (draws, ...)
        A statistic on each draw; infinite or nan where a draw does not define it.
    level : float
        Share of the draws inside, see :func:`expanded_level`.
    """
    flat = draws.reshape(len(draws), -1)
    exists, tails = np.isfinite(flat), [(1 - level) / 2, (1 + level) / 2]
    complete, enough = exists.all(axis=0), exists.mean(axis=0) >= LEAST_DRAWS
    ends: Floats = np.full((2, flat.shape[1]), np.nan)
    ends[:, complete] = np.quantile(flat[:, complete], tails, axis=0)
    # Column by column, which takes many times as long: most statistics exist on every draw.
    for at in np.flatnonzero(enough & ~complete):
        ends[:, at] = np.quantile(flat[exists[:, at], at], tails)
    low, high = ends.reshape(2, *draws.shape[1:])
    return low, high
