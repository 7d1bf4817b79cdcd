"""Injury rules against hand-made time lines and a plain loop."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from common.contracts import conform, empty
from features.injuries.rules import as_known_on, effective_injuries
from features.injuries.settings import InjuryRules

DAY0 = pd.Timestamp("2024-01-01")


def reports(*rows):
    """Rows are (athlete, region, onset day, return day or None)."""
    return conform(
        "injuries",
        pd.DataFrame(
            {
                "athlete": [r[0] for r in rows],
                "region": [r[1] for r in rows],
                "onset_date": [DAY0 + pd.Timedelta(days=r[2]) for r in rows],
                "return_date": [
                    pd.NaT if r[3] is None else DAY0 + pd.Timedelta(days=r[3]) for r in rows
                ],
                "diagnosis": [r[4] if len(r) > 4 else "unknown" for r in rows],
                "source": "hand",
            }
        ),
    )


def timeline(frame):
    return [
        (r.athlete, r.region, (r.onset_date - DAY0).days, (r.end_date - DAY0).days)
        for r in frame.itertuples()
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # a written return ends an injury, an assumed one only after the gap
        (
            [("a", "knee", 0, 10), ("a", "knee", 11, 40)],
            [("a", "knee", 0, 10), ("a", "knee", 11, 40)],
        ),
        ([("a", "knee", 0, None), ("a", "knee", 70, 90)], [("a", "knee", 0, 90)]),
        (
            [("a", "knee", 0, None), ("a", "knee", 71, 90)],
            [("a", "knee", 0, 49), ("a", "knee", 71, 90)],
        ),
        ([("a", "knee", 0, 10), ("a", "foot", 5, 8)], [("a", "knee", 0, 10), ("a", "foot", 5, 8)]),
        ([("a", "knee", 0, 10), ("b", "knee", 5, 8)], [("a", "knee", 0, 10), ("b", "knee", 5, 8)]),
        ([("a", "knee", 0, None)], [("a", "knee", 0, 49)]),
        ([("a", "foot", 0, None)], [("a", "foot", 0, 28)]),
        ([("a", "foot", 7, 3)], [("a", "foot", 7, 7)]),
        # the long first report covers a short one, and the third begins before the long one ends
        (
            [("a", "knee", 0, 60), ("a", "knee", 5, 6), ("a", "knee", 59, 81)],
            [("a", "knee", 0, 81)],
        ),
    ],
)
def test_hand_made_time_lines(rows, expected):
    assert timeline(effective_injuries(reports(*rows), InjuryRules())) == expected


def test_least_time_loss_counts_the_merged_injury():
    rows = [("a", "knee", 0, 3), ("a", "knee", 2, 12), ("a", "foot", 50, 53)]
    kept = effective_injuries(reports(*rows), InjuryRules(min_time_loss_days=7))
    assert timeline(kept) == [("a", "knee", 0, 12)]


def test_the_first_named_diagnosis_stays():
    rows = [
        ("a", "knee", 0, 5, "unknown"),
        ("a", "knee", 4, 9, "itbs"),
        ("a", "knee", 8, 9, "pfps"),
    ]
    assert effective_injuries(reports(*rows), InjuryRules())["diagnosis"].tolist() == ["itbs"]


def test_no_injuries_give_no_rows():
    assert effective_injuries(empty("injuries"), InjuryRules()).empty


@pytest.mark.parametrize(
    ("day", "expected"),
    [(9, []), (10, [None]), (19, [None]), (20, [20]), (25, [20, None]), (40, [20, 40])],
)
def test_as_known_on_masks_what_is_later(day, expected):
    known = as_known_on(
        reports(("a", "knee", 10, 20), ("a", "foot", 25, 40)), DAY0 + pd.Timedelta(days=day)
    )
    ends = [None if pd.isna(r) else (r - DAY0).days for r in known["return_date"]]
    assert ends == expected


def test_a_region_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError, match="kne"):
        InjuryRules(default_duration_days={"kne": 3})


def loop(rows, gap):
    """Independent oracle: one report after the other."""
    out = []
    for athlete, region, onset, back in sorted(rows, key=lambda r: r[:3]):
        end = max(onset, onset + {"knee": 49}.get(region, 28) if back is None else back)
        assumed = -1000 if back is not None else end
        last = out[-1] if out else None
        if (
            last
            and last[:2] == [athlete, region]
            and (onset < last[3] or onset == last[4] or onset <= last[5] + gap)
        ):
            last[3:] = [max(last[3], end), onset, max(last[5], assumed)]
        else:
            out.append([athlete, region, onset, end, onset, assumed])
    return sorted(tuple(one[:4]) for one in out)


row = st.tuples(
    st.sampled_from("ab"),
    st.sampled_from(["knee", "foot"]),
    st.integers(0, 150),
    st.none() | st.integers(0, 200),
)


@settings(max_examples=40, deadline=None)
@given(st.lists(row, min_size=1, max_size=12), st.integers(0, 40))
def test_merging_agrees_with_a_plain_loop_in_any_row_order(rows, gap):
    rules = InjuryRules(recurrence_gap_days=gap)
    assert sorted(timeline(effective_injuries(reports(*rows), rules))) == loop(rows, gap)
    assert sorted(timeline(effective_injuries(reports(*rows[::-1]), rules))) == loop(rows, gap)
