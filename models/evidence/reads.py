"""Which features the evidence model reads: found by asking it, so that no list can fall behind."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import cache

import pandas as pd

from common.arrays import Floats
from models.evidence.columns import Columns
from models.evidence.exposure import background
from models.evidence.figures import packaged
from models.evidence.terms import KNEE_TERMS, TERMS, Term


@dataclass(frozen=True)
class _Recording(Columns):
    """No rows at all; what is asked for is written down."""

    rows: pd.DataFrame = field(default_factory=pd.DataFrame)
    asked: list[str] = field(default_factory=list)

    def __getitem__(self, name: str) -> Floats:
        self.asked.append(name)
        return super().__getitem__(name)


@cache
def features_read() -> frozenset[str]:
    """Return the names of every feature that the model reads, of either outcome."""
    read_by_terms = {name for term in (*TERMS, *KNEE_TERMS) for name in _of_term(term)}
    return frozenset(read_by_terms | set(_asked(lambda columns: background(columns, packaged()))))


def stand_in(term: Term, present: Collection[str]) -> str:
    """Return the feature that a term is told as: its own, or another that it reads and rows hold.

    Parameters
    ----------
    term : Term
        Of the hazard or of the knee's share.
    present : collection of str
        Columns of the rows.
    """
    if term.feature in present:
        return term.feature
    # A reason must name a column that the reader can look up in the athlete's own row.
    return next((name for name in _of_term(term) if name in present), term.feature)


@cache
def _of_term(term: Term) -> tuple[str, ...]:
    return _asked(term.value)


def _asked(read: Callable[[Columns], object]) -> tuple[str, ...]:
    columns = _Recording()
    read(columns)
    return tuple(dict.fromkeys(columns.asked))
