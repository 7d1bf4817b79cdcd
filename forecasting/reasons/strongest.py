"""Which contributions of each row are told as reasons, and in which order, as arrays."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from common.arrays import Bools, Floats, Ints
from forecasting.settings import ReasonSettings

_ROWS_AT_ONCE: Final = 10_000
"""Rows that are ranked together: fast, and a hundred thousand athletes take no more memory."""


def strongest(
    effects: Floats, beyond: Floats, changeable: Bools, settings: ReasonSettings
) -> tuple[Ints, Ints]:
    """Return row and column of each contribution that is told, row by row.

    Of a row those for a higher forecast come before those against it, each by how far beyond the
    team's median they lie, of equal ones the stronger first.

    Parameters
    ----------
    effects : ndarray of shape (n, k)
        Log-odds.
    beyond : ndarray of shape (n, k)
        The same less the team's median.
    changeable : ndarray of shape (k,)
        Whether somebody can work on it: of either kind as many are told as the settings say.
    settings : ReasonSettings
        How many each way, and how small a one still counts.
    """
    rows, columns = [], []
    for start in range(0, max(len(effects), 1), _ROWS_AT_ONCE):
        some = slice(start, start + _ROWS_AT_ONCE)
        row, column = _of_some(effects[some], beyond[some], changeable, settings)
        rows.append(start + row)
        columns.append(column)
    return np.concatenate(rows), np.concatenate(columns)


def _of_some(
    effects: Floats, beyond: Floats, changeable: Bools, settings: ReasonSettings
) -> tuple[Ints, Ints]:
    each_way = [_counted(sign * effects, changeable, settings) for sign in (1.0, -1.0)]
    row, column = (np.concatenate(parts) for parts in zip(*each_way, strict=True))
    sign = np.repeat([1.0, -1.0], [len(rows) for rows, _ in each_way])
    # Stable: what neither key tells apart stays in the order of its strength.
    order = np.lexsort((-sign * beyond[row, column], -sign, row))
    return row[order], column[order]


def main_members(
    effects: Floats, sums: Floats, members: Sequence[Sequence[int]], of_family: Ints
) -> Ints:
    """Return the member of each family that weighs most in the direction of the family's sum.

    Parameters
    ----------
    effects : ndarray of shape (m, features)
        Contributions of the rows asked about.
    sums : ndarray of shape (m,)
        The family's sum in each row.
    members : sequence of sequence of int
        Columns of the features of each family.
    of_family : ndarray of shape (m,)
        Which family is asked about in each row.
    """
    most = max((len(columns) for columns in members), default=1)
    # The first member stands in for those that a smaller family lacks: it wins no tie it had lost.
    padded = np.array([[*c, *[c[0]] * (most - len(c))] for c in members], dtype=np.int64)
    candidates = padded.reshape(-1, most)[of_family]
    # In the direction of the sum: told is what agrees with the reason.
    agreeing = sums[:, None] * np.take_along_axis(effects, candidates, axis=1)
    best = agreeing.argmax(axis=1)[:, None]
    return np.take_along_axis(candidates, best, axis=1)[:, 0]


def _counted(strength: Floats, changeable: Bools, settings: ReasonSettings) -> tuple[Ints, Ints]:
    """Return row and column of what counts, each row's by falling strength."""
    # With a limit of 0 a contribution of exactly 0 would still count as a reason.
    least = max(settings.least_log_odds, np.finfo(np.float64).tiny)
    # Stable, so that equal contributions come in the same order on every machine.
    order = np.argsort(-strength, axis=1, kind="stable")
    enough = np.take_along_axis(strength, order, axis=1) >= least
    can_change = changeable[order]
    place = np.where(
        can_change,
        np.cumsum(enough & can_change, axis=1),
        np.cumsum(enough & ~can_change, axis=1),
    )
    row, at = np.nonzero(enough & (place <= settings.most_each_way))
    return row, order[row, at]
