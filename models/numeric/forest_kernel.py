"""Classification trees on binned columns, in compiled loops: grown, and asked.

A tree is a table of whole numbers with one line per node, the root first: feature (-1 in a leaf),
last bin that goes left, whether missing values go left, and the line of the left child, after which
the right one stands.
"""

from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Floats
from features.kernels.jit import kernel
from models.numeric.column_bins import MISSING, MOST_BINS, Bins

Nodes = npt.NDArray[np.int32]
Rows = npt.NDArray[np.int64]

FIELDS: Final = 4
_LEAF: Final = -1
_ALL_BINS: Final = MOST_BINS + 1


@kernel
def best_cut(table: Floats, least: float, missing_left: bool) -> tuple[float, int]:
    """Return how pure the best cut of a column leaves its sides, and the last bin on the left.

    The sum of events squared over draws of both sides is largest where Gini's impurity is least.
    A cut lies midway between two bins that occur; -1 is returned where no cut leaves enough rows.

    Parameters
    ----------
    table : ndarray of shape (bins, 3)
        Different rows, draws and draws with an event in each bin.
    least : float
        Different rows on each side at least.
    missing_left : bool
        Whether missing values go left.
    """
    rows, drawn, hurt = 0.0, 0.0, 0.0
    for b in range(len(table)):
        rows, drawn, hurt = rows + table[b, 0], drawn + table[b, 1], hurt + table[b, 2]
    left, left_drawn, left_hurt = 0.0, 0.0, 0.0
    if missing_left:
        left, left_drawn, left_hurt = table[MISSING, 0], table[MISSING, 1], table[MISSING, 2]
    purest, cut, before = -1.0, 0, 0
    for b in range(1, len(table) + 1):
        # After the last bin: all known values on the left, the missing ones alone on the right.
        if b < len(table) and table[b, 0] == 0:
            continue
        if before > 0 and left >= least and rows - left >= least:
            right_hurt = hurt - left_hurt
            purity = left_hurt * left_hurt / left_drawn
            purity += right_hurt * right_hurt / (drawn - left_drawn)
            if purity > purest:
                purest, cut = purity, (before + b) // 2
        if b < len(table):
            left, left_drawn = left + table[b, 0], left_drawn + table[b, 1]
            left_hurt, before = left_hurt + table[b, 2], b
    return purest, cut


@kernel
def tabulate(column: Bins, counts: Floats, rows: Rows, table: Floats) -> bool:
    """Write the table of :func:`best_cut`; say whether the column differs between the rows.

    Parameters
    ----------
    column : ndarray of shape (n,)
        Bins of all rows.
    counts : ndarray of shape (n, 2)
        How often each row was drawn, and how often with an event.
    rows : ndarray of int
        Of the node.
    table : ndarray of shape (bins, 3)
        Written.
    """
    table[:] = 0.0
    for row in rows:
        b = column[row]
        table[b, 0] += 1.0
        table[b, 1] += counts[row, 0]
        table[b, 2] += counts[row, 1]
    return bool(table[column[rows[0]], 0] < len(rows))


@kernel
def best_split(
    bins: Bins,
    counts: Floats,
    rows: Rows,
    luck: Floats,
    order: Rows,
    limits: Rows,
    split: Rows,
) -> bool:
    """Write feature, cut and side of missing values of the best split; False if there is none.

    Columns are tried by chance, without repetition, until enough were; where all of these are
    constant among the rows, until one is not (as in scikit-learn).

    Parameters
    ----------
    bins : ndarray of shape (k, n)
    counts, rows
        As in :func:`tabulate`.
    luck : ndarray of shape (k,)
        Chance numbers in [0, 1).
    order : ndarray of shape (k,)
        The columns in any order; shuffled on.
    limits : ndarray of int
        Columns to try; different rows on each side at least.
    split : ndarray of shape (3,)
        Written.
    """
    columns, purest, varies = len(order), -1.0, False
    table = np.empty((_ALL_BINS, 3))
    for j in range(columns):
        if j >= limits[0] and varies:
            break
        pick = j + int(luck[j] * (columns - j))
        order[j], order[pick] = order[pick], order[j]
        if not tabulate(bins[order[j]], counts, rows, table):
            continue
        varies = True
        missing = table[MISSING, 0]
        for side in range(2 if missing > 0 else 1):
            purity, cut = best_cut(table, float(limits[1]), side == 1)
            if purity > purest:
                purest = purity
                split[0], split[1], split[2] = order[j], cut, side
                if missing == 0:
                    # Nothing was learnt of missing values here: they go with the most rows.
                    split[2] = 2 * table[: cut + 1, 0].sum() > len(rows)
    return purest >= 0


@kernel
def part(column: Bins, rows: Rows, split: Rows) -> int:
    """Move the rows that go left to the front; return how many they are.

    Parameters
    ----------
    column : ndarray of shape (n,)
        Bins of the feature that is split.
    rows : ndarray of int
        Of the node; reordered.
    split : ndarray of shape (3,)
        Of :func:`best_split`.
    """
    left = 0
    for i in range(len(rows)):
        b = column[rows[i]]
        if (split[2] > 0) if b == MISSING else (b <= split[1]):
            rows[left], rows[i] = rows[i], rows[left]
            left += 1
    return left


@kernel
def grow(
    bins: Bins,
    counts: Floats,
    rows: Rows,
    luck: Floats,
    limits: Rows,
    tree: Nodes,
    shares: Floats,
) -> int:
    """Grow a tree until its leaves are pure or too small; return its number of nodes.

    Parameters
    ----------
    bins, counts, limits
        As in :func:`best_split`.
    rows : ndarray of int
        Different rows that were drawn; reordered.
    luck : ndarray of shape (nodes, k)
        Chance numbers in [0, 1), a line for every node that there may be.
    tree : ndarray of shape (nodes, 4)
        Written; see the module.
    shares : ndarray of shape (nodes,)
        Share of events of each node, written.
    """
    first, last = np.zeros(len(tree), np.int64), np.zeros(len(tree), np.int64)
    order, split = np.arange(len(bins)), np.zeros(3, np.int64)
    last[0], nodes, node = len(rows), 1, 0
    while node < nodes:
        own, start = rows[first[node] : last[node]], first[node]
        drawn, hurt = 0.0, 0.0
        for row in own:
            drawn, hurt = drawn + counts[row, 0], hurt + counts[row, 1]
        shares[node], tree[node, 0] = hurt / drawn, _LEAF
        is_divisible = len(own) >= 2 * limits[1] and 0 < hurt < drawn
        if is_divisible and best_split(bins, counts, own, luck[node], order, limits, split):
            middle = start + part(bins[split[0]], own, split)
            first[nodes], last[nodes] = start, middle
            first[nodes + 1], last[nodes + 1] = middle, last[node]
            tree[node, 0], tree[node, 1], tree[node, 2] = split[0], split[1], split[2]
            tree[node, 3] = nodes
            nodes += 2
        node += 1
    return nodes


@kernel
def add_shares(bins: Bins, tree: Nodes, shares: Floats, total: Floats) -> None:
    """Add the share of events in each row's leaf to `total`, shape (n,).

    Parameters
    ----------
    bins : ndarray of shape (k, n)
    tree, shares
        Of :func:`grow`.
    total : ndarray of shape (n,)
        Written.
    """
    for row in range(len(total)):
        node = 0
        while tree[node, 0] != _LEAF:
            b = bins[tree[node, 0], row]
            goes_left = tree[node, 2] > 0 if b == MISSING else b <= tree[node, 1]
            node = tree[node, 3] if goes_left else tree[node, 3] + 1
        total[row] += shares[node]
