"""Strength and gait tests of other runners: the reference for an athlete's own.

Strength: RBDS (Fukuchi, Fukuchi and Duarte 2017, PeerJ 5:e3298, CC BY 4.0), 27 men with a hand-held
dynamometer; docs/reference_ranges.md has the whole table. Gait: 46 runners at 2.5 m/s on a
treadmill, of that study and of RIC 2024 (Ferber et al. 2024, Scientific Data, CC BY 4.0), whose
published trials tell the age and not the sex; docs/gait.md has the table. Devices and laboratories
differ, and so few runners are an orientation. Of other tests, and of women's strength, no open data
of runners are at hand: nothing is stated there.
"""

from typing import Final, NamedTuple

STRENGTH_SOURCE: Final = "Fukuchi 2017"
GAIT_SOURCE: Final = "Fukuchi 2017, Ferber 2024"

NORM_SPEED: Final = 2.5
"""Of the trials of gait, in m/s."""

MALE: Final = "male"
_FROM, _BELOW = 30, 40
NOT_MEN, NO_SEX, NO_MASS = "not men", "no sex", "no body mass"
NO_FORCE, NO_SIDE, OTHER_SPEED = "no force", "no side", "other speed"
"""Why a value has no reference."""

MEN, MEN_30_39 = "men", "men 30-39"
ALL, ALL_30_39 = "all", "all 30-39"


class Norm(NamedTuple):
    """The 10th, 50th and 90th percentile of a group of runners."""

    low: float
    middle: float
    high: float
    runners: int
    group: str
    source: str


STRENGTH: Final = {
    "hip_abduction": (
        Norm(2.88, 3.60, 4.62, 27, MEN, STRENGTH_SOURCE),
        Norm(2.85, 3.60, 4.45, 17, MEN_30_39, STRENGTH_SOURCE),
    ),
    "hip_extension": (
        Norm(2.51, 2.91, 3.90, 27, MEN, STRENGTH_SOURCE),
        Norm(2.51, 2.84, 3.81, 17, MEN_30_39, STRENGTH_SOURCE),
    ),
    "hip_external_rotation": (
        Norm(1.23, 1.56, 1.81, 27, MEN, STRENGTH_SOURCE),
        Norm(1.21, 1.52, 1.67, 17, MEN_30_39, STRENGTH_SOURCE),
    ),
}
"""Men of all ages and of 30 to 39, in N/kg. A group of fewer than ten has no range worth the name:
anyone younger or older is compared with all runners."""

GAIT: Final = {
    "peak_hip_adduction_deg": (
        Norm(4.4, 7.1, 11.0, 46, ALL, GAIT_SOURCE),
        Norm(4.4, 8.2, 11.6, 31, ALL_30_39, GAIT_SOURCE),
    ),
    "peak_knee_flexion_deg": (
        Norm(34.3, 41.5, 48.5, 46, ALL, GAIT_SOURCE),
        Norm(35.3, 40.8, 45.6, 31, ALL_30_39, GAIT_SOURCE),
    ),
}
"""Women and men, of all ages and of 30 to 39."""


def strength_norm(test: str, sex: str | None, age: float | None) -> Norm | str:
    """Return the reference range of the athlete's force per kg, or why there is none.

    Empty where there is nothing of the test, :data:`NOT_MEN` of whoever is no man, :data:`NO_SEX`
    where nobody said.
    """
    norm = _of_age(STRENGTH.get(test), age)
    # Open data of strength hold men only; a woman beside them would look weak without reason.
    if norm is None or sex == MALE:
        return norm or ""
    return NO_SEX if sex is None else NOT_MEN


def gait_norm(metric: str, age: float | None) -> Norm | None:
    """Return the reference range of a gait value; None where there is none."""
    return _of_age(GAIT.get(metric), age)


def _of_age(norms: tuple[Norm, Norm] | None, age: float | None) -> Norm | None:
    if norms is None:
        return None
    everyone, thirties = norms
    # Without an age the wider group: a guess of the decade would narrow the range for nothing.
    return thirties if age is not None and _FROM <= age < _BELOW else everyone
