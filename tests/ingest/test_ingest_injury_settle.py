"""From entries and answers to injuries, complaints, recurrences and spans, by hand."""

from datetime import date

import pandas as pd
import pytest

from ingest.dataset.settings import DatasetConfig
from ingest.injuries.complaints import complaints
from ingest.injuries.recurrence import with_recurrence
from ingest.injuries.settle import settle
from ingest.injuries.spans import injury_spans

END = pd.Timestamp("2024-12-29")


def day(text):
    return pd.Timestamp(f"2024-{text}")


def entries(*rows):
    """Rows are (onset, return or None, region, side, severity)."""
    return pd.DataFrame(
        {
            "athlete": "a",
            "onset_date": [day(r[0]) for r in rows],
            "return_date": [pd.NaT if r[1] is None else day(r[1]) for r in rows],
            "region": [r[2] for r in rows],
            "side": [r[3] for r in rows],
            "diagnosis": "unknown",
            "mode": "unknown",
            "severity": [r[4] for r in rows],
            "source": "injuries.csv",
        }
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (("01-01", "01-20", "knee", "left", "minor"), ("injury", "days_lost")),
        # Back on the day of the onset: nothing was lost.
        (("01-01", "01-01", "knee", "left", None), ("complaint", "no_days_lost")),
        (("01-01", None, "knee", "left", None), ("injury", "listed")),
        (("01-01", None, "knee", "left", "major"), ("injury", "severity")),
        (("01-01", "02-20", "arm", "left", "major"), ("not_running", "region")),
    ],
)
def test_entries_of_a_register_are_classed(row, expected):
    found = settle({"injuries": entries(row)}, END).injuries.iloc[0]
    assert (found["class"], found["class_reason"]) == expected


def test_a_class_that_the_reader_gave_stays():
    told = entries(("01-01", None, "knee", "left", None))
    told["class"], told["class_reason"] = "complaint", "niggle"
    settled = settle({"injuries": told}, END)
    assert settled.injuries["class"].tolist() == ["complaint"]
    assert settled.complaints["kind"].tolist() == ["register"]


def test_minor_answers_are_complaints_and_major_ones_injuries():
    reports = pd.DataFrame(
        {
            "athlete": "a",
            "date": [day("05-01"), day("05-02"), day("05-03")],
            "region": ["knee", "knee", "arm"],
            "side": "right",
            "severity": ["minor", "major", "minor"],
            "source": "injury.csv",
        }
    )
    settled = settle({"injury_reports": reports}, END)
    assert settled.injuries[["region", "class"]].to_numpy().tolist() == [["knee", "injury"]]
    assert settled.complaints["region"].tolist() == ["knee", "arm"]
    assert set(settled.complaints["kind"]) == {"questionnaire"}


def test_pain_above_zero_is_a_complaint():
    pain = pd.DataFrame(
        {
            "athlete": "a", "date": day("05-01"), "region": "knee", "side": "left",
            "pain_0_10": [0.0, 3.0, 4.0, 7.0], "when": "during", "source": "pain.csv",
        }
    )  # fmt: skip
    found = complaints({"pain": pain})
    # A pain of 0 is an answer and no complaint.
    assert found["severity"].tolist() == ["minor", "moderate", "major"]
    assert found["value_0_10"].tolist() == [3, 4, 7]


def test_a_substantial_ostrc_problem_is_an_injury_and_another_a_complaint():
    answers = pd.DataFrame(
        {
            "athlete": "a", "date": [day("05-05"), day("05-12"), day("05-19")],
            "score": [20.0, 60.0, 0.0], "substantial": [False, True, False],
            "region": ["knee", "knee", None], "side": "left", "source": "ostrc.csv",
        }
    )  # fmt: skip
    settled = settle({"ostrc": answers}, END)
    assert settled.injuries[["onset_date", "class_reason"]].to_numpy().tolist() == [
        [day("05-12"), "substantial"]
    ]
    # 20 of 100 on the scale of ten; the substantial week is an injury, the last one is well.
    assert settled.complaints["value_0_10"].tolist() == [2.0]


@pytest.mark.parametrize(
    ("earlier", "later", "recurrent"),
    [
        (("knee", "left"), ("knee", "left"), True),
        (("knee", "left"), ("knee", "right"), False),
        # Unknown is never favourable: an untold side may have been this one.
        (("knee", None), ("knee", "right"), True),
        (("knee", "both"), ("knee", "right"), True),
        (("knee", "left"), ("knee", None), True),
        (("knee", "left"), ("foot", "left"), False),
    ],
)
def test_recurrent_is_the_region_and_the_side_where_both_are_known(earlier, later, recurrent):
    told = entries(
        ("06-01", "06-20", *later, None), ("01-01", "01-20", *earlier, None)
    )  # the order of the rows does not matter
    found = with_recurrence(settle({"injuries": told}, END).injuries).sort_values("onset_date")
    assert found["recurrent"].tolist() == [False, recurrent]


@pytest.mark.parametrize(
    ("within", "flags"),
    [(None, [False, True, True]), (30, [False, True, False]), (29, [False, False, False])],
)
def test_recurrent_may_have_a_limit_of_days_since_the_return(within, flags):
    """Back on 20 January; again 30 days later, and once more after 93 days from that return."""
    told = entries(
        ("01-01", "01-20", "knee", "left", None),
        ("02-19", "03-10", "knee", "left", None),
        ("06-11", "06-30", "knee", "left", None),
    )
    found = settle({"injuries": told}, END, within).injuries.sort_values("onset_date")
    assert found["recurrent"].tolist() == flags


def test_a_complaint_is_no_earlier_injury():
    told = entries(("01-01", "01-01", "knee", "left", None), ("06-01", None, "knee", "left", None))
    found = settle({"injuries": told}, END).injuries.sort_values("onset_date")
    assert found["recurrent"].astype("object").where(found["recurrent"].notna(), None).tolist() == [
        None,
        False,
    ]


def config(**more):
    return DatasetConfig(name="c", time_zone="UTC", observed_from=date(2024, 1, 1), **more)


ATHLETES = pd.DataFrame({"athlete": ["a", "b"], "observed_from": [day("01-01"), day("06-01")]})


def spans(register, **more):
    found = injury_spans(ATHLETES, register, config(**more))
    return {row["athlete"]: (row["known_from"], row["source"]) for row in found.to_dict("records")}


def test_a_span_starts_with_the_register_or_with_joining_it():
    found = spans(entries(("03-01", None, "knee", "left", None)))
    assert found == {"a": (day("03-01"), "register"), "b": (day("06-01"), "register")}


def test_without_register_or_answer_nothing_is_known():
    assert spans(None) == {}
    assert spans(entries().assign(athlete=[])) == {}


def test_a_typed_day_and_what_was_asked_at_entry():
    assert spans(None, injuries_known_from=date(2024, 2, 1))["a"] == (day("02-01"), "typed_day")
    asked = spans(None, injuries_asked_at_entry_days=31)
    # Joined on 1 June and asked about the 31 days before.
    assert asked["b"] == (day("05-01"), "asked_at_entry")


def test_a_register_without_an_entry_is_an_empty_list_and_no_fault():
    pain = pd.DataFrame(
        {"athlete": ["a"], "date": [day("03-01")], "region": ["knee"], "side": ["left"],
         "pain_0_10": [2.0], "source": ["pain.csv"]}
    )  # fmt: skip
    found = settle({"injuries": entries(), "pain": pain}, END)
    assert found.injuries.empty
    assert len(found.complaints) == 1
