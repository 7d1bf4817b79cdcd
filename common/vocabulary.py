"""Closed vocabularies of the tables: a value outside them is rejected, never guessed."""

from typing import Final

SPORTS: Final = ("run", "walk", "hike", "ride", "swim", "strength", "other")
SURFACES: Final = ("road", "trail", "track", "treadmill", "mixed")
LEVELS: Final = ("novice", "recreational", "competitive", "elite")
SEXES: Final = ("female", "male", "other")
SIDES: Final = ("left", "right", "both", "none")
PAIN_MOMENTS: Final = ("during", "after", "next_morning", "unspecified")

# Body areas after OSIICS, coarsened to what runners report.
REGIONS: Final = (
    "head_neck", "shoulder", "arm", "trunk", "lumbar", "pelvis_groin", "hip", "thigh",
    "knee", "lower_leg", "achilles", "ankle", "foot", "other", "unknown",
)  # fmt: skip
RUNNING_REGIONS: Final = (
    "lumbar", "pelvis_groin", "hip", "thigh", "knee", "lower_leg", "achilles", "ankle", "foot",
)  # fmt: skip
"""Regions that running injures: the lower limb (Yamato 2015), low back and pelvis with it."""
DIAGNOSES: Final = (
    "pfps", "itbs", "patellar_tendinopathy", "quadriceps_tendinopathy", "other_knee",
    "mtss", "bone_stress", "achilles_tendinopathy", "plantar_fasciitis", "muscle_strain",
    "sprain", "other", "unknown",
)  # fmt: skip
KNEE_DIAGNOSES: Final = ("pfps", "itbs", "patellar_tendinopathy", "quadriceps_tendinopathy")
INJURY_MODES: Final = ("gradual", "sudden", "unknown")
SEVERITIES: Final = ("minor", "moderate", "major", "unknown")
INJURY_CLASSES: Final = ("injury", "complaint", "not_running")
CLASS_REASONS: Final = (
    "days_lost", "clinician", "restricted", "severity", "substantial", "listed", "own_words",
    "niggle", "no_days_lost", "minor_answer", "not_substantial", "region", "other_cause",
    "illness", "place_unknown",
)  # fmt: skip
"""Why an entry of an injury record has its class; sentences in :mod:`ingest.injuries.classing`."""
COMPLAINT_KINDS: Final = ("pain_answer", "ostrc", "questionnaire", "register")
SPAN_SOURCES: Final = ("register", "typed_day", "asked_at_entry")

INTENSITIES: Final = ("rest", "easy", "long", "hard", "race")

STRENGTH_TESTS: Final = (
    "hip_abduction", "hip_adduction", "hip_extension", "hip_flexion", "hip_external_rotation",
    "hip_internal_rotation", "knee_extension", "knee_flexion", "nordic", "plantar_flexion",
    "side_plank", "calf_raise", "single_leg_squat", "cmj", "imtp", "drop_jump",
)  # fmt: skip
STRENGTH_UNITS: Final = ("N", "Nm", "N/kg", "Nm/kg", "kg", "cm", "s", "reps", "W", "W/kg", "m/s")
EXERCISE_TARGETS: Final = (
    "hip",
    "core",
    "quadriceps",
    "hamstrings",
    "calf",
    "foot",
    "full_body",
    "mobility",
)

GAIT_METRICS: Final = (
    "cadence_spm", "step_length_m", "contact_ms", "vertical_oscillation_mm",
    "peak_hip_adduction_deg", "contralateral_pelvic_drop_deg", "peak_knee_flexion_deg",
    "knee_valgus_deg", "trunk_lean_deg", "foot_strike_angle_deg",
    "vertical_loading_rate_bw_s", "peak_braking_force_bw",
)  # fmt: skip

# Why a session should be checked. What its minutes or kilometres are, nobody knows: it is left out.
LEFT_OUT_CHECKS: Final = (
    "impossible_speed", "watch_left_on", "overlaps_another", "too_long_a_day",
)  # fmt: skip
# The athlete's own minutes stand for the watch's, or the minutes count without kilometres.
COUNTED_CHECKS: Final = ("minutes_from_answer", "distance_lost")
CHECKS: Final = (*LEFT_OUT_CHECKS, *COUNTED_CHECKS)
