"""The day from which an injured athlete runs as before, held against its plain definition."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from features.injuries.settings import InjuryRules
from features.injuries.spells import injury_spells

DAY0 = pd.Timestamp("2024-01-01")
NEVER = pd.Timestamp("2200-01-01")
RULES = InjuryRules(default_duration_days={}, fallback_duration_days=5)
ATHLETES = ("a", "b", "c")
runs = st.lists(
    st.tuples(
        st.sampled_from(ATHLETES[:2]), st.integers(0, 50), st.sampled_from([5.0, 30.0, None])
    ),
    max_size=14,
)
injuries = st.lists(
    st.tuples(st.sampled_from(ATHLETES), st.integers(20, 24)), min_size=1, max_size=6, unique=True
)


def sessions(rows):
    days = [DAY0 + pd.Timedelta(days=day) for _, day, _ in rows]
    frame = {
        "athlete": [who for who, *_ in rows],
        "local_date": pd.to_datetime(days),
        "sport": "run",
    }
    return pd.DataFrame(frame | {"duration_min": [minutes for *_, minutes in rows]}).astype(
        {"athlete": "str", "duration_min": "float64"}
    )


def plain_end(mine, onset):
    """Return the first day by looking at each; a run of unknown length is one minute."""
    by_day = {}
    for _, day, minutes in mine:
        by_day[day] = by_day.get(day, 0.0) + (1.0 if minutes is None else minutes)
    usual = sum(by_day.get(day, 0.0) for day in range(onset - 28, onset))
    first = onset + RULES.fallback_duration_days
    for day in [first, *sorted(day for day in by_day if day > first)]:
        recent = sum(by_day.get(d, 0.0) for d in range(max(onset + 1, day - 27), day + 1))
        if recent > 0 and recent >= RULES.back_share * usual:
            return DAY0 + pd.Timedelta(days=day)
    return NEVER


@given(runs, injuries)
@settings(max_examples=100, deadline=None)
def test_the_end_without_a_written_return_is_the_first_day_of_running_as_before(rows, hurt):
    table = pd.DataFrame(
        {
            "athlete": [who for who, _ in hurt],
            "onset_date": [DAY0 + pd.Timedelta(days=day) for _, day in hurt],
            "return_date": pd.Series(pd.NaT, range(len(hurt)), dtype="datetime64[ns]"),
            "region": "knee",
        }
    )
    found = injury_spells(table, RULES, sessions(rows))
    expected = [plain_end([row for row in rows if row[0] == who], day) for who, day in hurt]
    assert found["assumed_end"].tolist() == expected
    # No bit depends on who else is there.
    alone = injury_spells(table.iloc[:1], RULES, sessions([r for r in rows if r[0] == hurt[0][0]]))
    assert alone["assumed_end"].iloc[0] == found["assumed_end"].iloc[0]
    assert np.all(found["end_date"] >= found["onset_date"])
