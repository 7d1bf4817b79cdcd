"""Every trap in a club's files, one line each: what goes in, what comes out, what is said."""

import pytest

from tests.ingest.club_files import SETTINGS, table_csv, write
from tests.ingest.read_club import look

PAIN = "athlete,date,region,side,pain_0_10,when"
BODY = "athlete,date,mass_kg"
INJURIES = "athlete,onset_date,return_date,region,side,diagnosis,mode,severity"


@pytest.fixture
def club(tmp_path):
    write(tmp_path / "dataset.yaml", SETTINGS)
    write(
        tmp_path / "roster.csv",
        "athlete,team,sex,birth_year,height_cm,level,running_since,joined,left\n"
        "r1,north,female,1990,170,recreational,2015,,\n"
        "r2,north,male,1985,181,novice,,2024-02-01,2024-10-31\n",
    )
    return tmp_path


def read_one(club, name, header, row):
    table_csv(club / f"{name}.csv", header, [row])
    result = look(club)
    return result, result.files[f"{name}.csv"]


@pytest.mark.parametrize(
    ("name", "header", "row", "reason", "words"),
    [
        ("pain", PAIN, "r1,2024-05-06,knee,left,14,after", "bad_pain_0_10", "'14'; expected a num"),
        ("pain", PAIN, "r1,2024-05-06,knee,left,,after", "missing_pain_0_10", "is empty"),
        ("pain", PAIN, "r1,2024-05-06,,left,3,after", "missing_region", "is empty"),
        (
            "pain",
            PAIN,
            "r9,2024-05-06,knee,left,3,after",
            "unknown_athlete",
            "whom the name means is not decided",
        ),
        ("pain", PAIN, ",2024-05-06,knee,left,3,after", "missing_athlete", "is empty"),
        ("pain", PAIN, "r1,2024-12-31,knee,left,3,after", "future_date", "data end on 2024-12-29"),
        ("pain", PAIN, "r1,1999-12-31,knee,left,3,after", "impossible_date", "between 2000 and"),
        # A mistyped century is another fault than a date a few days too late.
        ("pain", PAIN, "r1,2090-01-01,knee,left,3,after", "impossible_date", "between 2000 and"),
        ("pain", PAIN, "r1,9999-12-31,knee,left,3,after", "impossible_date", "between 2000 and"),
        ("pain", PAIN, "r1,last week,knee,left,3,after", "unreadable_date", "such as 2025-11-13"),
        ("pain", PAIN, "r1,2024-02-30,knee,left,3,after", "unreadable_date", "such as 2025-11-13"),
        ("pain", PAIN, "r1,2024-05-06,knee,left,3", "shifted_row", "5 fields, the header has 6"),
        ("pain", PAIN, "r1,2024-05-06,knee,left,3,after,1", "shifted_row", "7 fields"),
        ("body", BODY, "r1,2024-05-06,", "nothing_answered", "none of mass_kg"),
        # 61.5 kg with its point lost.
        ("body", BODY, "r1,2024-05-06,615", "nothing_answered", "none of mass_kg"),
        ("injuries", INJURIES, "r1,,2024-05-06,knee,,,,", "missing_onset_date", "is empty"),
    ],
)
def test_a_wrong_needed_value_rejects_the_row_with_its_number(
    club, name, header, row, reason, words
):
    result, found = read_one(club, name, header, row)
    assert found["rejects"] == {reason: 1}
    assert (found["read"], found["accepted"], found["repaired"]) == (1, 0, 0)
    reject = result.rejects.iloc[0]
    assert (reject["source"], reject["record"], reject["reason"]) == (f"{name}.csv", "2", reason)
    assert reject["sentence"].startswith("row 2: ")
    assert words in reject["sentence"]
    assert len(result.records[name]) == 0


@pytest.mark.parametrize(
    ("name", "header", "row", "repair", "column"),
    [
        ("pain", PAIN, "r1,2024-05-06,knee,port,3,after", "bad_side_set_null", "side"),
        (
            "injuries",
            INJURIES,
            "r1,2024-05-06,2024-05-01,knee,,,,",
            "return_date_before_onset_date_set_null",
            "return_date",
        ),
        (
            "injuries",
            INJURIES,
            "r1,2024-05-06,2025-05-01,knee,,,,",
            "future_return_date_set_null",
            "return_date",
        ),
        (
            "exercise",
            "athlete,date,exercise,sets",
            "r1,2024-05-06,squat,999",
            "bad_sets_set_null",
            "sets",
        ),
        (
            "exercise",
            "athlete,date,exercise,sets",
            "r1,2024-05-06,squat,many",
            "bad_sets_set_null",
            "sets",
        ),
    ],
)
def test_a_wrong_optional_value_becomes_null_as_a_named_repair(
    club, name, header, row, repair, column
):
    result, found = read_one(club, name, header, row)
    assert found["repairs"] == {repair: 1}
    assert (found["accepted"], found["repaired"], found["rejected"]) == (0, 1, 0)
    assert result.records[name][column].isna().all()


def test_dates_are_read_up_to_a_day_after_the_end(club):
    # The data end on 29 December; a day of grace, because clocks differ.
    _, found = read_one(club, "pain", PAIN, "r1,2024-12-30,knee,left,3,after")
    assert found["accepted"] == 1


def test_a_pain_answer_without_its_moment_is_unspecified(club):
    result, found = read_one(club, "pain", PAIN, "r1,2024-05-06,Knee, LEFT ,3,")
    assert found["accepted"] == 1
    assert result.records["pain"].loc[0, ["region", "side", "when"]].tolist() == [
        "knee",
        "left",
        "unspecified",
    ]


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        ("﻿athlete,date,mass_kg\nr1,2024-05-06,61\n", 1),
        ("athlete;date;mass_kg\nr1;2024-05-06;61\n", 1),
        ("athlete\tdate\tmass_kg\nr1\t2024-05-06\t61\n", 1),
        ("Athlete,Date,Mass_kg\r\nr1,2024-05-06,61\r\n", 1),
        ("athlete,date,mass_kg\n\nr1,2024-05-06,61\n\n\n", 1),
        # Rows that were emptied in a spreadsheet stay as commas.
        ("athlete,date,mass_kg\n,,\nr1,2024-05-06,61", 1),
        ("mass_kg,athlete,date,note\n61,r1,2024-05-06,hi\n", 1),
        ("athlete,date,flexibility_cm\nr1,2024-05-06,4\n", 1),
        ("athlete,date,mass_kg\n", 0),
        ("athlete,date,mass_kg", 0),
    ],
)
def test_what_spreadsheets_do_to_a_csv_is_borne(club, text, accepted):
    write(club / "body.csv", text)
    found = look(club).files["body.csv"]
    assert (found["kind"], found["accepted"], found["rejected"]) == ("club_body", accepted, 0)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_encoding_and_line_end_of_a_spreadsheet_is_read(club, encoding, end):
    rows = [
        "athlete;first_use;shoe_id",
        "r1;2024-05-01;Größe 42",
        # A row cut short: its place must be right whatever the line ends are.
        "r1;2024-05-02",
        "r2;2024-05-03;x",
    ]
    (club / "shoes.csv").write_bytes(f"{end.join(rows)}{end}".encode(encoding))
    found = look(club)
    assert (found.files["shoes.csv"]["kind"], found.files["shoes.csv"]["accepted"]) == (
        "club_shoes",
        2,
    )
    assert "Größe 42" in set(found.records["shoes"]["shoe_id"])
    assert found.rejects[["record", "reason"]].to_numpy().tolist() == [["3", "shifted_row"]]


def test_an_open_quote_says_how_many_lines_it_swallows(club):
    row = "r1,2024-05-0{},60"
    lines = [BODY, row.format(6), '"' + row.format(7), row.format(8), row.format(9)]
    write(club / "body.csv", "\n".join(lines))
    result = look(club)
    assert result.files["body.csv"]["accepted"] == 1
    (sentence,) = result.rejects["sentence"]
    # Without the number nobody would look for the two rows that seem to be missing.
    assert "swallows the 2 lines after it" in sentence


def test_lines_of_several_code_pages_are_read(club):
    lines = [
        b"athlete,first_use,shoe_id",
        "r1,2024-05-01,Ü".encode(),
        # Two computers wrote into one file.
        "r2,2024-05-03,ß".encode("cp1252"),
    ]
    (club / "shoes.csv").write_bytes(b"\n".join(lines))
    assert set(look(club).records["shoes"]["shoe_id"]) == {"Ü", "ß"}


@pytest.mark.parametrize(
    ("name", "content", "kind", "reason", "words"),
    [
        (
            "shoes.csv",
            b"shoe_id,first_use,retired\n",
            "sheet",
            "unknown_format",
            "begins with shoe",
        ),
        ("notes.csv", b"a,b\n1,2\n", "sheet", "unknown_format", "no reader knows"),
        ("old.fit", b"\x00\x01\x02\x03", "unknown", "unknown_format", "no reader knows"),
        ("none.csv", b"", "unknown", "empty_file", "the file is empty"),
        (
            "pain.csv",
            b"athlete,date,date,region,side,pain_0_10,when\n",
            "club_pain",
            "column_tw",
            "",
        ),
        (
            "pain.csv",
            PAIN.encode() + b'\nr1,2024-05-06,knee,left,3,"after\n' + b"r1\n" * 10**6,
            "club_pain",
            "unreadable_csv",
            "a quote may be open",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_rejected_as_one(club, name, content, kind, reason, words):
    (club / name).write_bytes(content)
    result = look(club)
    found = result.files[name]
    assert (found["kind"], found["read"], found["rejected"]) == (kind, 1, 1)
    assert next(iter(found["rejects"])).startswith(reason)
    reject = result.rejects.iloc[0]
    assert reject["sentence"].startswith(f"{name}: ")
    assert words in reject["sentence"]
    assert result.rejects["record"].isna().all()


@pytest.mark.parametrize(
    "name", [".DS_Store", "README.txt", "Thumbs.db", "notes.md", "__MACOSX/._body.csv", "x.csv.dvc"]
)
def test_what_is_no_data_is_listed_as_ignored(club, name):
    write(club / name, "whatever")
    found = look(club).files[name]
    assert (found["kind"], found["read"]) == ("ignored", 0)
    assert found["ignored"]


def test_row_numbers_are_line_numbers_even_after_quoted_line_breaks(club):
    write(
        club / "exercise.csv",
        'athlete,date,exercise,sets\nr1,2024-05-06,"bridge\nslow",3\n\nr9,2024-05-06,squat,3\n'
        'r1,2024-05-06\nr1,never,"a\nb",1\n',
    )
    rejects = look(club).rejects.set_index("reason")["record"]
    assert rejects.to_dict() == {
        "unknown_athlete": "5",
        "shifted_row": "6",
        "unreadable_date": "7",
    }


def test_an_answer_without_a_declared_scale_is_not_guessed_at(club):
    table_csv(
        club / "wellness.csv",
        "athlete,date,sleep_h,mood,sleep_quality",
        ["r1,2024-05-06,7,4,1", "r1,2024-05-07,7,,3", "r1,2024-05-08,,4,", "r1,2024-05-09,7,,9"],
    )
    result = look(club)
    found = result.files["wellness.csv"]
    assert found["repairs"] == {"mood_without_scale_set_null": 1, "bad_sleep_quality_set_null": 1}
    assert found["rejects"] == {"scale_undeclared": 1}
    assert "no scale is declared for mood;" in result.rejects["sentence"].iloc[0]
    wellness = result.records["wellness"]
    assert wellness["mood"].isna().all()
    # On the declared scale of 1 to 5: 1 is the worst, 3 the middle.
    assert wellness["sleep_quality"].tolist()[:2] == [0.0, 0.5]


@pytest.mark.parametrize(
    ("written", "kept", "repairs"),
    [
        # 48 x 0.45359.
        ("48,lb", (21.772, "kg"), {"unit_converted": 1}),
        ("48,LBF", (21.772, "kg"), {"unit_converted": 1}),
        ("22,kgf", (22.0, "kg"), {"unit_converted": 1}),
        ("212,n", (212.0, "N"), {}),
        ("88.5,Nm", (88.5, "Nm"), {}),
        ("1.5,min", (90.0, "s"), {"unit_converted": 1}),
    ],
)
def test_units_of_hand_held_devices(club, written, kept, repairs):
    table_csv(
        club / "strength.csv",
        "athlete,date,test,side,metric,value,unit,reps,device",
        [
            f"r1,2024-05-02,hip_abduction,left,peak_force,{written},3,handheld",
            "r1,2024-05-02,calf_raise,left,repetitions,31,reps,,",
            "r1,2024-05-02,single_leg_squat,left,repetitions,x,lb,,",
        ],
    )
    result = look(club)
    first = result.records["strength"].iloc[0]
    assert (first["value"], first["unit"]) == (pytest.approx(kept[0], abs=1e-3), kept[1])
    assert result.files["strength.csv"]["repairs"] == repairs
    assert "value is 'x'" in result.rejects["sentence"].iloc[0]


def test_scales_turn_round_so_that_one_is_best(club):
    table_csv(club / "wellness.csv", "athlete,date,fatigue", ["r1,2024-05-06,5", "r1,2024-05-07,2"])
    # Fatigue is declared with 5 as the worst: (5 - 2) / 4.
    assert look(club).records["wellness"]["fatigue"].tolist() == [0.0, 0.75]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        # The first line holds: which of two is right nobody can tell.
        ("r1,,,,,,,,", "duplicate_athlete"),
        (",,,,,,,,", None),
        (",north,,,,,,,", "missing_athlete"),
        ("r3,,,,,,,2024-06-01,2024-05-01", "left_before_joined"),
        ("r3,,,,,,,2025-06-01,", "never_observed"),
    ],
)
def test_roster_rows_that_make_no_sense(club, row, reason):
    path = club / "roster.csv"
    path.write_text(path.read_text() + row + "\n")
    result = look(club)
    assert result.files["roster.csv"]["rejects"] == ({reason: 1} if reason else {})
    assert result.records["athletes"]["athlete"].tolist() == ["r1", "r2"]


def test_observation_is_administrative(club):
    path = club / "roster.csv"
    path.write_text(path.read_text() + "r3,south,,,,,,2023-05-01,2026-01-01\n")
    athletes = look(club).records["athletes"].set_index("team")
    assert str(athletes.loc["south", "observed_from"].date()) == "2023-05-01"
    # Observation ends with the data, whatever the roster promises.
    assert str(athletes.loc["south", "observed_to"].date()) == "2024-12-29"
    spans = athletes.loc["north", ["observed_from", "observed_to"]].astype("str").to_numpy()
    assert sorted(map(tuple, spans)) == [
        ("2024-01-01", "2024-12-29"),
        ("2024-02-01", "2024-10-31"),
    ]
