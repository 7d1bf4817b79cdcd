"""Fatigue, load, recovery and history features of an athlete on a day, known on that day.

The names below are the public ones, imported when they are first used:

>>> import features
>>> features.Feature.__name__
'Feature'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

from common.untyped import Untyped

if TYPE_CHECKING:
    from features.audits.lookahead import check_no_look_ahead
    from features.catalogue.entry import Feature
    from features.catalogue.settings import FeatureSettings
    from features.matrix import catalogue_of, feature_matrix, own_features
    from features.panel.days import Days
    from features.panel.definition import Definition

__all__ = [
    "Days",
    "Definition",
    "Feature",
    "FeatureSettings",
    "catalogue_of",
    "check_no_look_ahead",
    "feature_matrix",
    "own_features",
]

_HOMES: Final = {
    "Days": "features.panel.days",
    "Definition": "features.panel.definition",
    "Feature": "features.catalogue.entry",
    "FeatureSettings": "features.catalogue.settings",
    "catalogue_of": "features.matrix",
    "check_no_look_ahead": "features.audits.lookahead",
    "feature_matrix": "features.matrix",
    "own_features": "features.matrix",
}


def __getattr__(name: str) -> Untyped:
    """Import a public name when it is first used: kernels and pandas take a second."""
    if name not in _HOMES:
        raise AttributeError(f"module 'features' has no public name {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    """List the public names."""
    return sorted(__all__)
