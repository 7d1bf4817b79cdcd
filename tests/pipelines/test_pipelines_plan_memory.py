"""A plan counts as far as it was known on the day; one rewritten afterwards changes nothing."""

import pandas as pd
import pytest

from common.contracts import conform
from pipelines.history.plan_memory import PlanMemory

SUNDAY = pd.Timestamp("2024-11-17")


def plans(*rows):
    """Rows of (athlete, days after the Sunday, km, known since or None)."""
    frame = pd.DataFrame(
        {
            "athlete": [row[0] for row in rows],
            "date": [SUNDAY + pd.Timedelta(days=row[1]) for row in rows],
            "sport": "run",
            "planned_distance_km": [float(row[2]) for row in rows],
            "known_since": pd.to_datetime([row[3] if len(row) > 3 else None for row in rows]),
            "source": "plans.csv",
        }
    )
    return conform("plans", frame)


@pytest.fixture
def memory(tmp_path):
    return PlanMemory(tmp_path)


def km(known):
    return dict(zip(known["athlete"], known["planned_distance_km"], strict=True))


def test_what_a_file_does_not_date_is_known_since_it_was_first_seen(memory):
    known = memory.known_on(plans(("a", 3, 12)), SUNDAY, hindcast=False)
    assert known["known_since"].tolist() == [SUNDAY]
    # Looking back, a plan without a date may have been written after the week.
    assert memory.known_on(plans(("a", 3, 12)), SUNDAY, hindcast=True).empty


def test_days_that_are_over_and_plans_written_later_are_not_known(memory):
    # The Sunday itself is over, and b's plan was written the day after.
    told = plans(("a", 0, 10, "2024-11-10"), ("b", 3, 12, "2024-11-18"), ("c", 2, 9, "2024-11-17"))
    assert km(memory.known_on(told, SUNDAY, hindcast=False)) == {"c": 9.0}
    assert km(memory.known_on(told, SUNDAY, hindcast=True)) == {"c": 9.0}


def test_a_plan_rewritten_after_the_fact_changes_nothing(memory):
    memory.store(plans(("a", 6, 18)), SUNDAY, hindcast=False)
    rewritten = plans(("a", 6, 9, "2024-11-10"), ("b", 6, 30, "2024-11-10"))
    assert km(memory.known_on(rewritten, SUNDAY, hindcast=True)) == {"a": 18.0}
    past = memory.history(rewritten, pd.DatetimeIndex([SUNDAY]))
    assert past["planned_distance_km"].tolist() == [18.0]
    assert past["as_of"].tolist() == [SUNDAY]


def test_a_second_run_of_the_day_adds_who_had_no_plan_and_rewrites_nobodys(memory):
    memory.store(plans(("a", 6, 18)), SUNDAY, hindcast=False)
    memory.store(plans(("a", 6, 9), ("b", 2, 7)), SUNDAY, hindcast=False)
    assert km(memory.known_on(plans(), SUNDAY, hindcast=True)) == {"a": 18.0, "b": 7.0}


def test_a_hindcast_leaves_no_memory(memory):
    memory.store(plans(("a", 6, 18)), SUNDAY, hindcast=True)
    assert memory.known_on(plans(), SUNDAY, hindcast=True).empty


def test_a_withdrawn_session_is_gone_with_the_next_run(memory):
    memory.store(plans(("a", 6, 18), ("a", 9, 12)), SUNDAY, hindcast=False)
    later = SUNDAY + pd.Timedelta(days=7)
    memory.store(plans(), later, hindcast=False)
    assert memory.known_on(plans(), later, hindcast=True).empty
    assert km(memory.known_on(plans(), SUNDAY, hindcast=True)) == {"a": 12.0}


def test_a_run_within_the_week_before_is_what_was_known(memory):
    thursday = SUNDAY - pd.Timedelta(days=3)
    memory.store(plans(("a", -1, 8), ("a", 3, 12)), thursday, hindcast=False)
    assert km(memory.known_on(plans(("a", 3, 5, "2024-11-01")), SUNDAY, hindcast=True)) == {"a": 12}


def test_a_damaged_memory_is_told_and_the_week_is_unknown_to_it(memory):
    memory.store(plans(("a", 6, 18)), SUNDAY, hindcast=False)
    (path,) = (memory.folder / "plans").glob("*.parquet")
    path.write_bytes(b"torn")
    assert memory.known_on(plans(), SUNDAY, hindcast=True).empty
    assert path in memory.damage.meanings
