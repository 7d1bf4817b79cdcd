"""The page is held to the data: every figure it shows, recomputed from the raw files.

Made-up clubs are written as the exports that athletes send (Strava lists in UTC, a list of
injuries), scored as a coach does it, and read back by plain arithmetic over the same files: see
:mod:`tests.pipelines.page_club`.
"""

import json
import re
from collections import defaultdict
from html import unescape
from statistics import median

import pandas as pd
import pytest
from markupsafe import escape

from pipelines.weekly.score_folder import score_folder
from pipelines.weekly.scored import ScoreRequest
from tests.pipelines.page_club import (
    AS_OF,
    LONG_RUN,
    NAMES,
    expected,
    measured_by_hand,
    reason_value,
    runs_of,
    team_median_hours,
    write_club,
)
from tests.pipelines.page_parser import ENGLISH, Said, Shown

WORDS = {
    "en": ("at least", "km in the past 7 days", "logged", r"usual \(median\) week ([\d,]+) km"),
    "de": (
        "mindestens",
        "km in den letzten 7 Tagen",
        "aufgezeichnet",
        r"übliche Woche \(Median\) ([\d.]+) km",
    ),
    "es": (
        "al menos",
        "km en los últimos 7 días",
        "registrados",
        r"semana habitual \(mediana\) ([\d.]+) km",
    ),
}
"""By language: at least, of the past 7 days, partly logged, the usual week."""


def number_of(text, language):
    """Read a number as the language writes it."""
    return float(
        text.replace(",", "") if language == "en" else text.replace(".", "").replace(",", ".")
    )


@pytest.fixture(scope="module", params=[(1, "en"), (2, "en"), (3, "de"), (4, "es")])
def club(request, tmp_path_factory):
    seed, language = request.param
    root = tmp_path_factory.mktemp(f"club{seed}")
    folder = root / "lakeside"
    folder.mkdir()
    write_club(folder, seed)
    out = root / "out"
    done = score_folder(
        ScoreRequest(
            folder, out, pd.Timestamp(AS_OF), root, with_names=True, language=language,
            own_pages=True,
        ),
        lambda _: None,
    )  # fmt: skip
    scores = json.loads((out / "scores.json").read_text())
    athletes = {done.names[athlete["athlete"]]: athlete for athlete in scores["athletes"]}
    return folder, athletes, (out / "forecast.html").read_text(encoding="utf-8")


@pytest.fixture
def language(club):
    return re.search(r'<html lang="(\w+)"', club[2])[1]


def test_every_figure_of_scores_json_is_that_of_the_raw_files(club):
    folder, athletes, _ = club
    for name in NAMES:
        stated = athletes[name]["figures"]
        for figure, value in expected(folder, name).items():
            if value is None or isinstance(value, str):
                assert stated[figure] == value, (name, figure)
            else:
                assert stated[figure] == pytest.approx(value, abs=0.011), (name, figure)


def test_the_run_far_beyond_all_others_is_the_spike(club):
    """And who ran without a distance has none."""
    folder, athletes, _ = club
    number, day, km = LONG_RUN
    told = {name: one["figures"]["spike_day"] for name, one in athletes.items()}
    assert told[NAMES[number]] == day.isoformat()
    assert athletes[NAMES[number]]["figures"]["spike_run_km"] == km
    for name in NAMES[1:3]:
        window = [one for one in runs_of(folder, name) if 0 <= (AS_OF - one[0]).days < 31]
        assert told[name] is None or all(one[2] is not None for one in window)


def test_the_numbers_of_the_reasons_are_those_of_the_raw_files(club, language):
    folder, athletes, _ = club
    checked = set()
    for name, athlete in athletes.items():
        for reason in (reason for chance in athlete["forecasts"] for reason in chance["reasons"]):
            value = reason_value(folder, name, reason["feature"])
            if value is not None and reason["known"]:
                checked.add(reason["feature"])
                assert reason["value"] == pytest.approx(value, rel=1e-3), (name, reason["sentence"])
                assert stated(reason["sentence"], reason["feature"], value, language), reason
    assert "hours_28d" in checked
    assert len(checked) >= 3


def stated(sentence, feature, value, language):
    """Whether a reason's sentence says its own value: hours a week, a jump in per cent."""
    numbers = numbers_in(sentence, language)
    if feature == "cross_training_28d_min":
        # None is said in words beside its 28 days; an hour and more are told in hours.
        if value < 1:
            return numbers == [28]
        unit, value = (" min", value) if value < 60 else (" h", value / 60)
        assert sentence.endswith(unit)
    if "injuries" in feature and not value:
        # None is said in words, beside the months or weeks on record.
        return len(numbers) == 1
    shown = {"hours_28d": value / 4, "longest_run_spike": (value - 1) * 100}.get(feature, value)
    return any(
        number == pytest.approx(shown, abs=0.051 if shown < 20 else 0.51) for number in numbers
    )


def test_the_teams_median_is_that_of_the_raw_files(club, language):
    folder, athletes, _ = club
    said = [
        numbers_in(reason["sentence"], language)[-1]
        for athlete in athletes.values()
        for chance in athlete["forecasts"]
        for reason in chance["reasons"]
        if reason["feature"] == "hours_28d"
    ]
    assert said == pytest.approx([team_median_hours(folder)] * len(said), abs=0.051)
    assert said


def numbers_in(words, language):
    return [number_of(one, language) for one in re.findall(r"\d[\d.,]*\d|\d", words)]


def test_every_figure_of_the_page_is_that_of_scores_json_and_its_words_say_the_same(club, language):
    _, athletes, html = club
    page = Shown(html)
    for name, athlete in athletes.items():
        shown = page.figures[athlete["athlete"]]
        known = {k for k, v in athlete["figures"].items() if v is not None}
        assert set(LABELLED) & known == set(LABELLED) & set(shown), name
        for figure in set(LABELLED) & known:
            for value, words in shown[figure]:
                assert value == str(athlete["figures"][figure]), (name, figure)
                assert says(words, figure, athlete["figures"], language), (name, figure, words)


LABELLED = (
    "hours_7d", "km_7d", "hours_28d", "km_28d", "sessions_28d", "longest_run_km_30d",
    "longest_run_minutes_30d", "injuries_12m",
)  # fmt: skip


def says(words, figure, figures, language):
    """Whether the words hold the rounded value, and "at least" where a run has no distance."""
    value = figures[figure]
    missing = figures.get(f"runs_without_{figure}") or 0
    numbers = numbers_in(words, language)
    if figure == "injuries_12m" and figures["injuries_known_from"]:
        year, _, day = map(int, figures["injuries_known_from"].split("-"))
        return (numbers[0], numbers[-1]) == (value or day, year)
    if figure.startswith("km_") and missing:
        at_least = WORDS[language][0] in words and numbers[0] == pytest.approx(value, abs=0.051)
        return (at_least or value == 0) and numbers[-1] == missing
    return numbers[0] == pytest.approx(value, abs=0.51 if "minutes" in figure else 0.051)


ASIDE = {
    "en": {"Ada Arnold": ("left 16 % below", "only for men"),
           "Ben Brandt": ("left 20 % below", "below the range"),
           "Cleo Conte": ("left 3.0, right 4.0", "below the range"),
           "Dan O'Dahl": ("right 10 % below", "mass")},
    "de": {"Ada Arnold": ("links 16 % unter", "nur Werte von Männern"),
           "Ben Brandt": ("links 20 % unter", "unter dem Bereich"),
           "Cleo Conte": ("links 3,0, rechts 4,0", "unter dem"),
           "Dan O'Dahl": ("rechts 10 % unter", "Körpergewicht")},
    "es": {"Ada Arnold": ("la izquierda, un 16 %", "valores de hombres"),
           "Ben Brandt": ("la izquierda, un 20 %", "por debajo del intervalo"),
           "Cleo Conte": ("izquierda 3,0, derecha 4,0", "por debajo del"),
           "Dan O'Dahl": ("la derecha, un 10 %", "peso corporal")},
}  # fmt: skip
"""By language, of each athlete: the sides, and what is said beside other runners."""


def test_strength_and_gait_stand_on_the_card_and_the_own_page_as_measured(club, language):
    folder, athletes, html = club
    own = [
        path.read_text(encoding="utf-8") for path in (folder.parent / "out/athletes").glob("*.html")
    ]
    page = Shown(html)
    for name, athlete in athletes.items():
        by_hand = measured_by_hand(name)
        assert {one["name"]: one["value"] for one in athlete["measured"]} == pytest.approx(
            by_hand, abs=1e-4
        )
        mine = Shown(next(text for text in own if f"<h1>{escape(name)}</h1>" in text))
        for test, value in by_hand.items():
            for shown in (page, mine):
                ((stated, words),) = shown.figures[athlete["athlete"]][test]
                assert float(stated) == pytest.approx(value, abs=1e-4), (name, test)
                assert numbers_in(words, language)[0] == pytest.approx(value, abs=0.51)
    for name, (sides, beside) in ASIDE[language].items():
        card = re.search(rf"<h3>{re.escape(str(escape(name)))}.*?</details>", html, flags=re.DOTALL)
        tests = re.search(r'<div class="tests">.*?</div>', card[0], flags=re.DOTALL)[0]
        assert sides in unescape(tests), (name, unescape(tests))
        assert beside in unescape(tests), (name, unescape(tests))
    silent = next(one for name, one in athletes.items() if name == NAMES[5])
    assert silent["measured"] == []


def test_no_two_figures_of_the_page_contradict_each_other(club):
    _, athletes, html = club
    page = Shown(html)
    for name, athlete in athletes.items():
        figures = athlete["figures"]
        chances = [value for value, _ in page.figures[athlete["athlete"]]["chance"]]
        ranked = [value for value, _ in page.figures[athlete["athlete"]]["chance_any"]]
        assert len({*chances, *ranked}) <= 1, name
        if figures["km_7d"] is None:
            continue
        assert figures["km_7d"] <= figures["km_28d"] + 1e-6
        assert figures["hours_7d"] <= figures["hours_28d"] + 1e-6
        assert (figures["km_7d"] == 0) or figures["hours_7d"] > 0
        assert (figures["sessions_28d"] == 0) == (figures["hours_28d"] == 0)
        assert figures["runs_without_km_7d"] <= figures["runs_without_km_28d"]
        assert figures["runs_without_km_28d"] <= figures["sessions_28d"]
        assert (figures["days_since_run"] < 7) == (figures["hours_7d"] > 0)


def test_the_captions_of_the_charts_say_what_the_figures_say(club, language):
    _, athletes, html = club
    least, past, logged, _ = WORDS[language]
    page = Shown(html)
    cards = dict(re.findall(r'<details class="[^"]*" id="(\w+)">\s*<summary><h3>([^<]*)', html))
    by_name = {unescape(said).strip(): key for key, said in cards.items()}
    checked = 0
    for name, athlete in athletes.items():
        caption = page.captions.get(by_name.get(name))
        found = re.match(rf"({least} )?([\d.,]+) {past}", caption or "", re.IGNORECASE)
        if found and logged not in caption:
            checked += 1
            assert number_of(found[2], language) == round(athlete["figures"]["km_7d"]), name
            assert bool(found[1]) == (athlete["figures"]["runs_without_km_7d"] > 0), name
    assert checked >= 3


def test_who_is_available_adds_up_to_everybody(club):
    _, athletes, html = club
    groups = re.search(r'<ul class="available">(.*?)</ul>', html, flags=re.DOTALL)[1]
    counts = [int(one) for one in re.findall(r"<b>(\d+)</b>", groups)]
    assert sum(counts) == len(athletes)


def test_the_usual_week_is_one_number_on_the_whole_page(club, language):
    """The median week of the chart's caption is that of the raw files."""
    folder, _, html = club
    name = NAMES[0]
    weeks = defaultdict(float)
    for day, _, km in runs_of(folder, name):
        back = (AS_OF - day).days
        if back >= 0:
            weeks[back // 7] += km or 0.0
    first = max(weeks)
    earlier = [weeks[at] for at in range(1, min(25, first)) if weeks[at] > 0]
    said = re.findall(WORDS[language][3], html)
    assert str(round(median(earlier))) in said


def test_a_page_in_another_language_has_no_english_on_it(club, language):
    """Words that only English has would be a sentence that no catalogue knows."""
    folder, _, html = club
    own = [
        path.read_text(encoding="utf-8") for path in (folder.parent / "out/athletes").glob("*.html")
    ]
    assert len(own) == len(NAMES)
    left = [text for page in (html, *own) for text in Said(page).texts if ENGLISH.search(text)]
    assert bool(left) == (language == "en"), left


def test_an_athletes_page_names_nobody_else(club):
    folder, athletes, _ = club
    for name in NAMES:
        path = next(
            path
            for path in (folder.parent / "out/athletes").glob("*.html")
            if f"<h1>{escape(name)}</h1>" in path.read_text(encoding="utf-8")
        )
        text = unescape(path.read_text(encoding="utf-8"))
        for other, one in athletes.items():
            if other != name:
                assert other not in text, (name, other)
                assert one["athlete"] not in text, (name, other)
