"""A mixed pile of exports becomes a page with two commands and no file touched."""

import csv
import re
from html import unescape

import pandas as pd
import pytest
from typer.testing import CliRunner

from common.text.plain_words import plain_date, plain_day
from ingest.dataset.settings import load_config
from pipelines.cli import app

RUN = CliRunner()
SCALES = ("sleep_quality=1:5", "fatigue=5:1", "soreness=5:1", "stress=5:1")


@pytest.fixture(scope="module")
def team(tmp_path_factory, written_team):
    folder = tmp_path_factory.mktemp("newcomer") / "Northside"
    return folder, written_team(folder)


@pytest.fixture(scope="module")
def init(team):
    folder, _ = team
    options = [part for scale in SCALES for part in ("--scale", scale)]
    return RUN.invoke(
        app, ["data", "init", str(folder), "--yes", "--time-zone", "Europe/Berlin", *options]
    )


@pytest.fixture(scope="module")
def scored(team, init, tmp_path_factory):
    folder, _ = team
    out = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STRIDECAST_KEY_FILE", str(out / "key"))
        patch.setenv("STRIDECAST_CACHE", str(out / "cache"))
        done = RUN.invoke(
            app, ["score", "--data", str(folder), "--out", str(out), "--project", str(out),
                  "--names"],
        )  # fmt: skip
    assert done.exit_code == 0, done.output
    return out, done


def test_init_finds_every_athlete_in_sheets_folders_and_files(team, init):
    folder, names = team
    assert init.exit_code == 0, init.output
    with (folder / "roster.csv").open(encoding="utf-8") as file:
        assert [row["athlete"] for row in csv.DictReader(file)] == names
    config = load_config(folder)
    assert (config.name, config.observed_to) == ("northside", None)
    assert str(config.observed_from) >= "2025-04-07"


def test_every_record_is_read_and_belongs_to_somebody(scored):
    out, done = scored
    assert re.search(r" \+ 0 rejected", done.output)
    assert len(pd.read_csv(out / "rejects.csv")) == 0
    assert len(pd.read_parquet(out / "scores.parquet").query("outcome == 'any'")) == 6


def test_the_age_of_the_data_is_told_before_the_table_and_codes_only_where_there_are_some(
    team, scored, tmp_path, monkeypatch
):
    folder, names = team
    out, done = scored
    assert done.output.index("the newest training record is") < done.output.index("week after")
    assert "codes stand for" not in done.output
    assert "more on the page" not in done.output
    monkeypatch.setenv("STRIDECAST_KEY_FILE", str(out / "key"))
    monkeypatch.setenv("STRIDECAST_CACHE", str(out / "cache"))
    monkeypatch.setattr("reporting.weekly.terminal.SHOWN", 2)
    told = RUN.invoke(
        app, ["score", "--data", str(folder), "--out", str(tmp_path), "--project", str(out)]
    ).output
    assert "add --names" in told.splitlines()[-2]
    scores = pd.read_parquet(tmp_path / "scores.parquet").query("outcome == 'any'")
    numbers = int(scores["probability"].notna().sum())
    assert 2 < numbers <= len(names)
    assert f"{numbers - 2} more on the page" in told


def test_names_are_on_the_page_alone(team, scored):
    _, names = team
    out, _ = scored
    page = (out / "forecast.html").read_text(encoding="utf-8")
    assert all(name in page for name in names)
    told = (out / "scores.csv").read_text() + (out / "scores.json").read_text()
    assert not any(name in told for name in names)
    assert "Published evidence" in page


def test_the_page_counts_what_is_on_record_says_how_old_it_is_and_what_to_type(team, scored):
    folder, _ = team
    out, _ = scored
    page = unescape((out / "forecast.html").read_text(encoding="utf-8"))
    read = pd.read_parquet(out / "records.parquet").groupby("kind")["records"].sum()
    sessions = pd.read_parquet(out / "records.parquet").query("kind == 'sessions'")["newest"].max()
    assert f"{read['sessions']:,} sessions (newest {plain_date(sessions)})" in page
    count = read["new injuries"]
    injuries = "1 new injury" if count == 1 else f"{count} new injuries"
    assert f"{injuries} in {read['weeks']:,} athlete-weeks up to" in page
    assert "about 540 in 26,900 athlete-weeks" in page
    newest = f"the newest training record of the team is of {plain_day(sessions)}"
    assert f"Old records:</strong> {newest}" in page
    assert f"stridecast score --data {folder} --out {out}" in page


def test_the_view_of_files_sums_up_the_many_files_of_a_watch(team, init):
    folder, names = team
    told = RUN.invoke(app, ["data", "check", "--files", str(folder)]).output
    watch = [line for line in told.splitlines() if f"watches/{names[0]}" in line]
    assert len(watch) == 1
    assert "files)" in watch[0]
