"""Encodings, numbers, dates and names of activities, as accounts of all languages write them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from common.text.decoding import decode
from ingest.readers.activity.sport_names import activity
from ingest.readers.registry import FileRefused
from ingest.readers.text.dates import read_clocks
from ingest.readers.text.numerals import decimal_mark, minutes, plain
from ingest.readers.text.tabular import read_grid
from ingest.records.examination import Sheet


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "latin-1", "cp1252"]
)
def test_every_encoding_gives_the_same_text(encoding: str) -> None:
    assert decode("Zeit;Höhe über NN\n5,8;3\n".encode(encoding)) == "Zeit;Höhe über NN\n5,8;3\n"


def test_lines_of_several_code_pages_in_one_file() -> None:
    mixed = "Läufe;8\n".encode() + "Höhe;9\n".encode("latin-1") + "Übung;1".encode()
    assert decode(mixed) == "Läufe;8\nHöhe;9\nÜbung;1"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_gives_the_same_rows(end: str) -> None:
    grid = read_grid(end.join(["a,b", "1,2", "", "3,4,", "5"]).encode(), lambda row: row[0] == "a")
    assert grid.rows == (("1", "2"), ("3", "4"))
    assert grid.lines == (2, 4)
    assert [(line, reason) for line, reason, _ in grid.shifted] == [("5", "shifted_row")]


@pytest.mark.parametrize(
    "rows",
    [
        'Run,1\n"Long, slow",2\n', 'Run,"a ""b"" c"\nRun, 2 ', "Run,\xa01\nWalk\x1c,2\r\n",
        "\ufeffRun,1\nRun,2\n", "Run,1\n\nRun,2\n", "Run,1\n# note,2\nRun,3", ",\nRun,1\n,2\n",
        'Run,"two\nlines"\nRun,2\n', "Run,1,\nRun,2,,\nRun,3,4\nRun\n", 'Run,"open\nRun,1\n',
        'Run,a"b\nRun,"a"b\n', "Run,1\0\nRun,2\n", "",
    ],
)  # fmt: skip
def test_rows_split_in_native_code_are_those_split_one_by_one(
    rows: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = f"Type,V\n{rows}".encode()
    grids = [read_grid(content, lambda row: row == ("Type", "V"))]
    monkeypatch.setattr("ingest.readers.text.tabular.even_rows", lambda *_: None)
    grids.append(read_grid(content, lambda row: row == ("Type", "V")))
    assert [(grid.lines, grid.rows, grid.shifted) for grid in grids[:1]] == [
        (grid.lines, grid.rows, grid.shifted) for grid in grids[1:]
    ]


def test_a_quoted_line_break_keeps_line_numbers() -> None:
    grid = read_grid(b'x\nT,V\n"two\nlines",1\nz,2\n', lambda row: row == ("T", "V"))
    assert grid.lines == (3, 5)


def test_a_file_without_header_is_refused() -> None:
    with pytest.raises(FileRefused, match="no header"):
        read_grid(b"1,2\n3,4\n", lambda row: row == ("T", "V"))
    with pytest.raises(FileRefused, match="empty"):
        read_grid(b"\xef\xbb\xbf \n", lambda row: row == ("T", "V"))


@pytest.mark.parametrize(
    ("cells", "mark", "values"),
    [
        (["5.81", "1,381"], ".", ["5.81", "1381"]),
        (["5,81", "1,381"], ",", ["5.81", "1.381"]),
        (["1.234,5", "2.500"], ",", ["1234.5", "2500"]),
        (["1,234.5", "2.500"], ".", ["1234.5", "2.500"]),
        (["1\u202f234,5"], ",", ["1234.5"]),
        (["'-9", "1'234.5"], ".", ["-9", "1234.5"]),
        (["12"], ".", ["12"]),
        (["abc", "0,5"], ",", ["abc", "0.5"]),
    ],
)
def test_the_file_settles_the_decimal_mark(cells: list[str], mark: str, values: list[str]) -> None:
    assert decimal_mark(pd.Series(cells)) == mark
    assert plain(pd.Series(cells), mark).tolist() == values


def test_a_file_with_both_marks_is_refused() -> None:
    with pytest.raises(FileRefused, match="decimal"):
        decimal_mark(pd.Series(["5,81", "6.02"]))


@pytest.mark.parametrize(("many", "odd", "mark"), [("5.0{}", "2,81", "."), ("5,0{}", "2.81", ",")])
def test_an_odd_cell_is_a_slip_of_its_row(many: str, odd: str, mark: str) -> None:
    assert (
        decimal_mark(pd.Series([*(many.format(n) for n in range(1, 10)), "5", many.format(9), odd]))
        == mark
    )


@given(st.floats(0.01, 99_999), st.sampled_from(["{:,.2f}", "{:.2f}"]))
def test_a_number_survives_both_styles(value: float, style: str) -> None:
    point = style.format(value)
    comma = point.translate(str.maketrans(",.", ".,"))
    assert float(plain(pd.Series([point]), ".")[0]) == pytest.approx(value, abs=0.00501)
    assert plain(pd.Series([comma]), ",")[0] == plain(pd.Series([point]), ".")[0]


def test_durations() -> None:
    text = pd.Series(["00:53:55", "00:04:53.4", "02:51.43", "00:04:53,4", "1:02:03", "5", None])
    expected = [53 + 55 / 60, 4 + 53.4 / 60, 2 + 51.43 / 60, 4 + 53.4 / 60, 62.05]
    assert minutes(text)[:5] == pytest.approx(expected)
    assert pd.isna(minutes(text)[5:]).all()


@pytest.mark.parametrize(
    "text",
    [
        "2020-10-07 14:43:11",
        "Oct 7, 2020, 2:43:11 PM",
        "Oct 7, 2020, 2:43:11\u202fPM",
        "7 Oct 2020, 14:43:11",
        "07.10.2020, 14:43:11",
        "7 oct. 2020 à 14:43:11",
        "mer. 7 oct. 2020, 14:43:11",
        "7 de out. de 2020, 14:43:11",
        "7 ott 2020, 14:43:11",
        "7 okt. 2020 14:43:11",
        "7. okt. 2020 14.43.11",
        "7 paź 2020, 14:43:11",
        "7 окт. 2020 г., 14:43:11",  # noqa: RUF001 - Russian
        "2020/10/07 14:43:11",
        "2020年10月7日 14:43:11",
        "2020年10月7日 下午2:43:11",
    ],
)
def test_a_date_in_any_language(text: str) -> None:
    assert read_clocks(pd.Series([text])).times[0] == pd.Timestamp("2020-10-07 14:43:11")


@pytest.mark.parametrize(
    ("word", "month"),
    [
        ("März", 3), ("mars", 3), ("mai", 5), ("maj", 5), ("juin", 6), ("juil.", 7), ("août", 8),
        ("ago", 8), ("dez.", 12), ("déc.", 12), ("ene", 1), ("gen", 1), ("fév.", 2), ("lut", 2),
        ("мая", 5), ("июл.", 7), ("szept.", 9), ("elok.", 8), ("marrask.", 11), ("tammik.", 1),
    ],
)  # fmt: skip
def test_month_names(word: str, month: int) -> None:
    assert read_clocks(pd.Series([f"25 {word} 2012 20:31"])).times[0].month == month


@pytest.mark.parametrize(
    ("cells", "first"),
    [
        (["7/4/2020 15:36", "6/26/2020 6:04"], "2020-07-04"),
        (["7/4/2020 15:36", "26/6/2020 6:04"], "2020-04-07"),
        (["3/5/2020 7:00", "9/4/2020 7:00", "1/4/2020 7:00"], "2020-05-03"),
        (["5/3/2020 7:00", "4/9/2020 7:00", "4/1/2020 7:00"], "2020-05-03"),
        (["5/5/2020 7:00"], "2020-05-05"),
    ],
)
def test_day_and_month_are_settled_by_the_file(cells: list[str], first: str) -> None:
    found = read_clocks(pd.Series(cells), by_program=True)
    assert found.times[0].normalize() == pd.Timestamp(first)
    assert not found.ambiguous.any()


@pytest.mark.parametrize("cells", [["7/4/2020 3:36 PM"], ["3/5/2020 7:00", "9/4/2020 7:00"]])
def test_afternoons_and_the_order_of_a_hand_kept_list_tell_nothing(cells: list[str]) -> None:
    assert read_clocks(pd.Series(cells)).ambiguous.all()
    assert read_clocks(pd.Series(cells), stated_day_first=True).times.notna().all()


def test_contradicting_dates_are_ambiguous_where_they_can_be_swapped() -> None:
    found = read_clocks(pd.Series(["7/4/2020 1:00", "6/26/2020 1:00", "26/6/2020 1:00"]))
    assert found.ambiguous.tolist() == [True, False, False]
    assert found.times[1:].dt.strftime("%m-%d").tolist() == ["06-26", "06-26"]


def test_what_is_no_date_is_nat() -> None:
    found = read_clocks(
        pd.Series(
            ["Laufen", "31.02.2020, 10:00", "25:00", None, "2020-10-07", f"1.2.{2**70}, 10:00"]
        )
    )
    assert found.times.isna().all()
    assert not found.ambiguous.any()


@pytest.mark.parametrize(
    ("name", "sport", "surface"),
    [
        ("Run", "run", None),
        ("Trail Running", "run", "trail"),
        ("Virtual Run", "run", "treadmill"),
        ("treadmill_running", "run", "treadmill"),
        ("Track Running", "run", "track"),
        ("Street Running", "run", "road"),
        ("Virtual Ride", "ride", None),
        ("Lauf", "run", None),
        ("Laufbandtraining", "run", "treadmill"),
        ("Bahnlauf", "run", "track"),
        ("Skilanglauf", "other", None),
        ("Radfahren", "ride", None),
        ("Krafttraining", "strength", None),
        ("Wandern", "hike", None),
        ("Gehen", "walk", None),
        ("Course à pied", "run", None),
        ("Randonnée", "hike", None),
        ("Vélo", "ride", None),
        ("Musculation", "strength", None),
        ("Løb", "run", None),
        ("Løbebånd", "run", "treadmill"),
        ("Carrera", "run", None),
        ("Carrera en cinta", "run", "treadmill"),
        ("Natación", "swim", None),
        ("Corrida", "run", None),
        ("Bieganie na bieżni", "run", "treadmill"),
        ("Kolarstwo", "ride", None),
        ("Hardlopen", "run", None),
        ("Corsa", "run", None),
        ("跑步", "run", None),
        ("室内骑行", "ride", None),
        ("トレッドミル", "run", "treadmill"),
        ("Ski Touring", "other", None),
    ],
)
def test_activity_names(name: str, sport: str, surface: str | None) -> None:
    assert activity(name) == (sport, surface, True)


@pytest.mark.parametrize(
    ("name", "sport"),
    [
        # A part of a word is no other sport.
        ("Distanzlauf", "run"), ("Lauf Langdistanz", "run"), ("Run on hard surface", "run"),
        ("Teenager run", "run"), ("Lauf bei 10 Grad", "run"), ("Kowalski Lauf", "run"),
        ("Pride run", "run"), ("Development run", "run"), ("Corsa velocità", "run"),
        ("Carrera de velocidad", "run"), ("Lauf in Konstanz", "run"), ("Sanremo corsa", "run"),
        ("Bieg górski", "run"), ("3 runs in a row", "run"), ("Laufen gehen", "run"),
        ("Run along the bike path", "run"), ("Looptraining langs fietspad", "run"),
        ("Corrida ordenado", "run"), ("Run, lightweight shoes", "run"),
        ("Lauf an der Promenade", "run"), ("Transition phase: easy run", "run"),
        ("Skip drills, run", "run"), ("Correr hasta la esquina", "run"),
        ("Strides", "other"), ("Rodaje terminado", "other"), ("Behandlung Physio", "other"),
        ("Microciclo 3", "other"), ("Mesocykel 2", "other"), ("Galopp", "other"),
        ("Kreislauf", "other"), ("Trainingsverlauf", "other"), ("Brad Walker", "other"),
        # Compounds are the sport they end with.
        ("Trailrunning", "run"), ("Waldlauf", "run"), ("Bosloop", "run"), ("Morgenløb", "run"),
        ("Skogsløp", "run"), ("Løping", "run"), ("Skogslöpning", "run"), ("Jogging", "run"),
        ("Mountainbiketour", "ride"), ("Radtraining", "ride"), ("Rennrad", "ride"),
        ("Motionscykel", "ride"), ("MTB", "ride"), ("Racefiets", "ride"),
        ("Bergwandern", "hike"), ("Kvällspromenad", "walk"), ("Nordicwalking", "walk"),
        ("Motionssimning", "swim"), ("Livredningssvømning", "swim"), ("Volkstanz", "other"),
        ("Abendlauf", "run"), ("Ausdauerlauf", "run"), ("Benefizlauf", "run"),
        ("Aftenløb", "run"), ("Intervalloop", "run"), ("Lidingöloppet", "run"),
        ("Stadslopp", "run"), ("Arbeitsablauf", "other"), ("Udviklingsforløb", "other"),
        ("Tijdsverloop", "other"), ("Utvecklingslopp", "other"), ("Simlopp", "other"),
        # Names of programs are written in one.
        ("VirtualRun", "run"), ("AlpineSki", "other"), ("CrossCountrySkiing", "other"),
        ("EBikeRide", "ride"), ("mountain_biking", "ride"),
    ],
)  # fmt: skip
def test_whole_words_and_compounds_name_a_sport(name: str, sport: str) -> None:
    assert activity(name).sport == sport


@pytest.mark.parametrize(
    "name",
    ["Volkstanz", "Rollski", "Windsurfen", "Indoorrowing", "Rudern", "Rollskilauf", "Rullskidor",
     "Eiskunstlauf", "Eisschnelllauf", "Skeelerloop"],
)  # fmt: skip
def test_compounds_of_other_sports_are_known(name: str) -> None:
    assert activity(name) == ("other", None, True)


@pytest.mark.parametrize("odd", ["3.5", "three"])
def test_numbers_of_several_columns_are_those_of_each(odd: str) -> None:
    pieces = [{"a": [odd, "1"], "b": [" 2", "--"]}, {"a": ["2", None], "b": ["1e3", "nan"]}]
    # A large file comes to its frame in pieces.
    cells = pd.concat([pd.DataFrame(piece, dtype="str") for piece in pieces], ignore_index=True)
    sheet = Sheet("file", "kind", cells)
    first = float("nan") if odd == "three" else 3.5
    expected = [[first, 1, 2, float("nan")], [2, float("nan"), 1000, float("nan")]]
    assert np.array_equal(sheet.numbers(["a", "b"]), expected, equal_nan=True)
