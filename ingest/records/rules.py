"""Ranges and vocabularies of the contracts, as readers check them: written down once."""

from dataclasses import dataclass
from functools import cache

import pandas as pd

from common.contracts import CONTRACTS


@dataclass(frozen=True)
class Rule:
    """What one value may be.

    Parameters
    ----------
    kind : str
        ``text``, ``number``, ``choice``, ``day`` or ``instant``.
    needed : bool
        Whether a record without the value is refused.
    strict : bool
        Whether a wrong value refuses the record; otherwise it becomes null, as a named repair.
    low, high : float
        Range of a number.
    choices : tuple of str
        Closed vocabulary.
    """

    kind: str
    needed: bool
    strict: bool
    low: float = float("-inf")
    high: float = float("inf")
    choices: tuple[str, ...] = ()


@cache
def rule_of(
    table: str, column: str, *, needed: bool | None = None, strict: bool | None = None
) -> Rule:
    """Return the rule of a contract's column.

    Unless said otherwise, what may not be null is needed, and what is needed is strict.
    """
    spec = CONTRACTS[table].columns[column]
    found = {check.name: check.statistics for check in spec.checks}
    bounds = found.get("in_range", {})
    choices = tuple(found.get("isin", {}).get("allowed_values", ()))
    needed = not spec.nullable if needed is None else needed
    return Rule(
        kind=_kind(spec.dtype.type, choices, bounded=bool(bounds)),
        needed=needed,
        strict=needed if strict is None else strict,
        low=float(bounds.get("min_value", float("-inf"))),
        high=float(bounds.get("max_value", float("inf"))),
        choices=choices,
    )


def _kind(dtype: object, choices: tuple[str, ...], *, bounded: bool) -> str:
    if isinstance(dtype, pd.DatetimeTZDtype):
        return "instant"
    if choices:
        return "choice"
    if bounded:
        return "number"
    return "day" if str(dtype).startswith("datetime64") else "text"
