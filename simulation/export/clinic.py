"""Tables of the clinic: exercises, strength tests and gait."""

import numpy as np

from simulation.cohort import Cohort
from simulation.export.columns import SIDES, Columns, ids, same
from simulation.export.text import days, decimals, pick
from simulation.observed.visits import EXERCISES, TRIAL_SPEED_M_S


def exercise(cohort: Cohort, _: np.random.Generator) -> Columns:
    """Return exercises written down after gym sessions."""
    e = cohort.exercises
    names, targets, reps, loads = zip(*EXERCISES, strict=True)
    load = np.array(loads)[e.exercise] * e.load_factor
    return {
        "athlete": ids(cohort, e.runner),
        "date": days(cohort.settings.start, e.day),
        "exercise": pick(names, e.exercise),
        "target": pick(targets, e.exercise),
        "sets": decimals(e.sets.astype(float), 0),
        "reps": decimals(np.array(reps, dtype=float)[e.exercise], 0),
        # Null for exercises without a weight: 0 kg would read as a very weak athlete.
        "load_kg": decimals(np.where(load > 0, np.rint(load / 2) * 2, np.nan), 0),
        "prescribed_sets": decimals(e.prescribed.astype(float), 0),
    }


def strength(cohort: Cohort, _: np.random.Generator) -> Columns:
    """Return peak forces of a hand-held dynamometer."""
    tests = cohort.strength
    values = np.concatenate([tests.knee_n, tests.hip_n], axis=1)
    n, width = values.shape
    return {
        "athlete": np.repeat(ids(cohort, tests.runner), width),
        "date": np.repeat(days(cohort.settings.start, tests.day), width),
        "test": np.tile(np.array(["knee_extension"] * 2 + ["hip_abduction"] * 2, dtype=object), n),
        "side": np.tile(np.array([*SIDES, *SIDES], dtype=object), n),
        "metric": same("peak_force", values.size),
        "value": decimals(values.ravel(), 1),
        "unit": same("N", values.size),
        "reps": same("3", values.size),
        "device": same("hand-held dynamometer", values.size),
    }


def gait(cohort: Cohort, _: np.random.Generator) -> Columns:
    """Return treadmill trials."""
    trials = cohort.gait
    values = np.concatenate(
        [trials.adduction_deg, trials.drop_deg, trials.cadence[:, None]], axis=1
    )
    n, width = values.shape
    metric = (
        ["peak_hip_adduction_deg"] * 2 + ["contralateral_pelvic_drop_deg"] * 2 + ["cadence_spm"]
    )
    return {
        "athlete": np.repeat(ids(cohort, trials.runner), width),
        "date": np.repeat(days(cohort.settings.start, trials.day), width),
        "speed_m_s": same(f"{TRIAL_SPEED_M_S:.2f}", values.size),
        "metric": np.tile(np.array(metric, dtype=object), n),
        "side": np.tile(np.array([*SIDES, *SIDES, "both"], dtype=object), n),
        "value": decimals(values.ravel(), 1),
        "unit": np.tile(np.array(["deg"] * 4 + ["spm"], dtype=object), n),
        "device": np.repeat(pick(["laboratory A", "laboratory B"], trials.lab), width),
    }
