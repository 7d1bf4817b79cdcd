"""Sheets that nobody has shown: random languages, spellings, layouts, titles and dates."""

import datetime as dt
import json
import re
import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.readers.base import FileRefused
from ingest.readers.sheets.opening import open_workbook
from ingest.readers.sheets.reader import SheetReader
from ingest.readers.sheets.synonyms import LANGUAGES, SYNONYMS
from tests.ingest.sheets import sheet_files as files

NAMES = ["Ann Lee", "José Núñez", "Zoë O'Brien", "Søren Ågård", "Łukasz W.", "Tom B"]
REMARKS = {"INJ": "injured", "krank": "ill", "?": "unknown", "-": "none", "malade": "ill"}
MONDAY = dt.date(2024, 9, 30)
SURE = {
    "athlete": lambda word: word != "id",
    "date": lambda word: len(word) > 2,
    "week": lambda word: len(word) > 3 and not re.search(r"end|bis|/e|to$| a[lu]$", word),
}
"""Spellings that mean something on their own: "am" or "le" need the rest of the table."""

cells = st.one_of(
    st.integers(0, 180).map(lambda km: (str(km), float(km), "")),
    st.decimals(1, 99, places=1).map(lambda km: (f"{km}".replace(".", ","), float(km), "")),
    st.integers(1, 90).map(lambda km: (f"c. {km}", float(km), "")),
    st.integers(1, 90).map(lambda km: (f"{km} km", float(km), "")),
    st.sampled_from(sorted(REMARKS)).map(lambda word: (word, None, REMARKS[word])),
    st.none(),
)
formats = st.sampled_from(
    ["{0:%Y-%m-%d}", "{0:%d.%m.%Y}", "{0:%d/%m/%Y}", "{0.day}.{0.month}.{0:%y}"]
)


@st.composite
def mileage(draw):
    """A sheet of weekly kilometres, and what it says: (athlete, Monday) -> (km, word)."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=5, unique=True))
    weeks = [MONDAY + dt.timedelta(7 * n) for n in range(draw(st.integers(3, 12)))]
    grid = {(name, week): draw(cells) for name in names for week in weeks}
    language = draw(st.sampled_from(LANGUAGES))
    write = draw(formats)
    form, label = draw(st.sampled_from(["names", "weeks", "rows"])), draw(words("week", language))
    text = {key: cell[0] if cell else None for key, cell in grid.items()}
    if form == "names":
        rows = [[label, *names], *([write.format(w), *(text[n, w] for n in names)] for w in weeks)]
    elif form == "weeks":
        head = [draw(words("athlete", language)), *(write.format(w) for w in weeks)]
        rows = [head, *([n, *(text[n, w] for w in weeks)] for n in names)]
    else:
        km = draw(st.sampled_from(["km", "Km", "KM", "Distance (km)", "Kilometer"]))
        rows = [[label, draw(words("athlete", language)), km]]
        rows += [[write.format(w), n, text[n, w]] for n in names for w in weeks if text[n, w]]
    return dressed(draw, rows), {
        (name, week.isoformat()): cell[1:] for (name, week), cell in grid.items() if cell
    }


@st.composite
def words(draw, concept, language):
    """A spelling of a concept in a language, with the case and marks that people add."""
    spellings = [one for one in SYNONYMS[concept][language].split("|") if "*" not in one]
    sure = [
        spelling
        for spelling in spellings
        if SURE.get(concept, lambda word: len(word) > 3)(spelling)
    ]
    word = draw(st.sampled_from(sure or spellings))
    change = draw(st.sampled_from([str.capitalize, str.upper, str.title, str]))
    return change(word) + draw(st.sampled_from(["", ":", " ", "?", " *"]))


def dressed(draw, rows):
    """Put titles above, totals and notes below, and an empty row where there are titles."""
    title = draw(st.sampled_from([[], [["Northside RC: weekly km"], []], [["Wochenkilometer"]]]))
    blank = [None] * (len(rows[0]) - 1)
    below = draw(
        st.sampled_from([[], [["Total", *blank[1:], "999"]], [[], ["* treadmill", *blank]]])
    )
    return [*title, *rows, *below]


@settings(max_examples=60)
@given(sheet=mileage(), delimiter=st.sampled_from([",", ";", "\t"]))
def test_kilometres_of_any_layout_come_back(tmp_path_factory, sheet, delimiter):
    rows, expected = sheet
    path = files.table(tmp_path_factory.mktemp("any") / "km per week.csv", rows, delimiter)
    parsed = files.read(path)
    found = (
        files.told(parsed, "weekly_km", "athlete", "week_start", "km", "word") if expected else []
    )
    assert {(name, week): (km, word) for name, week, km, word in found} == expected
    assert parsed.account.rejected == 0


ITEMS = ("sleep_quality", "fatigue", "soreness", "stress", "mood")
ENDS = {
    "sleep_quality": ("very bad", "very good"),
    "mood": ("bad", "great"),
    "fatigue": ("exhausted", "fresh"),
    "soreness": ("very sore", "none"),
    "stress": ("stressed", "relaxed"),
}


@st.composite
def form(draw):
    """A form with stated scales, and the answers on 0-1 with 1 = best."""
    language = draw(st.sampled_from(LANGUAGES))
    items = draw(st.lists(st.sampled_from(ITEMS), min_size=1, max_size=4, unique=True))
    low, high = draw(st.sampled_from([(1, 5), (1, 7), (0, 10), (1, 10)]))
    heads, scales = [], {}
    for item in items:
        bad, good = ENDS[item]
        best_high = draw(st.booleans())
        ends = (bad, good) if best_high else (good, bad)
        heads.append(f"{draw(words(item, language))} ({low} = {ends[0]}, {high} = {ends[1]})")
        scales[item] = (low, high) if best_high else (high, low)
    days = [dt.date(2025, 1, 10) + dt.timedelta(n) for n in range(draw(st.integers(1, 8)))]
    write = draw(formats)
    rows = [[draw(words("date", language)), draw(words("athlete", language)), *heads]]
    expected = []
    for day in days:
        answers = {item: draw(st.integers(low, high)) for item in items}
        rows.append([write.format(day), "Ann Lee", *answers.values()])
        shares = {i: (a - scales[i][0]) / (scales[i][1] - scales[i][0]) for i, a in answers.items()}
        expected.append((day.isoformat(), *(round(shares[item], 4) for item in items)))
    return rows, items, expected


@settings(max_examples=60)
@given(form())
def test_a_form_in_any_language_and_direction_comes_back(tmp_path_factory, drawn):
    rows, items, expected = drawn
    parsed = files.read(files.table(tmp_path_factory.mktemp("any") / "form.csv", rows))
    decided = (
        {row[0] for row in files.told(parsed, "wellness", "date")} if parsed.records else set()
    )
    if any("/" in str(row[0]) for row in rows[1:]) and not decided:
        # All days up to the 12th: nothing tells, and it is asked.
        assert [question.kind for question in parsed.account.questions] == ["dates"]
        return
    assert files.told(parsed, "wellness", "date", *items) == expected
    assert not parsed.account.questions


@settings(max_examples=40)
@given(
    st.lists(
        st.lists(st.one_of(st.none(), st.text(max_size=12), st.integers(0, 99)), max_size=6),
        min_size=1,
        max_size=8,
    )
)
def test_no_table_at_all_breaks_nothing(tmp_path_factory, rows):
    path = files.table(tmp_path_factory.mktemp("any") / "x.csv", [["Name", "Date", "Km"], *rows])
    if not SheetReader().knows(path, path.read_bytes()):
        return
    try:
        account = files.read(path).account
    except FileRefused as refused:
        assert refused.reason == "unknown_format"  # noqa: PT017 - one of two right endings
        return
    assert account.read == account.accepted + account.repaired + account.rejected


def test_the_script_that_opens_workbooks_needs_nothing_of_ours(tmp_path):
    """It runs apart from everything, also where the packages are not installed."""
    path = files.workbook(tmp_path / "a.xlsx", {"Feb": [["Name", "Km"], ["Ann", 8]]})
    code = (
        "import sys, runpy; sys.modules.update(common=None, ingest=None);"
        f" sys.argv = ['x', {str(path)!r}];"
        f" runpy.run_path({open_workbook.__file__!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0]["name"] == "Feb"
