"""Propose a `dataset.yaml` from what lies in a folder; what the files do not say is asked for."""

import csv
import io
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from ingest.dataset import FILE_NAME, WELLNESS_ITEMS, Scale, load_config
from ingest.errors import StridecastError
from ingest.files import Progress
from ingest.inspect import Survey, summed_up, survey
from ingest.roster_proposal import ROSTER, propose_athletes

_LOGGED: Final = frozenset({"sessions", "answers", "wellness", "pain"})
"""Tables that show that somebody was observed; an injury log may go back much further."""

_ROSTER_COLUMNS: Final = (
    "athlete", "team", "sex", "birth_year", "height_cm", "level", "running_since", "joined", "left",
)  # fmt: skip
_MULTI: Final = "unknown_athlete"


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
    open_items : tuple of str
        Wellness items that are answered but whose scale no file tells.
    notes : tuple of str
        What else is missing, in sentences.
    athletes : tuple of str
        Who seems to be on the team, where no file lists the athletes.
    """

    name: str
    kinds: Mapping[str, int]
    first: date | None
    last: date | None
    open_items: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    athletes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """What a `dataset.yaml` is written from."""

    name: str
    time_zone: str
    observed_from: date
    observed_to: date | None = None
    scales: Mapping[str, Scale] = field(default_factory=dict)


def look(folder: Path, *, today: date, progress: Progress | None = None) -> Findings:
    """Return what the files of a folder tell.

    Raises
    ------
    StridecastError
        If there is no such folder, no data file in it, or a `dataset.yaml` already.
    """
    if (folder / FILE_NAME).exists():
        raise StridecastError(f"{folder / FILE_NAME}: is there already", "edit it, or remove it")
    if not folder.is_dir():
        raise StridecastError(f"{folder}: no such folder", "make it and copy the exports into it")
    found = survey(folder, today=today, progress=progress)
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
        open_items=_open_items(read),
        notes=tuple(_notes(read)),
        athletes=_athletes(found),
    )


def write(folder: Path, answers: Answers) -> Path:
    """Write the `dataset.yaml`, checked by reading it again.

    Raises
    ------
    StridecastError
        If an answer is no good; nothing is left behind then.
    """
    path = folder / FILE_NAME
    path.write_text(text_of(answers), encoding="utf-8")
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
        + "# athletes:               # name or number in an export -> id of the roster\n"
        + '#   "Name in the export": r1\n'
        + "# injury_words:           # words of your injury log that could not be mapped\n"
        + '#   "its words": {region: knee, diagnosis: pfps}\n'
    )


def scale_of(text: str) -> tuple[str, Scale]:
    """Read "soreness=7:1" as an item with its worst and best answer.

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
    worst, _, best = ends.partition(":")
    try:
        return _item(item), Scale(worst=float(worst), best=float(best))
    except ValueError:
        raise StridecastError(
            f"scale {text!r}: expected item=worst:best such as soreness=7:1",
            f"items are {', '.join(WELLNESS_ITEMS)}",
        ) from None


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
    path.write_text(text.getvalue(), encoding="utf-8")
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


def _open_items(files: list[dict[str, Any]]) -> tuple[str, ...]:
    codes = {code for one in files for code in one["repairs"]}
    return tuple(item for item in WELLNESS_ITEMS if f"{item}_without_scale_set_null" in codes)


def _notes(files: list[dict[str, Any]]) -> list[str]:
    reasons = [reject["reason"] for one in files for reject in one["rejects"]]
    notes = []
    if _MULTI in reasons:
        notes.append(
            f"{reasons.count(_MULTI)} record(s) name nobody of the roster: list under athletes:"
        )
    if "unmapped_injury" in reasons:
        notes.append(
            f"{reasons.count('unmapped_injury')} injury text(s) could not be mapped: decide under"
            " injury_words: (stridecast inspect shows their words)"
        )
    return notes


def _name(folder: Path) -> str:
    letters = [
        one if one.isascii() and one.isalnum() else "-" for one in folder.resolve().name.lower()
    ]
    name = "-".join(part for part in "".join(letters).split("-") if part)
    return name or "team"
