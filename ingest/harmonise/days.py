"""One row per key where several sources answered: athlete-days, pairs of shoes."""

from typing import Final, NamedTuple

import pandas as pd

_DEFAULTS: Final = {"rank": 0, "at": 0}


class Merged(NamedTuple):
    """The merged rows and how many rows went into others."""

    frame: pd.DataFrame
    merged: int


def merge_by_key(frame: pd.DataFrame, keys: list[str]) -> Merged:
    """Merge rows of one key, value by value.

    Each column takes its first known value in the order: lower `rank` (a person's answer, rank 0,
    before a device's estimate, rank 1), then later `at` (a correction replaces what it corrects),
    then file and row. Sources are joined with ";".
    """
    whole = frame.assign(**{k: v for k, v in _DEFAULTS.items() if k not in frame})
    several = whole.duplicated(subset=keys, keep=False)
    if not several.any():
        return Merged(frame, 0)
    ordered = whole[several].sort_values(
        [*keys, "rank", "at", "source", "record"],
        ascending=[True] * len(keys) + [True, False, True, True],
        kind="stable",
    )
    grouped = ordered.groupby(keys, sort=True)
    merged = grouped.first().reset_index()
    # All of the sources, because the values of one row may be from several.
    merged["source"] = grouped["source"].agg(_joined).to_numpy()
    result = pd.concat([whole[~several], merged], ignore_index=True)
    return Merged(result, len(whole) - len(result))


def _joined(sources: pd.Series) -> str:
    return ";".join(sorted(set(sources)))
