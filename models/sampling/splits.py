"""Splits that respect athlete and time: what is tested was never seen, and lies later.

Neighbouring weeks of one athlete are nearly the same row, and a season's weeks share weather,
races and fashion; so the test rows are those of unseen athletes *and* of later weeks, with a gap
of at least the horizon, lest an outcome window reach from the training part into the test part.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.errors import StridecastError
from models.sampling.folds import described, hashes
from models.settings.evaluation import SplitSettings

PARTS: Final = ("train", "test", "known_later", "unused")


def holdout(rows: pd.DataFrame, settings: SplitSettings, *, reach_days: int) -> pd.Series:
    """Divide rows into a training part and a test of unseen athletes in later weeks.

    With `cut` the last as-of date before the test: `test` = unseen athletes after `cut`, `train` =
    the other athletes up to `cut` - gap, `known_later` = the other athletes after `cut` (the known
    athlete's next season), `unused` = the rest.

    Parameters
    ----------
    rows : pandas.DataFrame
        `athlete` and `date`.
    settings : SplitSettings
        Shares, gap, seed. An athlete's draw depends on name and seed alone, so that a new athlete
        hardly moves the others.
    reach_days : int
        Days from the as-of date to the end of the outcome window (lead + horizon). A gap that is
        shorter becomes as long, lest a training outcome reach into the test.

    Returns
    -------
    pandas.Series
        `part`, aligned with `rows`.

    Raises
    ------
    StridecastError
        If a part would be empty.
    """
    # A longer horizon must not need a second setting: with a short gap it would leak without a
    # word.
    gap = pd.Timedelta(days=max(settings.gap_days, reach_days))
    cut = _cut(rows["date"], settings.test_weeks)
    unseen = rows["athlete"].isin(_drawn(rows["athlete"], settings)).to_numpy()
    later = (rows["date"] > cut).to_numpy()
    early = (rows["date"] <= cut - gap).to_numpy()
    # Early weeks of the test athletes are in no part: learning from them would make them known.
    choices = [unseen & later, ~unseen & early, ~unseen & later]
    part = np.select(choices, ["test", "train", "known_later"], default="unused")
    _refuse_empty(part)
    return pd.Series(part, index=rows.index, name="part", dtype="str")


def summary(part: pd.Series, rows: pd.DataFrame, y: npt.ArrayLike) -> pd.DataFrame:
    """Return a table of the parts of :func:`holdout`: dates, athletes, rows, events."""
    event = np.asarray(y, dtype=float)
    present = [name for name in PARTS if (part == name).any()]
    return pd.DataFrame(
        [{"part": name, **described(rows, event, np.flatnonzero(part == name))} for name in present]
    )


def _cut(dates: pd.Series, test_share: float) -> pd.Timestamp:
    days = np.sort(dates.unique())
    training_days = int(np.ceil(len(days) * (1 - test_share)))
    return pd.Timestamp(days[max(training_days, 1) - 1])


def _drawn(athletes: pd.Series, settings: SplitSettings) -> npt.NDArray[np.str_]:
    names = np.sort(athletes.unique())
    order = np.argsort(hashes(names, settings.seed), kind="stable")
    return names[order[: max(1, round(len(names) * settings.test_athletes))]]


def _refuse_empty(part: npt.NDArray[np.str_]) -> None:
    for name in ("train", "test"):
        if not (part == name).any():
            raise StridecastError(
                f"the split leaves no rows for the {name} part",
                "there are too few athletes or weeks; lower split.gap_days or add data",
            )
