"""Features of the channels of the team's own: sums, means, exponentially weighted means, spikes."""

import math
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from features.catalogue.channel_settings import ChannelSettings
from features.catalogue.entry import Feature
from features.catalogue.window_settings import WindowSettings
from features.kernels.windows import Daily
from features.panel.days import Days, ratio
from features.panel.definition import Definition
from features.panel.extra_channels import channel_key

OWN: Final = "a channel of the team's own (features.channels)"
_MOST_TIMES: Final = 50.0


def definitions_of(
    channels: Mapping[str, ChannelSettings], windows: WindowSettings
) -> tuple[Definition, ...]:
    """Return the features of the channels, in the order of the settings.

    Parameters
    ----------
    channels : mapping of str to ChannelSettings
        Channel -> how it becomes features.
    windows : WindowSettings
        Days of the two sides of a spike.
    """
    return tuple(
        definition for name, own in channels.items() for definition in _of(name, own, windows)
    )


def _of(name: str, own: ChannelSettings, windows: WindowSettings) -> Iterator[Definition]:
    for days in own.windows:
        yield Definition(_window(name, own, days), partial(_past, name=name, own=own, length=days))
    for days in own.ewma:
        yield Definition(_ewma(name, own, days), partial(_fading, name=name, length=days))
    if own.spike:
        yield Definition(_spike(name, own, windows), partial(_jump, name=name, own=own))


def _past(days: Days, name: str, own: ChannelSettings, length: int) -> Daily:
    if own.day == "sum":
        return days.sum(channel_key(name), length)
    return days.mean_of_known_days(channel_key(name), length, 1)


def _fading(days: Days, name: str, length: int) -> Daily:
    return days.ewma(channel_key(name), 2 / (length + 1))


def _jump(days: Days, name: str, own: ChannelSettings) -> Daily:
    """Mean of the past days over the mean of the days before them, which do not overlap."""
    short, long = days.settings.windows.acute_days, days.settings.windows.chronic_days
    channel = channel_key(name)
    # A test a week is enough of a measure; a dose has to be known on most days.
    share = days.settings.known_share if own.day == "sum" else 0.0
    # With a lag of the short window, so that the two do not overlap.
    before = days.mean_of_share(channel, long, short, share)
    return ratio(days.mean_of_share(channel, short, 0, share), before)


def _feature(
    own: ChannelSettings,
    name: str,
    label: str,
    formula: str,
    unit: str,
    times: float,
) -> Feature:
    monotone = {None: 0, True: 1, False: -1}[own.more_is_worse]
    return Feature(
        name=name,
        block=own.block,
        label=label,
        unit=unit,
        formula=formula,
        source=OWN,
        changeable=own.changeable,
        monotone=monotone,
        low=-math.inf if own.low is None else own.low * times,
        high=math.inf if own.high is None else own.high * times,
        decimals=1,
    )


def _label(name: str, own: ChannelSettings) -> str:
    return own.label or name.replace("_", " ")


def _window(name: str, own: ChannelSettings, days: int) -> Feature:
    dose = own.day == "sum"
    # A plausible sum grows with its window; a plausible mean does not.
    times = days if dose else 1
    statistic = (
        "sum" if dose else f"mean of the {'largest values' if own.day == 'max' else 'values'}"
    )
    return _feature(
        own,
        f"extra_{name}_{days}d",
        f"{_label(name, own)} in the past {days} days",
        f"{statistic} of {name} of the {days} days that end on the day",
        own.unit,
        times,
    )


def _ewma(name: str, own: ChannelSettings, days: int) -> Feature:
    return _feature(
        own,
        f"extra_{name}_ewma_{days}d",
        f"{_label(name, own)} a day, fading over {days} days",
        f"exponentially weighted mean of {name}, weight 2 / ({days} + 1)",
        own.unit,
        1,
    )


def _spike(name: str, own: ChannelSettings, windows: WindowSettings) -> Feature:
    short, long = windows.acute_days, windows.chronic_days
    bare = own.model_copy(update={"low": 0.0, "high": _MOST_TIMES})
    return _feature(
        bare,
        f"extra_{name}_spike",
        f"{_label(name, own)} of the past {short} days against the {long} days before",
        f"mean of {name} of the past {short} days / mean of the {long} days before them",
        "",
        1,
    )
