import pytest
from typer.testing import CliRunner

from ingest.dataset import Scale, load_config
from ingest.errors import StridecastError
from ingest.time_zones import machine_zone, meant_zones
from ingest.wizard import scale_of
from pipelines.cli import app
from pipelines.commands.questions import ask_scales
from tests.ingest.club_files import small_club, table_csv
from tests.ingest.gait_files import kinematics, modern, storage
from tests.ingest.gait_signals import Gait

RUN = CliRunner()
KINEMATICS = kinematics(Gait(seconds=2.0))


@pytest.fixture
def team(tmp_path):
    folder = small_club(tmp_path / "North Side")
    (folder / "dataset.yaml").unlink()
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
    assert "fatigue: no scale is declared" in told.output
    again = RUN.invoke(app, arguments)
    assert "is there already" in str(again.exception)


def test_init_does_not_guess_the_time_zone(team):
    result = RUN.invoke(app, ["data", "init", str(team), "--yes"])
    assert "--time-zone" in str(result.exception)
    assert not (team / "dataset.yaml").exists()


def test_a_bad_option_is_told_with_what_was_meant_and_leaves_nothing_behind(team):
    for told, meant in (("Mars/Base", "continent/city"), ("Berlin", "did you mean Europe/Berlin")):
        result = RUN.invoke(app, ["data", "init", str(team), "--yes", "--time-zone", told])
        assert isinstance(result.exception, StridecastError)
        assert meant in str(result.exception)
        assert not (team / "dataset.yaml").exists()


def test_init_asks_once_for_the_direction_of_all_scales(team):
    answers = "y\n1-5\nnorth\nEurope/Oslo\n2024-01-01\n"
    told = RUN.invoke(app, ["data", "init", str(team)], input=answers)
    assert told.exit_code == 0, told.output
    assert "answers found: sleep quality 4 to 5; fatigue 1 to 2" in told.output
    assert told.output.splitlines()[-1] == (
        f"next: stridecast score --data '{team}' --out forecast --names"
    )
    config = load_config(team)
    assert (config.name, config.time_zone, config.observed_to) == ("north", "Europe/Oslo", None)
    assert config.wellness_scales == {
        "sleep_quality": Scale(worst=1, best=5),
        "fatigue": Scale(worst=1, best=5),
    }


def test_every_bad_answer_is_asked_again_and_loses_none_of_the_others(team):
    answers = [
        "perhaps", "n", "1-3", "1-5",  # direction; ends that do not hold the answers found
        "3", "5", "5-1",  # sleep by its best number, fatigue by worst and best
        "North Side", "north", "Berlin", "", "7.4.2024", "2024-01-01",
    ]  # fmt: skip
    told = RUN.invoke(app, ["data", "init", str(team)], input="\n".join(answers) + "\n")
    assert told.exit_code == 0, told.output
    for word in ("answer y or n", "do not fit into 1-3", "answer 1 or 5", "lower case",
                 "did you mean Europe/Berlin?", "is no day"):  # fmt: skip
        assert word in told.output
    config = load_config(team)
    assert config.wellness_scales == {
        "sleep_quality": Scale(worst=1, best=5),
        "fatigue": Scale(worst=5, best=1),
    }
    assert (config.name, config.time_zone) == ("north", "Europe/Berlin")


def test_an_item_without_an_answer_and_a_form_without_one_are_not_read(team):
    told = RUN.invoke(app, ["data", "init", str(team)], input="n\n\n\n1\n\nUTC\n\n")
    assert told.exit_code == 0, told.output
    assert load_config(team).wellness_scales == {"fatigue": Scale(worst=5, best=1)}
    assert "sleep_quality: no scale is declared" in told.output
    (team / "dataset.yaml").unlink()
    told = RUN.invoke(app, ["data", "init", str(team)], input="\n\nUTC\n\n")
    assert load_config(team).wellness_scales == {}


def test_a_scale_given_as_an_option_is_not_asked_for(team):
    options = ["--scale", "sleep_quality=1-5", "--scale", "fatigue=5:1"]
    told = RUN.invoke(app, ["data", "init", str(team), *options], input="\nUTC\n\n")
    assert told.exit_code == 0, told.output
    assert "on this form" not in told.output
    assert set(load_config(team).wellness_scales) == {"sleep_quality", "fatigue"}


def test_items_on_different_forms_are_asked_for_one_by_one(capsys, monkeypatch):
    told = iter(["y", "1-5", "1 to 10"])
    monkeypatch.setattr("typer.prompt", lambda *_, **__: next(told))
    found = ask_scales({"sleep_quality": (2, 4), "mood": (2, 9)})
    assert found == {"sleep_quality": Scale(worst=1, best=5), "mood": Scale(worst=1, best=10)}
    assert "mood 2 to 9" in capsys.readouterr().out


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


def test_a_missing_roster_is_proposed_and_the_terminal_names_nobody(team):
    (team / "roster.csv").unlink()
    told = RUN.invoke(app, ["data", "init", str(team), "--yes", "--time-zone", "UTC"]).output
    assert "roster.csv: 2 athletes" in told
    assert "r1" not in told
    assert (team / "roster.csv").read_text().splitlines()[1:] == ["r1,,,,,,,,", "r2,,,,,,,,"]


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


def test_init_asks_for_the_scale_of_answers_that_are_all_a_row_holds(team):
    (team / "wellness.csv").unlink()
    export(team, "r1")
    told = RUN.invoke(app, ["data", "init", str(team)], input="n\n1-7\n7\n1\n\nUTC\n\n")
    assert told.exit_code == 0, told.output
    scales = load_config(team).wellness_scales
    assert scales == {
        "sleep_quality": Scale(worst=1, best=7),
        "soreness": Scale(worst=7, best=1),
    }


def test_names_and_texts_to_decide_stand_in_the_file_and_nowhere_else(team):
    export(team, "Doe, Jane", "R1")
    (team / "log.csv").write_text(
        "Name,Date,Injury\nr1,2024-06-01,something odd\nr1,2024-06-02,left knee\n"
    )
    told = RUN.invoke(app, ["data", "init", str(team), "--yes", "--time-zone", "UTC"])
    assert told.exit_code == 0, told.output
    assert "Doe" not in told.output
    assert "odd" not in told.output
    text = (team / "dataset.yaml").read_text()
    assert '#   "Doe, Jane": ?' in text
    assert '#   "something odd": ?' in text
    assert "left knee" not in text
    assert '"R1"' not in text  # it is r1, whatever the case
    completed = text.replace('#   "Doe, Jane": ?', 'athletes: {"Doe, Jane": r2}').replace(
        '#   "something odd": ?', 'injury_words: {"something odd": {region: foot}}'
    )
    (team / "dataset.yaml").write_text(completed)
    config = load_config(team)
    assert config.athletes == {"Doe, Jane": "r2"}
    assert config.injury_words["something odd"].region == "foot"


def test_a_folder_named_by_a_day_is_nobody(team):
    (team / "roster.csv").unlink()
    place = team / "gait/r1/2024-05-06"
    place.mkdir(parents=True)
    (place / "run.mot").write_text(storage(KINEMATICS, modern(KINEMATICS)))
    RUN.invoke(app, ["data", "init", str(team), "--yes", "--time-zone", "UTC"])
    assert (team / "roster.csv").read_text().splitlines()[1:] == ["r1,,,,,,,,", "r2,,,,,,,,"]
