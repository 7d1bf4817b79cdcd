"""The strength block: the latest tests per kilogram, sides, ratios and the athlete's own past."""

from functools import partial
from typing import Any, Final

import numpy as np

from common.untyped import Untyped
from features.blocks.strength_tests import STRENGTH_KINDS, ratios, strength_tests
from features.catalogue.entry import Feature
from features.kernels.last_observation import CarriedRecords, RareRecords, carry_forward
from features.kernels.windows import Daily
from features.panel.days import Days
from features.panel.definition import Definition

NEVER_TESTED: Final = "never tested"
TESTED_ONCE: Final = "never tested, or never before"
KNEE_EXTENSION: Final = "knee extension: SMD -0.19 (-0.36, -0.02) (meta-analysis 2022)"
HIP: Final = "hip weakness before patellofemoral pain: SMD -0.09 to -0.20, not proven (Neal 2019)"
WEAK: Final = "weak prospectively at best; no effect size is claimed"
SIDES: Final = "descriptive; no effect size is claimed"
TESTS: Final = {
    "hip_abduction": HIP,
    "hip_adduction": HIP,
    "hip_extension": HIP,
    "hip_external_rotation": HIP,
    "knee_extension": KNEE_EXTENSION,
    "knee_flexion": WEAK,
    "plantar_flexion": WEAK,
}
SAME_SERIES: Final = "same test, metric, unit and device"


def tests(days: Days) -> RareRecords:
    """Return the sparse table of tests, made once."""
    tables = days.panel.tables
    return days.shared(
        "strength tests",
        lambda d: RareRecords(d.panel.grid, strength_tests(tables["strength"], tables["body"])),
    )


def latest(days: Days, test: str, kinds: tuple[str, ...], column: str) -> Daily:
    """Latest value of a column among the tests of some kinds of unit."""
    return days.shared(f"latest {test} by {kinds}", partial(_latest, test, kinds)).values(column)


def _latest(test: str, kinds: tuple[str, ...], days: Days) -> CarriedRecords:
    records = tests(days)
    of_test = (records.table["test"] == test).to_numpy(dtype=bool)
    # One kind of unit alone: newtons and kilograms of one athlete would look like a fall by 90 %.
    return records.carried(of_test & records.table["kind"].isin(kinds).to_numpy())


def ratio_of(days: Days, above: str, below: str) -> Daily:
    """Latest ratio of two tests of one day, metric, unit and device."""
    return carry_forward(days.panel.grid, ratios(tests(days).table, above, below), "ratio")


def days_since_test(days: Days) -> Daily:
    """Days since the latest strength test of any kind."""
    rows = days.panel.tables["strength"][["athlete", "date"]].sort_values(["athlete", "date"])
    day = rows["date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    return days.panel.grid.day_index() - carry_forward(days.panel.grid, rows.assign(day=day), "day")


def ankle(days: Days) -> Daily:
    """Latest ankle dorsiflexion."""
    body = days.panel.tables["body"]
    measured = body[body["ankle_dorsiflexion_deg"].notna()].sort_values(["athlete", "date"])
    return carry_forward(days.panel.grid, measured, "ankle_dorsiflexion_deg")


def _feature(name: str, label: str, unit: str, formula: str, **more: Untyped) -> Feature:
    fields: dict[str, Any] = {
        "source": WEAK,
        "changeable": True,
        "structural_null": NEVER_TESTED,
    } | more
    return Feature(name=name, block="strength", label=label, unit=unit, formula=formula, **fields)


def _sides(test: str, words: str, kinds: tuple[str, ...]) -> tuple[Definition, ...]:
    difference = _feature(
        f"{test}_side_difference_pct",
        f"side difference of {words}",
        "%",
        "100 x |left - right| / stronger side, of the latest test day; null unless both sides "
        "were tested that day",
        source=SIDES,
        structural_null="never tested on both sides",
        high=100.0,
    )
    change = _feature(
        f"{test}_change_pct",
        f"{words} against the athlete's own earlier tests",
        "%",
        "100 x (mean of the sides on the latest test day / mean of all earlier test days - 1), "
        + SAME_SERIES,
        structural_null=TESTED_ONCE,
        low=-90.0,
        high=300.0,
    )
    return (
        Definition(difference, partial(latest, test=test, kinds=kinds, column="side_difference")),
        Definition(change, partial(latest, test=test, kinds=kinds, column="change")),
    )


def _test(test: str) -> tuple[Definition, ...]:
    words = test.replace("_", " ") + " strength"
    level = _feature(
        f"{test}_n_kg",
        words,
        "N/kg",
        "mean of left and right on the latest day tested by force, over the latest body mass up "
        "to the day of the test; a torque counts as the force at the limb's length, where known",
        source=TESTS[test],
        structural_null="never tested by force",
        # The one test of strength with a pooled prospective effect.
        monotone=-1 if test == "knee_extension" else 0,
        high=30.0,
        decimals=2,
    )
    forces = STRENGTH_KINDS[:2]
    return (
        Definition(level, partial(latest, test=test, kinds=forces, column="per_kg")),
        *_sides(test, words, STRENGTH_KINDS),
    )


def _ratio(name: str, label: str, above: str, below: str) -> Definition:
    feature = _feature(
        name,
        label,
        "",
        f"{above} / {below}, means of the sides, of the latest day on which both were tested with "
        "the same metric, unit and device",
        structural_null="never tested together",
        high=10.0,
        decimals=2,
    )
    first, second = above.replace(" ", "_"), below.replace(" ", "_")
    return Definition(feature, partial(ratio_of, above=first, below=second))


def _endurance(test: str, kind: str, words: str, high: float) -> tuple[Definition, ...]:
    level = _feature(
        f"{test}_{kind}",
        words,
        kind,
        "mean of left and right on the latest test day",
        source=SIDES,
        high=high,
        decimals=0,
    )
    return (
        Definition(level, partial(latest, test=test, kinds=(kind,), column="level")),
        *_sides(test, words, (kind,)),
    )


DEFINITIONS: Final[tuple[Definition, ...]] = (
    *(definition for test in TESTS for definition in _test(test)),
    _ratio(
        "hip_abduction_adduction_ratio",
        "hip abduction against adduction strength",
        "hip abduction",
        "hip adduction",
    ),
    _ratio(
        "hamstring_quadriceps_ratio",
        "hamstring against quadriceps strength",
        "knee flexion",
        "knee extension",
    ),
    *_endurance("side_plank", "s", "side plank hold (core)", 600.0),
    *_endurance("calf_raise", "reps", "calf raises", 200.0),
    Definition(
        _feature(
            "ankle_dorsiflexion_deg",
            "ankle dorsiflexion",
            "deg",
            "latest weight-bearing dorsiflexion up to the day",
            structural_null="never measured",
            high=70.0,
            source=SIDES,
        ),
        ankle,
    ),
    Definition(
        _feature(
            "days_since_strength_test",
            "days since the last strength test",
            "days",
            "days from the latest strength test of any kind to the day",
            source=SIDES,
            high=4000.0,
            decimals=0,
        ),
        days_since_test,
    ),
)
