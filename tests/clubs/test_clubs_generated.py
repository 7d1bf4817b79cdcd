"""Clubs by number: people never merge, never multiply, and nothing is lost untold."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.clubs.build import build_club
from tests.clubs.verify import verify

GRAVE = (
    "merged",
    "multiplied",
    "phantom",
    "lost person",
    "sessions",
    "account",
    "guessed scale",
    "untold",
)
"""Faults that no club may have."""


@settings(max_examples=4, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(seed=st.integers(0, 10**6))
def test_people_of_any_club_stay_who_they_are_and_nothing_is_lost_untold(seed):
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "club"
        folder.mkdir()
        verdict = verify(folder, build_club(folder, seed))
    assert [fault for fault in verdict.faults if fault[0].startswith(GRAVE)] == []


@pytest.mark.parametrize("seed", [0, 24, 26, 31, 47])
def test_a_club_that_was_read_wrongly_once(tmp_path, seed):
    verdict = verify(tmp_path, build_club(tmp_path, seed))
    assert verdict.faults == []
