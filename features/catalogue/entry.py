"""What a feature is: the entry from which dictionary, constraints, groups and wording are made."""

from dataclasses import dataclass
from typing import Final, Literal

Block = Literal["load", "recovery", "history", "strength", "gait", "equipment"]
BLOCKS: Final[tuple[Block, ...]] = (
    "load",
    "recovery",
    "history",
    "strength",
    "gait",
    "equipment",
)
"""The pre-declared order in which blocks are added, in ablations and under the feature cap."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Feature:
    """One column of the feature matrix.

    Parameters
    ----------
    name : str
        Column name, unit last (``distance_7d_km``).
    block : str
        One of :data:`BLOCKS`.
    label : str
        What a coach calls it, lower case, no unit ("distance in the past 7 days").
    unit : str
        Unit of the value; empty for ratios and counts.
    formula : str
        The formula in words, exact enough to recompute it.
    source : str
        Where the formula or the effect comes from.
    changeable : bool
        Whether an athlete or coach can change it (age and past injuries are context, not advice).
    monotone : int
        +1 where risk may not fall as the value rises, -1 where it may not rise, 0 where it is free.
    low, high : float
        Plausible range; outside it the audit speaks up.
    structural_null : str
        Why the value may be missing in a way that is information ("never injured"); empty if
        missing only means unknown.
    decimals : int
        Digits shown after the point.
    """

    name: str
    block: str
    label: str
    unit: str
    formula: str
    source: str
    changeable: bool
    monotone: int = 0
    low: float = 0.0
    high: float = float("inf")
    # A text and no flag: the dictionary prints the reason.
    structural_null: str = ""
    decimals: int = 1

    def __post_init__(self) -> None:
        if self.block not in BLOCKS:
            raise ValueError(f"feature {self.name}: block {self.block!r} is none of {BLOCKS}")
        if self.monotone not in (-1, 0, 1):
            raise ValueError(f"feature {self.name}: monotone is -1, 0 or 1, not {self.monotone}")
