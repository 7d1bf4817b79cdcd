"""How well reasons hold: whether models fitted to other athletes rank them alike.

The refits behind the range of a probability (:mod:`models.estimators.prediction_interval`) are
explained as well. A reason that comes first only because of who was watched would not come first
in them.
"""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from models.estimators.evidence_risk import EvidenceRisk
from models.estimators.risk import RiskModel

TOP: Final = 3
STABILITY_COLUMNS: Final = ("measure", "value", "low", "high")


def reason_stability(
    model: RiskModel | EvidenceRisk, x: pd.DataFrame, group_of: Mapping[str, str]
) -> pd.DataFrame:
    """Compare the reasons of each row with those that every refit gives for it.

    Parameters
    ----------
    model : RiskModel or EvidenceRisk
        With refits (:meth:`models.estimators.risk.RiskModel.fit_range`).
    x : pandas.DataFrame of shape (n, k)
        Rows that the model has not learnt from.
    group_of : mapping of str to str
        The reason that each feature belongs to; contributions are added up within it.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`STABILITY_COLUMNS`; value is the mean over refits, low and high the lowest
        and the highest refit. Measures: `rank_correlation` (Spearman, of the reasons of a row,
        mean over rows), `first_again` and `first_in_top_3` (share of rows whose strongest reason
        for a higher forecast is a refit's strongest, or among its three strongest), and
        `same_direction` (share of rows where the three strongest reasons of either sign keep
        their sign, mean over the three).

    Raises
    ------
    StridecastError
        If the model has no refits.
    """
    names = [str(name) for name in model.feature_names_in_]
    own = _grouped(model.contributions(x)[:, :-1], names, group_of)
    agreements = [
        _agreement(own, _grouped(refit, names, group_of)) for refit in model.refit_contributions(x)
    ]
    table = pd.DataFrame(agreements)
    rows = [
        {"measure": name, "value": table[name].mean(), "low": table[name].min(),
         "high": table[name].max()}
        for name in table
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=list(STABILITY_COLUMNS))


def _grouped(contributions: Floats, names: list[str], group_of: Mapping[str, str]) -> Floats:
    """Add the columns of each reason up, shape (n, reasons)."""
    # By reason: features that say the same share it differently in every refit.
    codes, _ = pd.factorize(np.array([group_of[name] for name in names]), sort=True)
    member = codes[:, None] == np.arange(codes.max() + 1)
    return np.asarray(contributions @ member)


def _agreement(own: Floats, other: Floats) -> dict[str, float]:
    rows = np.arange(len(own))
    # The largest and not the largest in size: the page names what raises a risk first.
    first = own.argmax(axis=1)
    place = (other > other[rows, first][:, None]).sum(axis=1)
    strongest = np.argsort(-np.abs(own), axis=1)[:, :TOP]
    signs = np.sign(np.take_along_axis(own, strongest, 1))
    same_sign = signs == np.sign(np.take_along_axis(other, strongest, 1))
    return {
        "rank_correlation": float(np.mean(_rank_correlation(own, other))),
        "first_again": float((place == 0).mean()),
        f"first_in_top_{TOP}": float((place < TOP).mean()),
        "same_direction": float(same_sign.mean()),
    }


def _rank_correlation(a: Floats, b: Floats) -> Floats:
    """Spearman's correlation of each row of `a` with that of `b`; 0 where one is constant."""
    ranks = [pd.DataFrame(matrix).rank(axis=1).to_numpy() for matrix in (a, b)]
    centred = [rank_matrix - rank_matrix.mean(axis=1, keepdims=True) for rank_matrix in ranks]
    top = (centred[0] * centred[1]).sum(axis=1)
    size = np.sqrt((centred[0] ** 2).sum(axis=1) * (centred[1] ** 2).sum(axis=1))
    return np.asarray(np.divide(top, size, out=np.zeros_like(top), where=size > 0))
