"""Columns from Loevdal's rows: what uses the future, and what keeps its distance."""

import numpy as np
import pandas as pd
import pytest

from pipelines.studies.lovdal_columns import (
    KEEP_OFF_DAYS,
    LEAST_ROWS,
    days_since_previous_row,
    newest_athletes,
    scaled_by_past,
    scaled_by_whole_career,
    within_seven_days,
)

FIELD = "total km, 1 days before"


def career(days: int = 90, athlete: str = "1") -> pd.DataFrame:
    km = np.random.default_rng(int(athlete)).uniform(0, 20, days)
    other = {"total km, 2 days before": np.roll(km, 1), FIELD: km}
    return pd.DataFrame({"athlete": athlete, "day": range(days), "injury": False, **other})


def test_the_usual_is_that_of_rows_at_least_22_days_older():
    rows = career()
    past = rows[FIELD][: 70 - KEEP_OFF_DAYS + 1]
    expected = (rows[FIELD][70] - past.mean()) / past.std(ddof=0)
    found = scaled_by_past(rows, [FIELD])[FIELD]
    assert found[70] == pytest.approx(expected)
    first_known = LEAST_ROWS + KEEP_OFF_DAYS - 1
    assert found[:first_known].isna().all()
    assert found[first_known:].notna().all()


@pytest.mark.parametrize("changed", [70 - KEEP_OFF_DAYS + 1, 69, 71, 89])
def test_near_and_later_rows_change_nothing_for_injured_or_healthy(changed):
    rows = career()
    altered = rows.copy()
    altered.loc[changed, [FIELD, "injury"]] = [99.0, True]
    before, after = (within_seven_days(one).loc[70] for one in (rows, altered))
    pd.testing.assert_series_equal(before, after)


def test_the_published_scaling_uses_the_future_and_who_was_healthy():
    rows = career()
    altered = rows.assign(**{FIELD: rows[FIELD].where(rows["day"] < 80, 99.0)})
    # The published scaling takes healthy rows alone: a later injury changes an early value.
    unlucky = rows.assign(injury=rows["day"] == 80)
    before, after, told = (
        scaled_by_whole_career(one, [FIELD]).loc[10, FIELD] for one in (rows, altered, unlucky)
    )
    assert before != after
    assert before != told


def test_row_order_and_other_athletes_change_no_column():
    both = pd.concat([career(), career(athlete="2")], ignore_index=True)
    shuffled = both.sample(frac=1, random_state=0)
    alone = within_seven_days(career())
    pd.testing.assert_frame_equal(within_seven_days(shuffled).loc[alone.index], alone)


def test_the_distance_to_the_previous_row():
    # 21 days without a row, as before each injured row of the published file.
    rows = career(athlete="3").drop(index=range(40, 61))
    distance = pd.Series(days_since_previous_row(rows), index=rows.index)
    assert np.isnan(distance[0])
    assert distance[39] == 1
    assert distance[61] == 22


def test_the_newest_athletes_have_the_highest_numbers_not_the_last_names():
    # As texts "9" would come last.
    rows = pd.DataFrame({"athlete": ["9", "10", "11", "2"]})
    assert newest_athletes(rows, 2).tolist() == [False, True, True, False]
