"""The feature matrix: one row per athlete and as-of day, one column per catalogue entry."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Final, get_args

import numpy as np
import pandas as pd

from common.arrays import Ints
from common.contracts import CONTRACTS, empty
from common.extensions import offered
from features.blocks import equipment, gait, history, recovery, strength
from features.blocks.load import block
from features.blocks.own_channels import definitions_of
from features.catalogue.entry import Feature
from features.catalogue.names import checked_names
from features.catalogue.settings import FeatureSettings, Weekday
from features.catalogue.window_settings import WindowSettings, worded
from features.kernels.grid import Grid
from features.kernels.rows import Rows, every_day, rows_at
from features.kernels.windows import Values
from features.panel.athlete_days import build_panel
from features.panel.chunks import athlete_chunks
from features.panel.days import Days, Plan
from features.panel.days_at import DaysAt
from features.panel.definition import Definition

_BUILT_IN: Final[dict[str, tuple[Definition, ...]]] = {
    "load": block.DEFINITIONS,
    "recovery": recovery.DEFINITIONS,
    "history": history.DEFINITIONS,
    "strength": strength.DEFINITIONS,
    "gait": gait.DEFINITIONS,
    "equipment": equipment.DEFINITIONS,
}
_BLOCKS: Final[dict[str, tuple[Definition, ...]]] = {
    block: (*known, *(own for own in offered("features") if own.feature.block == block))
    for block, known in _BUILT_IN.items()
}
_WORTH_A_PLAN: Final = 20_000
"""Athlete-days from which on it pays to learn beforehand which windows will be asked for."""
_ON_EVERY_DAY: Final = ("history", "strength", "gait", "equipment")
"""Blocks whose formulas look at the panel itself; the wanted days are cut out afterwards."""


def catalogue(
    blocks: Sequence[str] | None = None, windows: WindowSettings | None = None
) -> tuple[Feature, ...]:
    """Return the entries of the given blocks, or of every block, in the order of the matrix.

    Parameters
    ----------
    blocks : sequence of str, optional
        Blocks; every one by default.
    windows : WindowSettings, optional
        Window lengths, which names and formulas tell; the defaults if there are none.
    """
    lengths = windows or WindowSettings()
    return tuple(worded(d.feature, lengths) for block in blocks or _BLOCKS for d in _BLOCKS[block])


def own_features(settings: FeatureSettings | None = None) -> frozenset[str]:
    """Return the names of the features that files in `extensions/features` and channels add."""
    channels = own_channels(settings) if settings else ()
    own = [*offered("features"), *channels]
    return frozenset(own_definition.feature.name for own_definition in own)


def own_channels(settings: FeatureSettings) -> tuple[Definition, ...]:
    """Return the features that `features.channels` adds."""
    return definitions_of(settings.channels, settings.windows)


def catalogue_of(
    settings: FeatureSettings, blocks: Sequence[str] | None = None
) -> tuple[Feature, ...]:
    """Return the entries of the matrix that the settings give, of their blocks or of those named.

    Raises
    ------
    StridecastError
        If two features have one name.
    """
    wanted = blocks or settings.blocks
    entries = tuple(
        worded(definition.feature, settings.windows)
        for block in wanted
        for definition in _of_block(block, settings)
    )
    return checked_names(entries)


def _of_block(block: str, settings: FeatureSettings) -> tuple[Definition, ...]:
    """Return the built-in features of a block, those of extensions, and those of channels."""
    own = (
        own_channel for own_channel in own_channels(settings) if own_channel.feature.block == block
    )
    return (*_BLOCKS[block], *own)


def feature_matrix(
    tables: Mapping[str, pd.DataFrame],
    settings: FeatureSettings,
    as_of: pd.DatetimeIndex | None = None,
    threads: int = 1,
) -> pd.DataFrame:
    """Compute every feature on every as-of day under observation.

    A row uses only records dated on or before its day; deleting everything later changes nothing.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of :data:`common.contracts.CONTRACTS`.
    settings : FeatureSettings
        Blocks, rules of knowing, chunk size.
    as_of : pandas.DatetimeIndex, optional
        Days wanted, the same for all athletes; without it each athlete's weekly days.
    threads : int
        Threads among which the chunks of athletes are shared out. It changes no bit.

    Returns
    -------
    pandas.DataFrame
        athlete, date, then one float32 column per entry of :func:`catalogue`; sorted by athlete
        and date; only days with observed_from <= date <= observed_to.
    """
    compute = partial(chunk_matrix, settings=settings, as_of=as_of)
    chunks = athlete_chunks(tables, settings.chunk_days)
    # No pool for one thread: chunks are then cut one after the other and not all at once.
    if threads == 1:
        return pd.concat(map(compute, chunks), ignore_index=True)
    with ThreadPoolExecutor(threads) as pool:
        return pd.concat(pool.map(compute, chunks), ignore_index=True)


def chunk_matrix(
    tables: Mapping[str, pd.DataFrame], settings: FeatureSettings, as_of: pd.DatetimeIndex | None
) -> pd.DataFrame:
    """Compute the rows of one chunk of athletes; the same in one process or in many."""
    panel = build_panel(tables, settings)
    rows = rows_at(panel.grid, _wanted(panel.grid, settings.as_of_weekday, as_of))
    # As text, because settings with a dict of channels cannot be a key of the cache.
    every_day_plan, rows_plan = (
        _plans(settings.model_dump_json()) if panel.grid.size > _WORTH_A_PLAN else ({}, {})
    )
    daily = Days(panel, settings, every_day_plan)
    columns = _columns(daily, DaysAt(daily, rows, rows_plan))
    return pd.concat([_keys(panel.grid, rows), pd.DataFrame(columns)], axis=1)


def _columns(daily: Days, at_rows: DaysAt) -> dict[str, Values]:
    """Compute the blocks at the rows, or on every day where their formulas look at the panel."""
    return {
        # Single precision: the matrix is half as large, and the models' bins are far coarser.
        worded(definition.feature, daily.settings.windows).name: (
            at_rows.on_every_day(definition.compute)
            if block in _ON_EVERY_DAY
            else definition.compute(at_rows)
        ).astype(np.float32)
        for block in daily.settings.blocks
        for definition in _of_block(block, daily.settings)
    }


@cache
def _plans(settings: str) -> tuple[Plan, Plan]:
    """Rehearse the formulas without athletes, to learn which windows they ask for.

    Returns
    -------
    pair of Plan
        Windows on every day, and windows at the rows that are wanted.
    """
    all_settings = FeatureSettings.model_validate_json(settings)
    blocks = tuple(block for block in all_settings.blocks if block not in _ON_EVERY_DAY)
    parsed = all_settings.model_copy(update={"blocks": blocks})
    # Formulas say by being run which windows they need; without athletes that costs next to
    # nothing.
    nobody = build_panel({name: empty(name) for name in CONTRACTS}, parsed)
    daily = Days(nobody, parsed)
    at_rows = DaysAt(daily, every_day(nobody.grid))
    _columns(daily, at_rows)
    return (
        {channel: tuple(asked) for channel, asked in daily.asked.items()},
        {channel: tuple(asked) for channel, asked in at_rows.asked.items()},
    )


def _wanted(grid: Grid, weekday: Weekday, as_of: pd.DatetimeIndex | None) -> Ints:
    """Flat positions of the as-of days."""
    day = grid.day_index()
    if as_of is None:
        # 1970-01-01 was a Thursday, the fourth day of a week that begins on Monday.
        wanted = (day + 3) % 7 == get_args(Weekday).index(weekday)
    else:
        wanted = np.isin(day, as_of.to_numpy().astype("datetime64[D]").astype(np.int64))
    return np.flatnonzero(wanted)


def _keys(grid: Grid, rows: Rows) -> pd.DataFrame:
    dates = grid.day_index()[rows.at].astype("datetime64[D]").astype("datetime64[ns]")
    return pd.DataFrame(
        {"athlete": pd.array(np.array(grid.athletes)[rows.athlete], dtype="str"), "date": dates}
    )
