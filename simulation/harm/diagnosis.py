"""Which injury it is: diagnosis, body region, side, mode and the days until return."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from common.arrays import Bools, Floats, Ints
from simulation.settings.cohort import SimulationSettings
from simulation.settings.harm import DiagnosisSettings

KNEE_DIAGNOSES: Final = (
    "pfps", "itbs", "patellar_tendinopathy", "quadriceps_tendinopathy", "other_knee",
)  # fmt: skip
# parameter, diagnosis, region, whether it comes suddenly
ELSEWHERE_INJURIES: Final = (
    ("mtss", "mtss", "lower_leg", False),
    ("bone_stress", "bone_stress", "lower_leg", False),
    ("achilles_tendinopathy", "achilles_tendinopathy", "achilles", False),
    ("plantar_fasciitis", "plantar_fasciitis", "foot", False),
    ("calf_strain", "muscle_strain", "lower_leg", True),
    ("hamstring_strain", "muscle_strain", "thigh", True),
    ("ankle_sprain", "sprain", "ankle", True),
    ("hip", "other", "hip", False),
    ("groin", "muscle_strain", "pelvis_groin", True),
    ("lumbar", "other", "lumbar", False),
)
AREAS: Final = tuple(dict.fromkeys(region for _, _, region, _ in ELSEWHERE_INJURIES))
PFPS: Final = 0
SUDDEN_KNEE: Final = 0.1


def knee_shares(settings: DiagnosisSettings, knee_share: float) -> Floats:
    """Return the shares of :data:`KNEE_DIAGNOSES` among knee injuries; the rest is other_knee."""
    named = np.array([getattr(settings, name) for name in KNEE_DIAGNOSES[:-1]])
    # The named ones may exceed a small knee share; the rest must not become negative.
    whole = max(knee_share, float(named.sum()))
    return np.append(named, whole - named.sum()) / whole


def elsewhere_shares(settings: DiagnosisSettings) -> Floats:
    """Return the shares of :data:`ELSEWHERE_INJURIES` among injuries outside the knee."""
    shares = np.array([getattr(settings, name) for name, *_ in ELSEWHERE_INJURIES])
    return np.asarray(shares / shares.sum())


def area_shares(settings: DiagnosisSettings) -> Floats:
    """Return the shares of :data:`AREAS` among injuries outside the knee."""
    areas = np.array([AREAS.index(region) for _, _, region, _ in ELSEWHERE_INJURIES])
    shares = elsewhere_shares(settings)
    return np.array([shares[areas == area].sum() for area in range(len(AREAS))])


@dataclass(frozen=True, kw_only=True)
class Diagnosed:
    """One entry per injury; ``kind`` indexes the list of its region, ``area`` is -1 at the knee."""

    kind: Ints
    area: Ints
    sudden: Ints
    side: Ints
    days: Ints


@dataclass(frozen=True, kw_only=True)
class Former:
    """The injury before, one entry per injury; ``weight`` is what its area counts for now.

    ``area`` indexes :data:`AREAS`, -1 where there was none or it was the knee; ``side`` is -1
    where the new injury of the same place need not be of the same side.
    """

    area: Ints
    weight: Floats
    side: Ints


def diagnose(
    at_knee: Ints, former: Former, settings: SimulationSettings, rng: np.random.Generator
) -> Diagnosed:
    """Draw what each injury is.

    Parameters
    ----------
    at_knee : array
        1 where the knee is hurt.
    former : Former
        Weight 0 bars its area, above 1 makes it the likelier one.
    """
    n = len(at_knee)
    knee_kind = rng.choice(
        len(KNEE_DIAGNOSES), n, p=knee_shares(settings.diagnoses, settings.hazard.knee_share)
    )
    kind = np.where(at_knee == 1, knee_kind, _elsewhere_kinds(former, settings, rng))
    area_of = np.array([AREAS.index(region) for _, _, region, _ in ELSEWHERE_INJURIES])
    sudden_of = np.array([sudden for *_, sudden in ELSEWHERE_INJURIES])
    # `kind` of a knee injury is below 5, so that it indexes the other list without harm
    area = np.where(at_knee == 1, -1, area_of[kind])
    same_place = (former.side >= 0) & (area == former.area)
    return Diagnosed(
        kind=kind,
        area=area,
        sudden=np.where(at_knee == 1, rng.random(n) < SUDDEN_KNEE, sudden_of[kind]).astype(
            np.int64
        ),
        side=np.where(same_place, former.side, rng.integers(0, 2, n)),
        days=_recovery_days((at_knee == 1) & (kind == PFPS), settings, rng),
    )


def _elsewhere_kinds(
    former: Former, settings: SimulationSettings, rng: np.random.Generator
) -> Ints:
    area_of = np.array([AREAS.index(region) for _, _, region, _ in ELSEWHERE_INJURIES])
    same = area_of == former.area[:, None]
    weight = elsewhere_shares(settings.diagnoses) * np.where(same, former.weight[:, None], 1.0)
    # By hand: rng.choice takes one set of weights, and here each runner has other ones.
    heights = np.cumsum(weight, axis=1)
    aim = rng.random((len(former.area), 1)) * heights[:, -1:]
    kinds: Ints = (heights <= aim).sum(axis=1)
    return kinds


def _recovery_days(is_pfps: Bools, settings: SimulationSettings, rng: np.random.Generator) -> Ints:
    recovery = settings.recovery
    median = np.where(is_pfps, recovery.pfps_median_days, recovery.other_median_days)
    days = median * np.exp(recovery.log_sd * rng.standard_normal(len(median)))
    whole: Ints = np.rint(days).astype(np.int64)
    return np.clip(whole, recovery.shortest_days, recovery.longest_days)
