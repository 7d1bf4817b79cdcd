"""The few measures that come first where events are few.

For each thing that is known to go with running injuries (exposure, a sudden long run, sleep, pain
and soreness, previous injury, level) the measures that say it most plainly. It was drawn up from
the literature's factors and kept after sets were compared on simulated development cohorts, their
test parts included; the figures that are reported come from cohorts it never saw.
:func:`models.sampling.feature_cap.capped` takes it first.
"""

from typing import Final

CORE: Final = frozenset(
    {
        # exposure and how it changes
        "hours_7d", "hours_28d", "usual_hours_week", "distance_7d_km", "runs_28d", "week_change",
        "ramp_4w", "acwr_ewma", "days_since_run",
        # a run longer than the body is used to
        "longest_run_spike_today", "longest_run_spike", "longest_run_30d_km",
        # sleep, pain, soreness, stress
        "sleep_quality_7d", "sleep_quality_28d", "sleep_quality_own", "sleep_quality_deviation",
        "pain_max_7d", "pain_mean_7d", "pain_days_28d", "knee_pain_max_7d", "soreness_7d",
        "stress_7d",
        # previous injury, and who the athlete is
        "injuries_6m", "injuries_12m", "injuries_24m", "knee_injuries_12m", "days_lost_12m",
        "days_since_return", "injury_rate_shrunk", "injuries_expected_week", "level_code",
        "years_running",
    }
)  # fmt: skip
"""Names of the features that every outcome shares."""

_STRENGTH_AND_GAIT: Final = frozenset(
    {"knee_extension_n_kg", "hip_abduction_n_kg", "lab_peak_hip_adduction_deg", "cadence_28d_spm"}
)
_OF_ANY: Final = frozenset({"lab_peak_braking_force_bw", "shoe_km"})
_OF_THE_KNEE: Final = frozenset(
    {"knee_extension_side_difference_pct", "lab_contralateral_pelvic_drop_deg"}
)


def core(outcome: str) -> frozenset[str]:
    """Return the core measures of an outcome, the strength and gait measures with them.

    Knee-extension strength has the one pooled prospective effect of strength (SMD -0.19, 3,404
    runners); hip weakness stands before patellofemoral pain, weakly (Neal 2019). Of gait, peak hip
    adduction (Noehren 2013) and step rate (Willson 2014, Luedke 2016) serve both outcomes, braking
    force any injury (Napier 2018), pelvic drop the knee (Bramah 2018). Shoes wear out.

    Examples
    --------
    >>> sorted(core("knee") - core("any"))
    ['knee_extension_side_difference_pct', 'lab_contralateral_pelvic_drop_deg']
    """
    own = _OF_THE_KNEE if outcome == "knee" else _OF_ANY
    return CORE | _STRENGTH_AND_GAIT | own
