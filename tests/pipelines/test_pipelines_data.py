import json

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

from common.errors import StridecastError
from common.question import question_id
from ingest.dataset.settings import Scale, load_config
from ingest.setup.proposal import scale_of
from ingest.setup.scales import follows_the_words
from ingest.setup.time_zones import machine_zone, meant_zones, zones_of_clocks
from pipelines.cli import app
from pipelines.commands.questions import ask_scales
from pipelines.weekly.to_do import settings_to_check
from tests.ingest.club_files import small_club, table_csv
from tests.ingest.gait_files import kinematics, modern, storage
from tests.ingest.gait_signals import Gait

RUN = CliRunner()
KINEMATICS = kinematics(Gait(seconds=2.0))


@pytest.fixture
def team(tmp_path, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")  # else the machine's zone is proposed
    folder = small_club(tmp_path / "North Side")
    # Besides the settings: tables that no question is about, each read again by every command.
    for name in ("dataset.yaml", "exercise.csv", "strength.csv", "gait.csv"):
        (folder / name).unlink()
    return folder


def test_list_names_every_dataset_with_its_licence(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIDECAST_SHARED", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "240")
    told = RUN.invoke(app, ["data", "list", "--project", str(tmp_path)]).output
    for word in ("demo", "lovdal2021", "CC0", "pmdata", "rbds", "ric2024", "CC BY 4.0", "no: "):
        assert word in told


def test_get_tells_where_a_dataset_is_or_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setenv("STRIDECAST_SHARED", str(tmp_path / "shared"))
    result = RUN.invoke(app, ["data", "get", "rbds", "--project", str(tmp_path)])
    assert isinstance(result.exception, StridecastError)
    assert "by hand" in str(result.exception)
    place = tmp_path / "shared/data/rbds"
    table_csv(place / "RBDSinfo.txt", "Subject", ["1"])
    assert str(place) in RUN.invoke(app, ["data", "get", "rbds", "--project", str(tmp_path)]).output
    unknown = RUN.invoke(app, ["data", "get", "nothing"])
    assert "take one of demo" in str(unknown.exception)


def test_init_without_questions(team):
    arguments = ["data", "init", str(team), "--yes", "--time-zone", "Europe/Berlin"]
    told = RUN.invoke(app, [*arguments, "--scale", "sleep_quality=1:5"])
    assert told.exit_code == 0, told.output
    config = load_config(team)
    assert config.name == "north-side"
    # The day of the first session; a pair of shoes may be older.
    assert str(config.observed_from) == "2024-05-04"
    assert config.wellness_scales == {"sleep_quality": Scale(worst=1, best=5)}
    assert "fatigue: not read" in told.output
    again = RUN.invoke(app, arguments)
    assert "is there already" in str(again.exception)


def test_a_time_zone_that_nothing_tells_is_taken_and_told(team, monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    result = RUN.invoke(app, ["data", "init", str(team), "--yes"])
    assert result.exit_code == 0, result.output
    config = load_config(team)
    assert (config.time_zone, config.time_zone_is_told) == ("UTC", False)
    assert [one.kind for one in settings_to_check(config)] == ["time_zone"]
    assert "write the team's into dataset.yaml" in result.output


def test_public_codes_of_real_people_are_refused_and_told(team):
    (team / "dataset.yaml").write_text(
        "name: north\ntime_zone: Europe/Berlin\nobserved_from: 2024-01-01\npseudonyms: public\n"
    )
    config = load_config(team)
    assert config.pseudonyms == "keyed"
    assert [one.kind for one in settings_to_check(config)] == ["pseudonyms"]
    (team / "roster.csv").write_text("athlete\nAnn Lee\n")
    for command in (["data", "check", str(team)], ["doctor", str(team), "--out", str(team / "o")]):
        result = RUN.invoke(app, command)
        assert "`pseudonyms: public` is refused" in result.output, result.output


def test_a_bad_option_is_told_with_what_was_meant_and_leaves_nothing_behind(team):
    for told, meant in (("Mars/Base", "continent/city"), ("Berlin", "did you mean Europe/Berlin")):
        result = RUN.invoke(app, ["data", "init", str(team), "--yes", "--time-zone", told])
        assert isinstance(result.exception, StridecastError)
        assert meant in str(result.exception)
        assert not (team / "dataset.yaml").exists()


def test_init_asks_once_for_the_direction_of_all_scales_and_echoes_it(team):
    # What the highest answer means, the zone, and that the summary is right.
    told = RUN.invoke(app, ["data", "init", str(team)], input="2\nEurope/Oslo\n\n")
    assert told.exit_code == 0, told.output
    assert "fatigue 5 = exhausted" in told.output
    assert "fatigue: 5 = not tired at all (1 is the bad end)" in told.output
    assert told.output.splitlines()[-1] == f"next: stridecast score '{team}' --names"
    config = load_config(team)
    assert (config.name, config.time_zone) == ("north-side", "Europe/Oslo")
    assert config.wellness_scales == {
        "sleep_quality": Scale(worst=1, best=5),
        "fatigue": Scale(worst=1, best=5),
    }


@pytest.mark.parametrize(
    ("answer", "sleep_quality", "fatigue"), [("1", (1, 5), (5, 1)), ("3", (5, 1), (5, 1))]
)
def test_a_form_by_its_words_and_one_with_the_low_end_good(team, answer, sleep_quality, fatigue):
    RUN.invoke(app, ["data", "init", str(team)], input=f"{answer}\nUTC\n\n")
    scales = load_config(team).wellness_scales
    assert {name: (one.worst, one.best) for name, one in scales.items()} == {
        "sleep_quality": sleep_quality,
        "fatigue": fatigue,
    }


def test_every_bad_answer_is_asked_again_and_loses_none_of_the_others(team):
    form = ["perhaps", "4", "3", "5", "5-1"]
    answers = [
        *form, "Berlin", "",  # what no file tells
        "n", "North Side", "north", "", "7.4.2024", "2024-01-01", *form,  # all of it again
    ]  # fmt: skip
    told = RUN.invoke(app, ["data", "init", str(team)], input="\n".join(answers) + "\n")
    assert told.exit_code == 0, told.output
    for word in ("answer 1, 2, 3 or 4", "answer 1 or 5", "lower case",
                 "did you mean Europe/Berlin?", "is no day"):  # fmt: skip
        assert word in told.output
    config = load_config(team)
    assert config.wellness_scales == {
        "sleep_quality": Scale(worst=1, best=5),
        "fatigue": Scale(worst=5, best=1),
    }
    assert (config.name, config.time_zone) == ("north", "Europe/Berlin")
    assert str(config.observed_from) == "2024-01-01"


def test_an_item_without_an_answer_and_a_form_without_one_are_not_read(team):
    told = RUN.invoke(app, ["data", "init", str(team)], input="4\n\n1\nUTC\n\n")
    assert told.exit_code == 0, told.output
    assert load_config(team).wellness_scales == {"fatigue": Scale(worst=5, best=1)}
    assert "sleep quality: not read" in told.output
    (team / "dataset.yaml").unlink()
    told = RUN.invoke(app, ["data", "init", str(team)], input="\nUTC\n\n")
    assert load_config(team).wellness_scales == {}


def test_nobody_at_the_keyboard_is_told_and_leaves_nothing_behind(team):
    told = RUN.invoke(app, ["data", "init", str(team)], input="")
    assert isinstance(told.exception, StridecastError)
    assert "--yes" in str(told.exception)
    assert not (team / "dataset.yaml").exists()


def test_a_scale_given_as_an_option_is_not_asked_for(team):
    options = ["--scale", "sleep_quality=1-5", "--scale", "fatigue=5:1"]
    told = RUN.invoke(app, ["data", "init", str(team), *options], input="UTC\n\n")
    assert told.exit_code == 0, told.output
    assert "what does the highest" not in told.output
    assert set(load_config(team).wellness_scales) == {"sleep_quality", "fatigue"}


def test_the_ends_of_each_form_are_asked_for_unless_both_were_seen(monkeypatch, capsys):
    told = iter(["1-3", "1-5", "2"])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(told))
    found = ask_scales({"sleep_quality": (2, 4), "mood": (1, 10)})
    assert found == {"sleep_quality": Scale(worst=1, best=5), "mood": Scale(worst=1, best=10)}
    assert "do not fit into 1-3" in capsys.readouterr().out


def answers(slope: float, noise: float = 0.0) -> pd.DataFrame:
    """Two athletes of whom the worse sleeper answers higher on everything."""
    rng = np.random.default_rng(0)
    sleep = rng.integers(1, 4, 200).astype(float)
    rest = dict.fromkeys(("soreness", "stress", "mood", "readiness"), np.nan)
    fatigue = slope * sleep + noise * rng.normal(size=200)
    one = pd.DataFrame({"athlete": "a", "sleep_quality": sleep, "fatigue": fatigue, **rest})
    other = one.assign(athlete="b", sleep_quality=sleep + 50, fatigue=fatigue + 50)
    return pd.concat([one, other])


@pytest.mark.parametrize(
    ("slope", "noise", "expected"), [(-1, 1, True), (1, 1, False), (0, 1, False), (0, 0, False)]
)
def test_the_words_hold_only_if_better_nights_clearly_mean_less_fatigue(slope, noise, expected):
    assert follows_the_words(answers(slope, noise)) is expected
    few = answers(slope, noise).iloc[:60]
    assert follows_the_words(few) is False


def test_one_item_that_says_the_opposite_leaves_it_to_the_coach():
    table = answers(-1)
    assert not follows_the_words(table.assign(stress=table["sleep_quality"]))


def clock(zone: str, *days: str) -> tuple[pd.Series, pd.Series]:
    starts = pd.to_datetime(pd.Series(days)).dt.tz_localize("UTC")
    ahead = [one.tz_convert(zone).utcoffset().total_seconds() for one in starts]
    return starts, pd.Series(ahead)


def test_the_zone_is_that_of_the_watches_also_with_a_camp_abroad(monkeypatch):
    monkeypatch.setenv("TZ", "UTC")
    year = [f"2025-{month:02}-10 12:00" for month in range(1, 13)]
    starts, ahead = clock("Europe/Berlin", *year)
    assert zones_of_clocks(starts, ahead)[0] == "Europe/Berlin"
    assert zones_of_clocks(starts, ahead.mask(ahead.index == 3, 0.0))[0] == "Europe/Berlin"
    assert "Africa/Johannesburg" not in zones_of_clocks(starts, ahead)
    monkeypatch.setenv("TZ", "Europe/Oslo")
    assert zones_of_clocks(starts, ahead)[0] == "Europe/Oslo"
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert zones_of_clocks(*clock("America/New_York", *year))[0] == "America/New_York"
    assert zones_of_clocks(starts, ahead * float("nan")) == ()


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("Europe/Berlni", "Europe/Berlin"),
        ("Viena", "Europe/Vienna"),
    ],
)
def test_the_zone_that_was_meant(text, meant):
    assert meant_zones(text)[0] == meant


def test_the_zone_of_the_machine_is_proposed_unless_it_is_a_servers(tmp_path, monkeypatch):
    link = tmp_path / "localtime"
    monkeypatch.delenv("TZ", raising=False)
    assert not machine_zone(link)
    for zone, proposed in (("Europe/Oslo", "Europe/Oslo"), ("Etc/UTC", ""), ("Mars/Base", "")):
        link.unlink(missing_ok=True)
        link.symlink_to(tmp_path / "zoneinfo" / zone)
        assert machine_zone(link) == proposed
    monkeypatch.setenv("TZ", ":Asia/Tokyo")
    assert machine_zone(link) == "Asia/Tokyo"


def test_a_missing_roster_is_proposed_and_the_summary_lists_the_people(team):
    (team / "roster.csv").unlink()
    told = RUN.invoke(app, ["data", "init", str(team), "--yes", "--time-zone", "UTC"]).output
    assert "roster.csv: 2 athletes" in told
    assert "r1  3 Jan 2024 to 1 Jul 2024, 20 km a week, 1 injury" in told
    assert (team / "roster.csv").read_text().splitlines()[1:] == ["r1,,,,,,,,,", "r2,,,,,,,,,"]


def test_a_roster_that_is_there_stays_as_it_is(team):
    before = (team / "roster.csv").read_text()
    RUN.invoke(
        app, ["data", "init", str(team), "--yes", "--time-zone", "UTC", "--to", "2024-12-31"]
    )
    assert (team / "roster.csv").read_text() == before
    assert str(load_config(team).observed_to) == "2024-12-31"


@pytest.mark.parametrize("text", ["soreness", "soreness=7", "soreness=7:7", "height=1:2", "=1:2"])
def test_scales_of_another_form_are_refused(text):
    with pytest.raises(StridecastError, match="item=worst:best"):
        scale_of(text)


def export(folder, *names):
    rows = "".join(f'"{name}",2024-05-06,3,2\n' for name in names)
    (folder / "forms.csv").write_text("Name,Date,Sleep,Muscle soreness\n" + rows)


def asked(team):
    told = RUN.invoke(app, ["data", "questions", str(team), "--json"])
    assert told.exit_code == 0, told.output
    return {(one["kind"], one["proposal"]): one for one in json.loads(told.output)}


def answer(team, question, *value):
    return RUN.invoke(app, ["data", "answer", str(team), question["id"], *value])


def test_the_scale_of_a_form_is_a_question_and_its_answer_stands_in_dataset_yaml(team):
    (team / "wellness.csv").unlink()
    export(team, "r1")
    RUN.invoke(app, ["data", "init", str(team), "--yes", "--time-zone", "UTC"])
    # One question for a form's items; the answer may give each item its own ends.
    (question,) = [one for one in asked(team).values() if one["kind"] == "scale"]
    assert question["file"] == "forms.csv"
    ends = "[{item: sleep_quality, worst: 1, best: 7}, {item: soreness, worst: 7, best: 1}]"
    assert answer(team, question, ends).exit_code == 0
    kept = load_config(team).sheets["forms.csv"].scales
    told = {one.item: (one.worst, one.best) for one in kept}
    assert told == {"sleep_quality": (1, 7), "soreness": (7, 1)}
    assert not [one for one in asked(team).values() if one["kind"] == "scale"]


def test_a_stranger_is_a_question_that_can_be_answered_undone_and_answered_otherwise(team):
    export(team, "Doe, Jane", "R1")
    RUN.invoke(app, ["data", "init", str(team), "--time-zone", "UTC"], input="1-7\n1\ny\n")
    roster = team / "roster.csv"
    before = roster.read_text()
    RUN.invoke(app, ["data", "init", str(team), "--yes", "--time-zone", "UTC"])
    assert "Doe, Jane" in before or "Doe, Jane" in roster.read_text()
    line = next(line for line in roster.read_text().splitlines() if "Doe" in line)
    identifier = question_id("person", "Doe, Jane")
    undone = RUN.invoke(app, ["data", "answer", str(team), identifier, "--undo"])
    assert "no longer in roster.csv" in undone.output
    assert line not in roster.read_text()
    question = asked(team)["person", "Doe, Jane"]
    assert (question["screen"], question["choices"]) == ("people", ["new", "nobody"])
    refused = answer(team, question, "r9")
    assert "no athlete 'r9'" in str(refused.exception)
    assert answer(team, question, "r2").output == "Doe, Jane: r2\n"
    assert "Doe, Jane" in roster.read_text()
    assert not [one for one in asked(team) if one[0] in {"person", "name"}]


def test_check_shows_people_and_what_is_to_do_and_stores_nothing(team):
    (team / "notes.xyz").write_bytes(b"\0\1\2 no log of any kind")
    files = sorted(team.rglob("*"))
    told = RUN.invoke(app, ["data", "check", str(team)])
    assert "2 athletes" in told.output
    assert "notes.xyz: not read" in told.output
    assert sorted(team.rglob("*")) == files
    content = json.loads(RUN.invoke(app, ["data", "check", str(team), "--json"]).output)
    assert [person["athlete"] for person in content["people"]] == ["r1", "r2"]
    assert any(one["file"] == "notes.xyz" for one in content["not_read"])


def test_a_folder_named_by_a_day_is_nobody(team):
    (team / "roster.csv").unlink()
    place = team / "gait/r1/2024-05-06"
    place.mkdir(parents=True)
    (place / "run.mot").write_text(storage(KINEMATICS, modern(KINEMATICS)))
    RUN.invoke(app, ["data", "init", str(team), "--yes", "--time-zone", "UTC"])
    assert (team / "roster.csv").read_text().splitlines()[1:] == ["r1,,,,,,,,,", "r2,,,,,,,,,"]
