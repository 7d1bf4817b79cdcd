"""The sessions a club writes down by hand, and the templates of all club files."""

from pathlib import Path

import pandas as pd
import pytest

from common.errors import StridecastError
from ingest.readers.club.sessions import COLUMNS, ClubSessionsReader
from ingest.readers.club.template import TABLES, template
from ingest.readers.registry import find_reader
from tests.ingest.export_files import context, lines, read, reasons

RUN = {
    "athlete": "r1", "date": "2024-05-06", "start": "18:10", "sport": "run",
    "duration_min": "55", "distance_km": "10.2", "rpe": "6", "surface": "road",
    "ascent_m": "120", "hr_mean": "152", "hr_max": "171", "shoe": "blue",
}  # fmt: skip


def row(**changes: str) -> list[str]:
    return [(RUN | changes).get(name, "") for name in COLUMNS]


def put(root: Path, text: str | bytes) -> Path:
    path = root / "sessions.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_a_session_with_a_time(tmp_path: Path) -> None:
    parsed = read(ClubSessionsReader(), put(tmp_path, lines([COLUMNS, row()])), context(tmp_path))
    run = parsed.records["sessions"].iloc[0]
    assert run["start"] == pd.Timestamp("2024-05-06 16:10", tz="UTC")
    assert (run["athlete"], run["sport"], run["surface"]) == ("r1", "run", "road")
    assert (run["duration_min"], run["distance_km"], run["rpe"]) == (55, 10.2, 6)
    assert (run["ascent_m"], run["hr_mean"], run["hr_max"]) == (120, 152, 171)
    assert run["shoe_id"] == "blue"
    assert parsed.account.accepted == 1


def test_days_without_times_stay_apart(tmp_path: Path) -> None:
    rows = [
        row(start=""),
        row(start="", sport="Laufbandtraining", surface=""),
        row(start="", athlete="r2"),
        row(start="06:30", rpe="0"),
    ]
    parsed = read(ClubSessionsReader(), put(tmp_path, lines([COLUMNS, *rows])), context(tmp_path))
    sessions = parsed.records["sessions"]
    # Noon in Berlin; the second session of a day begins after the 55 min of the first.
    assert sessions["start"].dt.strftime("%H:%M").tolist() == ["10:00", "10:56", "10:00", "04:30"]
    assert sessions["surface"].tolist()[1] == "treadmill"
    # An exertion of 0 is an answer and no gap.
    assert sessions["rpe"].tolist()[3] == 0
    assert parsed.account.repairs == {"time_of_day_unknown_noon_taken": 3}


def test_a_german_log(tmp_path: Path) -> None:
    text = lines([COLUMNS, row(date="18.02.12", distance_km="7,4", sport="Läufe")], ";")
    path = put(tmp_path, text.encode("latin-1"))
    run = read(ClubSessionsReader(), path, context(tmp_path)).records["sessions"].iloc[0]
    assert run["local_date"] == pd.Timestamp("2012-02-18")
    assert run["distance_km"] == 7.4


def test_bad_rows_are_refused_one_by_one(tmp_path: Path) -> None:
    rows = [
        row(athlete="r9"),
        row(athlete=""),
        row(date="1990-05-06"),
        row(date="2090-05-06"),
        # May or June: in a file of one form nothing tells.
        row(date="05/06/2024"),
        row(start="soon"),
        row(duration_min="", distance_km=""),
        row(duration_min="-5"),
        row(distance_km="90", duration_min="20", sport="walk"),
        row()[:-1],
        row(rpe="11", surface="ice", hr_mean="NaN", hr_max="0"),
    ]
    parsed = read(ClubSessionsReader(), put(tmp_path, lines([COLUMNS, *rows])), context(tmp_path))
    assert reasons(parsed) == {
        "2": "unknown_athlete",
        "3": "missing_athlete",
        "4": "impossible_date",
        "5": "impossible_date",
        "6": "unreadable_date",
        "7": "unreadable_start",
        "8": "no_duration_no_distance",
        "9": "bad_duration_min",
        "10": "impossible_speed",
        "11": "shifted_row",
    }
    last = parsed.records["sessions"].iloc[0]
    assert last[["rpe", "surface", "hr_mean", "hr_max"]].isna().all()
    assert set(parsed.account.repairs) == {"bad_rpe_set_null", "bad_surface_set_null"}


@pytest.mark.parametrize("table", TABLES)
def test_a_template_is_read_back(tmp_path: Path, table: str) -> None:
    """The empty template holds no record; its examples, uncommented, are accepted as they are."""
    text = template(table)
    path = tmp_path / f"{table}.csv"
    path.write_text(text, encoding="utf-8")
    reader = find_reader(path)
    assert reader is not None
    assert reader.kind == f"club_{table}"
    scale = {"worst": 1, "best": 10}
    items = ("sleep_quality", "fatigue", "soreness", "stress", "mood", "readiness")
    where = context(tmp_path, wellness_scales=dict.fromkeys(items, scale))
    assert reader.read(path, where).account.read == 0
    path.write_text(text.replace("# example: ", ""), encoding="utf-8")
    account = reader.read(path, where).account
    examples = text.count("# example: ")
    assert (account.read, account.accepted) == (examples, examples)
    assert len(text.splitlines()) == len(text.splitlines()[0].split(",")) + 1 + examples


def test_a_template_that_does_not_exist() -> None:
    with pytest.raises(StridecastError, match="sessions"):
        template("session")


def other_length(heading: str, *cells: str) -> str:
    return lines([["athlete", "date", "sport", "distance_km", heading],
                  *(["r1", f"2024-05-{6 + at:02}", "run", "10", cell]
                    for at, cell in enumerate(cells))])  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cell", "minutes"),
    [("Minutes", "55", 55), ("duration (min)", "55.5", 55.5), ("duration_h", "1.5", 90),
     ("duration", "0:55:30", 55.5), ("Duration", "1h05", 65), ("time", "55 min", 55)],
)  # fmt: skip
def test_a_length_of_another_heading_is_read_where_its_unit_is_clear(
    tmp_path: Path, heading: str, cell: str, minutes: float
) -> None:
    path = put(tmp_path, other_length(heading, cell, ""))
    parsed = read(ClubSessionsReader(), path, context(tmp_path))
    assert parsed.records["sessions"]["duration_min"].tolist()[0] == minutes
    assert parsed.records["sessions"]["duration_min"].isna().tolist() == [False, True]
    assert parsed.account.repairs["duration_of_another_heading"] == 1
    assert parsed.account.unread == ()


# 55 may be minutes or kilometres, and 55:00 hours.
@pytest.mark.parametrize("cells", [("55", "60"), ("55:00", "61:00"), ("55 min", "60")])
def test_a_length_without_a_clear_unit_is_told(tmp_path: Path, cells: tuple[str, ...]) -> None:
    path = put(tmp_path, other_length("duration", *cells))
    parsed = read(ClubSessionsReader(), path, context(tmp_path))
    assert parsed.records["sessions"]["duration_min"].isna().all()
    assert [one.what for one in parsed.account.unread] == ["columns duration"]
    assert "duration_min" in parsed.account.unread[0].why


def test_columns_that_nothing_uses_are_told(tmp_path: Path) -> None:
    text = lines([[*COLUMNS, "weather", "coach", "empty"], [*row(), "rain", "Bo", ""]])
    parsed = read(ClubSessionsReader(), put(tmp_path, text), context(tmp_path))
    assert parsed.account.unread == (("columns weather, coach", "nothing uses them"),)
    pain = tmp_path / "pain.csv"
    pain.write_text(
        "athlete,date,region,side,pain_0_10,when,mood\nr1,2024-05-06,knee,left,3,during,ok\n"
    )
    reader = find_reader(pain)
    assert reader is not None
    assert reader.kind == "club_pain"
    account = reader.read(pain, context(tmp_path)).account
    assert account.unread == (("columns mood", "nothing uses them"),)
