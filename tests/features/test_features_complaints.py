"""Complaint features and histories outside the span of the injury record, worked by hand."""

import numpy as np
import pandas as pd
import pytest

from features.blocks.complaints import DEFINITIONS
from tests.features.timelines import day, features_on, table

NOBODY = pd.DataFrame(
    {"athlete": ["b"], "known_from": [day(0)], "known_to": [pd.NaT], "source": "register"}
)


def span(first, last=None):
    known_to = pd.NaT if last is None else day(last)
    return pd.DataFrame(
        {"athlete": ["a"], "known_from": [day(first)], "known_to": [known_to], "source": "register"}
    )


def complaints(*rows):
    """Rows are (day, region, side, severity, value)."""
    return pd.DataFrame(
        {
            "athlete": "a",
            "date": [day(r[0]) for r in rows],
            "region": [r[1] for r in rows],
            "side": [r[2] for r in rows],
            "severity": [r[3] for r in rows],
            "value_0_10": [r[4] for r in rows],
            "kind": "questionnaire",
            "source": "hand",
        }
    )


def injury(onset, back, region="knee", side="left", **more):
    return pd.DataFrame(
        {"athlete": ["a"], "onset_date": [day(onset)], "return_date": [day(back)],
         "region": [region], "side": [side], "diagnosis": ["unknown"], "source": "hand", **more}
    )  # fmt: skip


WEEK = complaints(
    (30, "knee", "left", "minor", np.nan),
    (50, "knee", "left", "minor", 3.0),
    (54, "foot", None, "moderate", np.nan),
    (56, "arm", None, "major", 9.0),  # running does not load an arm
    (58, "knee", "left", "unknown", np.nan),
)


def test_days_worst_and_rise_are_counted_on_the_day():
    got = features_on(59, complaints=WEEK, injury_spans=span(0))
    assert got["complaints_7d"] == 2  # days 54 and 58
    assert got["complaints_28d"] == 3  # and 50; day 30 is the 30th day back
    assert got["complaint_worst_7d"] == 5  # moderate in words
    assert got["complaint_worst_28d"] == 5
    assert got["complaint_rise_7d"] == 5 - 3
    assert got["days_since_complaint"] == 1


def test_what_was_never_asked_is_null_and_what_was_asked_is_none():
    unasked = features_on(59, injury_spans=NOBODY)
    assert all(np.isnan(unasked[d.feature.name]) for d in DEFINITIONS)
    kept = features_on(59, injury_spans=span(0))
    assert kept["complaints_7d"] == kept["complaint_worst_28d"] == 0
    assert np.isnan(kept["days_since_complaint"])
    answers = table("a", [57], pain_0_10=[0.0], region=["knee"], when=["after"])
    asked = features_on(59, pain=answers, injury_spans=NOBODY)
    assert asked["complaints_7d"] == asked["complaints_28d"] == 0
    told = features_on(59, complaints=WEEK, injury_spans=NOBODY)
    assert told["complaints_7d"] == 2


def test_a_span_begins_and_ends():
    assert np.isnan(features_on(59, injury_spans=span(60))["complaints_7d"])
    assert features_on(59, injury_spans=span(59))["complaints_7d"] == 0
    assert features_on(59, injury_spans=span(0, 53))["complaints_7d"] == 0  # day 53 is in it
    assert np.isnan(features_on(59, injury_spans=span(0, 52))["complaints_7d"])


@pytest.mark.parametrize(
    ("hurt", "expected"),
    [
        (injury(20, 40), 1),
        (injury(20, 40, side="right"), 0),  # the other knee
        (injury(20, 40, region="hip"), 0),
        (injury(20, 40, side=None), 1),  # no side was told
        (injury(58, 59), 0),  # nothing is earlier than its own day
        (injury(20, 40, reported_on=[day(59)]), 0),  # written down after the complaint
    ],
)
def test_a_complaint_at_the_place_of_an_earlier_injury(hurt, expected):
    got = features_on(59, complaints=WEEK, injuries=hurt, injury_spans=span(0))
    assert got["complaint_old_injury_28d"] == expected


def test_outside_the_span_no_injury_on_record_is_unknown():
    names = ("injuries_6m", "injuries_12m", "injuries_24m", "knee_injuries_12m", "days_lost_12m",
             "injuries_on_record", "injury_rate_shrunk", "injuries_expected_week")  # fmt: skip
    outside = features_on(199, injury_spans=NOBODY)
    assert all(np.isnan(outside[name]) for name in names)
    inside = features_on(199, injury_spans=span(150))
    assert [inside[name] for name in names[:6]] == [0] * 6
    # 50 days in which injuries were written down, not the 200 of the log.
    assert inside["injury_rate_shrunk"] == pytest.approx(2 / (50 / 365.25 + 3.2))


def test_an_injury_on_record_is_known_whoever_kept_the_list():
    got = features_on(199, injuries=injury(100, 110), injury_spans=NOBODY)
    assert got["injuries_12m"] == got["knee_injuries_12m"] == 1
    assert got["days_since_return"] == 89
    assert np.isnan(got["injury_rate_shrunk"])
    # Who is injured now is so outside a span as well: 0 days since the return, not null.
    assert (
        features_on(105, injuries=injury(100, 110), injury_spans=NOBODY)["days_since_return"] == 0
    )
