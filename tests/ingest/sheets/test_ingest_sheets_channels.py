"""A tidy table of somebody's own: channels, injuries beside everything else, Parquet."""

import pandas as pd
import pytest

from ingest.dataset.settings import SheetSettings
from ingest.readers.base import FileRefused
from tests.ingest.sheets import sheet_files as files

HEAD = ["player", "day", "minutes", "sprint_m", "shirt", "row", "injury", "days_lost"]
ROWS = [
    ["P1", "2025-03-03", 80, 212.5, 7, 1, None, None],
    ["P1", "2025-03-04", 60, 0, 7, 2, "hamstring strain", 12],
    ["P1", "2025-03-05", 45, None, 7, 3, None, None],
    ["P2", "2025-03-03", 75, 140, 9, 4, None, None],
    ["P2", "2025-03-04", 30, 90, 9, 5, None, None],
    *[["P2", f"2025-03-{day:02d}", 30, 90 + day, 9, day + 1, None, None] for day in range(5, 15)],
]


def frame():
    return pd.DataFrame(ROWS, columns=HEAD)


def told(parsed):
    rows = parsed.records["extra"]
    return {(row.athlete, row.date.day, row.channel): row.value for row in rows.itertuples()}


@pytest.fixture(params=["csv", "parquet"])
def squad(request, tmp_path):
    path = tmp_path / f"squad.{request.param}"
    if request.param == "csv":
        frame().to_csv(path, index=False)
    else:
        frame().assign(day=pd.to_datetime(frame()["day"])).to_parquet(path)
    return files.read(path)


def test_numbers_without_a_place_become_channels_and_an_empty_cell_stays_unknown(squad):
    values = told(squad)
    assert {channel for _, _, channel in values} == {"sprint_m"}  # no jersey, no running number
    assert values["P1", 3, "sprint_m"] == 212.5
    assert values["P1", 4, "sprint_m"] == 0
    assert pd.isna(values["P1", 5, "sprint_m"])
    assert any(
        "sprint_m" in one.what and "features.channels" in one.why for one in squad.account.unread
    )
    assert any("shirt" in one.what for one in squad.account.unread)


def test_the_empty_cell_of_a_day_off_is_no_row_and_one_that_cannot_be_read_stays_unknown(tmp_path):
    """A row for every day: on the 6th nobody trained, on the 7th the cell held a word."""
    head = ["player", "day", "minutes", "sprint_m", "cmj_cm", "sleep_h"]
    # A night that is none: every row is repaired, which says nothing of the other cells.
    rows = [["P1", f"2025-03-{day:02d}", 60, 100 + day, 30 + day, 99] for day in range(1, 15)]
    rows[5][2:5] = [None, None, 35.5]
    rows[6][2:4] = [None, "vest lost"]
    rows[7][3] = None
    values = told(files.read(files.table(tmp_path / "a.csv", [head, *rows], ",")))
    assert ("P1", 6, "sprint_m") not in values
    assert values["P1", 6, "cmj_cm"] == 35.5
    assert pd.isna(values["P1", 7, "sprint_m"])
    assert pd.isna(values["P1", 8, "sprint_m"])
    assert values["P1", 9, "sprint_m"] == 109


def test_a_row_that_speaks_of_a_session_is_no_day_off_though_its_length_is_unknown(tmp_path):
    """No vest on four days: a minute that is none, an exertion alone, too long a day, a sign."""
    head = ["player", "day", "minutes", "rpe", "sprint_m", "sleep_h"]
    rows = [["P1", f"2025-03-{day:02d}", 60, 5, 100 + day, 7.5] for day in range(1, 15)]
    for place, cells in enumerate(
        [["x", None], [None, 6], [9999, None], ["?", None], [0, 0], ["off", None], ["-", None]], 4
    ):
        rows[place][2:5] = [*cells, None]
    values = told(files.read(files.table(tmp_path / "a.csv", [head, *rows], ",")))
    days = {day for _, day, channel in values if channel == "sprint_m"}
    assert days == {1, 2, 3, 4, 5, 6, 7, 8, 12, 13, 14}
    assert all(pd.isna(values["P1", day, "sprint_m"]) for day in (5, 6, 7, 8))


def test_without_a_session_anywhere_an_empty_cell_is_unknown(tmp_path):
    head = ["player", "day", "sprint_m", "sleep_h"]
    rows = [["P1", f"2025-03-{day:02d}", 100 + day, 7.5] for day in range(1, 15)]
    rows[5][2] = None
    values = told(files.read(files.table(tmp_path / "a.csv", [head, *rows], ",")))
    assert pd.isna(values["P1", 6, "sprint_m"])


def test_an_injury_in_a_daily_table_is_an_entry_of_the_register(squad):
    (row,) = squad.records["injuries"].itertuples()
    assert (row.athlete, row.onset_date.isoformat()[:10], row.region) == (
        "P1",
        "2025-03-04",
        "thigh",
    )
    assert row.return_date == pd.Timestamp("2025-03-16")
    assert len(squad.records["sessions"]) == len(ROWS)


def test_a_mark_on_every_day_of_an_absence_is_one_injury(tmp_path):
    rows = [
        ["P1", f"2025-03-{day:02d}", 30 + day, int(day in (9, 10, 11)), None]
        for day in range(1, 29)
    ]
    rows += [["P2", f"2025-03-{day:02d}", 30 + day, 0, None] for day in range(1, 29)]
    rows[8][4] = rows[9][4] = rows[10][4] = "left knee"
    parsed = files.read(
        files.table(
            tmp_path / "a.csv", [["Name", "Date", "Minutes", "Injured", "Body part"], *rows], ","
        )
    )
    (row,) = parsed.records["injuries"].itertuples()
    assert (row.onset_date, row.return_date) == (
        pd.Timestamp("2025-03-09"),
        pd.Timestamp("2025-03-12"),
    )
    assert (row.region, row.side) == ("knee", "left")


def test_words_in_many_rows_are_a_diary_and_no_register(tmp_path):
    rows = [["P1", f"2025-03-{day:02d}", 30 + day, "calf"] for day in range(1, 20)]
    parsed = files.read(
        files.table(tmp_path / "a.csv", [["Name", "Date", "Minutes", "Problem"], *rows], ",")
    )
    assert "injuries" not in parsed.records


def test_the_settings_name_channels_and_leave_columns_out(tmp_path):
    path = tmp_path / "squad.csv"
    frame().to_csv(path, index=False)
    own = {"squad.csv": SheetSettings(columns={"shirt": "channel", "sprint_m": "ignore"})}
    values = told(files.read(path, sheets=own))
    assert {channel for _, _, channel in values} == {"shirt"}
    assert values["P2", 3, "shirt"] == 9


def test_a_cell_that_is_no_number_is_a_named_repair(tmp_path):
    rows = [list(row) for row in ROWS]
    rows[0][3] = "broken vest"
    parsed = files.read(files.table(tmp_path / "a.csv", [HEAD, *rows], ","))
    assert pd.isna(told(parsed)["P1", 3, "sprint_m"])
    assert parsed.account.repairs["bad_sprint_m_set_null"] == 1


def test_a_damaged_parquet_file_is_refused(tmp_path):
    path = tmp_path / "a.parquet"
    frame().to_parquet(path)
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(FileRefused, match="cannot be read"):
        files.read(path)


@pytest.mark.parametrize(
    ("heading", "unit"), [("total_dist_m", 1000), ("dist_total_km", 1), ("Total mins", 0)]
)
def test_a_length_is_not_lost_as_a_column_of_totals_for_saying_total(tmp_path, heading, unit):
    """A column of totals is left out without a word; this one is what the day's session came to."""
    other = "minutes" if unit else "km"
    rows = [
        ["P1", f"2025-03-{day:02d}", 60 if unit else 5, (5 + day) * (unit or 5)]
        for day in range(1, 15)
    ]
    read = files.read(
        files.table(tmp_path / "a.csv", [["player", "day", other, heading], *rows], ",")
    )
    column = read.records["sessions"]["distance_km" if unit else "duration_min"]
    assert column.tolist() == pytest.approx(
        [(5 + day) * (1 if unit else 5) for day in range(1, 15)]
    )
