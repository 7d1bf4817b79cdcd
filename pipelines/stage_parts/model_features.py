"""Which features of the matrix a model uses: the cap, and what the settings add or leave out."""

from difflib import get_close_matches

import pandas as pd

from common.errors import StridecastError
from features.catalogue.core import core
from features.catalogue.entry import Feature
from features.matrix import catalogue_of, own_features
from models.evidence.model import OUTCOMES
from models.evidence.reads import features_read
from models.sampling.feature_cap import capped
from pipelines.runtime.params import Params


def model_features(params: Params, outcome: str) -> tuple[Feature, ...]:
    """Return the features of a model, in the order of the matrix.

    Those of the trees, and what the evidence model reads where the outcome has published figures:
    its coefficients are held by their priors and cost few injuries.
    """
    trees = {f.name for f in tree_features(params, outcome)}
    # An outcome of one's own has no published figures, so that no prior could hold a coefficient.
    read = features_read() if outcome in OUTCOMES else frozenset()
    wanted = trees | (read - {*params.train.without})
    return tuple(f for f in catalogue_of(params.features) if f.name in wanted)


def known_features(entries: tuple[Feature, ...], rows: pd.DataFrame) -> tuple[Feature, ...]:
    """Leave out the features that are known in no row: they take no place in a model."""
    return tuple(f for f in entries if rows[f.name].notna().any())


def tree_features(params: Params, outcome: str) -> tuple[Feature, ...]:
    """Return the features that trees and curves may use, in the order of the matrix.

    The first `train.most_features` in the pre-declared order; with them those of `train.also` and
    one's own (`extensions/features`), whatever the cap; less those of `train.without`, whose place
    nothing takes.

    Parameters
    ----------
    params : Params
        Settings of features and training.
    outcome : str
        What is forecast.

    Raises
    ------
    StridecastError
        If `train.also` or `train.without` names no feature of the blocks in use, or both name one.
    """
    entries, train = catalogue_of(params.features), params.train
    for key in ("also", "without"):
        _refuse_unknown(f"train.{key}", getattr(train, key), entries)
    for name in train.also:
        if name in train.without:
            raise StridecastError(
                f"params.yaml: train.also and train.without both name {name!r}", "keep one of them"
            )
    own = own_features(params.features) | {*train.also}
    features = capped(entries, train.most_features_of(outcome), own, core(outcome))
    # After the cap: a feature that is left out must not let another one in unnoticed.
    return tuple(f for f in features if f.name not in train.without)


def features_line(params: Params, used: tuple[Feature, ...]) -> str:
    """Say how many features a model uses, which of them the settings added, and what is not used.

    Parameters
    ----------
    params : Params
        Settings of features and training.
    used : tuple of Feature
        From :func:`model_features`.
    """
    names = {f.name for f in used}
    entries = catalogue_of(params.features)
    added = sorted(names & (own_features(params.features) | {*params.train.also}))
    unused = len(entries) - len(used)
    sentence = f"{len(used)} of {len(entries)} features are used"
    sentence += f", {', '.join(added)} by your settings" if added else ""
    sentence += f"; without {', '.join(params.train.without)}" if params.train.without else ""
    rest = unused - len(params.train.without)
    return f"{sentence}; {rest} are left out by train.most_features" if rest else sentence


def _refuse_unknown(key: str, names: tuple[str, ...], entries: tuple[Feature, ...]) -> None:
    known = [f.name for f in entries]
    for name in names:
        if name not in known:
            # A name with a typo would otherwise train without the feature and say nothing.
            close = get_close_matches(name, known, n=1)
            blocks = ", ".join(dict.fromkeys(f.block for f in entries))
            raise StridecastError(
                f"params.yaml: {key}: {name!r} is no feature of the blocks {blocks}",
                f"did you mean {close[0]!r}?" if close else "docs/features.md lists them",
            )
