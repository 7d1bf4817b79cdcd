"""Names of tests in strength exports -> the closed vocabulary."""

import re
from collections.abc import Mapping
from typing import Final

import pandas as pd

# In order: the first pattern that matches the lower-case name decides.
_FORCEDECKS: Final = (
    (r"^(cmj|countermovement jump|counter movement jump|abcmj)$", "cmj"),
    (r"^(imtp|isometric mid-?thigh pull)$", "imtp"),
    (r"^(dj|drop jump)$", "drop_jump"),
)
_HAWKIN: Final = (
    (r"^(countermovement jump|cmj)$", "cmj"),
    (r"^drop jump$", "drop_jump"),
    (r"^(isometric test|isometric)\W.*mid-?thigh", "imtp"),
    (r"mid-?thigh pull|\bimtp\b", "imtp"),
)
# Another test under the same name: one leg or a load would break the series of the usual one.
_VARIANT: Final = re.compile(r"single|\bsl\b|\bleft\b|\bright\b|arm ?swing|load", re.IGNORECASE)
_DYNAMO: Final = (
    (r"hip.*abduct", "hip_abduction"),
    (r"hip.*adduct", "hip_adduction"),
    (r"hip.*exten", "hip_extension"),
    (r"hip.*flex", "hip_flexion"),
    (r"hip.*external", "hip_external_rotation"),
    (r"hip.*internal", "hip_internal_rotation"),
    (r"knee.*exten", "knee_extension"),
    (r"knee.*flex", "knee_flexion"),
    (r"ankle.*plantar", "plantar_flexion"),
)
# A pair of bars: the inner ones are pressed together, the outer ones apart.
FRAME_PAIRS: Final[Mapping[str, tuple[str | None, str | None]]] = {
    "hip ad/ab": ("hip_adduction", "hip_abduction"),
    "hip ir/er": ("hip_internal_rotation", "hip_external_rotation"),
    "knee extension": (None, "knee_extension"),
    "knee flexion": (None, "knee_flexion"),
    "ankle plantar flexion": (None, "plantar_flexion"),
}


def forcedecks_tests(names: pd.Series) -> pd.Series:
    """Return the tests that ForceDecks' test types stand for, null where there is none."""
    return _by(names, _FORCEDECKS)


def hawkin_tests(names: pd.Series, tags: pd.Series) -> pd.Series:
    """Return the tests that Hawkin's test types and tags stand for, null where there is none.

    A tag of one leg, of swinging arms or of a load makes another test of it.
    """
    tests = _by(names, _HAWKIN).fillna(
        _by(tags, _HAWKIN).where(names.str.contains("(?i)^isometric"))
    )
    return tests.mask(names.str.cat(tags, sep=" ").str.contains(_VARIANT).fillna(value=False))


def dynamo_tests(regions: pd.Series, movements: pd.Series) -> pd.Series:
    """Return the tests of a body region and a movement, null where there is none."""
    return _by(regions.fillna("").str.cat(movements.fillna(""), sep=" "), _DYNAMO)


def frame_test(name: str, *, inner: bool) -> str | None:
    """Return the test of one pair of ForceFrame bars; shoulder tests have none here.

    Single-movement tests (knee extension) may load either pair: both bars tell that movement.
    """
    for start, (inside, outside) in FRAME_PAIRS.items():
        if name.strip().lower().startswith(start):
            return (inside or outside) if inner else outside
    return None


def _by(names: pd.Series, patterns: tuple[tuple[str, str], ...]) -> pd.Series:
    def find(name: object) -> str | None:
        text = name.strip().lower() if isinstance(name, str) else ""
        return next((test for pattern, test in patterns if re.search(pattern, text)), None)

    return pd.Series([find(name) for name in names], index=names.index, dtype="str")
