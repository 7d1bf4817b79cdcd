"""The trees beside the evidence: binned, grown on a rung of the ladder, asked."""

from collections.abc import Mapping
from dataclasses import dataclass

import lightgbm as lgb
import pandas as pd

from common.arrays import Floats
from models.estimators.boosting import binned, boosted, raw_scores
from models.estimators.residual_ladder import Rung
from models.numeric.row_blocks import by_blocks
from models.sampling.matrix_columns import stored_numbers
from models.settings.risk import RiskSettings


@dataclass(frozen=True)
class ResidualTrees:
    """What all rungs share.

    Parameters
    ----------
    names : tuple of str
        Columns that the trees use.
    monotone : mapping of str to int
        Directions by name.
    settings : RiskSettings
        What the rungs change.
    """

    names: tuple[str, ...]
    monotone: Mapping[str, int]
    settings: RiskSettings

    def binned(self, x: pd.DataFrame, target: Floats) -> lgb.Dataset:
        """Return the binned rows; rungs differ in their trees, never in bins, and share them."""
        return binned(stored_numbers(x, self.names), target, self.names, self.settings)

    def grown(self, data: lgb.Dataset, rung: Rung) -> lgb.Booster:
        """Return the trees of a rung."""
        return boosted(data, self.monotone, rung.settings(self.settings))

    def log_odds(self, trees: lgb.Booster, x: pd.DataFrame) -> Floats:
        """Return the trees' raw scores, shape (n,)."""

        def scores(block: slice) -> Floats:
            return raw_scores(
                trees, stored_numbers(x.iloc[block], self.names), self.settings.threads
            )

        return by_blocks(len(x), scores)
