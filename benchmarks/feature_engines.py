"""The same 108 daily load features by the project's kernels, by pandas and by polars."""

import math
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import polars as pl

from features.catalogue.settings import days_needed
from features.kernels.rows import Rows
from features.kernels.windows import (
    Window,
    ewma,
    rolling_max,
    rolling_mean,
    rolling_std,
    rolling_sum,
    window_table,
)

Array = npt.NDArray[Any]
CHANNELS: Final = (
    "run_km", "run_min", "session load", "hard_min", "hard_km", "ascent_m", "descent_m",
    "cross_min", "run_sessions",
)  # fmt: skip
SUMS: Final = (7, 14, 28)
MEANS: Final = ((7, 0), (28, 0), (21, 7))
LAGS: Final = (0, 7)
SPREADS: Final = (7,)
PEAKS: Final = (7, 30)
WEIGHTS: Final = (2 / 8, 2 / 29, 1 - math.exp(-1 / 42))
SHARE: Final = 0.8
ATHLETE_DAYS: Final = 730


def needed(window: int) -> int:
    """Return the days of a window that must be known."""
    return days_needed(window, SHARE)


def statistics() -> list[Window]:
    """Return the twelve statistics of each channel."""
    return [
        *(rolling_sum(w, 0, needed(w)) for w in SUMS),
        *(rolling_mean(w, lag, needed(w)) for w, lag in MEANS),
        *(rolling_std(w, 0, needed(w)) for w in SPREADS),
        *(rolling_max(w, 0, needed(w)) for w in PEAKS),
        *(ewma(weight, 0.0) for weight in WEIGHTS),
    ]


def cohort(days: int, per_athlete: int = ATHLETE_DAYS, seed: int = 0) -> tuple[Array, Array]:
    """Return channels x athlete-days (float32, 3 % unknown, half of them rest) and offsets."""
    rng = np.random.default_rng(seed)
    # The last athlete has what is left, so that the number of days is exact.
    offsets = np.append(np.arange(0, days, per_athlete), days).astype(np.int64)
    channels = np.empty((len(CHANNELS), days), dtype=np.float32)
    for values in channels:
        values[:] = 10 * rng.standard_gamma(4, days, dtype=np.float32)
        chance = rng.random(days, dtype=np.float32)
        values[chance < 0.5] = 0  # noqa: PLR2004 - shares of the made cohort
        values[chance > 0.97] = np.nan  # noqa: PLR2004 - as above
    return channels, offsets


def ours(channels: Array, offsets: Array, rows: Rows, out: Array, threads: int) -> None:
    """Fill `out` (features x rows) by the project's kernels."""
    window_table(channels, offsets, rows, statistics(), out, threads)


def by_pandas(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Compute the statistics of all channels by groupby and rolling."""
    grouped = frame.groupby("athlete", sort=False)[list(CHANNELS)]
    # Shifted within athletes: a plain shift would carry one athlete's days into the next.
    earlier = {
        lag: grouped.shift(lag).groupby(frame["athlete"], sort=False) for lag in LAGS if lag
    } | {0: grouped}
    return [
        *(grouped.rolling(w, min_periods=needed(w)).sum() for w in SUMS),
        *(earlier[lag].rolling(w, min_periods=needed(w)).mean() for w, lag in MEANS),
        *(grouped.rolling(w, min_periods=needed(w)).std() for w in SPREADS),
        *(grouped.rolling(w, min_periods=needed(w)).max() for w in PEAKS),
        *(grouped.ewm(alpha=a, adjust=False, ignore_na=False).mean() for a in WEIGHTS),
    ]


def by_polars(frame: pl.DataFrame) -> pl.DataFrame:
    """Compute the same by polars' rolling expressions over athletes, in Float64."""
    expressions = [
        expression.over("athlete").alias(f"{name} {at}")
        for name in CHANNELS
        for at, expression in enumerate(_polars_statistics(pl.col(name)))
    ]
    return frame.select(expressions)


def _polars_statistics(column: pl.Expr) -> list[pl.Expr]:
    return [
        *(column.rolling_sum(w, min_samples=needed(w)) for w in SUMS),
        *(column.shift(lag).rolling_mean(w, min_samples=needed(w)) for w, lag in MEANS),
        *(column.rolling_std(w, min_samples=needed(w)) for w in SPREADS),
        *(column.rolling_max(w, min_samples=needed(w)) for w in PEAKS),
        *(
            column.ewm_mean(alpha=a, adjust=False, ignore_nulls=False).forward_fill()
            for a in WEIGHTS
        ),
    ]


def polars_frame(frame: pd.DataFrame) -> pl.DataFrame:
    """Return the frame in polars, Float64 (its Float32 windows drift)."""
    columns = {name: frame[name].to_numpy(dtype=np.float64) for name in CHANNELS}
    made = pl.DataFrame(columns | {"athlete": frame["athlete"].to_numpy()})
    return made.with_columns(pl.col(list(CHANNELS)).fill_nan(None))
