"""Propose a `dataset.yaml` from what lies in a folder; what the files do not say is asked for."""

import csv
import io
import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from common.errors import StridecastError
from common.store import write_text
from ingest.dataset.settings import FILE_NAME, WELLNESS_ITEMS, Scale, load_config
from ingest.people.names_in_sheets import names_of, of_strangers, wide_settings
from ingest.people.roster_proposal import ROSTER, propose_athletes
from ingest.quality.inspection import Survey, summed_up, survey
from ingest.reading.files import Progress
from ingest.setup.scales import answers_seen, follows_the_words, open_answers
from ingest.setup.time_zones import zones_of_clocks

_LOGGED: Final = frozenset({"sessions", "answers", "wellness", "pain"})
"""Tables that show that somebody was observed; an injury log may go back much further."""

_CHANGE: Final = (
    "to change one thing edit its line, a scale as `fatigue: {worst: 5, best: 1}` under"
    " wellness_scales:; to be asked everything again delete the file first"
)
_TWO_NUMBERS: Final = re.compile(
    r"(-?\d+(?:\.\d+)?)\s*(?::|-|\u2013|\bto\b|\s)\s*(-?\d+(?:\.\d+)?)"
)
_ROSTER_COLUMNS: Final = (
    "athlete", "team", "sex", "birth_year", "height_cm", "level", "running_since", "joined", "left",
)  # fmt: skip


@dataclass(frozen=True)
class Findings:
    """What a folder says about itself.

    Parameters
    ----------
    name : str
        Proposed name of the dataset, from the folder's.
    kinds : mapping of str to int
        Format -> files.
    first, last : date, optional
        First and last day of any record.
    seen : mapping of str to (float, float)
        Wellness items that are answered but whose scale no file tells -> lowest and highest answer.
    words_hold : bool
        Whether the answers show that a high one means a lot of what the item names.
    zones : tuple of str
        Time zones whose clock is the watches' own, the likeliest first.
    athletes : tuple of str
        Who seems to be on the team, where no file lists the athletes.
    strangers : tuple of str
        Names in exports that neither the roster nor a folder explains.
    injury_texts : tuple of str
        Words of injury logs that could not be mapped.
    """

    name: str
    kinds: Mapping[str, int]
    first: date | None
    last: date | None
    seen: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    words_hold: bool = False
    zones: tuple[str, ...] = ()
    athletes: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    injury_texts: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What is left for the user to do, in sentences that name nobody."""
        names, texts = len(self.strangers), len(self.injury_texts)
        told = (
            (
                names,
                f"{names} name(s) in exports are no id of the roster: they stand in dataset.yaml,"
                " under athletes:, for you to complete",
            ),
            (
                texts,
                f"{texts} injury text(s) could not be mapped: they stand in dataset.yaml, under"
                " injury_words:, for you to decide",
            ),
        )
        return tuple(sentence for holds, sentence in told if holds)


@dataclass(frozen=True)
class Answers:
    """What a `dataset.yaml` is written from."""

    name: str
    time_zone: str
    observed_from: date
    observed_to: date | None = None
    scales: Mapping[str, Scale] = field(default_factory=dict)
    strangers: tuple[str, ...] = ()
    injury_texts: tuple[str, ...] = ()


def look(folder: Path, *, today: date, progress: Progress | None = None) -> Findings:
    """Return what the files of a folder tell.

    Raises
    ------
    StridecastError
        If there is no such folder, no data file in it, or a `dataset.yaml` already.
    """
    if (folder / FILE_NAME).exists():
        raise already_there(folder)
    if not folder.is_dir():
        raise StridecastError(f"{folder}: no such folder", "make it and copy the exports into it")
    settings = wide_settings(today)
    found = survey(folder, today=today, progress=progress, settings=settings)
    others = of_strangers(folder.resolve(), found, settings)
    answers = open_answers(found, others)
    files = summed_up(found)["files"]
    read = [one for one in files if not one["ignored"]]
    days = sorted(day for one in read for day in _days(one, _LOGGED)) or sorted(
        day for one in read for day in _days(one)
    )
    return Findings(
        name=_name(folder),
        kinds=_counts(one["kind"] for one in read),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        seen=answers_seen(answers),
        words_hold=follows_the_words(answers),
        zones=_zones(found),
        athletes=_athletes(found),
        strangers=names_of(others, found.records["athletes"]["athlete"])
        if "athletes" in found.records
        else (),
    )


def already_there(folder: Path) -> StridecastError:
    """Return the error for a folder that is set up."""
    return StridecastError(f"{folder / FILE_NAME}: is there already", _CHANGE)


def write(folder: Path, answers: Answers) -> Path:
    """Write the `dataset.yaml`, checked by reading it again.

    Raises
    ------
    StridecastError
        If an answer is no good; nothing is left behind then.
    """
    path = folder / FILE_NAME
    write_text(path, text_of(answers))
    try:
        load_config(folder)
    except StridecastError:
        path.unlink()
        raise
    return path


def text_of(answers: Answers) -> str:
    """Return the file's text, with comments that say what else may stand there."""
    scales = {name: {"worst": one.worst, "best": one.best} for name, one in answers.scales.items()}
    content: dict[str, Any] = {
        "name": answers.name,
        "kind": "club",
        "time_zone": answers.time_zone,
        "observed_from": answers.observed_from,
    }
    if answers.observed_to:
        content["observed_to"] = answers.observed_to
    if scales:
        content["wellness_scales"] = scales
    return (
        yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        + "# observed_from: first day under observation (administrative)\n"
        + "# observed_to:            # last day, once the team is no longer followed\n"
        + _undecided(
            "athletes", "name or number in an export -> id of the roster", answers.strangers,
            '"Name in the export": r1',
        )
        + _undecided(
            "injury_words", "words of your injury log that could not be mapped",
            answers.injury_texts, '"its words": {region: knee, diagnosis: pfps}',
        )
    )  # fmt: skip


def _undecided(key: str, what: str, words: tuple[str, ...], example: str) -> str:
    """Return a block of comments: what was found, for the user to decide; nothing is guessed."""
    found = [f"#   {json.dumps(word, ensure_ascii=False)}: ?\n" for word in words]
    head = f"# {key}:  # {what}"
    if not found:
        return f"{head}\n#   {example}\n"
    return f"{head}; as {example}; remove the # of the lines you complete\n" + "".join(found)


def scale_of(text: str) -> tuple[str, Scale]:
    """Read "soreness=7:1" (or 7-1) as an item with its worst and best answer.

    Raises
    ------
    StridecastError
        If it has another form or names no item.

    Examples
    --------
    >>> scale_of("soreness=7:1")
    ('soreness', Scale(worst=7.0, best=1.0))
    """
    item, _, ends = text.partition("=")
    try:
        worst, best = two_numbers(ends)
        return _item(item), Scale(worst=worst, best=best)
    except ValueError:
        raise StridecastError(
            f"scale {text!r}: expected item=worst:best such as soreness=7:1",
            f"items are {', '.join(WELLNESS_ITEMS)}",
        ) from None


def two_numbers(text: str) -> tuple[float, float]:
    """Read "1:5", "1-5", "1 to 5" or "1 5" as two numbers, in the order they stand in.

    Raises
    ------
    ValueError
        If there are not two numbers.

    Examples
    --------
    >>> two_numbers("1-5"), two_numbers("-2:2")
    ((1.0, 5.0), (-2.0, 2.0))
    """
    found = _TWO_NUMBERS.fullmatch(text.strip())
    if not found:
        raise ValueError(f"{text!r}: expected two numbers such as 1-5")
    return float(found[1]), float(found[2])


def _item(name: str) -> str:
    if name not in WELLNESS_ITEMS:
        raise ValueError(name)
    return name


def _athletes(found: Survey) -> tuple[str, ...]:
    """Propose a roster unless a file lists the athletes."""
    if len(found.records.get("athletes", ())):
        return ()
    return tuple(propose_athletes(found.accounts, found.records))


def write_roster(folder: Path, athletes: Sequence[str]) -> Path:
    """Write a roster of the names alone; what else it may tell is for the team to fill in."""
    path = folder / ROSTER
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [_ROSTER_COLUMNS, *([name] + [""] * (len(_ROSTER_COLUMNS) - 1) for name in athletes)]
    )
    write_text(path, text.getvalue())
    return path


def _days(one: Mapping[str, Any], tables: Collection[str] | None = None) -> list[date]:
    held = one["holds"].items()
    spans = [span for name, span in held if tables is None or name.split()[0] in tables]
    return [
        date.fromisoformat(span[end]) for span in spans for end in ("from", "to") if end in span
    ]


def _counts(kinds: Iterable[str]) -> dict[str, int]:
    every = list(kinds)
    return {kind: every.count(kind) for kind in sorted(set(every))}


def _zones(found: Survey) -> tuple[str, ...]:
    sessions = found.records.get("sessions")
    if sessions is None or "utc_offset_s" not in sessions:
        return ()
    return zones_of_clocks(sessions["start"], sessions["utc_offset_s"])


def _name(folder: Path) -> str:
    letters = [
        one if one.isascii() and one.isalnum() else "-" for one in folder.resolve().name.lower()
    ]
    name = "-".join(part for part in "".join(letters).split("-") if part)
    return name or "team"
