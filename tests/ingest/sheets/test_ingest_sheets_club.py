"""The sheets of a real club's folder against the truth about it, name by name as it tells them."""

import datetime as dt
import importlib.util
import json
import os
from pathlib import Path

import pandas as pd
import pytest

from ingest.dataset.settings import DatasetConfig
from ingest.readers.base import Anyone, ReadContext
from ingest.readers.sheets.reader import SheetReader

SHARED = Path(os.environ.get("STRIDECAST_SHARED", "../shared"))
CLUB, CASES = SHARED / "club", SHARED / "cases"
needs_club = pytest.mark.skipif(
    not (CLUB / "truth.json").exists(), reason="the acceptance club is not there"
)
needs_cases = pytest.mark.skipif(not CASES.is_dir(), reason="the small cases are not there")
TESTS = {"Hip Abd": "hip_abduction", "Knee Ext": "knee_extension"}
SIDES = {"L": "left", "R": "right"}


def read(path, last_day="2026-01-01", **settings):
    config = DatasetConfig(
        name="club", time_zone="Europe/Berlin", observed_from=dt.date(2019, 1, 1), **settings
    )
    where = ReadContext(config, path.parent, pd.Timestamp(last_day), athletes=Anyone())
    return SheetReader().read(path, where)


@pytest.fixture(scope="module")
def truth():
    return json.loads((CLUB / "truth.json").read_text())


@pytest.fixture(scope="module")
def builder():
    spec = importlib.util.spec_from_file_location("build_club", CLUB / "build_club.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def names(truth):
    aliases = {
        alias.strip(): one["name"]
        for one in truth["roster"]
        for some in one["aliases"].values()
        for alias in some
    }
    return aliases | {one["name"]: one["name"] for one in truth["roster"]}


def of(parsed, table, truth):
    frame = parsed.records[table]
    people = frame["athlete"].map(names(truth))
    assert people.notna().all()
    return frame.assign(who=people)


@needs_club
def test_the_injury_list_of_the_last_monday(tmp_path, truth, builder):
    monday = dt.date(2020, 3, 16)
    path = tmp_path / "Verletztenliste.xlsx"
    builder.save(builder.injury_workbook(monday), path)
    found = of(read(path, "2020-03-16"), "injuries", truth)
    listed = {
        (who, injury["onset"]): injury
        for who, person in truth["weeks"][monday.isoformat()].items()
        for injury in person["injuries"]
        if injury["source"] == "injury list"
    }
    assert len(listed) > 5
    for (who, onset), one in listed.items():
        (row,) = found[(found["who"] == who) & (found["onset_date"] == onset)].itertuples()
        assert row.region == one["region"]
        assert not one["side"] or row.side == one["side"]
        if one["return_is"] == "written":
            assert str(row.return_date.date()) == one["return"]
        assert pd.isna(row.return_date) == (one["return"] is None)


@needs_club
def test_the_form_and_the_tests(tmp_path, truth, builder):
    monday = dt.date(2020, 3, 16)
    form, gait, strength = (tmp_path / n for n in ("form.csv", "gait.csv", "strength.xlsx"))
    builder.write_rows(form, builder.form_csv(monday))
    builder.write_rows(gait, builder.gait_rows())
    builder.save(builder.strength_workbook(), strength)
    parsed = read(form, "2020-03-16")
    assert [question.kind for question in parsed.account.questions] == ["scale"]
    answers = of(parsed, "wellness", truth)
    forces = of(read(strength), "strength", truth)
    assert len(of(read(gait), "gait", truth)) == 36
    checked = 0
    for who, person in truth["weeks"][monday.isoformat()].items():
        for one in person["wellness"]:
            if not one["source"].startswith("form"):
                continue
            last = answers[answers["who"] == who].sort_values("date").iloc[-1]
            assert str(last["date"].date()) == one["date"]
            for item in ("sleep_quality", "fatigue", "soreness"):
                told = one["items"][item]
                share = (told["answer"] - told["worst"]) / (told["best"] - told["worst"])
                assert last[item] == pytest.approx(share)
            assert last["sleep_h"] == one["items"]["sleep_hours"]["answer"]
            checked += 1
        for one in person["strength"]:
            own = forces[forces["who"] == who].set_index(["test", "side"])["value"]
            value = own[TESTS[one["test"]], SIDES[one["side"]]]
            assert value == pytest.approx(one["peak_N"], rel=0.005)
            checked += 1
    assert checked > 40


@needs_cases
def test_the_small_cases():
    register = read(CASES / "injury_register.xlsx").records["injuries"]
    assert register["onset_date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-05-18", "2025-03-01"]
    assert register["region"].tolist() == ["knee", "achilles"]
    asked = read(CASES / "register_by_athlete_day_first.csv")
    assert not asked.records
    assert [question.kind for question in asked.account.questions] == ["dates"]
    scales = [
        {"item": item, "worst": w, "best": b}
        for item, w, b in (
            ("sleep_quality", 1, 5),
            ("soreness", 5, 1),
            ("fatigue", 5, 1),
        )
    ]
    name = "google_forms_download.csv"
    form = read(CASES / name, sheets={name: {"scales": scales}}).records["wellness"]
    assert form["date"].dt.strftime("%Y-%m-%d").tolist() == ["2025-05-05", "2025-05-05"]
    assert form["sleep_quality"].tolist() == [0.75, 0.25]
