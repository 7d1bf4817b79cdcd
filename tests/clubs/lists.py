"""Lists of who is injured in a generated club: states as of a day, and sentences."""

# ruff: noqa: E501 - lists of words read best as lines

import datetime as dt
import random
from pathlib import Path

from tests.clubs import vocabulary as words
from tests.clubs.people import ORDINARY
from tests.clubs.truth import Fact, Truth
from tests.clubs.writing import write_table

_STATUS = {
    "en": ("Status", "Fit", "Out", "Modified"), "de": ("Status", "Fit", "Verletzt", "Reha"),
    "fr": ("Statut", "Apte", "Blessé", "Aménagé"), "es": ("Estado", "Apto", "Baja", "Limitado"),
    "it": ("Stato", "Idoneo", "Infortunato", "Limitato"), "nl": ("Status", "Fit", "Geblesseerd", "Beperkt"),
    "pt": ("Estado", "Apto", "Lesionado", "Limitado"), "sv": ("Status", "Frisk", "Skadad", "Rehab"),
    "no": ("Status", "Frisk", "Skadet", "Rehab"), "da": ("Status", "Rask", "Skadet", "Rehab"),
}  # fmt: skip
_SINCE = {
    "en": "since", "de": "seit", "fr": "depuis le", "es": "desde", "it": "dal", "nl": "sinds",
    "pt": "desde", "sv": "sedan", "no": "siden", "da": "siden",
}  # fmt: skip


def state_list(folder: Path, truth: Truth, language: str, rng: random.Random) -> None:
    """Everybody's state on one day, which the title or the file's name tells, or nothing does."""
    heading, fit, *others = _STATUS[language]
    day = truth.monday - dt.timedelta(rng.randint(0, 6))
    rows: list[list[object]] = [
        [rng.choice(words.NAME[language]), heading, words.WHAT[language][0]]
    ]
    facts = []
    for person in truth.names.people:
        name = truth.names.spell(person, rng, ORDINARY)
        if rng.random() < 0.5:
            rows.append([name, fit, None])
            continue
        region = rng.choice(list(words.PLACES))
        rows.append([name, rng.choice(others), words.PLACES[region][language]])
        facts.append(Fact("injuries", person, day, "region", region))
    told = rng.choice(["title", "name", "nowhere"])
    if told == "title":
        rows = [[f"{heading} {day:%d.%m.%Y}"], *rows]
    name = f"{heading} {day.isoformat()}" if told == "name" else heading
    file = write_table(folder, name, rows, rng)
    truth.layout[file] = f"state list/{language}/{told}"
    truth.facts[file] = facts
    if told == "nowhere":
        truth.asks[file] = "no day"


def lines(folder: Path, truth: Truth, language: str, rng: random.Random) -> None:
    """A letter: a line a person, with a day since when or with that of the letter."""
    monday = truth.monday
    mark = rng.choice([" - ", ": ", " \u2013 "])
    title = f"{words.WHAT[language][0]} {monday:%d.%m.%Y}"
    body, facts = [], []
    for person in rng.sample(truth.names.people, min(3, len(truth.names.people))):
        region = rng.choice(list(words.PLACES))
        name = truth.names.spell(person, rng, ("plain", "accents"))
        day = monday - dt.timedelta(rng.randint(3, 40))
        says_when = rng.random() < 0.6
        when = rng.choice([f"{day:%d.%m.}", f"{day:%d.%m.%Y}"])
        text = words.PLACES[region][language] + (f" {_SINCE[language]} {when}" if says_when else "")
        body.append(f"{rng.choice(['', '- ', '* '])}{name}{mark}{text}")
        facts.append(Fact("injuries", person, day if says_when else monday, "region", region))
    file = f"{words.WHAT[language][0]}.txt".replace("/", "-")
    (folder / file).write_text("\n".join([title, "", *body]) + "\n", encoding="utf-8")
    truth.layout[file] = f"lines/{language}/{mark!r}"
    truth.facts[file] = facts


LISTS = {"state_list": state_list, "lines": lines}
