"""A club's folder from a number: people, watches, sheets and folder habits, with the truth."""

import datetime as dt
import random
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tests.clubs.clutter import clutter
from tests.clubs.lists import LISTS
from tests.clubs.people import Person, people_of
from tests.clubs.sheets import KINDS
from tests.clubs.truth import Run, Truth
from tests.clubs.vocabulary import LANGUAGES
from tests.clubs.watches import VENDORS, Export

MONDAY = dt.date(2025, 3, 10)
HABITS = (
    "person",
    "person_vendor",
    "vendor_person",
    "group_person",
    "date_person",
    "files",
    "zips",
    "mixed",
)
_GROUPS = ("U18", "Squad A", "Frauen", "Senioren", "Mittelstrecke")


def build_club(folder: Path, seed: int) -> Truth:
    """Write a club into an empty folder, and return what is in it."""
    rng = random.Random(seed)
    names = people_of(rng, rng.randint(2, 7))
    truth = Truth(names, MONDAY - dt.timedelta(7 * rng.randint(0, 6)))
    habit = rng.choice(HABITS)
    truth.layout["habit"] = habit
    for person in names.people:
        if rng.random() < 0.15 and len(names.people) > 2:
            continue  # somebody of whom only the sheets know
        truth.runs[person] = _runs(truth.monday, rng)
        vendor = rng.choice(list(VENDORS))
        truth.layout[person.name] = vendor
        export = VENDORS[vendor](truth.runs[person], rng) | clutter(vendor, rng)
        _place(
            folder,
            person,
            vendor,
            export,
            rng.choice(HABITS[:-1]) if habit == "mixed" else habit,
            truth,
            rng,
        )
    languages = rng.sample(LANGUAGES, rng.choice([1, 1, 2]))
    sheets = folder / rng.choice(["", "", "Sheets", "Trainer", "Google Forms"])
    sheets.mkdir(exist_ok=True)
    for kind in rng.sample(list(KINDS), rng.randint(1, 4)):
        KINDS[kind](sheets, truth, rng.choice(languages), rng)
    if rng.random() < 0.4:  # drawn last, so that older numbers keep their other files
        LISTS[rng.choice(list(LISTS))](sheets, truth, rng.choice(languages), rng)
    if not truth.runs:
        truth.runs = {}
    return truth


def _runs(monday: dt.date, rng: random.Random) -> list[Run]:
    """Three or four runs a week for some weeks; no two people run at the same minute."""
    found = []
    for back in range(rng.randint(4, 9) * 7, 0, -1):
        if rng.random() < 0.5:
            day = monday - dt.timedelta(back)
            start = dt.datetime.combine(
                day, dt.time(rng.randint(6, 20), rng.randint(0, 59), rng.randint(0, 59))
            )
            minutes = rng.randint(25, 110)
            found.append(Run(start, minutes, round(minutes / rng.uniform(4.6, 6.5), 2)))
    return found or [Run(dt.datetime.combine(monday - dt.timedelta(2), dt.time(9)), 50, 10.0)]


def _place(
    folder: Path,
    person: Person,
    vendor: str,
    export: Export,
    habit: str,
    truth: Truth,
    rng: random.Random,
) -> None:
    """Lay an export where the club's habit puts it."""
    name = _folder_name(person, truth, rng)
    brand = {"takeout": "Fitbit", "google": "Fitbit", "tcx": "Exports"}.get(vendor, vendor.title())
    above = {
        "person": name,
        "person_vendor": f"{name}/{brand}",
        "vendor_person": f"{brand}/{name}",
        "group_person": f"{rng.choice(_GROUPS)}/{name}",
        "date_person": f"{truth.monday.isoformat()}/{name}",
    }
    if habit == "zips" or (habit == "files" and len(export) > 2):
        zip_file(folder / f"{name}.zip", export)
    elif habit == "files":
        for inner, content in export.items():
            base = inner.rsplit("/", 1)[-1]
            if base != "profile.csv":
                write_file(folder / f"{name} {base}", content)
    else:
        for inner, content in export.items():
            write_file(folder / above[habit] / inner, content)


def _folder_name(person: Person, truth: Truth, rng: random.Random) -> str:
    way = rng.choice(["plain", "plain", "accents", "order", "under"])
    if way == "under":
        text = person.name.replace(" ", "_")
        truth.names.used[text] = person
        return text
    return truth.names.spell(person, rng, (way,)).strip()


def write_file(path: Path, content: bytes) -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def zip_file(path: Path, export: Export) -> None:
    """Write an archive, as an account's owner downloads it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        for inner, content in export.items():
            archive.writestr(inner, content)


def shown(truth: Truth, files: Sequence[str]) -> str:
    """Return what a file of a club is, for whoever mends what read it wrongly."""
    return ", ".join(f"{one}: {truth.layout.get(one, '')}" for one in files)
