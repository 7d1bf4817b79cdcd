"""A session that is only planned lies among those that were run, in a folder without injuries."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.weekly.forecast_archive import Archive

RUN = CliRunner()
DAYS = 60


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """Return a folder of one runner, whose last session is tomorrow's."""
    place = tmp_path_factory.mktemp("planned")
    folder, today = place / "club", datetime.now(tz=UTC).date()
    folder.mkdir()
    days = [today - timedelta(days=back) for back in range(DAYS, -2, -1)]
    rows = "".join(f"Ann Lee,{day},run,40,8\n" for day in days)
    (folder / "sessions.csv").write_text(f"athlete,date,sport,duration_min,distance_km\n{rows}")
    (folder / "roster.csv").write_text("athlete,also_known_as\nAnn Lee,\n")
    (folder / "dataset.yaml").write_text(
        f"name: club\ntime_zone: UTC\nobserved_from: {today - timedelta(days=DAYS)}\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRIDECAST_KEY_FILE", str(place / "key"))
        patch.setenv("STRIDECAST_CACHE", str(place / "cache"))
        patch.chdir(place)
        yield folder


def test_a_planned_session_makes_no_monday_a_look_back(team):
    out = team.parent / "out"
    done = RUN.invoke(app, ["score", str(team), "--out", str(out), "--project", str(out)])
    assert done.exit_code == 0, done.output
    assert not Archive(out, "club").forecasts()["hindcast"].any()
    assert "Looking back" not in (out / "forecast.html").read_text(encoding="utf-8")


def test_without_a_list_of_injuries_their_number_is_not_known(team):
    told = json.loads(RUN.invoke(app, ["data", "check", str(team), "--json"]).output)
    assert [person["injuries"] for person in told["people"]] == [None]
    assert "not known" in RUN.invoke(app, ["data", "check", str(team)]).output
