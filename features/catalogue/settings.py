"""The parameters of the feature matrix; part of `params.yaml`."""

import math
from typing import Annotated, Literal

from pydantic import Field

from common.settings import Settings
from features.catalogue.channel_settings import ChannelName, ChannelSettings
from features.catalogue.entry import BLOCKS, Block
from features.catalogue.window_settings import WindowSettings
from features.injuries.settings import InjuryRules

Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Share = Annotated[float, Field(gt=0, le=1)]


class FeatureSettings(Settings):
    """What counts as known, which blocks are built, and how the work is cut.

    Parameters
    ----------
    as_of_weekday : str
        Day of the weekly rows.
    silence_days : int
        A silent day is rest if a source of the athlete logged on it or within this many days
        before it; otherwise it is unknown.
    known_share : float
        A window is null unless at least this share of its days is known.
    answered_share : float
        The same for windows of questionnaire answers, which are sparse by nature: 0.4 asks for
        3 answers in 7 days.
    blocks : tuple of str
        Feature blocks, in the order of the matrix.
    windows : WindowSettings
        Window lengths that are parameters.
    chunk_days : int
        Athlete-days per chunk (one athlete at the least); it changes memory, never a value.
    injuries : InjuryRules
        How injury reports become injuries.
    channels : mapping of str to ChannelSettings
        Channels of the team's own that become features.
    """

    as_of_weekday: Weekday = "sunday"
    silence_days: Annotated[int, Field(ge=0, le=365)] = 10
    known_share: Share = 0.8
    answered_share: Share = 0.4
    blocks: tuple[Block, ...] = BLOCKS
    windows: WindowSettings = WindowSettings()
    chunk_days: Annotated[int, Field(ge=1)] = 200_000
    injuries: InjuryRules = InjuryRules()
    channels: dict[ChannelName, ChannelSettings] = Field(default_factory=dict)


def days_needed(window: int, share: float) -> int:
    """Return how many of `window` days must be known.

    Examples
    --------
    >>> [days_needed(days, 0.8) for days in (7, 21, 28, 30)]
    [6, 17, 23, 24]
    """
    # 0.28 x 25 is a little above 7 in floats; without the margin 8 days would be asked for.
    return max(1, math.ceil(share * window - 1e-9))
