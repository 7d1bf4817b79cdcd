"""Pieces of the club's tables: a table is a mapping of column name to text."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from common.arrays import Bools, Ints, Texts
from simulation.cohort import Cohort
from simulation.truth.table import athlete_ids

Columns = Mapping[str, Texts | NDArray[Any]]
SIDES = ("left", "right")


def ids(cohort: Cohort, runner: Ints) -> Texts:
    """Return the raw roster ids of runners."""
    return athlete_ids(cohort.settings.athletes)[runner]


def same(word: str, n: int) -> Texts:
    """Return `n` times the same word."""
    return np.full(n, word, dtype=object)


def blank(text: Texts, where: Bools) -> Texts:
    """Return the texts, with an empty one wherever the mask is true."""
    return np.where(where, "", text)
