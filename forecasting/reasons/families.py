"""Features that measure one thing over different windows, taken together for the reader.

A model spreads what it learnt about injuries over the counts of 6, 12 and 24 months. Told one by
one, each looks small and the page repeats itself; their contributions are added up instead.
"""

import re
from functools import cache
from typing import Final

import pandas as pd

from features.matrix import catalogue

# Only whole words between underscores: `_own` must not be cut out of the middle of a word.
_WINDOW: Final = re.compile(r"_(\d+[dwm]|latest|deviation|today|own)(?=_|$)")


def family(feature: str) -> str:
    """Return the name of a feature without its window.

    Parameters
    ----------
    feature : str
        A name of the catalogue.

    Examples
    --------
    >>> family("distance_7d_km"), family("injuries_24m"), family("sleep_quality_deviation")
    ('distance_km', 'injuries', 'sleep_quality')
    >>> family("longest_run_spike_today")
    'longest_run_spike'
    """
    return _WINDOW.sub("", feature)


@cache
def settled_families() -> frozenset[str]:
    """Return the families that can be changed and whose direction of effect evidence settles.

    Others may raise a forecast because of what goes with them (whoever is in rehabilitation does
    every prescribed exercise): true of the forecast, yet nothing to begin with on a Monday.
    """
    return frozenset(
        family(feature.name) for feature in catalogue() if feature.changeable and feature.monotone
    )


def family_contributions(contributions: pd.DataFrame) -> pd.DataFrame:
    """Return contributions added up by family, families in the order of their first feature.

    Parameters
    ----------
    contributions : pandas.DataFrame, shape (n, features)
        Log-odds.

    Returns
    -------
    pandas.DataFrame, shape (n, families)
        Log-odds; rows sum to what they summed to before.
    """
    families = [family(str(name)) for name in contributions.columns]
    # Turned twice, because pandas no longer groups columns.
    return contributions.T.groupby(families, sort=False).sum().T
