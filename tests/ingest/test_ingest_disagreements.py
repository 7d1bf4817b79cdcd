"""Two sheets that tell the same runs, weeks or injuries differently are told, and count once."""

import datetime as dt

import pandas as pd
import pytest

from ingest.injuries.two_lists import one_of_two_lists
from ingest.setup.examine import examine

TODAY = dt.date(2026, 9, 28)
DAYS = [dt.date(2026, 9, day) for day in (1, 4, 8, 11, 15, 18, 22, 25)]


def _folder(tmp_path, **sheets):
    for name, text in sheets.items():
        (
            tmp_path / name.replace("__", " ").replace("_csv", ".csv").replace("_txt", ".txt")
        ).write_text(text, encoding="utf-8")
    return examine(tmp_path, today=TODAY).result


def _sessions(factor=1.0, heading="Date,Name,Distance (km),Duration (min)"):
    rows = [f"{day},{name},{10 * (factor if name == 'Bo Ek' else 1):g},55"
            for day in DAYS for name in ("Ann Lee", "Bo Ek")]  # fmt: skip
    return "\n".join([heading, *rows]) + "\n"


def _told(result):
    return [entry.local for entry in result.not_read if entry.id.startswith("differ-")]


def test_runs_that_two_coaches_write_down_differently_are_told(tmp_path):
    result = _folder(tmp_path, A_csv=_sessions(), B_csv=_sessions(1.3, "Datum,Name,km,min"))
    (told,) = _told(result)
    assert told == (
        "A.csv and B.csv do not agree on 8 runs of Bo Ek, last on 25 Sep 2026: 10.0 km, which "
        "counts, or 13.0 km"
    )
    assert len(result.tables["sessions"]) == 2 * len(DAYS)


def test_runs_that_differ_by_rounding_are_not_told(tmp_path):
    result = _folder(tmp_path, A_csv=_sessions(), B_csv=_sessions(1.08))
    assert _told(result) == []


def test_no_name_stands_where_names_must_not(tmp_path):
    result = _folder(tmp_path, A_csv=_sessions(), B_csv=_sessions(1.3))
    (entry,) = [entry for entry in result.not_read if entry.id.startswith("differ-")]
    assert "Bo" not in entry.sentence
    assert entry.athletes == ()


def test_weeks_far_from_the_runs_on_record_are_told(tmp_path):
    weeks = "Week of,Ann Lee,Bo Ek\n2026-09-07,45,21\n2026-09-14,46,20\n2026-09-21,20,20\n"
    result = _folder(tmp_path, Runs_csv=_sessions(), Weekly__km_csv=weeks)
    (told,) = _told(result)
    assert told.startswith("Weekly km.csv: in 2 weeks of Ann Lee the kilometres differ")
    assert "46 km in the file, 20 km of runs" in told


REGISTER = "Name,Date,Injury,Return\n"


@pytest.mark.parametrize(
    ("one", "other", "injuries", "told"),
    [
        ("left calf,2026-09-20", "left calf,2026-09-20", 1, ""),
        ("left calf,2026-09-20", "calf,", 1, ""),
        ("left calf,2026-09-20", "left calf,2026-09-27", 1, "do not agree"),
        (
            "left calf,2026-09-20",
            "right calf,2026-09-20",
            2,
            "is on the left in one and on the right in the other",
        ),
        ("left calf,2026-09-20", "knee,2026-09-27", 2, ""),
    ],
)
def test_one_injury_of_two_lists(tmp_path, one, other, injuries, told):
    first = f"{REGISTER}Ann Lee,2026-09-07,{one}\n"
    second = f"{REGISTER}Ann Lee,2026-09-08,{other}\n"
    result = _folder(tmp_path, Runs_csv=_sessions(), A_csv=first, B_csv=second)
    assert len(result.tables["injuries"]) == injuries
    sentences = _told(result)
    assert bool(sentences) is bool(told)
    assert all(told in sentence for sentence in sentences)


def _entry(onset, back, source, side="left", region="knee"):
    days = (pd.Timestamp(onset), pd.Timestamp(back) if back else pd.NaT)
    return ("Ann", *days, region, side, "injury", source)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # The first beginning and the last return; an unknown return is none.
        ([("2026-01-05", "2026-01-20", "a"), ("2026-01-07", "2026-01-27", "b")],
         [("2026-01-05", "2026-01-27")]),
        ([("2026-01-05", None, "a"), ("2026-01-12", "2026-01-27", "b")],
         [("2026-01-05", "2026-01-27")]),
        # Later than the return, or long after an open one, it is another injury.
        ([("2026-01-05", "2026-01-20", "a"), ("2026-01-21", None, "b")],
         [("2026-01-05", "2026-01-20"), ("2026-01-21", None)]),
        ([("2026-01-05", None, "a"), ("2026-01-20", None, "b")],
         [("2026-01-05", None), ("2026-01-20", None)]),
        # Open weeks after it began, somebody is injured, whatever another list says.
        ([("2026-01-05", "2026-06-30", "a"), ("2026-05-01", None, "b")],
         [("2026-01-05", None)]),
        # One list that tells two keeps them, also beside another.
        ([("2026-01-05", "2026-01-20", "a"), ("2026-01-07", "2026-01-27", "b"),
          ("2026-01-12", None, "b")],
         [("2026-01-05", "2026-01-27"), ("2026-01-12", None)]),
        ([("2026-01-05", "2026-01-20", "a"), ("2026-01-07", "2026-01-27", "a")],
         [("2026-01-05", "2026-01-20"), ("2026-01-07", "2026-01-27")]),
    ],
)  # fmt: skip
def test_which_entries_are_one(rows, expected):
    columns = ["athlete", "onset_date", "return_date", "region", "side", "class", "source"]
    table = pd.DataFrame([_entry(*row) for row in rows], columns=columns)
    both = one_of_two_lists(table)
    days = [
        (
            str(row.onset_date.date()),
            None if pd.isna(row.return_date) else str(row.return_date.date()),
        )
        for row in both.itertuples()
    ]
    assert days == expected


def test_the_side_that_a_second_list_tells_keeps_the_other_side_apart():
    """An open injury of the right knee was swallowed by one whose side nobody had written."""
    rows = [
        _entry("2026-01-01", "2026-01-20", "a", side="unknown"),
        _entry("2026-01-02", "2026-01-25", "b", side="left"),
        _entry("2026-01-03", None, "c", side="right"),
    ]
    columns = ["athlete", "onset_date", "return_date", "region", "side", "class", "source"]
    both = one_of_two_lists(pd.DataFrame(rows, columns=columns))
    assert both["side"].tolist() == ["left", "right"]
    assert both["return_date"].isna().tolist() == [False, True]


OPEN = f"{REGISTER}Ann Lee,2026-09-07,left knee,\n"
FORM = "Timestamp,Name,Sleep (hours),Any injuries?\n2026-09-20 20:00:00,Ann Lee,7,{answer}\n"


@pytest.mark.parametrize(
    ("answer", "back"),
    [("knee fine again", "2026-09-20"), ("right knee fine again", None), ("calf fine", None),
     ("all good", None), ("left knee still sore", None)],
)  # fmt: skip
def test_an_answer_ends_the_open_injury_of_its_place_and_says_so(tmp_path, answer, back):
    form = FORM.format(answer=answer)
    result = _folder(tmp_path, Runs_csv=_sessions(), A_csv=OPEN, Form_csv=form)
    (injury,) = result.tables["injuries"].itertuples()
    assert (None if pd.isna(injury.return_date) else str(injury.return_date.date())) == back
    sentences = [one for one in _told(result) if "as not over" in one]
    assert bool(sentences) is bool(back)


@pytest.mark.parametrize(
    ("later", "back"),
    [("left knee sore", None), ("right knee sore", "2026-09-20"), ("calf sore", "2026-09-20"),
     ("knee ok now", "2026-09-20")],
)  # fmt: skip
def test_what_hurts_again_on_the_next_sunday_was_not_over(tmp_path, later, back):
    form = FORM.format(answer="left knee fine again") + f"2026-09-27 20:00:00,Ann Lee,7,{later}\n"
    result = _folder(tmp_path, Runs_csv=_sessions(), A_csv=OPEN, Form_csv=form)
    (injury,) = result.tables["injuries"].itertuples()
    assert (None if pd.isna(injury.return_date) else str(injury.return_date.date())) == back
    # Of two ends the first counts, and no sentence says that the second does.
    assert len([one for one in _told(result) if "as not over" in one]) == bool(back)


def test_who_is_on_a_later_list_is_not_back_whatever_an_answer_said(tmp_path):
    later = "Name,Injury\nAnn Lee,left knee\n"
    form = FORM.format(answer="knee fine again")
    result = _folder(
        tmp_path, Runs_csv=_sessions(), A_csv=OPEN, Form_csv=form, **{"Out__21.09.2026_csv": later}
    )
    assert result.tables["injuries"]["return_date"].isna().all()


def test_a_line_of_another_list_ends_an_injury_or_leaves_its_athlete_unclear(tmp_path):
    notes = "Name,Date,Note\nAnn Lee,2026-09-15,left knee fine again\nBo Ek,2026-09-15,calf ok\n"
    result = _folder(tmp_path, Runs_csv=_sessions(), A_csv=OPEN, Physio_csv=notes)
    assert result.tables["injuries"]["return_date"].astype("str").tolist() == ["2026-09-15"]
    unclear = [entry.athletes for entry in result.not_read if entry.athletes]
    assert unclear == [("Bo Ek",)]


def test_two_lists_of_which_the_later_tells_it_open_say_that_it_counts_as_open(tmp_path):
    first = f"{REGISTER}Ann Lee,2026-07-01,left calf,2026-09-25\n"
    second = f"{REGISTER}Ann Lee,2026-09-08,left calf,\n"
    result = _folder(tmp_path, Runs_csv=_sessions(), A_csv=first, B_csv=second)
    assert result.tables["injuries"]["return_date"].isna().all()
    (sentence,) = _told(result)
    assert sentence.endswith("until then it counts from the earlier beginning and as not over")


def test_a_line_of_a_list_of_injuries_that_names_two_people_matters_as_injuries_do(tmp_path):
    lines = [
        "Ann Lee is out with shin splints",
        "Di Fu is out with a sore calf",
        "Bo Ek and Cy Dee have a sore knee",
        "See you there",
    ]
    result = _folder(
        tmp_path, Runs_csv=_sessions(), **{"Injured__21.09.2026_txt": "\n".join(lines)}
    )
    assert [entry.kind for entry in result.not_read] == ["injuries", "other"]


@pytest.mark.parametrize(
    "line",
    ["Bo Ek and Cy Dee have a sore knee", "Bo & Cy: shin splints", "Bo and Cy are out",
     "Bo Ek, Cy Dee - sore calf", "Bo Ek und Cy Dee fallen aus, Knie",
     "Bo e Cy estão lesionados", "Bo et Cy sont blessés"],
)  # fmt: skip
@pytest.mark.parametrize("others", [["Ann Lee is out with shin splints"], []])
def test_both_of_a_line_are_unclear_and_nobody_else_of_the_letter(tmp_path, line, others):
    """Everybody whom the letter names was unclear, or "Bo and Cy" a person."""
    four = _sessions() + _sessions().partition("\n")[2].replace("Ann Lee", "Cy Dee").replace(
        "Bo Ek", "Di Fu"
    )
    text = "\n".join([*others, line, "See you on Sunday, Di"])
    result = _folder(tmp_path, Runs_csv=four, **{"Injured__21.09.2026_txt": text})
    people = {code: name for name, code in result.names.items()}
    unclear = {people[code] for code in result.report["unclear"]}
    assert {"Bo Ek", "Cy Dee"} <= unclear
    assert not others or unclear == {"Bo Ek", "Cy Dee"}
    assert set(people.values()) == {"Ann Lee", "Bo Ek", "Cy Dee", "Di Fu"}


def test_the_runs_of_two_diaries_of_one_person_are_all_there(tmp_path):
    """Their one made-up start made one session of two."""
    heads = "Date,Distance (km),Duration (min)"
    morning = "\n".join([heads, *(f"{day},6,36" for day in DAYS)])
    evening = "\n".join([heads, *(f"{day},12,65" for day in DAYS)])
    for name, text in (("morning", morning), ("evening", evening)):
        (tmp_path / "Ann Lee").mkdir(exist_ok=True)
        (tmp_path / "Ann Lee" / f"{name}.csv").write_text(text, encoding="utf-8")
    result = _folder(tmp_path)
    sessions = result.tables["sessions"]
    assert sessions["distance_km"].sum() == 18 * len(DAYS)
    assert len(sessions) == 2 * len(DAYS)
    assert not sessions.duplicated(["athlete", "start"]).any()
