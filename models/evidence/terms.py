"""What the evidence model reads: each term is one known thing, made of features by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from common.arrays import Floats
from models.evidence.columns import Columns
from models.evidence.figures import Spikes, packaged

YEAR: Final = 365.0
SLEEP_POINTS: Final = 4.0
"""Sleep quality is stored on 0-1; the published ratio is read per point of a scale of five."""
# The feature is minutes in 28 days, the published ratio is per hour a week.
HOURS_PER_MONTH_TO_WEEK: Final = 4 * 60.0
COMPLAINTS: Final = ("complaints_7d", "complaint_days_7d")
"""Names under which reported complaints of the past week may stand; absent is unknown."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """One term of the log hazard.

    Parameters
    ----------
    name : str
        As in the file of coefficients.
    feature : str
        The catalogue's feature that stands for it in reasons.
    value : callable
        From the feature rows to the value in the units of the file; NaN where unknown.
    of_week : bool
        Whether it tells of this week; a runner's usual has the term at its centre.
    lasts : bool
        Whether it was much the same in the years on record, so that the own injuries show it too.
    """

    name: str
    feature: str
    value: Callable[[Columns], Floats]
    of_week: bool = False
    lasts: bool = False


def spike_log_ratio(ratio: Floats, spikes: Spikes | None = None) -> Floats:
    """Return the log of the published hazard ratio of a longest-run spike; NaN where unknown.

    A rise of exactly 10 % is reference, also where float32 stores it as 10.00000238 %.

    Examples
    --------
    >>> np.exp(spike_log_ratio(np.array([0.5, 1.1, 1.2, 1.5, 2.5]))).round(2)
    array([1.  , 1.  , 1.64, 1.52, 2.28])
    """
    classes = (spikes or packaged().spike_classes).classes
    steps = np.log([1.0, *(spike_class.ratio for spike_class in classes)])
    at = np.searchsorted(
        [spike_class.above for spike_class in classes], np.round(ratio, 6), side="left"
    )
    return np.where(np.isnan(ratio), np.nan, steps[np.minimum(at, len(classes))])


def time_since_return(columns: Columns) -> Floats:
    """Return 1 at the return from an injury, falling to 0 a year later; 0 if never injured.

    Null where nothing is known of injuries at all.
    """
    since = columns["days_since_return"]
    # A year, because studies ask for injuries of the past 12 months.
    fresh = np.clip(1 - since / YEAR, 0, 1)
    unknown = np.isnan(columns["injuries_12m"])
    return np.where(np.isnan(since), np.where(unknown, np.nan, 0.0), fresh)


@dataclass(frozen=True)
class _Plain:
    """The value of a feature as it stands; a class, because other processes are sent it."""

    feature: str

    def __call__(self, columns: Columns) -> Floats:
        return columns[self.feature]


def _spike(columns: Columns) -> Floats:
    return spike_log_ratio(columns["longest_run_spike"])


def _other_sports(columns: Columns) -> Floats:
    return np.asarray(columns["cross_training_28d_min"] / HOURS_PER_MONTH_TO_WEEK)


def _usual_sleep(columns: Columns) -> Floats:
    return SLEEP_POINTS * columns.first_known(
        ("sleep_quality_own", "sleep_quality_28d", "sleep_quality_7d")
    )


def _sleep_this_week(columns: Columns) -> Floats:
    # Less the usual one: bad sleepers have the usual term already, and would be counted twice.
    return SLEEP_POINTS * columns["sleep_quality_7d"] - _usual_sleep(columns)


def _complaint(columns: Columns) -> Floats:
    # Whether there was one and not how many: the published ratio compares a complaint with none.
    return np.minimum(columns.first_known(COMPLAINTS), 1.0)


def _several_pairs(columns: Columns) -> Floats:
    pairs = columns["shoes_in_rotation_28d"]
    return np.where(np.isnan(pairs), np.nan, (pairs > 1).astype(np.float64))


def _new_to_running(columns: Columns) -> Floats:
    # Falls fast and then hardly: the first year differs from the second, the tenth not from the
    # ninth.
    return 1 / (1 + np.maximum(columns["years_running"], 0))


def _knee_before(columns: Columns) -> Floats:
    """Share of the past year's injuries that were of the knee; unknown without injuries."""
    every = columns["injuries_12m"]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(every > 0, columns["knee_injuries_12m"] / every, np.nan)


def _step_rate(columns: Columns) -> Floats:
    return columns.first_known(("cadence_28d_spm", "lab_cadence_spm"))


def _side_difference(columns: Columns) -> Floats:
    return columns.largest(
        ("knee_extension_side_difference_pct", "hip_abduction_side_difference_pct")
    )


def _of_week(name: str, feature: str) -> Term:
    return Term(name=name, feature=feature, value=_Plain(feature), of_week=True)


def _of_runner(name: str, feature: str) -> Term:
    return Term(name=name, feature=feature, value=_Plain(feature), lasts=True)


_KNEE_EXTENSION: Final = _of_runner("knee_extension", "knee_extension_n_kg")
_HIP_STRENGTH: Final = _of_runner("hip_strength", "hip_abduction_n_kg")
_HIP_ADDUCTION: Final = _of_runner("hip_adduction", "lab_peak_hip_adduction_deg")
_STEP_RATE: Final = Term(name="step_rate", feature="cadence_28d_spm", value=_step_rate, lasts=True)
_SEX: Final = _of_runner("sex", "sex_code")

TERMS: Final[tuple[Term, ...]] = (
    Term(
        name="longest_run_spike",
        feature="longest_run_spike",
        value=_spike,
        of_week=True,
    ),
    Term(name="time_since_return", feature="days_since_return", value=time_since_return),
    Term(name="sleep_usual", feature="sleep_quality_own", value=_usual_sleep, lasts=True),
    Term(name="sleep_week", feature="sleep_quality_7d", value=_sleep_this_week, of_week=True),
    _of_week("sleep_hours_week", "sleep_h_deviation"),
    _of_week("stress_week", "stress_deviation"),
    _of_week("fatigue_week", "fatigue_deviation"),
    _of_week("soreness_week", "soreness_deviation"),
    _of_week("hrv_week", "hrv_deviation"),
    _of_week("resting_hr_week", "resting_hr_deviation"),
    _of_week("pain", "pain_max_7d"),
    Term(name="complaint", feature=COMPLAINTS[0], value=_complaint, of_week=True),
    Term(name="pain_days", feature="pain_days_28d", value=_Plain("pain_days_28d")),
    _KNEE_EXTENSION,
    _HIP_STRENGTH,
    Term(
        name="side_difference",
        feature="knee_extension_side_difference_pct",
        value=_side_difference,
        lasts=True,
    ),
    _HIP_ADDUCTION,
    _of_runner("pelvic_drop", "lab_contralateral_pelvic_drop_deg"),
    _of_runner("braking_force", "lab_peak_braking_force_bw"),
    _STEP_RATE,
    Term(name="shoe_rotation", feature="shoes_in_rotation_28d", value=_several_pairs, lasts=True),
    Term(name="shoe_distance", feature="shoe_km", value=_Plain("shoe_km")),
    Term(
        name="other_sports",
        feature="cross_training_28d_min",
        value=_other_sports,
        lasts=True,
    ),
    _of_runner("body_mass_index", "body_mass_index"),
    _of_runner("age", "age_years"),
    Term(name="new_to_running", feature="years_running", value=_new_to_running, lasts=True),
    _SEX,
)
"""Terms of the hazard of any injury, in the order of the coefficients."""

LASTING: Final = np.array([term.lasts for term in TERMS], dtype=np.float64)
"""1 for each term that lasts, else 0."""

KNEE_TERMS: Final[tuple[Term, ...]] = (
    _SEX,
    _KNEE_EXTENSION,
    _HIP_STRENGTH,
    _HIP_ADDUCTION,
    _STEP_RATE,
    _of_week("knee_pain", "knee_pain_max_7d"),
    Term(name="knee_before", feature="knee_injuries_12m", value=_knee_before),
)
"""Terms of the share of injuries that are of the knee."""
