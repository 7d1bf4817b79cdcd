"""The label-free audits fire on planted faults and stay quiet on clean data."""

import numpy as np
import pandas as pd
import pytest

from features.audits.duplicates import audit_duplicates
from features.audits.ranges import audit_ranges
from features.audits.units import FACTORS, audit_units
from features.catalogue.audit_settings import DuplicateSettings, RangeSettings, UnitSettings
from features.catalogue.entry import Feature
from tests.features.cohort import DAY0, from_frames


def entry(name, block="load", **more):
    fields = {"label": name, "unit": "", "formula": "", "source": "", "changeable": True}
    return Feature(name=name, block=block, **(fields | more))


def matrix(columns, athletes=4, weeks=10, seed=0):
    rng = np.random.default_rng(seed)
    n = athletes * weeks
    who = [f"a{i}" for i in range(athletes) for _ in range(weeks)]
    dates = DAY0 + pd.to_timedelta(np.tile(np.arange(weeks) * 7, athletes), unit="D")
    values = {name: rng.gamma(3, 2, n).astype(np.float32) for name in columns}
    return pd.DataFrame({"athlete": who, "date": dates, **values})


ENTRIES = [entry(f"x{i}", high=100.0) for i in range(6)]
NAMES = [f.name for f in ENTRIES]
SMALL = DuplicateSettings(least_values=4)


def test_plausible_values_are_quiet_and_nulls_do_not_count():
    rows = matrix(NAMES)
    rows.loc[:5, "x0"] = np.nan
    assert audit_ranges(rows, ENTRIES).passed
    assert audit_ranges(rows, ENTRIES).table.empty


# 5 of 40 values are more than the tenth that is allowed.
@pytest.mark.parametrize(("wrong", "passed"), [(1, True), (5, False)])
def test_implausible_values_are_counted_and_too_many_stop_the_run(wrong, passed):
    rows = matrix(NAMES)
    rows.loc[: wrong - 1, "x2"] *= 1000
    found = audit_ranges(rows, ENTRIES, RangeSettings(highest_share=0.1))
    assert found.passed is passed
    assert found.table[["feature", "known", "outside"]].to_numpy().tolist() == [["x2", 40, wrong]]
    assert ("check the unit" in found.sentence) is not passed


@pytest.mark.parametrize(("wrong", "passed"), [(4, True), (5, False)])
def test_a_few_odd_values_of_a_small_team_are_told_but_stop_nothing(wrong, passed):
    rows = matrix(NAMES)
    rows.loc[: wrong - 1, "x2"] *= 1000
    found = audit_ranges(rows, ENTRIES)
    assert found.passed is passed
    assert f"({wrong} values: x2)" in found.sentence


def test_rounding_at_the_bound_is_no_fault():
    # Rounding to float32 may lift a value over its bound by the last digit.
    rows = matrix(NAMES).assign(x1=np.float32(100.0) * np.float32(1.000001))
    assert audit_ranges(rows, ENTRIES).passed


def test_an_athlete_under_two_names_is_found():
    rows = matrix(NAMES)
    twin = rows[rows["athlete"] == "a1"].assign(athlete="b1", age=40.0)
    both = pd.concat([rows.assign(age=30.0), twin], ignore_index=True)
    entries = [*ENTRIES, entry("age", "history", high=100.0)]
    part = pd.Series(np.where(both["athlete"] == "b1", "test", "train"))
    found = audit_duplicates(both, entries, part, SMALL)
    assert not found.passed
    assert len(found.table) == 10
    assert "athlete b1 on 2023-01-02 equals a1 on 2023-01-02" in found.sentence
    assert "10 of them across parts" in found.sentence


def test_one_row_in_two_parts_is_found_and_in_one_part_it_is_not():
    rows = matrix(NAMES)
    copied = pd.concat([rows, rows.iloc[[7]].assign(date=DAY0)], ignore_index=True)
    assert audit_duplicates(copied, ENTRIES, None, SMALL).passed
    part = pd.Series(["train"] * 40 + ["test"])
    found = audit_duplicates(copied, ENTRIES, part, SMALL)
    assert found.table[["part", "other_part"]].to_numpy().tolist() == [["test", "train"]]


def test_weeks_of_rest_are_alike_without_being_copies():
    rows = matrix(NAMES)
    # Zeros are alike in everybody who rests.
    rows.loc[rows.index % 2 == 0, NAMES] = 0
    rows.loc[rows.index % 2 == 1, NAMES[3:]] = np.nan
    assert audit_duplicates(rows, ENTRIES, None, SMALL).passed


def body_and_runs(seed=0, athletes=12, days=120):
    rng = np.random.default_rng(seed)
    who = [f"a{i:02d}" for i in range(athletes)]
    mass = pd.DataFrame(
        {
            "athlete": np.repeat(who, days // 5),
            "date": DAY0 + pd.to_timedelta(np.tile(np.arange(0, days, 5), athletes), unit="D"),
            "mass_kg": np.repeat(rng.normal(68, 9, athletes), days // 5)
            * rng.normal(1, 0.01, athletes * (days // 5)),
            "source": "made",
        }
    )
    n, date = athletes * days, np.tile(np.arange(days), athletes)
    km = rng.gamma(4, 2.5, n)
    runs = pd.DataFrame(
        {
            "athlete": np.repeat(who, days),
            "start": (DAY0 + pd.to_timedelta(date, unit="D")).tz_localize("UTC"),
            "local_date": DAY0 + pd.to_timedelta(date, unit="D"),
            "sport": "run",
            "distance_km": km,
            "duration_min": km * np.repeat(rng.normal(5.5, 0.6, athletes), days)
            * rng.normal(1, 0.08, n),
            "ground_contact_ms": np.repeat(rng.normal(250, 15, athletes), days)
            * rng.normal(1, 0.03, n),
            "dynamics_source": np.where(date % 2 == 0, "watch", "pod"),
            "source": "made",
            "source_hash": "0",
        }
    )  # fmt: skip
    # Devices differ by 15 %, which is no other unit.
    runs.loc[runs["dynamics_source"] == "pod", "ground_contact_ms"] *= 1.15
    return mass, runs


def tables(mass, runs):
    return from_frames({"body": mass, "sessions": runs})


def test_units_of_a_clean_cohort_are_quiet_even_where_devices_differ():
    found = audit_units(tables(*body_and_runs()))
    assert found.passed
    assert found.table.empty


def test_kilometres_that_become_miles_are_found():
    mass, runs = body_and_runs()
    late = (runs["athlete"] == "a03") & (runs["local_date"] >= DAY0 + pd.Timedelta(days=70))
    runs.loc[late, "distance_km"] *= 1.609344
    found = audit_units(tables(mass, runs))
    assert not found.passed
    one = found.table.iloc[0]
    assert (one["measure"], one["athlete"], one["against"]) == (
        "running speed in km/h", "a03", "its own past",
    )  # fmt: skip
    assert one["factor"] == 1.609344
    assert one["jump"] == pytest.approx(1.609344, rel=0.05)
    assert "kilometres and miles" in found.sentence


def test_a_whole_file_in_another_unit_is_found_against_the_other_athletes():
    mass, runs = body_and_runs()
    mass.loc[mass["athlete"] == "a05", "mass_kg"] *= 2.20462
    found = audit_units(tables(mass, runs), UnitSettings(times_cohort=4.0))
    assert found.table["athlete"].tolist() == ["a05"]
    assert found.table["against"].tolist() == ["the other athletes"]
    assert found.table["factor"].tolist() == [2.20462]


# Newtons for kilograms are a fault; a factor of 5 belongs to no pair of units.
@pytest.mark.parametrize(("divisor", "found"), [(9.80665, ["a"]), (1.15, []), (5.0, [])])
def test_a_device_in_another_unit_is_found_within_the_athlete(divisor, found):
    rng = np.random.default_rng(0)
    tests = pd.DataFrame(
        {
            "athlete": "a",
            "date": DAY0 + pd.to_timedelta(np.arange(40) * 7, unit="D"),
            "test": "knee_extension",
            "side": "left",
            "metric": "peak_force",
            "value": 300 * rng.normal(1, 0.05, 40),
            "unit": "N",
            "device": np.where(np.arange(40) % 2 == 0, "one", "two"),
            "source": "made",
        }
    )
    tests.loc[tests["device"] == "two", "value"] /= divisor
    table = audit_units(from_frames({"strength": tests})).table
    assert table["athlete"].tolist() == found
    assert table["against"].tolist() == ["source one"] * len(found)


def test_every_factor_that_is_looked_for_is_told_in_words():
    assert {1000.0, 1.609344, 60.0, 3.6} <= set(FACTORS)
    assert all(FACTORS.values())
