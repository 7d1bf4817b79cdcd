"""What each block of features adds: models on ever more blocks, compared in pairs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import pandas as pd

from features.catalogue.entry import BLOCKS, Feature
from models.evaluation.model_table import compare
from models.metrics.intervals import Replicates

GAIN: Final = "gain"
LOSS: Final = "loss"
NO_GAIN: Final = "no gain"
_FINE: Final = 1e5  # Brier gains lie in the fifth decimal

BLOCK_WORDS: Final = {
    "load": "load",
    "recovery": "recovery",
    "history": "injury history",
    "strength": "strength",
    "gait": "gait",
    "equipment": "equipment",
}


def steps(catalogue: Iterable[Feature]) -> dict[str, tuple[Feature, ...]]:
    """Return the features of each step, in the pre-declared order: load, + recovery and so on.

    Parameters
    ----------
    catalogue : iterable of Feature
        Entries of the matrix; blocks without an entry make no step.

    Returns
    -------
    dict of str to tuple of Feature
        By the name of the block that is added: its features and those of all blocks before it.

    Examples
    --------
    >>> given = {"label": "", "unit": "", "formula": "", "source": "", "changeable": True}
    >>> entries = [Feature(name=n, block=b, **given) for n, b in (("cm", "gait"), ("km", "load"))]
    >>> {block: [f.name for f in kept] for block, kept in steps(entries).items()}
    {'load': ['km'], 'gait': ['cm', 'km']}
    """
    entries = tuple(catalogue)
    present = [block for block in BLOCKS if any(f.block == block for f in entries)]
    return {
        block: tuple(f for f in entries if f.block in present[: at + 1])
        for at, block in enumerate(present)
    }


def ablation(
    replicates: Replicates, features: Mapping[str, int], metrics: Sequence[str] = ()
) -> pd.DataFrame:
    """Say of each step what the added block changed, with paired intervals.

    A step is a gain if it is better than the step before by the rule of
    :func:`models.evaluation.model_table.compare`, a loss if the step before is better by the same
    rule, and no gain otherwise: that the block is worth nothing here, or that these rows cannot
    tell.

    Parameters
    ----------
    replicates : Replicates
        Measures of the models by step, named by the added block, the first step first; athletes
        resampled alike for all.
    features : mapping of str to int
        Number of features of each step.
    metrics : sequence of str
        Further measures to show by their value.

    Returns
    -------
    pandas.DataFrame
        added (block), features, auroc, brier and `metrics` of the step; auroc_gain and brier_gain
        over the step before with _low and _high (null for the first); verdict.
    """
    measured: dict[Any, dict[Any, float]] = replicates.values.to_dict("index")  # noqa: PD011 - a field
    names = [str(name) for name in measured]
    rows = []
    for at, name in enumerate(names):
        row: dict[str, Any] = {"added": name, "features": features[name]}
        row |= {m: measured[name][m] for m in ("auroc", "brier", *metrics)}
        rows.append(row | (_change(replicates, name, names[at - 1]) if at else {"verdict": ""}))
    return pd.DataFrame(rows)


def ablation_sentences(table: pd.DataFrame) -> list[str]:
    """Return one sentence per step of :func:`ablation`."""
    return [_sentence(row) for row in table.to_dict("records") if row["verdict"]]


def _change(replicates: Replicates, name: str, before: str) -> dict[str, Any]:
    forward = compare(replicates, name).set_index("against").loc[before]
    backward = compare(replicates, before).set_index("against").loc[name]
    gaps = {str(key): forward[key] for key in forward.index if key != "better"}
    if forward["better"]:
        return gaps | {"verdict": GAIN}
    # Asked in both directions: not better is not yet worse, and both are results.
    return gaps | {"verdict": LOSS if backward["better"] else NO_GAIN}


def _sentence(row: Mapping[Any, Any]) -> str:
    added = BLOCK_WORDS.get(row["added"], row["added"])
    auc = [f"{row[f'auroc_{bound}']:+.3f}" for bound in ("gain", "low", "high")]
    loss = [f"{_FINE * row[f'brier_{bound}']:+.1f}" for bound in ("gain", "low", "high")]
    return (
        f"+ {added}: {row['verdict']}; AUROC {auc[0]} ({auc[1]} to {auc[2]}), Brier gain "
        f"{loss[0]} ({loss[1]} to {loss[2]}) in 100,000"
    )
