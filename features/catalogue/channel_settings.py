"""How a channel of the team's own becomes features; part of `params.yaml`."""

from typing import Annotated, Literal

from pydantic import Field

from common.settings import Settings
from features.catalogue.entry import Block
from features.catalogue.window_settings import Days

ChannelName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]


class ChannelSettings(Settings):
    """What a channel measures, and which windows of it are features.

    Parameters
    ----------
    unit : str
        Unit of a day's value.
    label : str
        What a coach calls it; the channel's name without one.
    day : {"sum", "mean", "max"}
        What several values of one day come to. A ``sum`` is a dose (metres sprinted): a day
        without a row is 0 while the channel was logged within the past `silence_days`. A ``mean``
        or ``max`` is a measure (jump height): a day without one is unknown.
    windows : tuple of int
        Days of which the sum, or the mean of a measure, is a feature.
    ewma : tuple of int
        Spans N of exponentially weighted means, weight 2 / (N + 1).
    spike : bool
        Whether the past `acute_days` over the `chronic_days` before them is a feature.
    more_is_worse : bool, optional
        Whether risk may not fall (true) or may not rise (false) with it; free if left out.
    changeable : bool
        Whether an athlete or coach can change it.
    block : str
        Block of the catalogue that the features stand in.
    low, high : float, optional
        Plausible range of a day's value; the audit speaks up outside it.
    """

    unit: str = ""
    label: str = ""
    day: Literal["sum", "mean", "max"] = "sum"
    windows: tuple[Days, ...] = (7, 28)
    ewma: tuple[Days, ...] = ()
    spike: bool = False
    more_is_worse: bool | None = None
    changeable: bool = True
    block: Block = "load"
    low: float | None = None
    high: float | None = None
