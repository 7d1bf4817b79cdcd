"""Why a forecast is what it is: SHAP values in log-odds, by feature and by block.

For each row: base value + sum of the features' contributions = the calibrated log-odds. A
contribution of +0.7 doubles the odds. Contributions say what the model associates with the risk,
not what causes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from features.catalogue.entry import BLOCKS, Feature
from models.numeric.row_sums import row_sums
from models.store.artifact import Model

_ROUNDING: Final = 1e-8


@dataclass(frozen=True)
class Explanation:
    """Contributions of a set of rows, all in log-odds.

    Parameters
    ----------
    base_value : float
        Mean prediction over the training rows; the same for every row.
    contributions : pandas.DataFrame of shape (n, features)
        Contribution of each feature; the index of the rows explained.
    block_of : dict of str to str
        Block of each feature.
    """

    base_value: float
    contributions: pd.DataFrame
    block_of: dict[str, str]

    def by_block(self) -> pd.DataFrame:
        """Return the sum of contributions per block, shape (n, blocks), pre-declared order."""
        blocks = [self.block_of[c] for c in self.contributions.columns]
        values = self.contributions.to_numpy()
        return pd.DataFrame(
            {
                # Log-odds add up; factors of the odds would have to be multiplied.
                block: row_sums(values[:, [b == block for b in blocks]])
                for block in BLOCKS
                if block in blocks
            },
            index=self.contributions.index,
        )

    def feature_table(self) -> pd.DataFrame:
        """Return :meth:`Sizes.feature_table` of these rows alone."""
        return self._sizes().feature_table()

    def block_table(self) -> pd.DataFrame:
        """Return :meth:`Sizes.block_table` of these rows alone."""
        return self._sizes().block_table()

    def _sizes(self) -> "Sizes":
        sizes = Sizes()
        sizes.add(self)
        return sizes


@dataclass
class Sizes:
    """How large contributions are on average, added up over any number of explanations.

    Rows are added one after the other, so that the means are the same to the last bit however
    the rows were divided.

    Parameters
    ----------
    rows : int
        How many were added.
    by_feature, by_block : pandas.DataFrame
        Sums of contributions and of their absolute values; index is the name. The mean of a
        block is that of the absolute sum over it: contributions that cancel inside a block do not
        count.
    block_of : dict of str to str
        Block of each feature.
    """

    rows: int = 0
    by_feature: pd.DataFrame = field(default_factory=pd.DataFrame)
    by_block: pd.DataFrame = field(default_factory=pd.DataFrame)
    block_of: dict[str, str] = field(default_factory=dict)

    def add(self, explanation: Explanation) -> None:
        """Add the rows of an explanation of the same model."""
        self.rows += len(explanation.contributions)
        self.by_feature = _added(self.by_feature, explanation.contributions)
        self.by_block = _added(self.by_block, explanation.by_block())
        self.block_of = explanation.block_of

    def feature_table(self) -> pd.DataFrame:
        """Return feature, block, mean_abs_log_odds, mean_log_odds; the largest first."""
        table = self._means(self.by_feature, "feature")
        table.insert(1, "block", [self.block_of[name] for name in table["feature"]])
        return table.sort_values(
            "mean_abs_log_odds", ascending=False, kind="stable", ignore_index=True
        )

    def block_table(self) -> pd.DataFrame:
        """Return block, mean_abs_log_odds, mean_log_odds in the pre-declared order of blocks."""
        return self._means(self.by_block, "block")

    def _means(self, sums: pd.DataFrame, name: str) -> pd.DataFrame:
        return (sums / self.rows).rename_axis(name).reset_index()


def explain(model: Model, x: pd.DataFrame, catalogue: Iterable[Feature]) -> Explanation:
    """Explain rows by the booster's own SHAP values, or by the curves of the additive model.

    The cost grows steeply with leaves: explain the scored week and a sample, not the history.

    Parameters
    ----------
    model : RiskModel or AdditiveRisk
        Fitted.
    x : pandas.DataFrame of shape (n, k)
        Feature matrix.
    catalogue : iterable of Feature
        Entries of the model's columns.

    Raises
    ------
    StridecastError
        If a column is in no catalogue entry, or the contributions do not add up to the log-odds.
    """
    names = [str(name) for name in model.feature_names_in_]
    block_of = {f.name: f.block for f in catalogue}
    strangers = [name for name in names if name not in block_of]
    if strangers:
        raise StridecastError(f"no catalogue entry for the feature {strangers[0]!r}")
    values = model.contributions(x)
    # Reasons that do not add up to the forecast would be shown to a coach as if they did.
    _check_sums(values, model.decision_function(x))
    return Explanation(
        base_value=float(values[0, -1]) if len(values) else float("nan"),
        contributions=pd.DataFrame(values[:, :-1], columns=names, index=x.index),
        block_of={name: block_of[name] for name in names},
    )


def _check_sums(values: Floats, log_odds: Floats) -> None:
    worst = float(np.abs(values.sum(axis=1) - log_odds).max(initial=0.0))
    if not worst < _ROUNDING:
        raise StridecastError(
            f"contributions miss the calibrated log-odds by {worst:.2g}",
            "the model file is damaged; train again",
        )


def _added(sums: pd.DataFrame, contributions: pd.DataFrame) -> pd.DataFrame:
    values = contributions.to_numpy()
    new = {"mean_abs_log_odds": np.abs(values), "mean_log_odds": values}
    names = list(contributions.columns)
    before = {
        column: sums[column].to_numpy() if len(sums) else np.zeros(len(names)) for column in new
    }
    # One row after the other: other ways to add depend on how many rows there are.
    added = {
        column: np.add.accumulate(np.vstack([before[column], rows]), axis=0)[-1]
        for column, rows in new.items()
    }
    return pd.DataFrame(added, index=names)
