"""Folding a calibration, and an ensemble, into one LightGBM booster.

Calibration is affine in log-odds: calibrated = slope * raw + intercept. A booster's raw score is
a sum of leaf values, so multiplying every leaf by the slope and adding the intercept to every leaf
of the first tree makes the booster itself speak calibrated log-odds: the native file, `predict`
and the SHAP values of `pred_contrib` then agree without anything beside the model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import lightgbm as lgb
import numpy as np

from common.arrays import Floats
from models.numeric.weighted_logistic import fit_logistic

_TREE: Final = re.compile(r"^Tree=\d+\n", re.MULTILINE)
_LEAVES: Final = re.compile(r"^num_leaves=(\d+)$", re.MULTILINE)
_SIZES: Final = re.compile(r"^tree_sizes=.*$", re.MULTILINE)
_END: Final = "end of trees\n"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Affine map of raw log-odds to calibrated log-odds.

    Parameters
    ----------
    intercept, slope : float
        calibrated = intercept + slope * raw, all in log-odds.
    """

    intercept: float = 0.0
    slope: float = 1.0


def fit_calibration(
    raw: Floats,
    y: Floats,
    slope_bounds: tuple[float, float],
    slope_on: Floats | None = None,
) -> Calibration:
    """Fit intercept and slope of a logistic regression of the outcome on raw log-odds.

    Parameters
    ----------
    raw : ndarray of shape (n,)
        Log-odds for rows the model was not trained on.
    y : ndarray of shape (n,)
        Outcomes, 0 or 1.
    slope_bounds : tuple of float
        The slope is held inside; at a bound the intercept is fitted again. A slope near 0 means
        that the scores say nothing: the forecast then falls back on the base rate instead of
        turning the ranking round.
    slope_on : ndarray of shape (n,), optional
        Outcomes in [0, 1] that the slope is fitted on; `y` if left out. Where the scores were
        learnt from a wider target than `y`
        (:func:`models.sampling.training_rows.training_target`), its slope says how far they can be
        trusted with less noise than the few events of `y` could.

    Notes
    -----
    Cox 1958; Platt 1999. Two coefficients need far fewer events than isotonic regression.
    """
    ones = np.ones(len(raw))
    _, slope = fit_logistic(np.stack([ones, raw]), y if slope_on is None else slope_on, ones)
    low, high = slope_bounds
    # A slope that is not finite means separated classes: the scores are then left as they are.
    bounded_slope = float(np.clip(slope, low, high)) if np.isfinite(slope) else 1.0
    # Fitted again with the slope held: only so do as many events as happened come out as expected.
    (intercept,) = fit_logistic(ones[None], y, ones, offset=bounded_slope * raw)
    return Calibration(intercept=float(intercept), slope=bounded_slope)


def fold_affine(booster: lgb.Booster, calibration: Calibration) -> lgb.Booster:
    """Return a booster whose raw score is slope * raw + intercept; the given one is untouched."""
    text = booster.model_to_string(num_iteration=-1)
    folded = lgb.Booster(model_str=text)
    for tree, leaves in enumerate(_leaf_counts(text)):
        # Each row ends in exactly one leaf of the first tree, so it gets the intercept exactly
        # once.
        shift = calibration.intercept if tree == 0 else 0.0
        for leaf in range(leaves):
            value = booster.get_leaf_output(tree, leaf)
            folded.set_leaf_output(tree, leaf, calibration.slope * value + shift)
    # Through the text once more: the scored model is then the very one that stands in the file.
    return lgb.Booster(model_str=folded.model_to_string(num_iteration=-1))


def average(boosters: Sequence[lgb.Booster]) -> lgb.Booster:
    """Return one booster whose raw score is the mean of the raw scores of several.

    Every leaf is divided by their number and the trees are written one after the other; the
    boosters must come from the same columns.
    """
    if len(boosters) == 1:
        return boosters[0]
    share = Calibration(slope=1 / len(boosters))
    return concatenated([fold_affine(booster, share) for booster in boosters])


def concatenated(boosters: Sequence[lgb.Booster]) -> lgb.Booster:
    """Return one booster with the trees of several, one after the other: raw scores add up."""
    texts = [booster.model_to_string(num_iteration=-1) for booster in boosters]
    trees = [tree for text in texts for tree in _trees(text)]
    numbered = [f"Tree={i}\n{tree}" for i, tree in enumerate(trees)]
    head = texts[0][: _TREE.search(texts[0]).start()]  # type: ignore[union-attr] # every tree has one
    # LightGBM jumps from tree to tree by these lengths in bytes: wrong ones make it read nonsense.
    sizes = " ".join(str(len(tree.encode())) for tree in numbered)
    head = _SIZES.sub(f"tree_sizes={sizes}", head)
    tail = texts[0][texts[0].index(_END) :]
    merged = lgb.Booster(model_str=head + "".join(numbered) + tail)
    return lgb.Booster(model_str=merged.model_to_string(num_iteration=-1))


def _leaf_counts(text: str) -> list[int]:
    return [int(count) for count in _LEAVES.findall(text)]


def _trees(text: str) -> list[str]:
    """Return the blocks of the trees without their `Tree=` line."""
    return _TREE.split(text[: text.index(_END)])[1:]
