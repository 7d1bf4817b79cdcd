"""Day first or month first: one verdict per file, from evidence; undecided is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.sheets.deciding.day_order import Pair, verdict_on
from ingest.readers.sheets.opening.cells import Cell, Tab
from ingest.readers.sheets.opening.days_of_month import with_whole_days
from ingest.readers.sheets.words.written_dates import read_written
from tests.ingest.sheets import sheet_files as files

REGISTER = [
    ["Name", "Date", "Return", "Injury"],
    ["Ann Lee", "04/05/2025", None, "knee pain"],
    ["Bo Roe", "05/03/2025", None, "calf strain"],
    ["Bo Roe", "06/04/2025", None, "Achilles"],
]


def verdict(*texts, **more):
    return verdict_on([read_written(text) for text in texts], **more).day_first


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["04/05/2025", "13/05/2025"], True),
        (["04/05/2025", "05/13/2025"], False),
        (["04/05/2025", "05/06/2025", "06/07/2025"], None),
        (["04/05/2025 7:00 AM"], None),
        (["Sun 04/05/2025"], True),
        (["Sat 04/05/2025"], False),
        (["04/05/2025", "3. Mai 2025"], None),
        (["13/05/2025", "05/13/2025"], None),
        ([], None),
    ],
)
def test_only_evidence_counts(texts, expected):
    assert verdict(*texts) is expected


def test_two_dates_of_a_row_can_tell():
    injured, back = read_written("04/05/2025"), read_written("03/06/2025")
    assert verdict_on([injured, back], pairs=[Pair(injured, back, 0, 400)]).day_first is True
    stamp, answer = read_written("2025/05/05 7:03:01 AM GMT+2"), read_written("04/05/2025")
    assert verdict_on([stamp, answer], pairs=[Pair(answer, stamp, -1, 14)]).day_first is True


def test_weeks_begin_on_one_weekday():
    mondays = [read_written(one) for one in ("06/01/2025", "03/02/2025", "03/03/2025")]
    assert verdict_on(mondays).day_first is None
    assert verdict_on(mondays, weeks=mondays).day_first is True


@given(st.lists(st.dates(), min_size=1, max_size=8), st.booleans())
def test_a_verdict_is_never_wrong(days, day_first):
    form = (
        "{0.day:02d}/{0.month:02d}/{0.year}" if day_first else "{0.month:02d}/{0.day:02d}/{0.year}"
    )
    recent = [day.replace(year=2000 + day.year % 50, day=min(day.day, 28)) for day in days]
    assert verdict(*[form.format(day) for day in recent]) in (day_first, None)


def test_an_undecided_register_is_asked_about_and_nothing_guessed(tmp_path):
    path = files.table(tmp_path / "register.csv", REGISTER)
    parsed = files.read(path)
    assert "injuries" not in parsed.records
    assert files.reasons(parsed) == ["ambiguous_date"] * 3
    assert list(parsed.account.rejects["athlete"]) == ["Ann Lee", "Bo Roe", "Bo Roe"]
    (question,) = parsed.account.questions
    assert (question.kind, question.matters) == ("dates", "injuries")
    assert question.setting == ("sheets", "register.csv", "dates")
    assert "Ann" not in parsed.account.rejects["sentence"].iloc[0]


@pytest.mark.parametrize(
    ("answer", "days"),
    [
        ("day_first", ["2025-05-04", "2025-03-05", "2025-04-06"]),
        ("month_first", ["2025-04-05", "2025-05-03", "2025-06-04"]),
    ],
)
def test_the_answer_settles_the_file(tmp_path, answer, days):
    path = files.table(tmp_path / "register.csv", REGISTER)
    parsed = files.read(path, sheets={"register.csv": {"dates": answer}})
    assert [row[0] for row in files.told(parsed, "injuries", "onset_date")] == days


def test_one_proven_column_decides_the_others(tmp_path):
    rows = [
        ["Name", "Date", "Return", "Injury"],
        ["Ann", "04/05/2025", "20/05/2025", "knee"],
        ["Bo", "05/03/2025", None, "calf"],
    ]
    parsed = files.read(files.table(tmp_path / "r.csv", rows))
    assert [row[0] for row in files.told(parsed, "injuries", "onset_date")] == [
        "2025-05-04",
        "2025-03-05",
    ]


def test_the_day_an_answer_is_for_wins_over_the_stamp(tmp_path):
    rows = [
        ["Timestamp", "Name", "Which day is this answer for?", "Hours of sleep"],
        ["2025/05/05 7:03:01 AM GMT+2", "Ann", "2025-05-04", "7h"],
        ["2025/05/06 11:59:01 PM GMT+2", "Ann", None, "about 6"],
    ]
    parsed = files.read(files.table(tmp_path / "form.csv", rows))
    assert files.told(parsed, "wellness", "date", "sleep_h") == [
        ("2025-05-04", 7.0),
        ("2025-05-06", 6.0),
    ]


def test_an_instant_of_another_zone_is_brought_to_the_teams_day(tmp_path):
    rows = [["Submitted at", "Name", "Hours of sleep"], ["2025-05-05 22:30:00 UTC", "Ann", "7"]]
    parsed = files.read(files.table(tmp_path / "form.csv", rows))
    assert files.told(parsed, "wellness", "date") == [("2025-05-06",)]


def test_a_year_comes_from_the_title_or_is_missed(tmp_path):
    rows = [["Name", "Datum", "Was"], ["Ann", "3.2.", "Knie links"], ["Bo", "14.11.", "Wade"]]
    parsed = files.read(files.table(tmp_path / "Verletzte 2024-25.csv", rows))
    assert [row[0] for row in files.told(parsed, "injuries", "onset_date")] == [
        "2025-02-03",
        "2024-11-14",
    ]
    assert (
        files.reasons(files.read(files.table(tmp_path / "Verletzte.csv", rows)))
        == ["no_year_date"] * 2
    )


@pytest.mark.parametrize(
    ("tab", "told", "weeks"),
    [
        ("2026", {}, ["2025-11-17", "2025-12-15"]),
        ("2024", {}, []),
        ("2024", {"year": 2024}, ["2024-11-18", "2024-12-16", "2025-01-06"]),
        ("Winter 2024-25", {}, ["2024-11-18", "2024-12-16", "2025-01-06"]),
    ],
    ids=["the rest lies ahead", "begins or ends", "told", "a season"],
)
def test_a_table_through_the_new_year_is_of_two_years(tmp_path, tab, told, weeks):
    rows = [["Woche", "Ann Lee", "Bo Ek"], ["KW 47", 20, 30], ["KW 51", 25, 31], ["KW 2", 25, 30]]
    path = files.workbook(tmp_path / "km.xlsx", {tab: rows})
    parsed = files.read(path, sheets={"km.xlsx": told} if told else {})
    read = files.told(parsed, "weekly_km", "athlete", "week_start") if parsed.records else []
    assert [week for name, week in read if name == "Ann Lee"] == weeks


@pytest.mark.parametrize(
    ("label", "week"),
    [
        ("30.12.-05.01.2025", "2024-12-30"),
        ("13.-19.01.2025", "2025-01-13"),
        ("6.1. - 12.1.25", "2025-01-06"),
        ("45663", "2025-01-06"),
    ],
)
def test_a_week_is_written_as_a_span_or_a_number_of_a_spreadsheet(tmp_path, label, week):
    rows = [["Week", "Ann Lee", "Bo Ek"], [label, 20, 30]]
    parsed = files.read(files.table(tmp_path / "km.csv", rows, ";"))
    assert files.told(parsed, "weekly_km", "athlete", "week_start", "km")[0] == (
        "Ann Lee",
        week,
        20.0,
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [("2/1-2026", "2026-01-02"), ("14/2 2026", "2026-02-14"), ("16/1 \u2013 2026", "2026-01-16"),
     ("14.2 2026", "2026-02-14"), ("2/1-2026 kl. 10:30", "2026-01-02")],
)  # fmt: skip
def test_a_year_stands_behind_a_dash_or_a_blank(text, day):
    moment = read_written(text).moment(day_first=True)
    assert f"{moment:%Y-%m-%d}" == day
    assert read_written("2/1-2026").order == "day"


@pytest.mark.parametrize("text", ["2024 Mar", "long run May", "x apr", "arp2024-05", "Mar"])
def test_a_month_at_the_end_of_a_cell_without_a_day_is_no_date(text):
    assert read_written(text) is None


FEBRUARY = [(f"2025-02-{at:02}", float(at)) for at in range(3, 13)]


def _numbers(texts, tab, title):
    rows = [[title], ["Giorno", "Ann Lee", "Bo Ek"]]
    return {tab: rows + [[text, at, at + 1] for at, text in enumerate(texts, 3)]}


@pytest.mark.parametrize(
    ("tab", "title"),
    [("Febbraio", "Km 2025"), ("Foglio1", "FEBBRAIO 2025 - km"), ("Feb 25", "km del gruppo"),
     ("février '25", "km")],
)  # fmt: skip
@pytest.mark.parametrize(
    "write", ["{at}", "{week} {at}", "{at}.", "{week[0]} {at}", "{week}. {at:02}"]
)
def test_days_of_a_month_are_whole_dates_where_something_names_the_month(
    tmp_path, tab, title, write
):
    week = ("lun", "mar", "mer", "gio", "ven", "sab", "dom")  # 3 February 2025 is a Monday
    texts = [write.format(at=at, week=week[(at - 3) % 7]) for at in range(3, 13)]
    path = files.workbook(tmp_path / "club.xlsx", _numbers(texts, tab, title))
    rows = files.told(files.read(path), "sessions", "athlete", "local_date", "distance_km")
    assert [row[1:] for row in rows if row[0] == "Ann Lee"] == FEBRUARY


def test_a_weekday_that_is_a_month_elsewhere_names_none(tmp_path):
    """ "mar 4" is a Tuesday where the file is called February."""
    days = zip(("lun", "mar", "mer", "gio", "ven"), range(3, 8), strict=True)
    rows = [["Giorno", "Ann Lee", "Bo Ek"], *[[f"{word} {at}", at, 1] for word, at in days]]
    path = files.workbook(tmp_path / "Febbraio 2025 km.xlsx", {"Foglio1": rows})
    found = files.told(files.read(path), "sessions", "athlete", "local_date", "distance_km")
    assert [row[1:] for row in found if row[0] == "Ann Lee"] == FEBRUARY[:5]


def test_days_of_a_month_may_stand_across(tmp_path):
    tab = [["Nome", *range(3, 13)], ["Ann Lee", *range(3, 13)], ["Bo Ek", *range(13, 23)]]
    path = files.workbook(tmp_path / "Km 2025.xlsx", {"Febbraio": tab, "Marzo": []})
    rows = files.told(files.read(path), "sessions", "athlete", "local_date", "distance_km")
    assert [row[1:] for row in rows if row[0] == "Ann Lee"] == FEBRUARY


@pytest.mark.parametrize(
    "rows",
    [
        [["Nr", "Name", "Km"], *[[at, "Ann Lee", 7] for at in range(1, 9)]],  # numbers of rows
        [["Giorno", "Ann Lee", "Bo Ek"], *[[at, 5, 6] for at in (9, 4, 7, 2, 8)]],  # no order
    ],
)
def test_other_numbers_become_no_days(tmp_path, rows):
    path = files.workbook(tmp_path / "club.xlsx", {"Febbraio 2025": rows})
    records = files.read(path).records
    assert not len(records.get("sessions", ()))


def _cell(value):
    kind = "n" if isinstance(value, int) else "t"
    return None if value in {None, ""} else Cell(kind, str(value))


ACROSS = [[name, *[km] * 8] for name, km in (("Ann Lee", 40), ("Bo Ek", 50))]


@pytest.mark.parametrize(
    "rows",
    [
        [["Woche", *range(10, 18)], *ACROSS],
        [["", "KW", *[None] * 7], ["Name", *range(10, 18)], *ACROSS],
        [["Name", *[f"KW {at}" for at in range(10, 18)]], *ACROSS],
        [["Name", *[f"P{at}" for at in range(1, 9)]], *ACROSS],
        [["Datum", *range(1, 9)], ["02.03.2025", *[7] * 8], ["03.03.2025", *[6] * 8]],
        [["Skala", *range(1, 8)], ["Name", "Datum", "RPE"], ["Ann Lee", "01.03.2025", 7]],
        [["ID", "Km"], *[[f"P{at}", 30] for at in range(1, 9)]],
        [["Block", "Km"], *[[f"W{at}", 30] for at in range(1, 9)]],
    ],
)
def test_weeks_runners_and_scales_become_no_days_of_the_month(rows):
    cells = [[_cell(one) for one in (*row, *[None] * (9 - len(row)))] for row in rows]
    tab = Tab("März 2025", cells, list(range(1, len(rows) + 1)))
    assert with_whole_days(tab, "km") == tab


@pytest.mark.parametrize("name", ["Days out", "Set one", "Time out May be"])
def test_words_that_are_months_of_another_language_name_none(name):
    cells = [[_cell("Day"), _cell("Km")], *[[_cell(at), _cell(5)] for at in range(1, 9)]]
    tab = Tab(name, cells, list(range(1, 10)))
    assert with_whole_days(tab, "km") == tab


@pytest.mark.parametrize("year", ["2035", "2425", "7025", "9999"])
def test_a_mistyped_year_of_return_takes_no_line_with_it(tmp_path, year):
    rows = [
        ["Name", "Injured", "Body part", "Back"],
        ["Ann Lee", "03.02.2025", "knee", f"10.02.{year}"],
        ["Bo Ray", "13.02.2025", "shin", "20.02.2025"],
    ]
    parsed = files.read(files.table(tmp_path / "injuries.csv", rows, ";"))
    assert files.told(parsed, "injuries", "onset_date", "return_date") == [
        ("2025-02-03", None),
        ("2025-02-13", "2025-02-20"),
    ]
    assert parsed.account.repairs["return_date_years_after_onset_date_set_null"] == 1


@pytest.mark.parametrize("year", ["2425", "7025", "9999"])
def test_a_mistyped_year_above_one_day_of_a_week_loses_that_day_alone(tmp_path, year):
    rows = [
        ["Name", "06.01.2025", "07.01.2025", f"08.01.{year}"],
        ["Ann Lee", 8, 10, 12],
        ["Bo Ray", 5, 6, 7],
    ]
    parsed = files.read(files.table(tmp_path / "km.csv", rows, ";"))
    assert sum(map(len, parsed.records.values())) == 4
    assert parsed.account.rejected == 2


@pytest.mark.parametrize("text", ["KW 5-6 2025", "Weeks 5-6 2025", "Season 10-11 2025"])
def test_a_span_of_numbers_before_a_year_is_no_day(text):
    assert read_written(text) is None


def test_two_days_of_a_month_are_not_the_month_after():
    written = read_written("April 5-6 2025")
    assert (written.first, written.second) == (5, 4)


def test_weekdays_tell_the_year_that_nothing_else_tells(tmp_path):
    """A week without a year in its name was not read, and nothing could be answered."""
    rows = [["Name", "Mon 20/10", "Tue 21/10", "Wed 22/10"], ["Ann Lee", "5k", "8k", "5k"]]
    parsed = files.read(files.table(tmp_path / "Week.csv", rows))
    assert files.told(parsed, "sessions", "local_date") == [
        ("2025-10-20",), ("2025-10-21",), ("2025-10-22",),
    ]  # fmt: skip
    wrong = [["Name", "Mon 19/10", "Tue 21/10", "Wed 22/10"], ["Ann Lee", "5k", "8k", "5k"]]
    assert not files.read(files.table(tmp_path / "Wrong.csv", wrong)).records
