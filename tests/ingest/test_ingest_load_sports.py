"""A team says which sports are its running load."""

import pandas as pd
import pytest

from ingest.sessions.load_sports import COUNTED, DROPPED, as_running_load
from tests.ingest.session_frames import harmonised, recording

ROWS = [
    recording(0, 6, 90, sport="other", record="1"),
    recording(1, 6, 60, sport="ride", record="2"),
    recording(2, 6, 50, distance_km=9.0, record="3"),
]


def test_football_counts_where_the_team_says_so() -> None:
    sessions = harmonised(ROWS).sessions
    found = as_running_load(sessions, ("run", "other"))
    assert found.sessions.sort_values("start")["sport"].tolist() == ["run", "ride", "run"]
    assert found.repairs.to_dict("records") == [
        {"source": "watch.csv", "record": "1", "code": COUNTED}
    ]


def test_by_default_running_is_the_load() -> None:
    sessions = harmonised(ROWS).sessions
    found = as_running_load(sessions, ("run",))
    pd.testing.assert_frame_equal(found.sessions, sessions)
    assert found.repairs.empty


@pytest.mark.parametrize("at", [0, 1])
def test_of_two_sports_at_one_moment_the_run_stays_and_the_other_is_in_the_account(at: int) -> None:
    rows = [
        recording(0, 6, 50, sport="run", distance_km=10.0, record="run"),
        recording(0, 6, 20, sport="other", distance_km=5.0, record="football"),
    ]
    # Whichever of them comes first.
    sessions = pd.DataFrame(rows if at else rows[::-1])
    load = as_running_load(sessions, ("run", "other"))
    assert load.sessions[["record", "distance_km"]].to_numpy().tolist() == [["run", 10.0]]
    assert load.repairs.to_dict("records") == [
        {"source": "watch.csv", "record": "football", "code": DROPPED}
    ]


def test_of_two_other_sports_at_one_moment_the_longer_stays() -> None:
    rows = [
        recording(0, 6, 20, sport="ride", record="short"),
        recording(0, 6, 50, sport="other", record="long"),
    ]
    load = as_running_load(pd.DataFrame(rows), ("run", "other", "ride"))
    assert load.sessions["record"].tolist() == ["long"]
    assert load.repairs.set_index("record")["code"].to_dict() == {"long": COUNTED, "short": DROPPED}
