"""Garmin's Activities.csv in every language, decimal style, unit and state of damage."""

import json
from pathlib import Path

import pandas as pd
import pytest

from ingest.readers.activity.garmin.activity_list import GarminListReader
from ingest.readers.activity.garmin.column_names import is_garmin_list, is_known_language, positions
from ingest.readers.registry import FileRefused
from tests.ingest.export_files import context, lines, put, read, reasons

ENGLISH = (
    "Activity Type", "Date", "Favorite", "Title", "Distance", "Calories", "Time", "Avg HR",
    "Max HR", "Aerobic TE", "Avg Run Cadence", "Max Run Cadence", "Avg Pace", "Best Pace",
    "Total Ascent", "Total Descent", "Avg Stride Length", "Avg Vertical Ratio",
    "Avg Vertical Oscillation", "Avg Ground Contact Time", "Avg GCT Balance",
    "Training Stress Score®", "Avg Power", "Steps", "Moving Time", "Elapsed Time",
)  # fmt: skip
GERMAN = (
    "Aktivitätstyp", "Datum", "Favorit", "Titel", "Distanz", "Kalorien", "Zeit", "Ø HF",
    "Max. HF", "Aerober TE", "Ø Schrittfrequenz (Laufen)", "Max. Schrittfrequenz (Laufen)",
    "Ø Pace", "Beste Pace", "Anstieg gesamt", "Abstieg gesamt", "Ø Schrittlänge",
    "Durchschnittliches vertikales Verhältnis", "Ø vertikale Bewegung", "Ø Bodenkontaktzeit",
    "Durchschnittliche Balance der Bodenkontaktzeit", "Training Stress Score®", "Ø Leistung",
    "Schritte", "Zeit in Bewegung", "Verstrichene Zeit",
)  # fmt: skip
RUN = {
    "Activity Type": "Running", "Date": "2024-05-06 18:00:00", "Favorite": "false",
    # "1,381" has a comma of thousands although the file writes decimals with a point.
    "Distance": "10.24", "Calories": "1,381", "Time": "00:53:55", "Avg HR": "152",
    "Max HR": "171", "Aerobic TE": "3.4", "Avg Run Cadence": "172", "Avg Pace": "5:16",
    "Total Ascent": "1,200", "Total Descent": "118", "Avg Stride Length": "1.10",
    "Avg Vertical Ratio": "7.9", "Avg Vertical Oscillation": "8.7",
    "Avg Ground Contact Time": "248", "Avg GCT Balance": "49.8% L / 50.2% R", "Avg Power": "301",
    "Steps": "9,270", "Moving Time": "00:53:10", "Elapsed Time": "00:55:00",
}  # fmt: skip
EXPECTED = {
    "distance_km": 10.24, "duration_min": 55.0, "moving_min": 53 + 10 / 60, "hr_mean": 152,
    "hr_max": 171, "cadence_spm": 172, "ascent_m": 1200, "descent_m": 118, "step_length_m": 1.1,
    "vertical_ratio_pct": 7.9, "vertical_oscillation_mm": 87, "ground_contact_ms": 248,
    # 8.7 cm of oscillation are 87 mm.
    "balance_left_pct": 49.8, "power_w": 301,
}  # fmt: skip


def row(**changes: str) -> list[str]:
    cells = RUN | {name.replace("_", " "): value for name, value in changes.items()}
    return [cells.get(name, "--") for name in ENGLISH]


def export(*rows: list[str], header: tuple[str, ...] = ENGLISH, delimiter: str = ",") -> str:
    return lines([header, *rows], delimiter)


@pytest.fixture
def reader() -> GarminListReader:
    return GarminListReader()


@pytest.mark.parametrize("header", [ENGLISH, GERMAN])
def test_a_run_in_contract_units(
    tmp_path: Path, reader: GarminListReader, header: tuple[str, ...]
) -> None:
    path = put(tmp_path, "Activities.csv", export(row(), header=header))
    parsed = read(reader, path, context(tmp_path))
    run = parsed.records["sessions"].iloc[0]
    assert run[list(EXPECTED)].astype(float).to_dict() == pytest.approx(EXPECTED)
    assert run["start"] == pd.Timestamp("2024-05-06 16:00", tz="UTC")
    assert run["local_date"] == pd.Timestamp("2024-05-06")
    assert (run["dynamics_source"], run["sport"], run["record"]) == ("garmin", "run", 2)
    assert parsed.account.accepted == 1


def test_decimal_comma_is_settled_for_the_file(tmp_path: Path, reader: GarminListReader) -> None:
    comma = {
        name: RUN[name].replace(",", "").replace(".", ",")
        for name in ENGLISH
        # Accounts with a decimal comma write no thousands, or write them with a point.
        if name in RUN and name not in {"Date", "Calories", "Steps", "Total Ascent"}
    }
    rows = [
        row(**comma, Total_Ascent="1.200"),
        row(**comma | {"Distance": "1,381", "Date": "2024-05-07 18:00:00", "Moving_Time": "--"}),
    ]
    for delimiter in (",", ";"):
        text = export(*rows, delimiter=delimiter)
        parsed = read(reader, put(tmp_path, "Activities.csv", text), context(tmp_path))
        sessions = parsed.records["sessions"]
        run = sessions.iloc[0][list(EXPECTED)].astype(float).to_dict()
        assert run == pytest.approx(EXPECTED)
        # Alone it could be 1381: the rest of the file decides.
        assert sessions["distance_km"][1] == pytest.approx(1.381)


def test_both_decimal_marks_refuse_the_file(tmp_path: Path, reader: GarminListReader) -> None:
    path = put(tmp_path, "a.csv", export(row(), row(Distance="5,81")))
    with pytest.raises(FileRefused, match="decimal"):
        reader.read(path, context(tmp_path))


def test_a_mile_account(tmp_path: Path, reader: GarminListReader) -> None:
    mile = {"Distance": "6.25", "Avg_Pace": "8:38", "Total_Ascent": "394", "Total_Descent": "394"}
    swim = row(Activity_Type="Pool Swim", Date="2024-05-08 07:00:00", Distance="1,500")
    text = export(row(**mile), swim, row(**mile | {"Date": "2024-05-09 07:00:00"}))
    parsed = read(reader, put(tmp_path, "a.csv", text), context(tmp_path))
    sessions = parsed.records["sessions"]
    # 6.25 mi x 1.609344; a pool in such an account is in yards: 1500 x 0.9144 m.
    assert sessions["distance_km"].tolist() == pytest.approx([10.0584, 1.3716, 10.0584])
    # 394 ft x 0.3048.
    assert sessions["ascent_m"][0] == pytest.approx(120.0912)
    assert parsed.account.repairs == {"miles_to_km": 2, "yards_to_km": 1}


def test_swims_and_track_sessions_in_metres(tmp_path: Path, reader: GarminListReader) -> None:
    swim = row(Activity_Type="Pool Swim", Date="2024-05-08 07:00:00", Distance="1,500")
    track = row(Activity_Type="Track Running", Date="2024-05-09 07:00:00", Distance="8,400")
    parsed = read(reader, put(tmp_path, "a.csv", export(row(), swim, track)), context(tmp_path))
    sessions = parsed.records["sessions"]
    assert sessions["distance_km"].tolist() == pytest.approx([10.24, 1.5, 8.4])
    assert sessions["surface"].tolist()[2] == "track"
    assert parsed.account.repairs == {"metres_to_km": 2}


def test_dates_rewritten_by_a_spreadsheet(tmp_path: Path, reader: GarminListReader) -> None:
    # There is no month 26, so that the file writes the month first: 7/4 is the fourth of July.
    text = export(row(Date="7/4/2024 15:36"), row(Date="6/26/2024 6:04 AM"))
    parsed = read(reader, put(tmp_path, "a.csv", text), context(tmp_path))
    assert parsed.records["sessions"]["local_date"].tolist() == [
        pd.Timestamp("2024-07-04"),
        pd.Timestamp("2024-06-26"),
    ]
    assert parsed.account.repairs == {"date_in_local_form": 2}


def test_swapped_days_and_months_are_refused(tmp_path: Path, reader: GarminListReader) -> None:
    # The second row proves one order and the third the other: the first may be either.
    text = export(
        row(Date="7/4/2024 15:36"), row(Date="6/26/2024 6:04"), row(Date="26/6/2024 6:04")
    )
    parsed = read(reader, put(tmp_path, "a.csv", text), context(tmp_path))
    assert reasons(parsed) == {"2": "ambiguous_Date"}


@pytest.mark.parametrize("missing", ["--", "0", "0.0", "0.00", "", "NaN"])
def test_sensors_that_were_silent(tmp_path: Path, reader: GarminListReader, missing: str) -> None:
    silent = dict.fromkeys(
        (
            "Avg_HR", "Max_HR", "Avg_Run_Cadence", "Avg_Stride_Length", "Avg_Vertical_Ratio",
            "Avg_Vertical_Oscillation", "Avg_Ground_Contact_Time", "Avg_GCT_Balance", "Avg_Power",
        ),
        missing,
    )  # fmt: skip
    times = {"Moving_Time": "0:00", "Elapsed_Time": "0:00"}
    text = export(row(**silent, **times))
    parsed = read(reader, put(tmp_path, "a.csv", text), context(tmp_path))
    run = parsed.records["sessions"].iloc[0]
    gone = set(EXPECTED) - {"distance_km", "duration_min", "moving_min", "ascent_m", "descent_m"}
    assert run[sorted(gone)].isna().all()
    # Moving and elapsed time of 0:00 are silent as well, so that Time counts.
    assert run["duration_min"] == run["moving_min"] == pytest.approx(53 + 55 / 60)
    assert pd.isna(run["dynamics_source"])
    assert parsed.account.accepted == 1


def test_bad_rows_are_refused_one_by_one(tmp_path: Path, reader: GarminListReader) -> None:
    rows = [
        row(Date="1990-07-09 18:00:00"),
        row(Date="2090-05-06 18:00:00"),
        row(Date="2025-01-02 18:00:00"),
        # A public export has rows of 44 cells below 42 headings.
        [*row(), "7", "8"],
        ["x", *row()[:-1]],
        row(Time="--", Elapsed_Time="--", Moving_Time="--", Distance="--"),
        row(Distance="ten"),
        row(Activity_Type="Quidditch", Avg_HR="900"),
    ]
    parsed = read(reader, put(tmp_path, "a.csv", export(*rows)), context(tmp_path))
    assert reasons(parsed) == {
        "2": "impossible_Date",
        "3": "impossible_Date",
        "4": "future_Date",
        "5": "shifted_row",
        "6": "duration_without_unit",
        "7": "no_duration_no_distance",
        "8": "bad_Distance",
    }
    assert parsed.records["sessions"]["sport"].tolist() == ["other"]
    assert parsed.account.repairs == {
        "unknown_activity_type_is_other": 1,
        "bad_Avg HR_set_null": 1,
    }
    assert parsed.account.repaired == 1


def test_an_old_export_with_a_preamble(tmp_path: Path, reader: GarminListReader) -> None:
    old = row(Activity_Type="Laufen", Date="Fr, 25 Mai 2012 20:31")
    text = "Aktivitäten\n\nvon Läufer\n" + export(old, header=GERMAN)
    path = put(tmp_path, "a.csv", text.encode("latin-1"))
    run = read(reader, path, context(tmp_path)).records["sessions"].iloc[0]
    # 20:31 in Berlin's summer.
    assert run["start"] == pd.Timestamp("2012-05-25 18:31", tz="UTC")
    assert run["record"] == 5


def test_a_language_no_one_knows_is_read_by_place(tmp_path: Path, reader: GarminListReader) -> None:
    # Garmin leaves "Training Stress Score" untranslated in every language seen.
    header = tuple(name if name[:5] == "Train" else f"ξ{at}" for at, name in enumerate(ENGLISH))
    parsed = read(reader, put(tmp_path, "a.csv", export(row(), header=header)), context(tmp_path))
    run = parsed.records["sessions"].iloc[0]
    assert (run["distance_km"], run["hr_mean"], run["hr_max"]) == (10.24, 152, 171)
    assert run["duration_min"] == pytest.approx(53 + 55 / 60)
    assert run[["cadence_spm", "ground_contact_ms"]].isna().all()
    assert parsed.account.repairs == {"unknown_language_columns_by_place": 1}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(
    tmp_path: Path, reader: GarminListReader, encoding: str, end: str
) -> None:
    text = export(row(Title="Läufe\nabends"), header=GERMAN).replace("\n", end)
    path = put(tmp_path, "a.csv", text.encode(encoding))
    assert read(reader, path, context(tmp_path)).records["sessions"]["ground_contact_ms"][0] == 248


def test_every_known_header(shared_headers: dict[str, list[str]]) -> None:
    for name, header in shared_headers.items():
        assert is_garmin_list(tuple(header)), name
        assert is_known_language(tuple(header)), name
        assert {"Avg Run Cadence", "Avg Stride Length", "Avg HR", "Max HR"} <= set(
            positions(tuple(header))
        ), name


@pytest.fixture
def shared_headers() -> dict[str, list[str]]:
    import os  # only this fixture looks outside

    path = Path(os.environ.get("STRIDECAST_SHARED", "../shared")) / (
        "samples/csv/log_export_headers.json"
    )
    if not path.is_file():
        pytest.skip("no shared samples on this machine")
    headers: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8"))["garmin"]
    return headers


@pytest.mark.parametrize(
    "header",
    [
        "Type d'activité,Date,Favori,Titre,Distance,Calories,Durée,Fréquence cardiaque moyenne",
        "Tipo di attività,Data,Preferita,Titolo,Distanza,Calorie,Tempo,FC Media,FC max",
        "Activiteittype,Datum,Favoriet,Titel,Afstand,Calorieën,Tijd,Gem. HS,Max. HS",
        "活动类型,日期,标题,距离,热量消耗,时间",
        "アクティビティタイプ,日付,お気に入り,タイトル,距離,カロリー,タイム",
    ],
)
def test_short_headers_of_other_languages(header: str) -> None:
    assert is_garmin_list(tuple(header.split(",")))


@pytest.mark.parametrize("header", ["Laps,Time,Distance", "athlete,date,sport", "Date,Time"])
def test_headers_that_are_not_garmins(header: str) -> None:
    assert not is_garmin_list(tuple(header.split(",")))
