"""The near-duplicate audit: one person under two names, with slightly different rows.

Two clubs round differently, a watch and its copy differ by a few metres: no row is equal bit for
bit, yet the training is the same. So the daily kilometres of every two athletes are correlated over
the days on which either of them ran.
"""

from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats, Texts
from features.audits.result import Audit
from features.catalogue.audit_settings import NearDuplicateSettings

COLUMNS: Final = ["athlete", "other", "correlation", "days"]


def audit_near_duplicates(
    sessions: pd.DataFrame, settings: NearDuplicateSettings | None = None
) -> Audit:
    """Find athletes whose daily running is nearly the same.

    Only days on which both are in the data (from the later first run to the earlier last one)
    count; days on which neither ran do not.

    Parameters
    ----------
    sessions : pandas.DataFrame
        The table of the contract.
    settings : NearDuplicateSettings, optional
        None takes the defaults.

    Returns
    -------
    Audit
        One row per pair, the closest first.
    """
    settings = settings or NearDuplicateSettings()
    names, km = _daily(sessions)
    pairs = ((str(names[a]), str(names[b]), *_alike(km[a], km[b])) for a, b in _close(km, settings))
    table = pd.DataFrame([p for p in pairs if p[3] >= settings.least_days], columns=COLUMNS)
    table = table[table["correlation"] > settings.highest_correlation]
    table = table.sort_values("correlation", ascending=False, ignore_index=True)
    return Audit(table.empty, _sentence(table, len(km)), table)


def _daily(sessions: pd.DataFrame) -> tuple[Texts, Floats]:
    """Return the athletes who run, and their kilometres on days with a run; 0 where none is known.

    Shape (athletes, days); days on which nobody ran are left out.
    """
    columns = ["athlete", "local_date", "distance_km"]
    runs = sessions.loc[sessions["sport"] == "run", columns].dropna(subset=columns[:2])
    codes, names = pd.factorize(runs["athlete"], sort=True)
    days, dates = pd.factorize(runs["local_date"], sort=True)
    total = runs["distance_km"].groupby(codes * max(len(dates), 1) + days).sum()
    km = np.zeros((len(names), len(dates)))
    km.ravel()[total.index.to_numpy(dtype=np.int64)] = total.to_numpy(dtype=np.float64)
    return np.asarray(names, dtype=object), km


def _close(km: Floats, settings: NearDuplicateSettings) -> list[tuple[int, int]]:
    """Return pairs whose runs fall on the same days: a cheap test that a copy cannot fail."""
    ran = (km > 0).astype(np.float32)
    # One product for all pairs: correlating each pair would take minutes for a thousand athletes.
    both = ran @ ran.T
    number = ran.sum(axis=1)
    fewer = np.minimum.outer(number, number)
    close = (both >= 0.8 * fewer) & (fewer >= settings.least_days / 2)
    first, second = np.nonzero(np.triu(close, 1))
    return list(zip(first.tolist(), second.tolist(), strict=True))


def _alike(a: Floats, b: Floats) -> tuple[float, int]:
    """Return the correlation of two athletes' kilometres, and the days that it rests on."""
    ran_a, ran_b = np.flatnonzero(a > 0), np.flatnonzero(b > 0)
    # Only days on which both are in the data.
    days = slice(max(ran_a[0], ran_b[0]), min(ran_a[-1], ran_b[-1]) + 1)
    a, b = a[days], b[days]
    # Shared rest days would make any two people who run seldom correlate.
    inside = (a > 0) | (b > 0)
    a, b = a[inside], b[inside]
    number = len(a)
    # Somebody who always runs the same distance has no correlation with anybody.
    spread = min(a.std(), b.std()) if number else 0.0
    return float(np.corrcoef(a, b)[0, 1]) if spread > 0 else 0.0, number


def _sentence(table: pd.DataFrame, athletes: int) -> str:
    if table.empty:
        return f"no two of {athletes} athletes run the same kilometres on the same days."
    pair = table.iloc[0]
    return (
        f"{len(table)} pairs of athletes run nearly the same: {pair['athlete']} and "
        f"{pair['other']} correlate {pair['correlation']:.3f} over {pair['days']} days. One person "
        "under two names is tested on what was learned: join the two in roster.csv (also_known_as)."
    )
