"""A team of which a mileage sheet alone is known: scored and monitored like any other."""

import json

import pandas as pd
import pytest

from pipelines.weekly.monitor_folder import MonitorRequest, monitor_folder
from pipelines.weekly.score_folder import score_folder
from pipelines.weekly.scored import ScoreRequest

pytestmark = pytest.mark.slow
WEEKS = pd.date_range("2025-03-03", periods=24, freq="7D")
SUNDAY = WEEKS[-1] + pd.Timedelta(days=6)
NAMES = ("Ann Lee", "Bo Ek", "Cy Dahl")
RUN = "athlete,date,start,sport,duration_min,distance_km\nAnn Lee,2025-04-01,07:00,run,40,8\n"


@pytest.fixture
def club(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(tmp_path / "key"))
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "dataset.yaml").write_text("name: club\ntime_zone: UTC\nobserved_from: 2025-03-03\n")
    (folder / "roster.csv").write_text("\n".join(("athlete", *NAMES)) + "\n")
    rows = [
        f"{day.date()},{30 + at % 3},{40 + at % 5},{50 + at % 4}" for at, day in enumerate(WEEKS)
    ]
    (folder / "km.csv").write_text("\n".join((f"week,{','.join(NAMES)}", *rows)) + "\n")
    return folder


@pytest.mark.parametrize("sessions", ["", RUN], ids=["no session", "an old session"])
def test_the_last_week_of_the_sheet_is_the_last_record(club, tmp_path, sessions):
    if sessions:
        (club / "sessions.csv").write_text(sessions)
    out = tmp_path / "out"
    for day in (SUNDAY - pd.Timedelta(days=7), None):
        asked = ScoreRequest(data=club, out=out, as_of=day, project=tmp_path)
        assert score_folder(asked, print).week.as_of == (day or SUNDAY)
    report = monitor_folder(MonitorRequest(club, out, None, tmp_path), print)
    assert (report["until"], report["last_record"]) == (str(SUNDAY.date()),) * 2
    # The week after the first list is over and told to its end, so that it can be judged.
    assert report["last_list"]["through"] == str(SUNDAY.date())
    assert "no record after" not in report["sentence"]
    assert json.loads((out / "monitor.json").read_text()) == report
