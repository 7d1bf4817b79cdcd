"""The proof of a clock, added up, is that of a look at each answer's recordings."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.records.sports import masks
from ingest.sessions.answer_clocks import AS_READ, CLOSE_MIN, LEAST_PROOF, clock_proof
from ingest.sessions.grouping import open_masks

START = pd.Timestamp("2024-05-01", tz="UTC")
SPORTS = ("run", "ride", "other")
ROW = st.tuples(st.sampled_from("ab"), st.integers(0, 40), st.sampled_from(SPORTS))


def at(minutes):
    return START + pd.to_timedelta([5 * m for m in minutes], unit="min")


@settings(max_examples=25, deadline=None)
@given(st.lists(ROW, min_size=1, max_size=8), st.lists(ROW, min_size=1, max_size=8))
def test_an_answer_proves_its_clock_once_however_many_recordings_end_with_it(told, recorded):
    who, minute, sport = (list(column) for column in zip(*told, strict=True))
    fits = np.asarray(masks(pd.Series(sport)), dtype=np.int64)
    answers = pd.DataFrame({"athlete": who, "end": at(minute), "fits": fits})
    names, begun, kinds = (list(column) for column in zip(*recorded, strict=True))
    sessions = pd.DataFrame(
        {"athlete": names, "start": at(begun), "duration_min": 30.0, "sport": kinds}
    )
    can_be, ends = open_masks(sessions["sport"]), at(begun) + pd.Timedelta(minutes=30)
    close = pd.Timedelta(minutes=CLOSE_MIN)
    expected = sum(
        any(
            name == own and abs(end - answer) < close and bool(can & fit)
            for name, end, can in zip(names, ends, can_be, strict=True)
        )
        or any(
            # Exactly at the limit an answer counts behind the end, and not before it.
            name == own and end == answer - close and bool(can & fit)
            for name, end, can in zip(names, ends, can_be, strict=True)
        )
        for own, answer, fit in zip(who, answers["end"], fits, strict=True)
    )
    found = clock_proof(answers, sessions, "UTC").clock()
    if found.code == AS_READ:
        assert found.proof == expected
    else:
        assert found.proof >= max(LEAST_PROOF, 2 * (expected + 1))
