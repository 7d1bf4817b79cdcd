import math

import pandas as pd
import pytest

from common.text.plain_words import (
    amount,
    number,
    out_of,
    plain_day,
    probability_words,
)
from features.catalogue.entry import Feature
from forecasting.reasons.sentences import Spike, sentence


def made(name, unit="", label="some value", null="", decimals=1):
    return Feature(
        name=name,
        block="load",
        label=label,
        unit=unit,
        formula="",
        source="",
        changeable=True,
        structural_null=null,
        decimals=decimals,
    )


def say(name, others=None, spike=None, **kind):
    values = others or {}
    return sentence(made(name, **kind), lambda n: values.get(n, math.nan), spike)


def test_a_spike_is_told_with_the_run_and_its_reference():
    spike = Spike(day=pd.Timestamp("2024-11-23"), run_km=18.2, reference_km=13.2)
    told = say("longest_run_spike", {"longest_run_spike": 1.379}, spike)
    assert told == (
        "Longest run 18.2 km on 23 Nov, 38 % above the longest of the 30 days before (13.2 km)"
    )


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("longest_run_spike", {"longest_run_spike": 0.76, "longest_run_7d_km": 10},
         ("A run of the past 7 days was 24 % below the longest of the 30 days before it"
         " (longest run of the week 10.0 km)")),
        ("distance_7d_km", {"distance_7d_km": 42, "distance_28d_km": 136.4},
         "42.0 km run in the past 7 days, 23 % above the weekly mean of 28 days (34.1 km)"),
        ("distance_7d_km", {"distance_7d_km": 42}, "42.0 km run in the past 7 days"),
        ("distance_7d_km",
         {"distance_7d_km": 42, "distance_28d_km": 90, "runs_without_km_7d": 1},
         "at least 42.0 km run in the past 7 days"),
        ("distance_28d_km", {"distance_28d_km": 90, "runs_without_km_28d": 2},
         "at least 90.0 km run in the past 28 days"),
        ("distance_7d_km", {"distance_7d_km": 0, "distance_28d_km": 0},
         "0.0 km run in the past 7 days"),
        ("week_change", {"week_change": 1.25, "distance_7d_km": 50},
         "50.0 km in 7 days, 25 % above the 7 days before (40.0 km)"),
        ("week_change", {"week_change": 0}, ("Distance of the past 7 days 100 % below that of"
         " the 7 days before")),
        ("acwr_uncoupled", {"acwr_uncoupled": 1.001},
         "The past week's daily load was level with that of the three weeks before (ratio 1.00)"),
        ("injuries_12m", {"injuries_12m": 0}, "No injury in the past 12 months"),
        ("injuries_12m", {"injuries_12m": 0, "weeks_at_risk_on_record": 52}, (
            "No injury in the past 12 months")),
        ("injuries_12m", {"injuries_12m": 0, "weeks_at_risk_on_record": 16.9}, (
            "No injury in the 16 weeks on record; what was before is not known")),
        ("injuries_6m", {"injuries_6m": 0, "weeks_at_risk_on_record": 30}, (
            "No injury in the past 6 months")),
        ("knee_injuries_12m", {"knee_injuries_12m": 0, "weeks_at_risk_on_record": 1}, (
            "No knee injury in the 1 week on record")),
        ("injuries_on_record", {"injuries_on_record": 0, "weeks_at_risk_on_record": 17.4}, (
            "No injury on record (17 weeks)")),
        ("injuries_on_record", {"injuries_on_record": 2, "weeks_at_risk_on_record": 40},
         "2 injuries on record (beside 40 weeks without one)"),
        ("injuries_on_record", {"injuries_on_record": 1}, "Injuries on record: 1"),
        ("injuries_12m", {"injuries_12m": 1}, "1 injury in the past 12 months"),
        ("injuries_12m", {"injuries_12m": 2}, "2 injuries in the past 12 months"),
        ("days_since_return", {"days_since_return": 34}, "Back from the last injury for 34 days"),
        ("injuries_24m", {"injuries_24m": 2}, "2 injuries in the past 24 months"),
        ("knee_injuries_12m", {"knee_injuries_12m": 1}, "1 knee injury in the past 12 months"),
        ("longest_time_spike", {"longest_time_spike": 1.2},
         "A run of the past 7 days lasted 20 % longer than the longest of the 30 days before it"),
        ("sex_code", {"sex_code": 0}, "Sex: female"),
        ("sex_code", {"sex_code": 0.5}, "Sex: other"),
        ("knee_pain_max_7d", {"knee_pain_max_7d": 4},
         "Strongest knee pain of the past 7 days: 4 of 10 (0 = none, 10 = worst)"),
        ("complaints_7d", {"complaints_7d": 0}, "No complaint in the past 7 days"),
        ("complaints_7d", {"complaints_7d": 1}, "1 day with a complaint in the past 7 days"),
        ("cross_training_28d_min", {"cross_training_28d_min": 0}, (
            "No cross-training in the past 28 days")),
        ("cross_training_7d_min", {"cross_training_7d_min": 43.4}, (
            "Cross-training in the past 7 days: 43 min")),
        ("cross_training_28d_min", {"cross_training_28d_min": 465.1}, (
            "Cross-training in the past 28 days: 7.8 h")),
        ("sleep_h_7d", {"sleep_h_7d": 6.44}, "Sleep 6.4 h a night (mean of 7 nights)"),
        ("pain_max_7d", {"pain_max_7d": 3},
         "Strongest pain of the past 7 days: 3 of 10 (0 = none, 10 = worst)"),
        ("pain_max_7d", {"pain_max_7d": 0}, "No pain reported in the past 7 days"),
        ("level_code", {"level_code": 2}, "Level of running: competitive"),
        ("hours_28d", {"hours_28d": 12}, ("3.0 h of running a week (mean of 28 days;"
         " average recreational runner 2.5 h)")),
        ("hours_28d", {"hours_28d": 29.6, "usual_hours_week": 3.3, "team_hours_28d": 14},
         ("7.4 h of running a week (mean of 28 days; own half year 3.3 h,"
          " team's median 3.5 h)")),
        ("hours_7d", {"hours_7d": 10.3, "usual_hours_week": 2.1, "team_hours_7d": 3.4},
         "10.3 h of running in the past 7 days (own half year 2.1 h, team's median 3.4 h)"),
        ("longest_run_30d_km", {"longest_run_30d_km": 21.1},
         "Longest run of the past 30 days: 21.1 km"),
    ],
)  # fmt: skip
def test_special_wording(name, values, told):
    assert say(name, values) == told


@pytest.mark.parametrize(
    ("label", "unit", "value", "told"),
    [
        ("sleep quality (1 = best) in the past 7 days", "", 0.42,
         "Sleep quality in the past 7 days: 4.2 on our 0-10 scale (10 = best)"),
        ("calm (1 = best) this week against the athlete's own past", "SD", -1.24,
         "Calm this week clearly below the athlete's own past (1.2 SD)"),
        ("resting heart rate this week against the athlete's own past", "SD", 2.0,
         "Resting heart rate this week far above the athlete's own past (2.0 SD)"),
        ("calm (1 = best) this week against the athlete's own past", "SD", 0.96,
         "Calm this week a little above the athlete's own past (1.0 SD)"),
        ("mood this week against the athlete's own past", "SD", -0.04,
         "Mood this week level with the athlete's own past"),
        ("share of hard running in the past 7 days", "", 0.234,
         "Share of hard running in the past 7 days: 23 %"),
        ("runs in the past 7 days", "", 3.0, "Runs in the past 7 days: 3"),
        ("mean pain in the past 7 days", "of 10", 1.25,
         "Mean pain in the past 7 days: 1.2 of 10 (0 = none, 10 = worst)"),
    ],
)  # fmt: skip
def test_kinds_of_values_are_told_in_their_own_way(label, unit, value, told):
    assert say("x", {"x": value}, label=label, unit=unit) == told


def test_other_features_are_told_from_the_catalogue():
    assert say("monotony", {"monotony": 1.234}, label="monotony", decimals=2) == "Monotony: 1.23"
    assert say("x", {"x": 61.26}, label="body mass", unit="kg") == "Body mass: 61.3 kg"


def test_an_unknown_value_is_told_as_what_its_absence_means():
    assert say("x", label="grip") == "Grip: not known"
    never = {"label": "days since return", "null": "never injured"}
    # Nobody on a list that began lately was "never injured": none is on record.
    assert say("days_since_return", {"injuries_24m": 0.0}, **never) == (
        "No injury on record to come back from"
    )
    # Without a record of injuries nobody can say "never".
    assert say("days_since_return", **never).startswith("Injury history unknown")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (number(-0.04), "0.0"),
        (number(-0.06), "-0.1"),
        (number(12345.6, 0), "12,346"),
        (amount(3, 0, ""), "3"),
        (plain_day("2024-11-24"), "Sun 24 Nov 2024"),
        (probability_words(0.0004), "under 0.1 %"),
        (probability_words(0.0424), "4.2 %"),
        (probability_words(0.09949), "9.9 %"),
        (probability_words(0.0996), "10 %"),
        (probability_words(0.127), "13 %"),
    ],
)
def test_numbers_read_as_people_write_them(words, expected):
    assert words == expected


@pytest.mark.parametrize("thousandths", range(1, 1000, 7))
def test_so_many_of_a_hundred_are_the_percentage_that_stands_beside_them(thousandths):
    probability = thousandths / 1000 + 0.00049
    count, of = out_of(probability)
    assert f"{100 * count / of:g} %" == probability_words(probability).replace(".0 %", " %")
