"""Sheets of a generated club, in any language and layout, with what they say."""

# ruff: noqa: E501 - lists of words read best as lines

import datetime as dt
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.clubs import vocabulary as words
from tests.clubs.people import ORDINARY, SHORT, Person
from tests.clubs.truth import Fact, Truth
from tests.clubs.writing import serial, write_table

KG_NEWTON = 9.80665


def _pick(table: dict[str, tuple[str, ...]], language: str, rng: random.Random) -> str:
    return rng.choice(table[language])


def mileage(folder: Path, truth: Truth, language: str, rng: random.Random) -> None:
    """Kilometres a week: names across, weeks across, or a row per answer."""
    people = rng.sample(truth.names.people, rng.randint(2, len(truth.names.people)))
    weeks = [truth.monday - dt.timedelta(7 * back) for back in range(rng.randint(4, 12), 0, -1)]
    cells: dict[tuple[Person, dt.date], tuple[Any, float | None]] = {
        (person, week): _km_cell(language, rng) for person in people for week in weeks
    }
    labels, asks = _week_labels(weeks, language, rng)
    heads = {person: truth.names.spell(person, rng, ORDINARY + SHORT) for person in people}
    layout = rng.choice(["names", "weeks", "rows", "two_rows"])
    label = _pick(words.WEEK, language, rng)
    if label in {"w/c", "Week of", "Week starting", "Woche ab", "Woche vom", "Semaine du"} and asks:
        label = words.WEEK[language][0]
    name = _pick(words.NAME, language, rng)
    if layout == "names":
        rows = [[label, *(heads[person] for person in people)]]
        rows += [[labels[week], *(cells[person, week][0] for person in people)] for week in weeks]
        if rng.random() < 0.4:
            rows.append([words.TOTAL[language], *(str(rng.randint(100, 600)) for _ in people)])
    elif layout == "two_rows":
        km = _pick(words.KM, language, rng)
        rows = [[None, *(heads[person] for person in people)], [label, *(km for _ in people)]]
        rows += [[labels[week], *(cells[person, week][0] for person in people)] for week in weeks]
    elif layout == "weeks":
        rows = [[name, *(labels[week] for week in weeks)]]
        rows += [[heads[person], *(cells[person, week][0] for week in weeks)] for person in people]
        if rng.random() < 0.4:
            rows[0].append(words.AVERAGE[language])
            for row in rows[1:]:
                row.append(str(rng.randint(10, 60)))
    else:
        rows = [[label, name, _pick(words.KM, language, rng)]]
        rows += [[labels[w], heads[p], cells[p, w][0]] for w in weeks for p in people]
    title = words.MILEAGE_TITLE[language]
    if rng.random() < 0.5 or layout in {"names", "weeks"}:
        rows = [[title], [], *rows]
    file = write_table(folder, rng.choice([title, f"km {language}"]), rows, rng)
    truth.layout[file] = f"mileage/{layout}/{language}"
    truth.facts[file] = [
        Fact("weekly_km", one, week, "km", value) for (one, week), (_, value) in cells.items()
    ]
    if asks:
        truth.asks[file] = asks


def _km_cell(language: str, rng: random.Random) -> tuple[Any, float | None]:
    km = rng.randint(5, 90)
    return rng.choice(
        [
            (km, float(km)),
            (km, float(km)),
            (str(km), float(km)),
            (f"{km},5", km + 0.5),
            (f"{km} km", float(km)),
            (words.ABOUT[language].format(km), float(km)),
            (_pick(words.INJURED, language, rng), None),
            (_pick(words.ILL, language, rng), None),
            (_pick(words.AWAY, language, rng), None),
            ("?", None),
            ("-", None),
            (None, None),
        ]
    )


def _week_labels(
    weeks: list[dt.date], language: str, rng: random.Random
) -> tuple[dict[dt.date, Any], str]:
    """Return the label of each week, and why the sheet has to be asked about, if so."""
    form = rng.choice(["iso", "point", "slash", "cell", "span", "no_year", "number", "serial"])
    week_word = {"de": "KW", "fr": "S", "nl": "wk", "sv": "v", "no": "uke", "da": "uge"}
    short = week_word.get(language, "W")
    write: dict[str, Callable[[dt.date], Any]] = {
        "iso": lambda one: one.isoformat(),
        "point": lambda one: f"{one:%d.%m.%Y}",
        "slash": lambda one: f"{one:%d/%m/%Y}",
        "cell": lambda one: dt.datetime.combine(one, dt.time()),
        "span": lambda one: f"{one:%d.%m.}-{one + dt.timedelta(6):%d.%m.%Y}",
        "no_year": lambda one: f"{one:%d.%m.}",
        "number": lambda one: f"{short} {one.isocalendar().week}",
        "serial": serial,
    }
    # Weeks a year apart look the same without a year: it may be asked.
    asks = "no year" if form in {"no_year", "number"} else ""
    if form == "slash" and all(week.day <= 12 for week in weeks):
        asks = "day or month first"
    return {week: write[form](week) for week in weeks}, asks


def form(folder: Path, truth: Truth, language: str, rng: random.Random) -> None:
    """A wellness form: a row per answer, the ends of each scale in its heading."""
    people = rng.sample(truth.names.people, rng.randint(2, len(truth.names.people)))
    days = [truth.monday - dt.timedelta(back) for back in range(rng.randint(8, 25), 0, -1)]
    low, high = rng.choice([(1, 5), (1, 5), (1, 7), (0, 10), (1, 10), (0, 100)])
    chosen = sorted(rng.sample(range(len(words.ITEMS)), rng.randint(2, 5)))
    stated = rng.random() < 0.75
    heads, scales = [], {}
    for at in chosen:
        worst, best = words.ENDS[language][at]
        best_high = rng.random() < 0.5
        ends = (worst, best) if best_high else (best, worst)
        text = words.ITEM[language][at]
        pattern = rng.choice(
            ["{0} ({1} = {2}, {3} = {4})", "{0} [{1}={2}; {3}={4}]", "{0} {1} ({2}) - {3} ({4})"]
        )
        heads.append(
            pattern.format(text, low, ends[0], high, ends[1])
            if stated
            else f"{text} ({low}-{high})"
        )
        scales[at] = (low, high) if best_high else (high, low)
    stamp, head, asks = _stamps(language, rng)
    rows: list[list[Any]] = [[head, _pick(words.NAME, language, rng), *heads]]
    facts = []
    asks = "" if any(day.day > 12 for day in days) else asks
    for day in days:
        for person in people:
            if rng.random() < 0.4:
                continue
            answers = [rng.randint(low, high) for _ in chosen]
            rows.append([stamp(day, rng), truth.names.spell(person, rng, ORDINARY), *answers])
            for at, answer in zip(chosen, answers, strict=True):
                worst, best = scales[at]
                share = (answer - worst) / (best - worst)
                facts.append(
                    Fact(
                        "wellness",
                        person,
                        day,
                        words.ITEMS[at],
                        round(share, 4) if stated else None,
                    )
                )
    if len(rows) < 3:
        return
    file = write_table(
        folder, rng.choice(["Form responses 1", "Wellness", f"check {language}"]), rows, rng
    )
    truth.layout[file] = f"form/{low}-{high}/{language}/{'stated' if stated else 'open'}"
    truth.facts[file] = facts
    if asks or not stated:
        truth.asks[file] = asks or "no ends"


def _stamps(
    language: str, rng: random.Random
) -> tuple[Callable[[dt.date, random.Random], Any], str, str]:
    """Return how moments are written, the heading, and why they may have to be asked about."""

    def clock(day: dt.date, rng: random.Random) -> dt.datetime:
        return dt.datetime.combine(day, dt.time(rng.randint(6, 21), rng.randint(0, 59), 5))

    forms: list[tuple[Callable[[dt.date, random.Random], Any], str]] = [
        (_google_stamp, ""),
        (lambda d, r: f"{clock(d, r):%d/%m/%Y %H:%M:%S}", "day or month first"),
        (lambda d, r: f"{clock(d, r):%d.%m.%Y %H:%M}", ""),
        (lambda d, r: f"{clock(d, r):%d/%m/%Y %I:%M:%S %p}", "day or month first"),
        (clock, ""),
        (lambda d, r: f"{clock(d, r):%Y-%m-%dT%H:%M:%S}", ""),
        (lambda d, r: f"{d:%d.%m.%y}", ""),
    ]  # fmt: skip
    at = rng.randrange(len(forms))
    stamped = {
        "en": "Timestamp", "de": "Zeitstempel", "fr": "Horodateur", "es": "Marca temporal",
        "it": "Informazioni cronologiche", "nl": "Tijdstempel", "pt": "Carimbo de data/hora",
        "sv": "Tidstämpel", "no": "Tidsmerke", "da": "Tidsstempel",
    }  # fmt: skip
    head = _pick(words.DATE, language, rng) if at == 6 else stamped[language]
    return forms[at][0], head, forms[at][1]


def _google_stamp(day: dt.date, rng: random.Random) -> str:
    hour = rng.randint(0, 23)
    half = "AM" if hour < 12 else "PM"
    return f"{day:%Y/%m/%d} {hour % 12 or 12}:07:01 {half} GMT+1"


def injuries(folder: Path, truth: Truth, language: str, rng: random.Random) -> None:
    """An injury register: sorted by person or day, returns as days, words or days lost."""
    people = rng.sample(truth.names.people, rng.randint(1, len(truth.names.people)))
    write = rng.choice(
        ["{0:%d.%m.%Y}", "{0:%Y-%m-%d}", "{0:%d/%m/%Y}", "{0.day}.{0.month}.{0:%y}", "cell"]
    )
    by_days = rng.random() < 0.3
    entries = []
    for person in people:
        region = rng.choice(list(words.PLACES))
        onset = truth.monday - dt.timedelta(rng.randint(10, 200))
        lost = rng.randint(4, 60) if rng.random() < 0.6 else None
        back = onset + dt.timedelta(lost) if lost is not None else None
        if back is not None and back >= truth.monday:
            lost = back = None
        entries.append((person, onset, region, lost, back))
    if rng.random() < 0.5:
        entries.sort(key=lambda entry: entry[1])
    last = words.DAYS_LOST[language] if by_days else _pick(words.RETURN, language, rng)
    rows: list[list[Any]] = [
        [
            _pick(words.ONSET, language, rng),
            _pick(words.NAME, language, rng),
            _pick(words.WHAT, language, rng),
            last,
        ]
    ]

    def day_text(day: dt.date) -> Any:
        return dt.datetime.combine(day, dt.time()) if write == "cell" else write.format(day)

    facts = []
    days = []
    for person, onset, region, lost, back in entries:
        told: Any = (
            (lost if by_days else day_text(back))
            if back
            else ("" if by_days else _pick(words.OPEN, language, rng))
        )
        days += [onset, back] if back and not by_days else [onset]
        rows.append(
            [
                day_text(onset),
                truth.names.spell(person, rng, ORDINARY + SHORT),
                words.PLACES[region][language],
                told,
            ]
        )
        facts.append(Fact("injuries", person, onset, "region", region))
        facts.append(Fact("injuries", person, onset, "return", back.isoformat() if back else None))
    title = {"de": "Verletztenliste", "fr": "Blessures", "es": "Lesiones", "it": "Infortuni", "nl": "Blessurelijst",
             "pt": "Lesões", "sv": "Skador", "no": "Skader", "da": "Skadeliste"}.get(language, "Injury register")  # fmt: skip
    if rng.random() < 0.4:
        rows = [[f"{title} 2024/25"], *rows]
    file = write_table(folder, title, rows, rng)
    truth.layout[file] = f"injuries/{language}/{write}/{'lost' if by_days else 'day'}"
    truth.facts[file] = facts
    if write == "{0:%d/%m/%Y}" and all(day.day <= 12 for day in days):
        truth.asks[file] = "day or month first"


def strength(folder: Path, truth: Truth, language: str, rng: random.Random) -> None:
    """Strength by hand-held dynamometer: trials side by side, in kg or N."""
    people = rng.sample(truth.names.people, rng.randint(2, len(truth.names.people)))
    unit = rng.choice(["kg", "N"])
    tests = rng.sample(list(words.TESTS), rng.randint(1, 2))
    trials = rng.choice([1, 3])
    day = truth.monday - dt.timedelta(rng.randint(5, 60))
    day_first = rng.random() < 0.5
    columns = [(test, side) for test in tests for side in (0, 1)]
    heads = [
        f"{words.TESTS[test][language]} {words.SIDES[language][side]} ({unit})"
        for test, side in columns
    ]
    name = _pick(words.NAME, language, rng)
    if trials == 1:
        rows: list[list[Any]] = [[name, *heads]]
    else:
        wide = [cell for head in heads for cell in (head, None, None)]
        rows = [[name, *wide], [None, *([1, 2, 3] * len(heads))]]
    facts = []
    for person in people:
        row: list[Any] = [truth.names.spell(person, rng, ORDINARY + SHORT)]
        for test, side in columns:
            values = [
                round(rng.uniform(12, 45) * (1 if unit == "kg" else 10), 1) for _ in range(trials)
            ]
            row += values
            newton = max(values) * (KG_NEWTON if unit == "kg" else 1)
            what = f"{test} {('left', 'right')[side]}"
            facts.append(Fact("strength", person, day, what, round(newton, 2)))
        rows.append(row)
    date = _pick(words.DATE, language, rng)
    if day_first:
        for at, row in enumerate(rows):
            row.insert(
                1,
                date
                if at == 0
                else (
                    None if at < len(rows) - len(people) else dt.datetime.combine(day, dt.time())
                ),
            )
    else:
        rows = [[f"{date}: {day:%d.%m.%Y}"], *rows]
    file = write_table(
        folder, rng.choice(["HHD", "Kraft", "strength test", "Test de force"]), rows, rng
    )
    truth.layout[file] = f"strength/{language}/{unit}/{trials}"
    truth.facts[file] = facts


def ostrc(folder: Path, truth: Truth, language: str, rng: random.Random) -> None:
    """The weekly questionnaire in numbers; an answer on Sunday or Monday is for the week before."""
    people = rng.sample(truth.names.people, rng.randint(2, len(truth.names.people)))
    sundays = [truth.monday - dt.timedelta(1 + 7 * back) for back in range(rng.randint(2, 8))]
    rows: list[list[Any]] = [
        ["Timestamp", "Name", "Have you had any difficulties participating in training and competition due to injury"
         " or illness during the past 7 days?", "To what extent have you modified your training or competition due to"
         " health problems?", "To what extent have health problems affected your performance?",
         "To what extent have you experienced symptoms/health complaints?", "Location"]
    ]  # fmt: skip
    facts = []
    for day in sundays:
        for person in people:
            four = [rng.choice([0, 8, 17, 25]) for _ in range(4)]
            if four[0] == 0:
                four = [0, 0, 0, 0]
            rows.append(
                [
                    f"{day:%Y-%m-%d} 19:30",
                    truth.names.spell(person, rng, ORDINARY),
                    *four,
                    "left knee" if any(four) else "",
                ]
            )
            facts.append(Fact("ostrc", person, day, "score", float(sum(four))))
    file = write_table(folder, rng.choice(["OSTRC", "Health problems weekly"]), rows, rng)
    truth.layout[file] = "ostrc"
    truth.facts[file] = facts


KINDS = {
    "mileage": mileage,
    "form": form,
    "injuries": injuries,
    "strength": strength,
    "ostrc": ostrc,
}
