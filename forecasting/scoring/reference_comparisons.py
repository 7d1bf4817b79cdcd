"""What stands beside a probability: the population, the own usual, what can be changed."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from features.catalogue.entry import Feature
from forecasting.forecaster import Forecaster
from models.numeric.row_sums import row_sums

COMPARISON_COLUMNS: Final = (
    "population_rate",
    "ratio_to_population",
    "own_usual",
    "ratio_to_own_usual",
    "changeable_factor",
)
"""Columns of :func:`reference_comparisons`."""


def reference_comparisons(
    rows: pd.DataFrame,
    probability: Floats,
    effects: pd.DataFrame,
    forecaster: Forecaster,
    catalogue: Sequence[Feature],
) -> pd.DataFrame:
    """Return what a probability is compared with.

    Parameters
    ----------
    rows : pandas.DataFrame
        Feature rows of the day.
    probability : ndarray of shape (n,)
        Their forecasts.
    effects : pandas.DataFrame
        Contributions, log-odds.
    forecaster : Forecaster
        The model.
    catalogue : sequence of Feature
        Says which features an athlete or coach can change.

    Returns
    -------
    pandas.DataFrame
        :data:`COMPARISON_COLUMNS`: the rate of an average runner in published studies and the
        multiple of it, the probability of a week like the athlete's usual one and the ratio to
        it, and the odds factor of everything that can be changed (2 is twice the odds). Null where
        the model does not know.
    """
    population = forecaster.population_rate
    # NaN spreads through the division: no ratio is shown where the model knows no population.
    rate = np.nan if population is None else population
    usual = forecaster.usually(rows)
    changeable = {feature.name for feature in catalogue if feature.changeable}
    # Age or an old injury also move the odds, but a coach cannot work on them.
    columns = [name for name in effects.columns if name in changeable]
    return pd.DataFrame(
        {
            "population_rate": rate,
            "ratio_to_population": probability / rate,
            "own_usual": usual,
            "ratio_to_own_usual": probability / usual,
            "changeable_factor": np.exp(row_sums(effects[columns])),
        },
        index=rows.index,
    )


def no_comparisons() -> pd.DataFrame:
    """Return an empty table of comparisons."""
    return pd.DataFrame({name: pd.Series(dtype="float64") for name in COMPARISON_COLUMNS})
