import pandas as pd

from reporting.languages.other_sports import other_sports_line


def record(running: float, other: float) -> pd.DataFrame:
    return pd.DataFrame({"minutes_28d": [running, 0.0], "other_minutes_28d": [0.0, other]})


def test_a_team_that_mainly_plays_is_told_so_and_a_running_team_is_not() -> None:
    assert "76 % of the team's training minutes" in other_sports_line(record(240, 760))
    assert other_sports_line(record(900, 100)) == ""
    assert other_sports_line(record(0, 0)) == ""
