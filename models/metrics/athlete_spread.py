"""How differently a model ranks the weeks of different athletes.

A high AUROC may come from telling athletes apart; a coach who has all of them to look after also
wants to know the week. So the pairs of an event and a non-event are counted apart: of the same
athlete, and of two athletes.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from models.metrics.measures import auroc
from models.metrics.ranking_draws import drawn_areas
from models.metrics.resampling import Resampling, ratio
from models.settings.evaluation import IntervalSettings

QUANTILES: Final = (0.10, 0.25, 0.50, 0.75, 0.90)


def athlete_aurocs(y: npt.ArrayLike, p: Floats, athletes: npt.ArrayLike) -> pd.DataFrame:
    """Return the AUROC within each athlete who has rows with and without an event.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    p : ndarray of shape (n,)
        Forecasts of one model.
    athletes : array-like of shape (n,)
        The athlete of each row.

    Returns
    -------
    pandas.DataFrame
        auroc, events, others; index is the athlete.
    """
    codes, names = pd.factorize(np.asarray(athletes), sort=True)
    event = np.asarray(y, dtype=float)
    rows, events = np.bincount(codes), np.bincount(codes, event)
    # Without both kinds of rows an athlete has no pair, so no area.
    both = np.flatnonzero((events > 0) & (events < rows))
    order = np.argsort(codes, kind="stable")
    after = np.cumsum(rows)
    own_rows = [order[after[code] - rows[code] : after[code]] for code in both]
    areas = [auroc(event[own], p[own]) for own in own_rows]
    columns = {"auroc": areas, "events": events[both], "others": (rows - events)[both]}
    return pd.DataFrame(columns, index=names[both], dtype=float)


def athlete_spread(
    y: npt.ArrayLike, p: Floats, athletes: npt.ArrayLike, settings: IntervalSettings
) -> pd.DataFrame:
    """Return AUROC within and between athletes, and its spread over athletes.

    `within`: concordant pairs of an event and a non-event of the same athlete over all such
    pairs; `between`: the same for pairs of two athletes (the split of a clustered c-index, van
    Oirbeek & Lesaffre 2010, Stat Med 29:3160). `sd`: standard deviation of the athletes' AUROCs;
    `sd_beyond_chance` = sqrt(max(0, var - mean of Hanley & McNeil's 1982 sampling variance at
    `within`)): with one or two injuries each, most of the spread is luck.

    Parameters
    ----------
    y : array-like of shape (n,)
        Outcomes, 0 or 1.
    p : ndarray of shape (n,)
        Forecasts of one model.
    athletes : array-like of shape (n,)
        The athlete of each row.
    settings : IntervalSettings
        Draws, coverage, seed.

    Returns
    -------
    pandas.DataFrame
        measure, value, low, high; all nan where no athlete has both kinds of rows.
    """
    event, who = np.asarray(y, dtype=float), np.asarray(athletes)
    draws = Resampling.of(event, who, settings)
    names = np.unique(who)
    by_athlete = athlete_aurocs(event, p, who).reindex(names)
    counts = np.vstack([np.ones(len(names)), draws.counts])
    concordant, pairs = _pairs(by_athlete)
    measures = {
        "within": ratio(counts @ concordant, counts @ pairs),
        "between": _between(event, p, draws.codes, counts, (concordant, pairs)),
    }
    measures |= _spread(by_athlete, counts, measures["within"][0])
    table = {n: draws.interval(v) for n, v in measures.items()}
    columns = ["value", "low", "high"]
    known = {"athletes": (by_athlete["auroc"].notna().sum(), np.nan, np.nan)}
    spread = pd.DataFrame.from_dict(known | table, orient="index", columns=columns)
    return spread.astype(float).rename_axis("measure").reset_index()


def _pairs(by_athlete: pd.DataFrame) -> tuple[Floats, Floats]:
    """Concordant and all pairs within each athlete; 0 for those without both kinds of rows."""
    pairs = (by_athlete["events"] * by_athlete["others"]).fillna(0).to_numpy(dtype=float)
    return pairs * by_athlete["auroc"].fillna(0).to_numpy(dtype=float), pairs


def _between(
    event: Floats,
    p: Floats,
    codes: npt.NDArray[np.int64],
    counts: Floats,
    within: tuple[Floats, Floats],
) -> Floats:
    """All pairs less those within; an athlete drawn c times makes c^2 times the pairs within."""
    order = np.argsort(p, kind="stable")
    y, who = event[order], codes[order]
    events, others = (counts @ np.bincount(who, side, counts.shape[1]) for side in (y, 1 - y))
    concordant = drawn_areas(y, p[order], who, counts) * events * others
    # Copies of one athlete are no two athletes: their pairs with each other are taken off as well.
    inside = counts**2 @ np.column_stack(within)
    pairs = events * others - inside[:, 1]
    aurocs: Floats = np.full(len(counts), np.nan)
    np.divide(concordant - inside[:, 0], pairs, out=aurocs, where=pairs > 0)
    return aurocs


def _spread(by_athlete: pd.DataFrame, counts: Floats, within: float) -> dict[str, Floats]:
    """Quantiles and standard deviation over athletes, on each draw."""
    has_auroc = by_athlete["auroc"].notna().to_numpy()
    value = by_athlete["auroc"].to_numpy(dtype=float)[has_auroc]
    # At the common area: an athlete's own, of one injury, is often 1, where the formula gives 0.
    chance = _sampling_variance(within, by_athlete[has_auroc])
    drawn, names = counts[:, has_auroc], [f"q{round(100 * q):02d}" for q in QUANTILES]
    number = drawn.sum(axis=1)
    # One athlete has no spread.
    spread = number > 1
    drawn, number = drawn[spread], number[spread]
    apart = value - value.mean() if len(value) else value
    mean = drawn @ apart / number
    variance = np.maximum(drawn @ apart**2 - number * mean**2, 0) / (number - 1)
    beyond = np.sqrt(np.maximum(variance - drawn @ chance / number, 0))
    measures = [*_quantiles(value, drawn, number), np.sqrt(variance), beyond]
    columns = np.full((len(measures), len(counts)), np.nan)
    columns[:, spread] = measures
    return dict(zip([*names, "sd", "sd_beyond_chance"], columns, strict=True))


def _quantiles(value: Floats, counts: Floats, number: Floats) -> list[Floats]:
    """Return each quantile of values that are repeated, by draw, as :func:`numpy.quantile` does."""
    order = np.argsort(value, kind="stable")
    ordered, reached = value[order], np.cumsum(counts[:, order], axis=1)
    quantiles = []
    for share in QUANTILES:
        place = (number - 1) * share
        below, above = (
            ordered[np.minimum((reached <= k[:, None]).sum(axis=1), len(ordered) - 1)]
            for k in (np.floor(place), np.floor(place) + 1)
        )
        quantiles.append(below + (above - below) * (place - np.floor(place)))
    return quantiles


def _sampling_variance(a: float, by_athlete: pd.DataFrame) -> Floats:
    """Hanley & McNeil 1982: variance of an AUROC of size a from so many events and others."""
    events, others = (
        by_athlete["events"].to_numpy(dtype=float),
        by_athlete["others"].to_numpy(dtype=float),
    )
    two_events, two_others = a / (2 - a), 2 * a**2 / (1 + a)
    extra = (events - 1) * (two_events - a**2) + (others - 1) * (two_others - a**2)
    return np.asarray((a * (1 - a) + extra) / (events * others))
