"""The view of the daily series that formulas get when only some days are wanted."""

from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

import numpy.typing as npt

from features.kernels.rows import Rows
from features.kernels.windows import Daily, Values
from features.panel.days import Days, Plan

T = TypeVar("T")


class DaysAt(Days):
    """Daily series at the wanted athlete-days only: one value per row.

    A formula cannot tell the difference, unless it looks at the panel, which has every day: that
    part goes through :meth:`on_every_day`, as channels made from others do by themselves.

    Parameters
    ----------
    daily : Days
        The series on every day; channels made from others are kept there.
    rows : Rows
        The athlete-days that are wanted.
    plan : mapping of str to sequence of Window, optional
        As for :class:`features.panel.days.Days`.
    """

    def __init__(self, daily: Days, rows: Rows, plan: Plan | None = None) -> None:
        super().__init__(daily.panel, daily.settings, plan)
        self._daily = daily
        self._rows = rows

    @property
    def panel(self) -> NoReturn:
        """Not here: its arrays would not fit to the rows."""
        raise AttributeError("only some days are wanted: reach the panel through on_every_day")

    def values(self, channel: str) -> Values:
        """Return the channel at the rows, float32."""
        return self._channel(channel)[self._rows.at]

    def derived(self, name: str, compute: Callable[[Days], npt.NDArray[Any]]) -> str:
        """Add a channel made from others on every day, once; returns its name."""
        # On every day: windows over the channel reach back to days that are not wanted.
        return self._daily.derived(name, compute)

    def shared(self, name: str, compute: Callable[[Days], T]) -> T:
        """Compute what several features read, once, from every day."""
        return self._daily.shared(name, compute)

    def on_every_day(self, compute: Callable[[Days], Daily]) -> Daily:
        """Compute what needs every day of the panel, and return the days that are wanted."""
        return compute(self._daily)[self._rows.at]

    def _channel(self, channel: str) -> Values:
        return self._daily._channel(channel)  # noqa: SLF001 - the same class
