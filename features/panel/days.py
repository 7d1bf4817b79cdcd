"""What formulas are written in: windows over the channels of a panel, each computed once."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from common.errors import StridecastError
from features.catalogue.settings import FeatureSettings, days_needed
from features.kernels import running_statistics, windows
from features.kernels.rows import every_day
from features.kernels.windows import Daily, Values, Window, window_table
from features.panel.athlete_days import Panel
from features.panel.daily_channels import FOR_DAYS

T = TypeVar("T")
Plan = Mapping[str, Sequence[Window]]
"""Windows by channel that will be asked for, so that one pass computes them all."""


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
    plan : mapping of str to sequence of Window, optional
        The windows that will be asked for. It changes how fast, never what.

    Attributes
    ----------
    asked : dict of str to dict of Window
        The windows that were asked for, by channel.
    """

    def __init__(self, panel: Panel, settings: FeatureSettings, plan: Plan | None = None) -> None:
        self._panel = panel
        self.settings = settings
        self.asked: dict[str, dict[Window, None]] = {}
        self._plan = plan or {}
        self._rows = every_day(panel.grid)
        self._kept: dict[tuple[Any, ...], Daily] = {}
        self._derived: dict[str, Values] = {}
        self._shared: dict[str, Any] = {}

    @property
    def panel(self) -> Panel:
        """The panel, every day of it."""
        return self._panel

    def values(self, channel: str) -> Values:
        """Return the channel as it is, float32."""
        return self._channel(channel)

    def sum(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Sum of the known days."""
        needed = days_needed(window, self.settings.known_share)
        return self._window(channel, windows.rolling_sum(window, lag, needed))

    def mean(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Mean of the known days."""
        needed = days_needed(window, self.settings.known_share)
        return self._window(channel, windows.rolling_mean(window, lag, needed))

    def max(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Largest known day."""
        needed = days_needed(window, self.settings.known_share)
        return self._window(channel, windows.rolling_max(window, lag, needed))

    def std(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Sample standard deviation of the known days."""
        needed = days_needed(window, self.settings.known_share)
        return self._window(channel, windows.rolling_std(window, lag, needed))

    def known(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Count of the known days."""
        return self._window(channel, windows.rolling_known(window, lag))

    def answered_mean(self, channel: str, window: int) -> Daily:
        """Mean of the answers, null unless the settings' share of the days was answered.

        An answer about a week counts as seven days, where none of the channel came between.
        """
        needed = days_needed(window, self.settings.answered_share)
        if FOR_DAYS not in self._panel.channels:
            return self.mean_of_known_days(channel, window, needed)
        weights = self.derived(f"{channel} days", _days_of_answers(channel))
        weighted = self.derived(
            f"{channel} x days", lambda d: d.values(channel) * d.values(weights)
        )
        answered = self.sum_of_known_days(weights, window)
        mean = ratio(self.sum_of_known_days(weighted, window), answered)
        return np.where(answered >= needed, mean, np.nan)

    def mean_of_share(self, channel: str, window: int, lag: int, share: float) -> Daily:
        """Mean of the known days, null unless `share` of the window's days are known."""
        return self._window(channel, windows.rolling_mean(window, lag, days_needed(window, share)))

    def mean_of_known_days(self, channel: str, window: int, needed: int) -> Daily:
        """Mean of the known days, null unless `needed` of them are known."""
        return self._window(channel, windows.rolling_mean(window, 0, needed))

    def sum_of_known_days(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Sum of the known days, null only where none is known."""
        return self._window(channel, windows.rolling_sum(window, lag, 1))

    def any_max(self, channel: str, window: int, lag: int = 0) -> Daily:
        """Largest known day, null only where none is known."""
        return self._window(channel, windows.rolling_max(window, lag, 1))

    def ewma(self, channel: str, weight: float) -> Daily:
        """Exponentially weighted mean."""
        return self._window(channel, windows.ewma(weight, self.settings.known_share))

    def latest(self, channel: str, within: int) -> Daily:
        """Last known value of the past `within` days."""
        return self._carried(running_statistics.latest, channel, within)

    def streak(self, channel: str) -> Daily:
        """Consecutive days above 0."""
        return self._carried(running_statistics.streak, channel)

    def past_mean(self, channel: str, lag: int, needed: int) -> Daily:
        """Mean of all known days up to `lag` days ago."""
        return self._carried(running_statistics.past_mean, channel, lag, needed)

    def past_std(self, channel: str, lag: int, needed: int) -> Daily:
        """Sample standard deviation of all known days up to `lag` days ago."""
        return self._carried(running_statistics.past_std, channel, lag, needed)

    def days_since(self, name: str, flags: npt.NDArray[np.bool_]) -> Daily:
        """Days since the last flagged day under observation; null before the first."""
        never = np.full(len(self.panel.athletes), np.nan)
        compute = running_statistics.days_since
        return self._once(("since", name), lambda: compute(flags, self.panel.offsets, never))

    def first_positive(self, name: str, values: Daily) -> Daily:
        """First value above 0, carried forward from its day on."""
        compute = running_statistics.first_positive
        return self._once(("first", name), lambda: compute(values, self.panel.offsets))

    def derived(self, name: str, compute: Callable[["Days"], npt.NDArray[Any]]) -> str:
        """Add a channel made from others on every day, once; returns its name."""
        # By name alone: two formulas that mean different things must not share one.
        if name not in self._derived:
            self._derived[name] = compute(self).astype(np.float32)
        return name

    def shared(self, name: str, compute: Callable[["Days"], T]) -> T:
        """Compute what several features read, once."""
        if name not in self._shared:
            self._shared[name] = compute(self)
        result: T = self._shared[name]
        return result

    def on_every_day(self, compute: Callable[["Days"], Daily]) -> Daily:
        """Compute what needs every day of the panel, and return the days that are wanted."""
        return compute(self)

    def _channel(self, channel: str) -> Values:
        derived = self._derived.get(channel)
        if derived is not None:
            return derived
        if channel not in self._panel.channels:
            raise StridecastError(
                f"a feature asks for the daily channel {channel!r}, which does not exist",
                f"the channels are {', '.join(self._panel.channels)}",
            )
        return self._panel.channels[channel]

    def _carried(self, run: Callable[..., Daily], channel: str, *arguments: int) -> Daily:
        rows = self._rows
        return self._once(
            (run.__name__, channel, *arguments),
            lambda: run(
                self._channel(channel), self._panel.offsets, rows.at, rows.offsets, *arguments
            ),
        )

    def _once(self, key: tuple[Any, ...], compute: Callable[[], Daily]) -> Daily:
        if key not in self._kept:
            self._kept[key] = compute()
        return self._kept[key]

    def _window(self, channel: str, window: Window) -> Daily:
        """Compute a window, and with it all that are planned for the channel."""
        self.asked.setdefault(channel, {})[window] = None
        if (channel, window) not in self._kept:
            planned = dict.fromkeys([window, *self._plan.get(channel, ())])
            wanted = [window for window in planned if (channel, window) not in self._kept]
            table = window_table(self._channel(channel), self._panel.offsets, self._rows, wanted)
            self._kept.update(
                ((channel, window), row) for window, row in zip(wanted, table, strict=True)
            )
        return self._kept[channel, window]


def _days_of_answers(channel: str) -> Callable[[Days], Values]:
    """Return how many days each answer of a channel is about, null where there is none.

    At most the days since the channel's answer before: a watch measures every day, also on the one
    that a form about the week is dated to.
    """

    def weights(days: Days) -> Values:
        out = np.full(days.panel.grid.size, np.nan, dtype=np.float32)
        at = np.flatnonzero(~np.isnan(days.values(channel)))
        offsets = np.asarray(days.panel.offsets)
        athlete = np.searchsorted(offsets, at, side="right")
        since = np.full(len(at), np.inf, dtype=np.float32)
        same = np.flatnonzero(athlete[1:] == athlete[:-1]) + 1
        since[same] = at[same] - at[same - 1]
        out[at] = np.minimum(days.values(FOR_DAYS)[at], since)
        return out

    return weights


def ratio(above: npt.NDArray[Any], below: npt.NDArray[Any]) -> Daily:
    """Divide; a denominator of 0 gives null, not infinity."""
    numerator = np.asarray(above, dtype=np.float64)
    denominator = np.asarray(below, dtype=np.float64)
    out = np.full(numerator.shape, np.nan)
    # Above 0: a negative denominator occurs only by error and would turn a ratio round.
    np.divide(numerator, denominator, out=out, where=denominator > 0)
    return out
