"""The table contracts: one schema per table, the only thing ingest and features share.

Tables are long and tidy. Units stand in the column names, dates are naive local days, instants
are UTC, and unknown is null, never 0. The data dictionary is generated from this module.
"""

from collections.abc import Sequence
from functools import cache
from typing import Final

import pandas as pd

from common import vocabulary as v
from common.contract_check import DAY, FLAG, INSTANT, NUMBER, TEXT, Column, Table, failure
from common.errors import StridecastError
from common.machine.text_storage import text_storage


def _text(description: str, *, null: bool = True, unique: bool = False) -> Column:
    return Column(TEXT, description, nullable=null, unique=unique)


def _choice(description: str, values: Sequence[str], *, null: bool = True) -> Column:
    words = f"{description}: {', '.join(values)}"
    return Column(TEXT, words, nullable=null, choices=tuple(values))


def _number(description: str, low: float, high: float, *, null: bool = True) -> Column:
    words = f"{description} ({low:g} to {high:g})"
    return Column(NUMBER, words, nullable=null, bounds=(low, high))


def _day(description: str, *, null: bool = False) -> Column:
    return Column(DAY, description, nullable=null)


def _flag(description: str) -> Column:
    return Column(FLAG, description)


def _instant(description: str, *, null: bool = False) -> Column:
    return Column(INSTANT, description, nullable=null)


def _athlete() -> Column:
    return _text("pseudonym of the athlete", null=False)


def _source() -> Column:
    return _text("file the row came from, relative to the dataset folder", null=False)


def _wellness_item(label: str) -> Column:
    return _number(f"{label}, 1 = best; the scale is declared at the source", 0, 1)


CONTRACTS: Final[dict[str, Table]] = {
    "athletes": Table(
        "one row per athlete",
        {
            "athlete": _text("pseudonym of the athlete", null=False, unique=True),
            "team": _text("team or squad"),
            "birth_year": _number("year of birth", 1900, 2100),
            "sex": _choice("sex", v.SEXES),
            "height_cm": _number("standing height", 90, 250),
            "level": _choice("level of running", v.LEVELS),
            "running_since": _number("year in which regular running began", 1900, 2100),
            "observed_from": _day("first day under observation (administrative)"),
            "observed_to": _day("last day under observation (administrative, never the last log)"),
        },
    ),
    "body": Table(
        "one row per dated body measure",
        {
            "athlete": _athlete(),
            "date": _day("day of the measure"),
            "mass_kg": _number("body mass", 25, 250),
            "ankle_dorsiflexion_deg": _number("weight-bearing ankle dorsiflexion", 0, 70),
            "flexibility_cm": _number("sit-and-reach", -40, 60),
            "source": _source(),
        },
        ["athlete", "date"],
    ),
    "sessions": Table(
        "one row per activity",
        {
            "athlete": _athlete(),
            "start": _instant("start of the activity (UTC)"),
            "local_date": _day("calendar day of the start where the athlete was"),
            "sport": _choice("sport", v.SPORTS, null=False),
            "duration_min": _number("elapsed time", 0, 3000),
            "moving_min": _number("time in motion", 0, 3000),
            "distance_km": _number("distance", 0, 500),
            "ascent_m": _number("metres climbed", 0, 20000),
            "descent_m": _number("metres descended", 0, 20000),
            "surface": _choice("surface", v.SURFACES),
            "rpe": _number("session rating of perceived exertion, CR-10", 0, 10),
            "feel": _number("how the athlete felt, as told the device, 1 = best", 0, 1),
            "hr_mean": _number("mean heart rate, beats per minute", 25, 250),
            "hr_max": _number("highest heart rate, beats per minute", 25, 250),
            "hard_min": _number("time at hard intensity (heart-rate zone 4 and above)", 0, 3000),
            "hard_km": _number("distance at hard intensity (zone 4 and above)", 0, 500),
            "power_w": _number("mean running or cycling power", 0, 2000),
            "cadence_spm": _number("steps per minute, both feet", 30, 260),
            "step_length_m": _number("mean step length", 0.2, 3),
            "vertical_oscillation_mm": _number("vertical oscillation of the trunk", 10, 250),
            "ground_contact_ms": _number("ground contact time", 80, 600),
            "balance_left_pct": _number("ground-contact time on the left", 30, 70),
            "vertical_ratio_pct": _number("vertical oscillation over step length", 1, 30),
            "form_decay_pct": _number("ground contact, last third against first third", -50, 100),
            "dynamics_source": _text("device or application that measured the running dynamics"),
            "shoe_id": _text("shoe worn"),
            "source": _source(),
            "source_hash": _text("SHA-256 of the source file, first 16 hex digits", null=False),
            "record": _text("row or name in the file"),
            "check": _choice("why the session should be checked; null: plausible", v.CHECKS),
            "merged_from": _text("other records of the same session, ';'-separated"),
        },
        ["athlete", "start", "sport"],
    ),
    "mileage": Table(
        "one row per athlete and week of which only the running distance is known",
        {
            "athlete": _athlete(),
            "date": _day("first day of the week"),
            "days": _number("days of the week", 1, 31, null=False),
            "distance_km": _number("running distance of the week", 0, 500, null=False),
            "source": _source(),
        },
        ["athlete", "date"],
    ),
    "plans": Table(
        "one row per planned session; a plan counts only as far as it was known on the day",
        {
            "athlete": _athlete(),
            "date": _day("day the session is planned for, also a day to come"),
            "sport": _choice("sport", v.SPORTS, null=False),
            "planned_duration_min": _number("planned time", 0, 3000),
            "planned_distance_km": _number("planned distance", 0, 500),
            "intensity": _choice("what kind of session is planned", v.INTENSITIES),
            "known_since": _day("day the plan was written or first seen; null: unknown", null=True),
            "source": _source(),
        },
    ),
    "wellness": Table(
        "one row per athlete-day",
        {
            "athlete": _athlete(),
            "date": _day("day of the answer or of waking up"),
            "sleep_h": _number("sleep of the night before", 0, 24),
            "sleep_quality": _wellness_item("sleep quality"),
            "fatigue": _wellness_item("freshness (fatigue turned round)"),
            "soreness": _wellness_item("freedom from soreness"),
            "stress": _wellness_item("calm (stress turned round)"),
            "mood": _wellness_item("mood"),
            "readiness": _wellness_item("readiness to train"),
            "resting_hr_bpm": _number("resting heart rate", 25, 130),
            "hrv_rmssd_ms": _number("heart-rate variability, rMSSD", 1, 400),
            "answered_for_days": _number("days that the answers are about; null: 1", 1, 7),
            "source": _source(),
        },
        ["athlete", "date"],
    ),
    "pain": Table(
        "one row per answer about pain",
        {
            "athlete": _athlete(),
            "date": _day("day of the answer"),
            "region": _choice("body region", v.REGIONS, null=False),
            "side": _choice("side", v.SIDES),
            "pain_0_10": _number("numeric pain rating", 0, 10, null=False),
            "when": _choice("relative to the run", v.PAIN_MOMENTS, null=False),
            "source": _source(),
        },
    ),
    "exercise": Table(
        "one row per rehabilitation or strength exercise in a session",
        {
            "athlete": _athlete(),
            "date": _day("day of the exercise"),
            "exercise": _text("exercise, as written", null=False),
            "target": _choice("what it trains", v.EXERCISE_TARGETS),
            "sets": _number("sets done", 0, 50),
            "reps": _number("repetitions per set", 0, 500),
            "load_kg": _number("external load", 0, 500),
            "prescribed_sets": _number("sets prescribed", 0, 50),
            "source": _source(),
        },
    ),
    "strength": Table(
        "one row per strength test value",
        {
            "athlete": _athlete(),
            "date": _day("day of the test"),
            "test": _choice("test", v.STRENGTH_TESTS, null=False),
            "side": _choice("side", v.SIDES, null=False),
            "metric": _text(
                "what the value is: peak_force, mean_force, hold_time, ...", null=False
            ),
            "value": _number("value, in `unit`", 0, 20000, null=False),
            "unit": _choice("unit", v.STRENGTH_UNITS, null=False),
            "reps": _number("repetitions behind the value", 0, 500),
            "limb_length_cm": _number("from the joint to where the force was measured", 5, 150),
            "device": _text("device"),
            "source": _source(),
        },
    ),
    "gait": Table(
        "one row per gait value",
        {
            "athlete": _athlete(),
            "date": _day("day of the measurement"),
            "speed_m_s": _number("running speed of the trial", 0.3, 12),
            "metric": _choice("metric, unit in its name", v.GAIT_METRICS, null=False),
            "side": _choice("side", v.SIDES, null=False),
            "value": _number("value, in the unit of the metric's name", -1000, 1000, null=False),
            "unit": _text("unit", null=False),
            "spread": _number("interquartile range over the strides, in `unit`", 0, 1000),
            "strides": _number("steps or stances behind the value", 1, 1e6),
            "device": _text(
                "laboratory or device; series of different devices are never mixed", null=False
            ),
            "source": _source(),
        },
    ),
    "injuries": Table(
        "one row per injury (IOC consensus 2020)",
        {
            "athlete": _athlete(),
            "onset_date": _day("day of onset"),
            "return_date": _day("day of return to full training; null while unknown", null=True),
            "region": _choice("body region after OSIICS", v.REGIONS, null=False),
            "side": _choice("side", v.SIDES),
            "diagnosis": _choice("diagnosis", v.DIAGNOSES),
            "mode": _choice("mode of onset", v.INJURY_MODES),
            "severity": _choice("severity as reported", v.SEVERITIES),
            "class": _choice(
                "what the entry is, by the consensus on running injuries; null if not told",
                v.INJURY_CLASSES,
            ),
            "class_reason": _choice("why it has this class", v.CLASS_REASONS),
            "recurrent": _flag(
                "whether the region (and side, where both are known) was injured before"
            ),
            "reported_on": _day("day on which the entry was first seen or written", null=True),
            "source": _source(),
        },
    ),
    "complaints": Table(
        "one row per report of a problem that is no injury",
        {
            "athlete": _athlete(),
            "date": _day("day of the report"),
            "region": _choice("body region", v.REGIONS, null=False),
            "side": _choice("side", v.SIDES),
            "severity": _choice("how bad, in words", v.SEVERITIES, null=False),
            "value_0_10": _number("the same as a number, 10 = worst", 0, 10),
            "kind": _choice("what it was told in", v.COMPLAINT_KINDS, null=False),
            "source": _source(),
        },
    ),
    "injury_spans": Table(
        "one row per athlete whose injuries would be known; outside it they are unknown",
        {
            "athlete": _athlete(),
            "known_from": _day("first day of which injuries would be known"),
            "known_to": _day("last such day; null while the record is kept", null=True),
            "source": _choice("what the span comes from", v.SPAN_SOURCES, null=False),
        },
        ["athlete"],
    ),
    "shoes": Table(
        "one row per pair of shoes",
        {
            "athlete": _athlete(),
            "shoe_id": _text("name of the pair", null=False),
            "first_use": _day("first day of use", null=True),
            "retired": _day("day of retirement; null while in use", null=True),
            "source": _source(),
        },
        ["athlete", "shoe_id"],
    ),
    "extra": Table(
        "one row per value of a channel of the team's own, as sheets hold it",
        {
            "athlete": _athlete(),
            "date": _day("day of the value"),
            "channel": _text("the column's heading, in lower case with underlines", null=False),
            "value": _number(
                "value, in the unit that the settings declare; null: not told", -1e9, 1e9
            ),
            "source": _source(),
        },
    ),
    "rejects": Table(
        "one row per refused file or record",
        {
            "source": _source(),
            "record": _text("row number or record name in the file; null for a whole file"),
            "reason": _text("reason code", null=False),
            "sentence": _text("what was found, what was expected, what to do", null=False),
            "athlete": _text("pseudonym of whose record it was, where that is known"),
        },
    ),
}


def conform(table: str, frame: pd.DataFrame, columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return `frame` in the exact shape of a contract.

    `table` is a key of :data:`CONTRACTS`. Of `frame`, columns that the contract lets be null may
    be absent; none may be surplus. Columns, order and types are those of the contract, the index
    is fresh. With `columns` the contract is that of these alone.

    Raises
    ------
    StridecastError
        If a needed column is missing, a column is surplus, or a value breaks the contract.
    """
    schema = CONTRACTS[table] if columns is None else CONTRACTS[table].only(columns)
    surplus = sorted(set(frame.columns) - set(schema.columns))
    missing = [c for c, spec in schema.columns.items() if c not in frame and not spec.nullable]
    if surplus or missing:
        raise StridecastError(
            f"table {table}: surplus columns {surplus}, missing columns {missing}"
        )
    if not len(frame):
        return empty(table)[list(schema.columns)]
    whole = frame.reindex(columns=list(schema.columns)).reset_index(drop=True)
    try:
        typed = schema.typed(whole)
    except (ValueError, TypeError) as error:
        raise StridecastError(f"table {table}: a value of another type: {error}") from None
    if broken := failure(schema, typed):
        raise StridecastError(f"table {table}: {broken}")
    return typed


@cache
def _no_rows(table: str, storage: str) -> pd.DataFrame:
    del storage  # of text: a part of the key alone
    # There is nothing to check in no rows; on a Monday the checks of every table are felt.
    schema = CONTRACTS[table]
    return schema.typed(pd.DataFrame(columns=list(schema.columns)))


def empty(table: str) -> pd.DataFrame:
    """Return the table with no rows, typed as its contract says."""
    return _no_rows(table, text_storage()).copy()
