"""What formulas are written in: windows over the channels of a panel, each computed once."""

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from features import carried, windows
from features.panel import Panel
from features.settings import FeatureSettings, days_needed
from features.windows import Daily, Values

T = TypeVar("T")


class Days:
    """Daily series of one panel, with the rules of knowing applied.

    Every method returns float64, one value per athlete-day, null = NaN. Windows end `lag` days
    before the day and are null unless the settings' share of their days is known.

    Parameters
    ----------
    panel : Panel
        The channels.
    settings : FeatureSettings
        Shares of days that must be known.
    """

    def __init__(self, panel: Panel, settings: FeatureSettings) -> None:
        self.panel = panel
        self.settings = settings
        self._kept: dict[tuple[Any, ...], Daily] = {}
        self._derived: dict[str, Values] = {}
        self._shared: dict[str, Any] = {}

    def values(self, channel: str) -> Values:
        """Return the channel as it is, float32."""
        derived = self._derived.get(channel)
        return self.panel.channels[channel] if derived is None else derived

    def sum(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Sum of the known days."""
        needed = days_needed(window, self.settings.known_share)
        return self._window(windows.rolling_sum, channel, window, lag, needed)

    def mean(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Mean of the known days."""
        return self.sum(channel, window, lag) / self.known(channel, window, lag)

    def max(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Largest known day."""
        needed = days_needed(window, self.settings.known_share)
        return self._window(windows.rolling_max, channel, window, lag, needed)

    def std(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Sample standard deviation of the known days."""
        needed = days_needed(window, self.settings.known_share)
        return self._window(windows.rolling_std, channel, window, lag, needed)

    def known(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Count of the known days."""
        return self._window(windows.rolling_known, channel, window, lag)

    def answered_mean(self, channel: str, window: int) -> Daily:
        """Mean of the answers, null unless the settings' share of the days was answered."""
        needed = days_needed(window, self.settings.answered_share)
        total = self._window(windows.rolling_sum, channel, window, 0, needed)
        return total / self.known(channel, window)

    def any_sum(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Sum of the known days, null only where none is known."""
        return self._window(windows.rolling_sum, channel, window, lag, 1)

    def any_max(self, channel: str, window: int) -> Daily:
        """Largest known day, null only where none is known."""
        return self._window(windows.rolling_max, channel, window, 0, 1)

    def ewma(self, channel: str, weight: float) -> Daily:
        """Exponentially weighted mean."""
        return self._window(carried.ewma, channel, weight, self.settings.known_share)

    def latest(self, channel: str, within: int) -> Daily:
        """Last known value of the past `within` days."""
        return self._window(carried.latest, channel, within)

    def streak(self, channel: str) -> Daily:
        """Consecutive days above 0."""
        return self._window(carried.streak, channel)

    def past_mean(self, channel: str, lag: int, needed: int) -> Daily:
        """Mean of all known days up to `lag` days ago."""
        return self._window(carried.past_mean, channel, lag, needed)

    def past_std(self, channel: str, lag: int, needed: int) -> Daily:
        """Sample standard deviation of all known days up to `lag` days ago."""
        return self._window(carried.past_std, channel, lag, needed)

    def days_since(self, name: str, flags: npt.NDArray[np.bool_]) -> Daily:
        """Days since the last flagged day under observation; null before the first."""
        never = np.full(len(self.panel.athletes), np.nan)
        return self._kernel(("days_since", name), carried.days_since, flags, never)

    def first_positive(self, name: str, values: Daily) -> Daily:
        """First value above 0, held from its day on."""
        return self._kernel(("first_positive", name), carried.first_positive, values)

    def derived(self, name: str, compute: Callable[["Days"], npt.NDArray[Any]]) -> str:
        """Add a channel made from others, once; returns its name."""
        if name not in self._derived:
            self._derived[name] = compute(self).astype(np.float32)
        return name

    def shared(self, name: str, compute: Callable[["Days"], T]) -> T:
        """Compute what several features read, once."""
        if name not in self._shared:
            self._shared[name] = compute(self)
        kept: T = self._shared[name]
        return kept

    def _window(self, run: Callable[..., Daily], channel: str, *arguments: float) -> Daily:
        key = (run.__name__, channel, *arguments)
        return self._kernel(key, run, self.values(channel), *arguments)

    def _kernel(
        self,
        key: tuple[Any, ...],
        run: Callable[..., Daily],
        values: npt.NDArray[Any],
        *arguments: Any,  # noqa: ANN401 - numbers or arrays, as the kernel takes them
    ) -> Daily:
        if key not in self._kept:
            self._kept[key] = run(values, self.panel.offsets, *arguments)
        return self._kept[key]


def ratio(above: npt.NDArray[Any], below: npt.NDArray[Any]) -> Daily:
    """Divide; a denominator of 0 gives null, not infinity."""
    numerator = np.asarray(above, dtype=np.float64)
    denominator = np.asarray(below, dtype=np.float64)
    out = np.full(numerator.shape, np.nan)
    np.divide(numerator, denominator, out=out, where=denominator > 0)
    return out
