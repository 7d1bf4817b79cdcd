"""The near-duplicate audit: one person under two names, with slightly different rows.

Two clubs round differently, a watch and its copy differ by a few metres: no row is equal bit for
bit, yet the training is the same. So the daily kilometres of every two athletes are correlated over
the days on which either of them ran.
"""

from typing import Final

import numpy as np
import pandas as pd

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
    km = _daily(sessions)
    pairs = _candidates(km, settings)
    rows = [_pair(km, a, b) for a, b in pairs]
    table = pd.DataFrame([r for r in rows if r[3] >= settings.least_days], columns=COLUMNS)
    table = table[table["correlation"] > settings.highest_correlation]
    table = table.sort_values("correlation", ascending=False, ignore_index=True)
    return Audit(table.empty, _sentence(table, len(km)), table)


def _daily(sessions: pd.DataFrame) -> pd.DataFrame:
    """Return kilometres run, athletes x days; 0 where none are known."""
    runs = sessions[sessions["sport"] == "run"]
    if runs.empty:
        return pd.DataFrame()
    return runs.pivot_table(
        index="athlete", columns="local_date", values="distance_km", aggfunc="sum", fill_value=0.0
    )


def _candidates(km: pd.DataFrame, settings: NearDuplicateSettings) -> list[tuple[int, int]]:
    """Return pairs whose runs fall on the same days: a cheap test that a copy cannot fail."""
    ran = (km.to_numpy() > 0).astype(np.float32)
    # One product for all pairs: correlating each pair would take minutes for a thousand athletes.
    both = ran @ ran.T
    number = ran.sum(axis=1) if len(ran) else np.zeros(0)
    fewer = np.minimum.outer(number, number)
    close = (both >= 0.8 * fewer) & (fewer >= settings.least_days / 2)
    first, second = np.nonzero(np.triu(close, 1))
    return list(zip(first.tolist(), second.tolist(), strict=True))


def _pair(km: pd.DataFrame, first: int, second: int) -> tuple[str, str, float, int]:
    a, b = km.iloc[first].to_numpy(), km.iloc[second].to_numpy()
    days = np.arange(len(a))
    known_a, known_b = days[a > 0], days[b > 0]
    inside = (days >= max(known_a[0], known_b[0])) & (days <= min(known_a[-1], known_b[-1]))
    # Shared rest days would make any two people who run seldom correlate.
    inside &= (a > 0) | (b > 0)
    number = int(inside.sum())
    # Somebody who always runs the same distance has no correlation with anybody.
    spread = min(a[inside].std(), b[inside].std()) if number else 0.0
    correlation = float(np.corrcoef(a[inside], b[inside])[0, 1]) if spread > 0 else 0.0
    return str(km.index[first]), str(km.index[second]), correlation, number


def _sentence(table: pd.DataFrame, athletes: int) -> str:
    if table.empty:
        return f"no two of {athletes} athletes run the same kilometres on the same days."
    pair = table.iloc[0]
    return (
        f"{len(table)} pairs of athletes run nearly the same: {pair['athlete']} and "
        f"{pair['other']} correlate {pair['correlation']:.3f} over {pair['days']} days. One person "
        "under two names is tested on what was learned: join the two in roster.csv (also_known_as)."
    )
