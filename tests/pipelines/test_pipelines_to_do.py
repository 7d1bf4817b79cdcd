"""What the terminal, the page and the JSON ask of the coach after a score."""

import csv
import json
import shutil
from dataclasses import dataclass

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from common.errors import StridecastError
from forecasting.status.open_injuries import runs_again
from ingest.dataset.settings import load_config
from pipelines.cli import app
from pipelines.weekly.score_folder import names_of
from pipelines.weekly.score_lines import repaired_lines
from pipelines.weekly.session_memory import KnownSessions
from pipelines.weekly.to_do import WHO, ToDo, no_injury_list, quiet_week, tasks
from tests.ingest.club_files import small_club
from tests.ingest.sheets import sheet_files

RUN = CliRunner()
DAY = pd.Timestamp("2025-06-30")


@pytest.fixture(scope="module")
def monday(tmp_path_factory, written_team):
    """Return a small team that was scored once, and a way to score it again."""
    place = tmp_path_factory.mktemp("monday")
    folder, out = place / "Northside", place / "out"
    names = written_team(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRIDECAST_KEY_FILE", str(place / "key"))
        patch.setenv("STRIDECAST_CACHE", str(place / "cache"))
        patch.setenv("TZ", "UTC")

        def score(*more):
            return RUN.invoke(
                app,
                ["score", str(folder), "--out", str(out), "--project", str(place), *more],
            )

        first = score("--yes", "--names")
        assert first.exit_code == 0, first.output
        yield folder, out, names, score, first.output


def to_do(out):
    return json.loads((out / "scores.json").read_text(encoding="utf-8"))["to_do"]


def test_one_command_without_a_question_says_what_it_assumed(monday):
    folder, out, names, _, told = monday
    assert "time zone  Europe/Berlin (the clock of the watches)" in told
    config = load_config(folder)
    assert (config.name, config.time_zone) == ("northside", "Europe/Berlin")
    with (folder / "roster.csv").open(encoding="utf-8") as file:
        assert [row["athlete"] for row in csv.DictReader(file)] == names
    assert (out / "forecast.html").exists()


def test_a_dry_run_of_a_new_folder_writes_nothing_and_says_what_to_do(tmp_path):
    folder = small_club(tmp_path / "club")
    (folder / "dataset.yaml").unlink()
    before = sorted(folder.rglob("*"))
    told = RUN.invoke(app, ["score", str(folder), "--dry-run"])
    assert "data init" in str(told.exception)
    assert sorted(folder.rglob("*")) == before


def test_without_a_folder_it_is_wrong_usage():
    assert RUN.invoke(app, ["score"]).exit_code == 2
    assert RUN.invoke(app, ["score", "a", "--data", "b"]).exit_code == 2


def test_blank_levels_are_told_with_file_column_and_values(monday):
    _, out, names, _, told = monday
    line = f"roster.csv: column level is empty or not understood for {len(names)} of {len(names)}"
    assert line in told
    assert "write one of novice, recreational, competitive, elite" in told
    assert [one["kind"] for one in to_do(out)].count("level") == 1


def test_what_is_entered_in_one_place_is_one_line_with_the_sentences_behind_it():
    cell = "list.xlsx, column 'back'"
    own = "watches/c3.csv"
    listed = [
        ToDo("return_date", "c1", f"no return date in {cell}", brief=f"{WHO}: back? {cell}"),
        ToDo("gone", "c2", "1 session is gone"),
        ToDo("runs_again", "c2", f"runs again {{1}} in {cell}", brief=f"{WHO}: back? {cell}"),
        ToDo("return_date", "c3", f"no return date in {own}", brief=f"{WHO}: back? {own}"),
    ]
    first, second, third = tasks(listed, {"c1": "Ann", "c2": "Ben {x}", "c3": "Cleo"})
    assert first.brief == f"Ann, Ben {{x}}: back? {cell}"
    assert first.more == (
        f"Ann: no return date in {cell}",
        f"Ben {{x}}: runs again {{1}} in {cell}",
    )
    assert second == "Ben {x}: 1 session is gone"
    assert third.brief == "Cleo: back? watches/Cleo.csv"
    assert tasks(listed, {})[0].brief == f"c1, c2: back? {cell}"


@dataclass(frozen=True)
class Told:
    """What two runs of `score` say of a folder that was changed, with names and without."""

    named: Result
    to_do: list[dict]
    page: str
    again: str
    scores: str
    whole: str
    lost: int
    runner: str


@pytest.fixture(scope="module")
def changed(monday):
    """Four changes at once: fewer sessions, a new member, an injured runner, a file of nobody."""
    folder, out, _, score, _ = monday
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    whole = next((folder / "garmin").glob("*.csv"))
    lines = whole.read_text(encoding="utf-8").splitlines(keepends=True)
    days = [line.split(",")[1][:10] for line in lines]
    scores = pd.read_parquet(out / "scores.parquet").query("outcome == 'any'")
    names = names_of(folder, load_config(folder))
    running = [names[code] for code in scores.query("status == 'running'")["athlete"]]
    runner = next(name for name in running if name != whole.stem)
    day = (scores["as_of"].iloc[0] - pd.Timedelta(days=5)).date()
    watch = next(path for path in (folder / "watches").iterdir() if path.is_dir())

    whole.write_text("".join(lines[:4]), encoding="utf-8")
    shutil.copytree(watch, folder / "watches/Zoe Neu")
    with (folder / "injuries 2025.csv").open("a", encoding="utf-8") as file:
        file.write(f"{runner},{day},shin splints,,\n")
    shutil.copy(next(watch.glob("*.fit")), folder / "loose.fit")
    named, asked = score("--names"), to_do(out)
    page = (out / "forecast.html").read_text(encoding="utf-8")
    again, table = score().output, (out / "scores.json").read_text(encoding="utf-8")
    lost = len({*days[4:]} - {*days[1:4]})
    yield Told(named, asked, page, again, table, "".join(lines), lost, runner)

    for path in [path for path in folder.rglob("*") if path.is_file() and path not in before]:
        path.unlink()
    (folder / "watches/Zoe Neu").rmdir()
    for path, content in before.items():
        path.write_bytes(content)


def test_a_shorter_export_is_told_until_it_is_accepted_and_none_that_is_put_back(monday, changed):
    folder, _, _, score, _ = monday
    whole = next((folder / "garmin").glob("*.csv"))
    assert f"{whole.stem}: " in changed.named.output
    assert f"file garmin/{whole.name})" in changed.named.output
    (gone,) = [one for one in changed.to_do if one["kind"] == "gone"]
    assert int(gone["text"].split()[0]) >= changed.lost > 5
    assert whole.stem not in json.dumps(changed.to_do)
    assert "gone missing since the last score" in changed.page
    # A second run still knows, and shows the code alone.
    assert "gone missing since" in changed.again
    assert whole.stem not in changed.again
    assert "gone missing since" not in score("--accept-gone").output
    whole.write_text(changed.whole, encoding="utf-8")
    assert "gone missing since" not in score().output


def test_who_runs_again_is_asked_about_with_file_and_column(changed):
    assert f"{changed.runner}: runs again since" in changed.named.output
    assert "in injuries 2025.csv, column 'Back in training'" in changed.named.output
    assert {one["kind"] for one in changed.to_do} >= {"runs_again"}


def test_a_loose_file_without_an_owner_is_still_told(monday, changed):
    assert "loose.fit: " in changed.named.output
    # That one, and those of whom nobody confirmed.
    unread = 1 + len(list((monday[0] / "watches/Zoe Neu").iterdir()))
    assert f"{unread} rejected" in changed.named.output


def test_a_new_member_is_a_question_until_confirmed_and_can_be_taken_back(monday, changed):
    folder = monday[0]
    assert "watches/Zoe Neu/: a new athlete in it has to be confirmed" in changed.named.output
    assert changed.named.exit_code == 3
    assert "Zoe" not in changed.again
    assert "Zoe" not in changed.scores
    (folder / "loose.fit").unlink()
    roster = folder / "roster.csv"
    before = roster.read_text(encoding="utf-8")
    (person,) = json.loads(RUN.invoke(app, ["data", "questions", str(folder), "--json"]).output)
    assert [person[name] for name in ("kind", "proposal", "screen")] == [
        "person", "Zoe Neu", "people",
    ]  # fmt: skip
    added = RUN.invoke(app, ["data", "init", str(folder), "--yes"])
    assert "new athletes (1): Zoe Neu" in added.output
    assert "Zoe Neu," in roster.read_text(encoding="utf-8")
    again = RUN.invoke(app, ["data", "init", str(folder)])
    assert "is there already" in str(again.exception)
    undone = RUN.invoke(app, ["data", "answer", str(folder), person["id"], "--undo"])
    assert undone.output == "Zoe Neu: no longer in roster.csv\n"
    assert roster.read_text(encoding="utf-8") == before


def test_the_names_behind_codes_are_printed_and_stored_nowhere(monday):
    folder, out, names, _, _ = monday
    told = RUN.invoke(app, ["data", "names", str(folder)]).output
    rows = list(csv.DictReader(told.splitlines()))
    assert [row["name"] for row in rows] == names
    assert set(pd.read_csv(out / "scores.csv")["athlete"]) <= {row["athlete"] for row in rows}


def test_an_action_takes_a_name_and_a_typed_day_without_a_forecast_is_refused(monday):
    _, out, names, _, _ = monday
    scores = pd.read_parquet(out / "scores.parquet")
    day, far = (str((scores["as_of"].iloc[0] + pd.Timedelta(days=d)).date()) for d in (1, 20))
    act = ["act", names[0].upper(), "--did", "rest day", "--out", str(out)]
    refused = RUN.invoke(app, [*act, "--date", far])
    assert isinstance(refused.exception, StridecastError)
    command = f"stridecast act '{names[0].upper()}' --did 'rest day' --date {day} --out {out}"
    assert command in str(refused.exception)
    assert RUN.invoke(app, ["act", "--list", "--out", str(out)]).output == "nothing logged yet\n"
    assert "1 added" in RUN.invoke(app, [*act, "--date", day]).output
    # Without a day it is of today, which no forecast covers: logged, and said so.
    undated = RUN.invoke(app, [*act[:2], "--did", "easy week", "--out", str(out)]).output
    assert "easy week (no forecast)" in undated
    assert "taken back" in RUN.invoke(app, ["act", "--undo", "--out", str(out)]).output
    listed = RUN.invoke(app, ["act", "--list", "--out", str(out)]).output
    assert names[0] not in listed
    assert names[0] in RUN.invoke(app, ["act", "--list", "--names", "--out", str(out)]).output
    assert "taken back" in RUN.invoke(app, ["act", "--undo", "--out", str(out)]).output


def test_no_list_of_injuries_is_told_and_is_not_no_injuries():
    files = [{"kind": "fit", "accepted": 3, "repaired": 0}]
    assert [one.kind for one in no_injury_list(files)] == ["no_injury_list"]
    assert no_injury_list([*files, {"kind": "sheet_injuries", "accepted": 1, "repaired": 0}]) == []


@pytest.mark.parametrize("beside", ["form", "table"])
def test_a_list_of_injuries_in_a_file_of_other_things_is_one(tmp_path, beside):
    """A workbook with a form and a list; a tidy table whose rows tell injuries too."""
    days = [f"2025-03-{day:02d}" for day in range(1, 29)]
    form = [
        ["Date", "Name", "Minutes"],
        *[[day, "Ann Lee", 40 + at] for at, day in enumerate(days)],
    ]
    listed = [["Injury date", "Name", "Injury"], ["2025-03-03", "Ann Lee", "left knee"]]
    if beside == "form":
        path = sheet_files.workbook(tmp_path / "a.xlsx", {"Form": form, "Injuries": listed})
    else:
        rows = [[*row, "left knee" if row[0] == "2025-03-03" else None] for row in form[1:]]
        path = sheet_files.table(tmp_path / "a.csv", [[*form[0], "Injury"], *rows], ",")
    account = sheet_files.read(path).account
    assert account.kind == "sheet"
    assert no_injury_list([account.summary()]) == []


def sessions(*days, athlete="a"):
    table = pd.DataFrame({"athlete": athlete, "local_date": pd.to_datetime(list(days))})
    start = table["local_date"].dt.tz_localize("UTC")
    return table.assign(start=start, sport="run", source="x.csv")


def test_only_days_of_which_nothing_is_left_are_gone(tmp_path):
    known = KnownSessions(tmp_path, "UTC")
    two = pd.concat(
        [sessions("2025-06-01", "2025-06-01", "2025-06-02"), sessions("2025-06-01", athlete="b")]
    )
    known.store(two, forget=False)
    now = {"sessions": sessions("2025-06-01"), "athletes": pd.DataFrame({"athlete": ["a"]})}
    (gone,) = known.gone(now, DAY)
    assert (gone.athlete, gone.sessions, str(gone.first.date())) == ("a", 1, "2025-06-02")
    assert known.gone(now, pd.Timestamp("2025-06-01")) == []
    assert KnownSessions(tmp_path, "Asia/Tokyo").gone(now, DAY) == []
    known.store(now["sessions"], forget=True)
    assert known.gone(now, DAY) == []


@pytest.mark.parametrize(
    ("runs", "first"),
    [
        (["2025-06-25", "2025-06-28"], "2025-06-25"),
        (["2025-06-02", "2025-06-25", "2025-06-28"], "2025-06-25"),  # one try, then a pause
        (["2025-05-30", "2025-06-29"], "2025-06-29"),
        (["2025-06-20"], None),  # none in the past week
        (["2025-06-23"], None),  # seven days ago is the week before
        (["2025-06-24"], "2025-06-24"),
        (["2025-06-17", "2025-06-24"], "2025-06-17"),  # a week apart is no pause
        (["2025-06-16", "2025-06-24"], "2025-06-24"),
        (["2025-05-30", "2025-07-02"], None),  # before the onset; not yet
    ],
)
def test_who_runs_again(runs, first):
    injuries = pd.DataFrame({
        "athlete": ["a"], "onset_date": pd.to_datetime(["2025-06-01"]),
        "return_date": pd.to_datetime([None]),
    })  # fmt: skip
    found = runs_again(injuries, sessions(*runs), DAY)
    assert [str(day.date()) for day in found["first_run"]] == ([first] if first else [])
    back = injuries.assign(return_date=pd.Timestamp("2025-06-24"))
    assert runs_again(back, sessions(*runs), DAY).empty


def test_a_week_without_records_is_asked_about_and_named_only_to_who_may_see_names():
    scores = pd.DataFrame(
        {
            "athlete": ["a", "b", "c", "d"],
            "status": ["running", "running", "running", "injured"],
            "days_since_record": [7, 6, 9, 30],
        }
    )
    (one,) = quiet_week(scores, DAY, {"a": "Ann", "b": "Ben"})
    assert one.text.startswith("2 of the scored athletes have no record since 24 Jun 2025")
    assert "Ann" not in one.text
    assert one.line_for({"a": "Ann"}).endswith("or is an export missing? Ann, c")
    assert quiet_week(scores.iloc[[1, 3]], DAY, {}) == []


def test_what_was_repaired_is_told_without_the_names_of_files():
    files = [
        {"file": "Ann Lee.csv", "repairs": {"unit_converted": 2}},
        {"file": "a.fit", "repairs": {}},
        {"file": "b.csv", "repairs": {"bad_height_cm_set_null": 5, "unit_converted": 1000}},
    ]
    assert repaired_lines(files) == [
        "  repaired: unit converted (1,002), height (cm): wrong value left empty (5); "
        "ingest.json says where"
    ]
    assert repaired_lines(files[1:2]) == []
