"""A team says which sports are its running load."""

import pandas as pd

from ingest.sessions.load_sports import COUNTED, as_running_load
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
