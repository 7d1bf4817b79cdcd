import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.records.sports import ANY_SPORT, mask_of, masks
from ingest.sessions.answer_matching import match

NOON = pd.Timestamp("2024-05-06 12:00", tz="UTC")


def sessions(*rows):
    """Rows of (athlete, start in minutes after noon, length, sport)."""
    frame = pd.DataFrame(rows, columns=["athlete", "start", "duration_min", "sport"])
    frame["start"] = NOON + pd.to_timedelta(frame["start"], unit="min")
    return frame.astype({"athlete": "str", "sport": "str", "duration_min": float})


def answers(*rows):
    """Rows of (athlete, end in minutes after noon, length, sport or None)."""
    frame = pd.DataFrame(rows, columns=["athlete", "end", "duration_min", "sport"])
    frame["end"] = NOON + pd.to_timedelta(frame["end"], unit="min")
    frame = frame.astype({"athlete": "str", "sport": "str", "duration_min": float})
    return frame.assign(fits=masks(frame["sport"]))


@pytest.mark.parametrize(
    ("answer", "session", "matches"),
    [
        (("a", 60, 60, "run"), ("a", 0, 60, "run"), True),
        # Answered up to an hour after the end.
        (("a", 120, 60, "run"), ("a", 0, 60, "run"), True),
        (("a", 121, 60, "run"), ("a", 0, 60, "run"), False),
        # It began in minute 59, so that the two overlap.
        (("a", 121, 62, "run"), ("a", 0, 60, "run"), True),
        (("a", -1, 30, "run"), ("a", 0, 60, "run"), False),
        (("a", 0, 30, "run"), ("a", 0, 60, "run"), True),
        (("a", 60, None, "run"), ("a", 0, 60, "run"), True),
        (("a", 60, 60, "run"), ("a", 0, None, "run"), True),
        (("b", 60, 60, "run"), ("a", 0, 60, "run"), False),
        (("a", 60, 60, "ride"), ("a", 0, 60, "run"), False),
        # People and watches do not agree on what a hike is.
        (("a", 60, 60, "hike"), ("a", 0, 60, "walk"), True),
        (("a", 60, 60, None), ("a", 0, 60, "ride"), True),
        (("a", 60, 60, "run"), ("a", 0, 60, "other"), True),
        # With an unknown sport half an hour is the limit: less speaks for the match.
        (("a", 90, 60, "run"), ("a", 0, 60, "other"), True),
        (("a", 91, 60, "run"), ("a", 0, 60, "other"), False),
        (("a", 90, 60, "other"), ("a", 0, 60, "run"), True),
        (("a", 90, 120, "run"), ("a", 0, 30, "other"), True),
        (("a", 20, 30, "run"), ("a", 6, 120, "other"), False),
    ],
)
def test_what_can_be_one_session(answer, session, matches):
    assert match(answers(answer), sessions(session)).tolist() == [0 if matches else -1]


def test_an_answer_takes_the_nearest_end_and_nothing_is_used_twice():
    told = answers(("a", 65, 60, "run"), ("a", 70, 60, "run"), ("a", 200, 60, "run"))
    recorded = sessions(("a", 0, 60, "run"), ("a", 150, 45, "run"))
    # 65 is nearer to 60 than 70 is: the second answer must not take the session again.
    assert match(told, recorded).tolist() == [0, -1, 1]


def test_two_of_a_day_find_their_own():
    told = answers(("a", 100, 40, "run"), ("a", 50, 40, "run"))
    recorded = sessions(("a", 5, 40, "run"), ("a", 55, 40, "run"))
    assert match(told, recorded).tolist() == [1, 0]


def test_nothing_matches_nothing():
    assert match(answers(), sessions(("a", 0, 60, "run"))).tolist() == []
    assert match(answers(("a", 0, 60, "run")), sessions()).tolist() == [-1]


def greedy(told, recorded):
    """Match by a plain loop over all pairs: the meaning of the vectorised one."""
    pairs = []
    for i, a in enumerate(told.itertuples()):
        for j, s in enumerate(recorded.itertuples()):
            a_end, s_start = a.end.timestamp(), s.start.timestamp()
            a_start, s_end = a_end - a.duration_min * 60, s_start + s.duration_min * 60
            overlap = min(a_end, s_end) - max(a_start, s_start)
            near = overlap > 0 or abs(a_end - s_end) <= 3600
            if a.athlete == s.athlete and a.sport == s.sport and near:
                pairs.append((abs(a_end - s_end), i, j))
    found = [-1] * len(told)
    for _, i, j in sorted(pairs):
        if found[i] == -1 and j not in found:
            found[i] = j
    return found


spans = st.lists(
    st.tuples(
        st.sampled_from("ab"),
        st.integers(-2000, 2000),
        st.integers(5, 120),
        st.sampled_from(["run", "ride"]),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(spans, spans)
def test_the_vectorised_matching_is_the_plain_loop(one, two):
    told, recorded = answers(*one), sessions(*two)
    assert match(told, recorded).tolist() == greedy(told, recorded)


def test_sports_as_masks():
    assert mask_of(("run", "run")) == mask_of(("run",))
    assert masks(pd.Series([None], dtype="str")).tolist() == [ANY_SPORT]


def test_many_sessions_match_in_seconds():
    rng = np.random.default_rng(0)
    n = 280_000
    start = pd.Timestamp("2023-01-01", tz="UTC") + pd.to_timedelta(
        np.tile(np.arange(470), 596)[:n] * 1500 + rng.integers(0, 600, n), unit="min"
    )
    recorded = pd.DataFrame(
        {
            "athlete": pd.Series(np.repeat(np.arange(596), 470)[:n]).astype("str"),
            "start": start,
            "duration_min": rng.integers(20, 120, n).astype(float),
            "sport": pd.Series(["run"] * n, dtype="str"),
        }
    )
    end = recorded["start"] + pd.to_timedelta(recorded["duration_min"] + 7, unit="min")
    told = recorded.assign(end=end, fits=masks(recorded["sport"])).sample(frac=0.7, random_state=0)
    began = time.process_time()
    found = match(told, recorded)
    # Pair by pair, 280,000 sessions would take hours.
    assert time.process_time() - began < 5
    np.testing.assert_array_equal(found, told.index.to_numpy())
