"""The frozen split: part and fold of every row, with a digest that tells when it changed."""

import hashlib
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from models.numeric.row_blocks import blocks
from models.sampling.folds import LEAST_FOLDS, AthleteFolds, described
from models.sampling.splits import holdout, summary
from models.settings.evaluation import SplitSettings

NO_FOLD = -1


def manifest(labels: pd.DataFrame, settings: SplitSettings, *, reach_days: int) -> pd.DataFrame:
    """Add part and fold to labelled rows.

    Parameters
    ----------
    labels : pandas.DataFrame
        Of :func:`models.sampling.outcomes.label`.
    settings : SplitSettings
        Shares, gap, folds, seed.
    reach_days : int
        Days from the as-of date to the end of the outcome window.

    Returns
    -------
    pandas.DataFrame
        `labels` with part (of :func:`models.sampling.splits.holdout`) and fold: athlete-disjoint,
        for the training rows with a known outcome; -1 elsewhere. Where these have fewer athletes
        than `settings.folds`, each athlete is a fold.
    """
    part = holdout(labels, settings, reach_days=reach_days)
    chosen = ((part == "train") & labels["event"].notna()).to_numpy()
    fold = np.full(len(labels), NO_FOLD, dtype=np.int64)
    rows = labels[chosen]
    # A single fold would leave nobody to learn from.
    if (folds := min(settings.folds, rows["athlete"].nunique())) >= LEAST_FOLDS:
        fold[chosen] = AthleteFolds(folds, settings.seed).assign(rows["athlete"], rows["event"])
    return labels.assign(part=part, fold=fold)


def digest(split: pd.DataFrame) -> str:
    """Return the SHA-256 over athlete, date, outcome, part and fold of every row, in order.

    Two runs with the same digest trained and tested on the same rows.
    """
    columns = split[["athlete", "date", "event", "part", "fold"]]
    whole = hashlib.sha256()
    for block in blocks(len(columns)):
        # Text and not the frame's bytes: these differ between versions of pandas.
        lines = columns.iloc[block].to_csv(
            index=False, header=block.start == 0, lineterminator="\n", date_format="%Y-%m-%d"
        )
        whole.update(lines.encode())
    return whole.hexdigest()


def account(split: pd.DataFrame, settings: SplitSettings) -> dict[str, Any]:
    """Return digest, settings, and dates, athletes, rows and events of each part and fold."""
    known = split[split["event"].notna()]
    parts = summary(known["part"], known, known["event"])
    folds = [
        {"fold": int(fold), **_of_fold(known, fold)}
        for fold in np.unique(known["fold"])
        if fold != NO_FOLD
    ]
    return {
        "digest": digest(split),
        "settings": settings.model_dump(mode="json"),
        "parts": _plain(parts),
        "folds": _plain(pd.DataFrame(folds)),
    }


def _of_fold(known: pd.DataFrame, fold: int) -> dict[str, object]:
    event: npt.NDArray[np.float64] = known["event"].to_numpy(dtype=float)
    return described(known, event, np.flatnonzero(known["fold"] == fold))


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    dated = table.copy()
    for column in dated.columns.intersection(["first_date", "last_date"]):
        dated[column] = dated[column].dt.strftime("%Y-%m-%d")
    return [{str(k): v for k, v in row.items()} for row in dated.to_dict("records")]
