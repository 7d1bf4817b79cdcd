"""A column of teams in a tidy table reaches the athletes; a group of the day does not."""

import numpy as np
import pandas as pd
import pytest

from ingest.dataset.settings import DatasetConfig, SheetSettings
from ingest.people.teams import with_teams
from ingest.run import ingest
from tests.ingest.sheets import sheet_files as files

PEOPLE = ("Ann Lee", "Bo Ek", "Cy Roe", "Di Fox")
FIRST_TEAM = dict(zip(PEOPLE, ("first", "first", "U18", "U18"), strict=True))


def rows_of(heading, team):
    """Return ten days of sessions; `team(name, day)` is what the column says."""
    head = ["player", "day", heading, "minutes", "distance km"]
    rows = [
        [name, f"2025-03-{day:02d}", team(name, day), 40 + day, 8]
        for day in range(1, 11)
        for name in PEOPLE
    ]
    return [head, *rows]


def told(tmp_path, heading, team):
    parsed = files.read(files.table(tmp_path / "a.csv", rows_of(heading, team), ","))
    rows = parsed.records.get("teams", pd.DataFrame({"athlete": [], "team": []}))
    return parsed, dict(zip(rows["athlete"], rows["team"], strict=True))


@pytest.mark.parametrize("heading", ["Team", "squad", "Mannschaft", "Trainingsgruppe", "Équipe"])
def test_a_column_of_teams_is_read_and_not_told_as_unused(tmp_path, heading):
    parsed, teams = told(tmp_path, heading, lambda name, _: FIRST_TEAM[name])
    assert teams == FIRST_TEAM
    assert not any(heading in one.what for one in parsed.account.unread)


@pytest.mark.parametrize(
    ("heading", "team"),
    [
        ("group", lambda name, _: FIRST_TEAM[name]),  # an arm of a trial
        ("squad number", lambda name, _: FIRST_TEAM[name]),
        ("team", lambda name, day: f"{name[:2]}{day % 2}"),  # changes every day
        ("team", lambda name, _: f"of {name}"),  # nobody shares it
        ("team", lambda _, __: ""),
    ],
)
def test_what_is_no_team_is_left_alone(tmp_path, heading, team):
    assert told(tmp_path, heading, team)[1] == {}


def folder_of(tmp_path, team, roster):
    files.table(tmp_path / "squad.csv", rows_of("Team", team), ",")
    (tmp_path / "roster.csv").write_text(roster)
    config = DatasetConfig.model_validate(
        {"name": "a", "kind": "club", "time_zone": "UTC", "observed_from": "2025-03-01"}
    )
    result = ingest(tmp_path, config=config, accept_proposals=True, workers=1)
    assert "teams" not in result.records  # no measure of anybody
    athletes = result.tables["athletes"].set_index("athlete")["team"]
    return {name: athletes[code] for name, code in result.names.items()}


def test_who_moved_is_in_the_later_team_and_the_roster_wins(tmp_path):
    moved = {"Cy Roe": lambda day: "first" if day > 6 else "U18"}
    teams = folder_of(
        tmp_path,
        lambda name, day: moved.get(name, lambda _: FIRST_TEAM[name])(day),
        "athlete,team\nAnn Lee,veterans\nBo Ek,\n",
    )
    assert teams == {"Ann Lee": "veterans", "Bo Ek": "first", "Cy Roe": "first", "Di Fox": "U18"}


def test_without_such_a_column_nobody_gets_a_team():
    athletes = pd.DataFrame({"athlete": ["a", "b"], "team": ["x", np.nan]})
    assert with_teams(athletes, None) is athletes


def test_a_column_that_the_settings_call_team_is_one(tmp_path):
    path = files.table(tmp_path / "a.csv", rows_of("Gr.", lambda name, _: FIRST_TEAM[name]), ",")
    settings = {"a.csv": SheetSettings(columns={"Gr.": "team"})}
    rows = files.read(path, sheets=settings).records["teams"]
    assert set(rows["team"]) == {"first", "U18"}
