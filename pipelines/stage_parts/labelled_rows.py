"""Feature rows with their outcomes, in the parts of the frozen split.

They are read some athletes at a time, and of each row only the columns that are asked for, so that
no memory holds the feature matrix: what stays is what the caller keeps.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Final

import numpy as np
import pandas as pd

from common.frame_files import columns_of, read_frame, release_unused
from pipelines.runtime.stage import Stage

KEYS: Final = ["athlete", "date", "event"]
SPLIT_FILE: Final = "split.parquet"
ATHLETES_AT_ONCE: Final = 500
"""A hundred weeks of 60 features take 12 MB, about two row groups of the matrix."""

_IDENTITY: Final = ["athlete", "date"]
_LABELS: Final = [*KEYS, "related", "onset_date", "part", "fold"]


def labelled_rows(stage: Stage, part: str | None, columns: list[str]) -> pd.DataFrame:
    """Return the rows of a part whose outcome is known, with features.

    Parameters
    ----------
    stage : Stage
        Parameters, folders, outcome.
    part : str or None
        train or test; None takes every row.
    columns : list of str
        Features, each 4 bytes a row; those that the matrix lacks are left out: whoever needs them
        says so.
    """
    labels, present = _labels(stage, part), _present(stage, columns)
    return _one_below_the_other(_with_features(stage, labels, present), present, len(labels))


def labelled_rows_by_athletes(
    stage: Stage, part: str | None, columns: list[str]
) -> Iterator[pd.DataFrame]:
    """Yield the rows of :func:`labelled_rows` some athletes at a time, in the same order.

    At least one frame, without rows where the part has none.

    Parameters
    ----------
    stage, part, columns
        As for :func:`labelled_rows`.
    """
    return _with_features(stage, _labels(stage, part), _present(stage, columns))


def number_of_rows(stage: Stage, part: str) -> int:
    """Return how many rows :func:`labelled_rows` has of a part."""
    split = read_frame(stage.workspace.model(stage.outcome) / SPLIT_FILE, ["event", "part"])
    return int((split["event"].notna() & (split["part"] == part)).sum())


def _labels(stage: Stage, part: str | None) -> pd.DataFrame:
    path = stage.workspace.model(stage.outcome) / SPLIT_FILE
    split = read_frame(path, ["event", "part"])
    known = split["event"].notna()
    chosen = known if part is None else known & (split["part"] == part)
    return read_frame(path, _LABELS, rows=chosen.to_numpy())


def _present(stage: Stage, columns: list[str]) -> list[str]:
    present = set(columns_of(stage.workspace.features))
    return [name for name in dict.fromkeys(columns) if name in present]


def _with_features(
    stage: Stage, labels: pd.DataFrame, columns: list[str]
) -> Iterator[pd.DataFrame]:
    path, wanted = stage.workspace.features, [*_IDENTITY, *columns]
    for first, last in _ranges(stage):
        some = labels[(labels["athlete"] >= first) & (labels["athlete"] <= last)]
        since = pd.Timestamp(some["date"].min()) if len(some) else None
        # Rows of nobody where the range has none: columns and their kinds are those of the file.
        among = [str(name) for name in some["athlete"].unique()] or [""]
        rows = read_frame(path, wanted, athletes=(first, last), since=since, among=among)
        # Arrow keeps what it no longer needs: memory would grow with every range.
        release_unused()
        # In the order of the features, whichever way the split is sorted.
        yield rows.merge(some, on=_IDENTITY, validate="1:1")


def _ranges(stage: Stage) -> list[tuple[str, str]]:
    """Return the first and last athlete of each range; without athletes one empty range."""
    split = read_frame(stage.workspace.model(stage.outcome) / SPLIT_FILE, ["athlete"])
    # Of everybody and not of one part, whose athletes lie among the others in the file.
    names = sorted(split["athlete"].unique())
    bounds = range(0, len(names), ATHLETES_AT_ONCE)
    some = [names[first : first + ATHLETES_AT_ONCE] for first in bounds]
    return [(str(names[0]), str(names[-1])) for names in some] or [("", "")]


def _one_below_the_other(
    frames: Iterator[pd.DataFrame], columns: list[str], rows: int
) -> pd.DataFrame:
    """Return frames of so many rows in all as one; features are never in memory twice."""
    first = next(frames)
    # In one piece of memory from the beginning: joining frames would hold all of them again.
    features = np.empty((len(columns), rows), first[columns].to_numpy().dtype)
    labels, at = [], 0
    for frame in chain([first], frames):
        features[:, at : at + len(frame)] = frame[columns].to_numpy().T
        labels.append(frame.drop(columns=columns))
        at += len(frame)
    whole = pd.DataFrame(features[:, :at].T, columns=columns, copy=False)
    beside = pd.concat(labels, ignore_index=True)
    # The identity first, then features, then labels, as they stand in the frames.
    for place, name in enumerate(first.columns):
        if name in beside:
            whole.insert(place, name, beside[name])
    return whole
