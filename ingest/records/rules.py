"""Ranges and vocabularies of the contracts, as readers check them: written down once."""

from dataclasses import dataclass
from functools import cache

from common.contract_check import DAY, INSTANT, Column
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
    low, high = spec.bounds or (float("-inf"), float("inf"))
    needed = not spec.nullable if needed is None else needed
    return Rule(
        kind=_kind(spec),
        needed=needed,
        strict=needed if strict is None else strict,
        low=float(low),
        high=float(high),
        choices=spec.choices,
    )


def _kind(spec: Column) -> str:
    if spec.dtype == INSTANT:
        return "instant"
    if spec.choices:
        return "choice"
    if spec.bounds:
        return "number"
    return "day" if spec.dtype == DAY else "text"
