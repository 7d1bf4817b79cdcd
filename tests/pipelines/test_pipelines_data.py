import pytest
from typer.testing import CliRunner

from ingest.dataset import Scale, load_config
from ingest.errors import StridecastError
from ingest.wizard import scale_of
from pipelines.cli import app
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


def test_a_bad_answer_leaves_nothing_behind(team):
    result = RUN.invoke(app, ["data", "init", str(team), "--yes", "--time-zone", "Mars/Base"])
    assert "time_zone" in str(result.exception)
    assert not (team / "dataset.yaml").exists()


def test_init_asks_for_what_the_files_do_not_say(team):
    answers = "1:5\n\nnorth\nEurope/Oslo\n2024-01-01\n"
    told = RUN.invoke(app, ["data", "init", str(team)], input=answers)
    assert told.exit_code == 0, told.output
    config = load_config(team)
    assert (config.name, config.time_zone, config.observed_to) == ("north", "Europe/Oslo", None)
    assert set(config.wellness_scales) == {"sleep_quality"}


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
    told = RUN.invoke(app, ["data", "init", str(team)], input="1:5\n7:1\n\nUTC\n\n")
    assert told.exit_code == 0, told.output
    scales = load_config(team).wellness_scales
    assert scales == {
        "sleep_quality": Scale(worst=1, best=5),
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
