"""Which features a model uses: the declared core, one's own, and what the settings add or drop."""

import pandas as pd
import pytest

from common.errors import StridecastError
from features.catalogue.core import core
from features.catalogue.entry import Feature
from features.catalogue.settings import FeatureSettings
from features.matrix import catalogue_of
from models.evidence.reads import features_read
from pipelines.runtime.params import Params
from pipelines.stage_parts import model_features as module
from pipelines.stage_parts.model_features import (
    features_line,
    known_features,
    model_features,
    tree_features,
)

MINE = Feature(
    name="mine", block="load", label="mine", unit="", formula="an idea", source="", changeable=True
)


READ = core("any") | (features_read() & {f.name for f in catalogue_of(FeatureSettings())})
"""What the trees may use and what the evidence model reads."""


def params(**train):
    return Params.model_validate({"dataset": "demo", "outcomes": ["any", "foot"], "train": train})


def names(settings, outcome="any"):
    return [f.name for f in model_features(settings, outcome)]


@pytest.fixture
def with_mine(monkeypatch):
    """As if `mine` came from a file in extensions/features."""
    monkeypatch.setattr(module, "catalogue_of", lambda s: (MINE, *catalogue_of(s)))
    monkeypatch.setattr(module, "own_features", lambda _: frozenset({"mine"}))


def test_every_outcome_has_the_same_cap_unless_told_otherwise():
    assert {f.name for f in tree_features(params(), "any")} == core("any")
    assert {f.name for f in tree_features(params(), "knee")} == core("knee")
    assert len(tree_features(params(), "foot")) == len(tree_features(params(), "any")) == 38
    assert len(tree_features(params(most_features={"any": 38, "foot": 12}), "foot")) == 12
    everything = len(catalogue_of(params().features))
    assert len(tree_features(params(most_features={}), "foot")) == everything


def test_a_feature_of_ones_own_is_used_beside_the_core(with_mine):
    assert set(names(params())) == READ | {"mine"}
    told = features_line(params(), model_features(params(), "any"))
    assert told.startswith(f"{len(READ) + 1} of ")
    assert "mine by your settings" in told
    assert told.endswith("are left out by train.most_features")


def test_what_is_known_of_nobody_takes_no_place():
    entries = model_features(params(), "any")
    rows = pd.DataFrame({f.name: [1.0, None] for f in entries}).assign(shoe_km=float("nan"))
    kept = {f.name for f in known_features(entries, rows)}
    assert kept == {f.name for f in entries} - {"shoe_km"}


def test_settings_add_and_leave_out(with_mine):
    settings = params(also=["monotony_7d"], without=["mine", "acwr_ewma"])
    assert set(names(settings)) == (READ | {"monotony_7d"}) - {"acwr_ewma"}
    assert "; without mine, acwr_ewma" in features_line(settings, model_features(settings, "any"))


@pytest.mark.parametrize(
    ("train", "message"),
    [
        (
            {"also": ["monotny_7d"]},
            "train.also: 'monotny_7d' is no feature .*did you mean 'monotony_7d'",
        ),
        ({"without": ["xyzzy"]}, "train.without: 'xyzzy' is no feature .*docs/features.md"),
        ({"also": ["monotony_7d"], "without": ["monotony_7d"]}, "both name 'monotony_7d'"),
    ],
)
def test_a_name_that_cannot_be_meant_is_an_error(train, message):
    with pytest.raises(StridecastError, match=message):
        names(params(**train))
