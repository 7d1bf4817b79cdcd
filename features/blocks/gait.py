"""The gait block: laboratory trials and devices, each against its own source only."""

from functools import partial
from typing import Any, Final

import numpy as np

from features.blocks.gait_trials import gait_trials
from features.blocks.run_dynamics import Runs, against_own_past, dynamic_runs, month_mean
from features.catalogue.entry import Feature
from features.kernels.last_observation import CarriedRecords, RareRecords, carry_forward
from features.kernels.windows import Daily
from features.panel.days import Days
from features.panel.definition import Definition

WEAK: Final = "descriptive; no effect size is claimed"
NEVER: Final = "never measured"
NOEHREN: Final = "peak hip adduction before PFP: p = .007 in 400 women (Noehren 2013)"
BRAMAH: Final = "pelvic drop: +80 % odds per degree, retrospective (Bramah 2018)"
NAPIER: Final = "peak braking force > 0.27 body weight: 5-8 x (Napier 2018)"
CHAN: Final = "loading-rate retraining: injuries -62 % (Chan 2018, randomised, n = 320)"
STEP_RATE: Final = (
    "step rate +5-10 % lowers knee and hip loading (Heiderscheit 2011); low step rate: shin "
    "injury, not anterior knee pain (Luedke 2016)"
)
STEP_LENGTH: Final = (
    "step length +/-10 % changes patellofemoral stress per mile by +14 / -7.5 % (Willson 2014)"
)
DEVICES: Final = "device differences exceed athlete differences: one source per number; "


def trials(days: Days) -> RareRecords:
    """Return the sparse table of laboratory trials, made once."""
    return days.shared(
        "gait trials", lambda d: RareRecords(d.panel.grid, gait_trials(d.panel.tables["gait"]))
    )


def latest(days: Days, metric: str, column: str) -> Daily:
    """Latest value of a column of one metric's trials."""
    return days.shared(f"latest {metric}", partial(_latest, metric)).values(column)


def _latest(metric: str, days: Days) -> CarriedRecords:
    records = trials(days)
    return records.carried((records.table["metric"] == metric).to_numpy(dtype=bool))


def days_since_trial(days: Days) -> Daily:
    """Days since the latest laboratory trial."""
    # Any metric counts: the question is when somebody was last measured at all.
    rows = days.panel.tables["gait"][["athlete", "date"]].sort_values(["athlete", "date"])
    day = rows["date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    return days.panel.grid.day_index() - carry_forward(days.panel.grid, rows.assign(day=day), "day")


def runs(days: Days) -> Runs:
    """Return the runs with a named source of dynamics, made once."""
    return days.shared(
        "dynamic runs", lambda d: dynamic_runs(d.panel.tables["sessions"], d.panel.grid)
    )


def device_values(days: Days, column: str) -> Daily:
    """One value per run; balance as its distance from even."""
    values: Daily = runs(days).table[column].to_numpy(dtype=np.float64)
    # Leaning to the left and to the right would cancel in a mean.
    return np.abs(values - 50.0) if column == "balance_left_pct" else values


def device_mean(days: Days, column: str) -> Daily:
    """Mean of the past 28 days' runs on one source."""
    return month_mean(runs(days), device_values(days, column), days.panel.offsets)


def device_change(days: Days, column: str) -> Daily:
    """Mean of the past 28 days' differences from own earlier runs at matched speed."""
    change = against_own_past(runs(days), device_values(days, column))
    return month_mean(runs(days), change, days.panel.offsets)


def _feature(name: str, label: str, unit: str, formula: str, **more: object) -> Feature:
    fields: dict[str, Any] = {"source": WEAK, "changeable": True, "decimals": 1} | more
    return Feature(name=name, block="gait", label=label, unit=unit, formula=formula, **fields)


def _trial(
    metric: str, label: str, unit: str, span: tuple[float, float], **more: object
) -> Definition:
    feature = _feature(
        f"lab_{metric}",
        f"{label} (gait test)",
        unit,
        "mean of left and right on the latest day of gait tests that has it",
        structural_null=NEVER,
        low=span[0],
        high=span[1],
        **more,
    )
    return Definition(feature, partial(latest, metric=metric, column="level"))


def _trial_change(metric: str, label: str, unit: str, wide: float) -> Definition:
    feature = _feature(
        f"lab_{metric}_change",
        f"{label} against the athlete's own earlier gait tests",
        unit,
        "latest value - mean of the values of all earlier days with the same device at a speed at "
        "most 0.25 m/s away",
        structural_null="never measured, or never before at that speed on that device",
        low=-wide,
        high=wide,
    )
    return Definition(feature, partial(latest, metric=metric, column="change"))


def _trial_sides(metric: str, label: str, unit: str, wide: float) -> Definition:
    feature = _feature(
        f"lab_{metric}_side_difference",
        f"side difference of {label}",
        unit,
        "|left - right| on the latest day of gait tests that has it; null unless both sides were "
        "measured",
        structural_null="never measured on both sides",
        high=wide,
    )
    return Definition(feature, partial(latest, metric=metric, column="side_difference"))


def _device(
    name: str,
    column: str,
    label: str,
    unit: str,
    span: tuple[float, float],
    wide: float,
    evidence: str = WEAK,
    **more: object,
) -> tuple[Definition, ...]:
    source = DEVICES + evidence
    level = _feature(
        f"{name}_28d_{'pct' if unit == '%' else unit}",
        f"{label} in the past 28 days",
        unit,
        "mean over the runs of 28 days on the dynamics source of the latest of them; null below 3",
        source=source,
        structural_null="no running dynamics in the past 28 days",
        low=span[0],
        high=span[1],
        **more,
    )
    change = _feature(
        f"{name}_28d_change",
        f"{label} lately against the athlete's own earlier runs at the same speed",
        unit,
        "mean over the runs of 28 days, on the dynamics source of the latest of them, of (value - "
        "mean of the athlete's runs 28 to 182 days before it on the same source at a speed at most "
        "0.25 m/s away, at least 5); null below 3 such runs",
        source=source,
        low=-wide,
        high=wide,
        **more,
    )
    return (
        Definition(level, partial(device_mean, column=column)),
        Definition(change, partial(device_change, column=column)),
    )


_LAB: Final[tuple[Definition, ...]] = (
    _trial(
        "peak_hip_adduction_deg", "peak hip adduction", "deg", (-10, 40), source=NOEHREN, monotone=1
    ),
    _trial("contralateral_pelvic_drop_deg", "pelvic drop", "deg", (-10, 25), source=BRAMAH),
    _trial("peak_knee_flexion_deg", "peak knee flexion", "deg", (10, 90)),
    _trial("knee_valgus_deg", "knee valgus", "deg", (-30, 40)),
    _trial("trunk_lean_deg", "forward trunk lean", "deg", (-20, 45)),
    _trial("foot_strike_angle_deg", "foot strike angle", "deg", (-40, 50)),
    _trial(
        "vertical_loading_rate_bw_s",
        "vertical loading rate",
        "BW/s",
        (0, 300),
        source=CHAN,
        monotone=1,
    ),
    _trial(
        "peak_braking_force_bw",
        "peak braking force",
        "BW",
        (0, 1.5),
        source=NAPIER,
        monotone=1,
        decimals=2,
    ),
    _trial("cadence_spm", "step rate", "spm", (120, 240), source=STEP_RATE),
    _trial("step_length_m", "step length", "m", (0.4, 2.5), source=STEP_LENGTH, decimals=2),
    _trial("contact_ms", "ground contact time", "ms", (100, 500)),
    _trial_sides("peak_hip_adduction_deg", "peak hip adduction", "deg", 40.0),
    _trial_sides("contralateral_pelvic_drop_deg", "pelvic drop", "deg", 25.0),
    _trial_sides("contact_ms", "ground contact time", "ms", 200.0),
    _trial_change("peak_hip_adduction_deg", "peak hip adduction", "deg", 30.0),
    _trial_change("contralateral_pelvic_drop_deg", "pelvic drop", "deg", 20.0),
    _trial_change("vertical_loading_rate_bw_s", "vertical loading rate", "BW/s", 200.0),
    _trial_change("cadence_spm", "step rate", "spm", 60.0),
    _trial_change("contact_ms", "ground contact time", "ms", 200.0),
    Definition(
        _feature(
            "days_since_gait_test",
            "days since the last gait test",
            "days",
            "days from the latest gait test to the day",
            structural_null=NEVER,
            high=4000.0,
            decimals=0,
        ),
        days_since_trial,
    ),
)

_DEVICE: Final[tuple[Definition, ...]] = (
    *_device("cadence", "cadence_spm", "step rate", "spm", (120, 240), 40.0, evidence=STEP_RATE),
    *_device(
        "step_length",
        "step_length_m",
        "step length",
        "m",
        (0.4, 2.5),
        0.6,
        evidence=STEP_LENGTH,
        decimals=2,
    ),
    *_device(
        "vertical_oscillation",
        "vertical_oscillation_mm",
        "vertical oscillation",
        "mm",
        (30, 200),
        60.0,
    ),
    *_device("ground_contact", "ground_contact_ms", "ground contact time", "ms", (100, 450), 120.0),
    *_device("vertical_ratio", "vertical_ratio_pct", "vertical ratio", "%", (2, 25), 8.0),
    *_device(
        "contact_imbalance",
        "balance_left_pct",
        "left-right imbalance of ground contact",
        "%",
        (0, 15),
        10.0,
    ),
    *_device(
        "form_decay",
        "form_decay_pct",
        "loss of form from first to last third of a run",
        "%",
        (-30, 60),
        40.0,
    ),
)

DEFINITIONS: Final[tuple[Definition, ...]] = (*_LAB, *_DEVICE)
