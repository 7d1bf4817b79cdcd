"""Distances of a diary: paces, intervals and running totals."""

import pytest

from tests.ingest.sheets import sheet_files as files


@pytest.mark.parametrize(
    ("heading", "cell", "minutes"),
    [
        ("Pace (min/km)", "5:30", 55.0), ("Ritmo", "5:30 min/km", 55.0), ("Pace", "00:05:30", 55.0),
        ("Pace", "8:51/mi", 55.0), ("Pace (min/mile)", "8:51", 55.0),
        ("Tempo", "5:30", 55.0), ("Pace", "5.30", None), ("Pace", "easy", None),
        ("Pace", "55:00", None),
    ],
)  # fmt: skip
def test_a_distance_and_a_pace_are_a_time(tmp_path, heading, cell, minutes):
    rows = [["Date", "Distance (km)", heading], ["2025-11-02", 10, cell], ["2025-11-04", 10, cell]]
    parsed = files.read(files.workbook(tmp_path / "Ann Lee.xlsx", {"Log": rows}))
    found = parsed.records["sessions"]["duration_min"].tolist()
    expected = [float("nan")] * 2 if minutes is None else [minutes] * 2
    assert found == pytest.approx(expected, abs=0.1, nan_ok=True)
    assert ("duration_from_pace" in parsed.account.repairs) == (minutes is not None)


def test_times_that_fit_their_distances_are_no_paces(tmp_path):
    rows = [["Date", "km", "Tempo"], ["2025-11-02", 10, "55:30"], ["2025-11-04", 1, "5:30"]]
    parsed = files.read(files.workbook(tmp_path / "Ann Lee.xlsx", {"Log": rows}))
    assert parsed.records["sessions"]["duration_min"].tolist() == [55.5, 5.5]


@pytest.mark.parametrize(
    ("cell", "km"),
    [
        ("6x1000", None), ("6 x 1 km", None), ("5x3 min", None), ("3x(4x400)", None),
        ("6x1000 (12 km)", 12.0), ("10 km, 6x1000", 10.0), ("12 (6x1000)", 12.0),
    ],
)  # fmt: skip
def test_intervals_are_no_distance_unless_the_whole_stands_beside_them(tmp_path, cell, km):
    """ "6 x 1000" was 6 km; "6x1000" was gone without a word."""
    rows = [["Date", "Name", "Km"], ["2025-11-02", "Ann Lee", 7.5], ["2025-11-04", "Ann Lee", cell]]
    parsed = files.read(files.table(tmp_path / "runs.csv", rows))
    read = parsed.records["sessions"]["distance_km"].tolist()
    assert read == ([7.5] if km is None else [7.5, km])
    reasons = parsed.account.rejects["reason"].tolist()
    assert reasons == (["load_not_understood"] if km is None else [])


@pytest.mark.parametrize(
    "heading", ["Total km", "Km cumulés", "Km kumuliert", "Distance (cumulative)", "Km"]
)
@pytest.mark.parametrize("newest_first", [False, True])
@pytest.mark.parametrize("start", [0, 900])
def test_running_totals_are_no_sessions(tmp_path, heading, newest_first, start):
    sums = [start + km for km in (8, 20, 31, 47, 55, 68, 81, 97, 110)]
    rows = [[f"2025-11-{2 * at + 1:02}", "Ann Lee", km] for at, km in enumerate(sums)]
    rows += [[f"2025-11-{2 * at + 1:02}", "Bo Ek", km + 3] for at, km in enumerate(sums)]
    rows = rows[::-1] if newest_first else rows
    parsed = files.read(files.table(tmp_path / "runs.csv", [["Date", "Name", heading], *rows]))
    assert "sessions" not in parsed.records
    assert set(parsed.account.rejects["reason"]) == {"running_total"}
    assert len(parsed.account.rejects) == len(rows)


def test_distances_beside_their_sums_are_sessions(tmp_path):
    rows = [[f"2025-11-0{day}", "Ann Lee", 8 + day, 30 * day] for day in range(1, 8)]
    parsed = files.read(
        files.table(tmp_path / "runs.csv", [["Date", "Name", "Km", "Season km"], *rows])
    )
    assert parsed.records["sessions"]["distance_km"].tolist() == [9, 10, 11, 12, 13, 14, 15]


@pytest.mark.parametrize("heading", ["Total km", "Km gesamt"])
def test_weeks_that_grow_are_no_running_totals(tmp_path, heading):
    """The whole of a week is a total as well: a build-up of four weeks was gone."""
    days = ("2025-11-03", "2025-11-10", "2025-11-17", "2025-11-24")
    rows = [[day, "Ann Lee", km] for day, km in zip(days, (20, 25, 29, 33), strict=True)]
    parsed = files.read(files.table(tmp_path / "weeks.csv", [["Week", "Name", heading], *rows]))
    assert parsed.records["weekly_km"]["km"].tolist() == [20, 25, 29, 33]
