"""Which features a model uses: the declared core, one's own, and what the settings add or drop."""

import pytest

from common.errors import StridecastError
from features.catalogue.core import CORE
from features.catalogue.entry import Feature
from features.matrix import catalogue_of
from pipelines.runtime.params import Params
from pipelines.stage_parts import model_features as module
from pipelines.stage_parts.model_features import features_told, model_features

MINE = Feature(
    name="mine", block="load", label="mine", unit="", formula="an idea", source="", changeable=True
)


def params(**train):
    return Params.model_validate({"dataset": "demo", "outcomes": ["any", "foot"], "train": train})


def names(settings, outcome="any"):
    return [f.name for f in model_features(settings, outcome)]


@pytest.fixture
def with_mine(monkeypatch):
    """As if `mine` came from a file in extensions/features."""
    monkeypatch.setattr(module, "catalogue_of", lambda s: (MINE, *catalogue_of(s)))
    monkeypatch.setattr(module, "own_features", lambda: frozenset({"mine"}))


def test_the_cap_takes_the_core_and_an_outcome_without_a_cap_keeps_all():
    assert set(names(params())) == CORE
    assert len(names(params(), "foot")) == len(catalogue_of(params().features))


def test_a_feature_of_ones_own_is_used_beside_the_core(with_mine):
    assert set(names(params())) == CORE | {"mine"}
    told = features_told(params(), model_features(params(), "any"))
    assert told.startswith("33 of ")
    assert "mine by your settings" in told
    assert told.endswith("are left out by train.most_features")


def test_settings_add_and_leave_out(with_mine):
    settings = params(also=["monotony_7d"], without=["mine", "acwr_ewma"])
    assert set(names(settings)) == (CORE | {"monotony_7d"}) - {"acwr_ewma"}
    assert "; without mine, acwr_ewma" in features_told(settings, model_features(settings, "any"))


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
