"""Kilometres of a week in a form are a week's: no run of 48 km, and no date of "week 48"."""

import pytest

from tests.ingest.sheets import sheet_files as files

SLEEP = "How did you sleep this week? (1 = badly, 10 = well)"


@pytest.mark.parametrize(
    "heading",
    ["How many km did you run this week?", "Gelaufene Km diese Woche", "Wochenkilometer",
     "Km de esta semana", "Kilomètres cette semaine", "Km denna vecka", "Km in the last 7 days"],
)  # fmt: skip
def test_the_weeks_kilometres_count_for_their_week(tmp_path, heading):
    rows = [
        ["Timestamp", "Name", SLEEP, heading],
        ["2025-10-05 20:05:00", "Ann Lee", 7, 48],
        ["2025-10-13 07:15:00", "Ann Lee", 6, 30],
        ["2025-10-19 20:05:00", "Ann Lee", 6, None],
    ]
    parsed = files.read(files.table(tmp_path / "form.csv", rows))
    assert "sessions" not in parsed.records
    assert files.told(parsed, "weekly_km", "week_start", "km") == [
        # Answered on Sunday 5 October; the answer of Monday the 13th is about the week before it.
        ("2025-09-29", 48.0),
        ("2025-10-06", 30.0),
    ]
    days = [day for (day,) in files.told(parsed, "wellness", "date")]
    assert days == ["2025-10-05", "2025-10-12", "2025-10-19"]
    assert set(parsed.records["wellness"]["answered_for_days"]) == {7}
    assert parsed.account.rejected == 0
    assert "extra" not in parsed.records
    assert not parsed.account.unread


def test_mondays_that_were_typed_name_their_week(tmp_path):
    rows = [["Date", "Name", "Weekly km"], ["2025-10-06", "Ann", 40], ["2025-10-13", "Ann", 44]]
    parsed = files.read(files.table(tmp_path / "w.csv", rows))
    assert set(parsed.records) == {"weekly_km"}
    assert [one for (one,) in files.told(parsed, "weekly_km", "week_start")] == [
        "2025-10-06",
        "2025-10-13",
    ]


def test_hours_of_a_week_are_told_as_not_read(tmp_path):
    rows = [["Timestamp", "Name", SLEEP, "Hours trained this week"],
            ["2025-10-05 20:05:00", "Ann Lee", 7, 6]]  # fmt: skip
    parsed = files.read(files.table(tmp_path / "form.csv", rows))
    assert "sessions" not in parsed.records


def test_kilometres_of_a_day_stay_a_session(tmp_path):
    rows = [["Date", "Name", "Km", "Minutes"], ["2025-10-06", "Ann", 10, 50]]
    parsed = files.read(files.table(tmp_path / "log.csv", rows))
    assert files.told(parsed, "sessions", "distance_km", "duration_min") == [(10.0, 50.0)]


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("Wie müde warst du diese Woche? (1 = frisch, 5 = erschöpft)",
         ["2025-03-09", "2025-03-09", "2025-03-13"]),
        ("How tired were you last week? (1 = fresh, 5 = exhausted)",
         ["2025-03-09", "2025-03-09", "2025-03-13"]),
        ("How tired are you today? (1 = fresh, 5 = exhausted)",
         ["2025-03-10", "2025-03-11", "2025-03-13"]),
    ],
)  # fmt: skip
def test_answers_about_a_week_count_for_its_last_day_and_never_for_a_later_one(
    tmp_path, asked, days
):
    stamps = ["10.03.2025 19:12:00", "11.03.2025 07:30:00", "13.03.2025 20:00:00"]
    rows = [["Zeitstempel", "Name", asked], *[[stamp, "Ann Lee", 4] for stamp in stamps]]
    parsed = files.read(files.table(tmp_path / "form.csv", rows, ";"))
    assert [day for (day,) in files.told(parsed, "wellness", "date")] == days


def test_the_longest_run_beside_the_weeks_kilometres_is_no_run(tmp_path):
    """Its 12 km were the only session of a week of 30."""
    rows = [
        ["Timestamp", "Name", "How many km did you run this week?", "Longest run (km)"],
        ["2025-03-09 20:11:00", "Oli", 30, 12],
        ["2025-03-16 20:11:00", "Oli", 32, 14],
    ]
    parsed = files.read(files.table(tmp_path / "Weekly check-in.csv", rows))
    assert "sessions" not in parsed.records
    assert files.told(parsed, "weekly_km", "athlete", "km") == [("Oli", 30.0), ("Oli", 32.0)]
    assert any("Longest run (km)" in part.what for part in parsed.account.unread)


def test_a_place_in_words_is_an_answer_about_pain(tmp_path):
    """ "left calf, mild" under "Any pain? Where?" was no number, and so was lost."""
    rows = [
        ["Date", "Name", "Any pain? Where?", "Sleep (h)"],
        ["2025-03-09", "Oli", "left calf, mild", 7],
        ["2025-03-09", "Pia", "no", 8],
    ]
    parsed = files.read(files.table(tmp_path / "Check-in.csv", rows))
    told = parsed.records["pain_told"]
    assert told[["athlete", "region", "side"]].to_numpy().tolist() == [["Oli", "lower_leg", "left"]]
