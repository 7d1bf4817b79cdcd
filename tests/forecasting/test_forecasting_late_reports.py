"""Late reports on a hand-made timeline: four Mondays, lists of the Sundays before them."""

import pandas as pd
import pytest

from features.injuries.rules import as_known_on
from forecasting.monitoring.late_reports import late_reports, updated, with_reports


def day(text):
    return pd.Timestamp(f"2020-{text}")


LISTS = [day("02-23"), day("03-01"), day("03-08"), day("03-15")]


def injuries(*rows):
    """Rows are (athlete, onset, region)."""
    return pd.DataFrame(
        {"athlete": [r[0] for r in rows], "onset_date": [day(r[1]) for r in rows],
         "return_date": pd.NaT, "region": [r[2] for r in rows]}
    ).astype({"onset_date": "datetime64[ns]", "return_date": "datetime64[ns]"})  # fmt: skip


WEEKS = [
    injuries(("old", "01-10", "knee")),
    injuries(("old", "01-10", "knee"), ("juergen", "02-27", "achilles")),
    # The onset of `old` is corrected from 10 to 12 January.
    injuries(("old", "01-12", "knee"), ("juergen", "02-27", "achilles"), ("ines", "03-05", "hip")),
]


def seen_up_to(week):
    known = None
    for at in range(week + 1):
        known = updated(known, WEEKS[at], LISTS[at + 1], LISTS[at])
    return known.set_index("athlete")


def test_what_stood_there_at_first_is_of_no_known_day():
    first = seen_up_to(0).loc["old"]
    assert pd.isna(first["first_seen"])
    assert pd.isna(first["not_seen_on"])


def test_a_new_entry_is_seen_from_its_run_on_and_a_corrected_onset_is_no_new_one():
    seen = seen_up_to(2)
    assert len(seen) == 3
    assert seen.loc["juergen", "first_seen"] == day("03-08")
    assert seen.loc["juergen", "not_seen_on"] == day("03-01")
    assert seen.loc["ines", "first_seen"] == day("03-15")
    assert pd.isna(seen.loc["old", "first_seen"])
    assert seen.loc["old", "onset_date"] == day("01-12")


def test_what_is_gone_from_the_record_stays_seen():
    known = seen_up_to(2).reset_index()
    again = updated(known, WEEKS[0], day("03-22"), LISTS[3])
    # A list that lost lines does not unsay what earlier lists said.
    assert set(again["athlete"]) == {"old", "juergen", "ines"}


@pytest.mark.parametrize(
    ("as_of", "known"),
    [("03-01", {"old"}), ("03-02", {"old", "juergen"}), ("03-08", {"old", "juergen"}),
     ("03-09", {"old", "juergen", "ines"})],
)  # fmt: skip
def test_a_day_looked_back_to_knows_what_its_list_knew(as_of, known):
    """The earliest day on which an entry can have been known follows the last list without it."""
    table = with_reports(WEEKS[2], seen_up_to(2).reset_index())
    assert set(as_known_on(table, day(as_of))["athlete"]) == known


def test_a_day_that_the_record_names_stays():
    written = WEEKS[2].assign(reported_on=[pd.NaT, day("03-07"), pd.NaT])
    table = with_reports(written, seen_up_to(2).reset_index()).set_index("athlete")
    # The record's own day beats the day of the list on which the entry was first seen.
    assert table.loc["juergen", "reported_on"] == day("03-07")
    assert table.loc["ines", "reported_on"] == day("03-09")
    assert pd.isna(table.loc["old", "reported_on"])


def test_without_a_memory_nothing_is_late():
    seen = updated(None, WEEKS[2], LISTS[3], None)
    assert with_reports(WEEKS[2], seen)["reported_on"].isna().all()


def lists(**ranks):
    """Each athlete's rank on the four Sundays; None has no number."""
    rows = [
        {"athlete": who, "outcome": "any", "as_of": at, "rank": rank,
         "status": "running" if rank else "silent"}
        for who, every in ranks.items()
        for at, rank in zip(LISTS, every, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows).astype({"rank": "Int64"})


def test_the_monitor_tells_who_was_ranked_while_hurt():
    forecasts = lists(old=[1, 1, 1, 1], juergen=[4, 2, 3, 3], ines=[None, 3, None, 2])
    found = late_reports(seen_up_to(2).reset_index(), WEEKS[2], forecasts, LISTS[3])
    assert found == [
        {"athlete": "ines", "onset": "2020-03-05", "reported": "2020-03-15",
         "list_day": "2020-03-08", "rank": None, "scored": 2, "status": "silent"},
        {"athlete": "juergen", "onset": "2020-02-27", "reported": "2020-03-08",
         "list_day": "2020-03-01", "rank": 2, "scored": 3, "status": "running"},
    ]  # fmt: skip
    # Four weeks after the report it is told no more.
    assert late_reports(seen_up_to(2).reset_index(), WEEKS[2], forecasts, day("04-20")) == []


@pytest.mark.parametrize(
    ("kind", "reason", "told"),
    [("injury", "severity", True), ("complaint", "minor", False), (None, "place_unknown", False)],
)
def test_a_complaint_that_is_told_late_is_no_injury(kind, reason, told):
    forecasts = lists(old=[1, 1, 1, 1], juergen=[4, 2, 3, 3], ines=[None, 3, None, 2])
    plain = late_reports(seen_up_to(2).reset_index(), WEEKS[2], forecasts, LISTS[3])
    classed = WEEKS[2].assign(**{"class": kind, "class_reason": reason})
    found = late_reports(seen_up_to(2).reset_index(), classed, forecasts, LISTS[3])
    assert found == (plain if told else [])
    assert plain


def test_an_injury_of_the_week_that_is_reported_at_its_end_is_not_late():
    # Hurt on Tuesday, on Sunday's list: no list in between could have known it.
    table = injuries(("ann", "03-10", "knee"))
    seen = updated(seen_up_to(2).reset_index(), table, LISTS[3], LISTS[2])
    forecasts = lists(ann=[1, 1, 1, 1])
    assert late_reports(seen[seen["athlete"] == "ann"], table, forecasts, LISTS[3]) == []
