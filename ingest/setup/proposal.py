"""Propose a `dataset.yaml` from what lies in a folder; what the files do not say is asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from common.errors import StridecastError
from common.store import write_text
from common.text.folding import folded
from ingest.dataset.settings import FILE_NAME, WELLNESS_ITEMS, DatasetConfig, Scale, load_config

_CHANGE: Final = (
    "to change one thing edit its line, a scale as `fatigue: {worst: 5, best: 1}` under"
    " wellness_scales:; to be asked everything again delete the file first"
)
_TWO_NUMBERS: Final = re.compile(
    r"(-?\d+(?:\.\d+)?)\s*(?::|-|\u2013|\bto\b|\s)\s*(-?\d+(?:\.\d+)?)"
)


@dataclass(frozen=True)
class Answers:
    """What a `dataset.yaml` is written from."""

    name: str
    time_zone: str
    observed_from: date
    observed_to: date | None = None
    zone_is_told: bool = True
    scales: Mapping[str, Scale] = field(default_factory=dict)

    @property
    def config(self) -> DatasetConfig:
        """The settings as they will be read from the file."""
        content = {
            "name": self.name,
            "time_zone": self.time_zone,
            "time_zone_is_told": self.zone_is_told,
            "observed_from": self.observed_from,
            "observed_to": self.observed_to,
            "wellness_scales": dict(self.scales),
        }
        return DatasetConfig.model_validate(content)


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
        # Read back by the same code as every later run, so that what is written is known to be
        # valid.
        load_config(folder)
    except StridecastError:
        # With the file there the folder would count as set up.
        path.unlink()
        raise
    return path


def text_of(answers: Answers) -> str:
    """Return the file's text, with comments that say what else may stand there."""
    scales = {
        name: {"worst": scale.worst, "best": scale.best} for name, scale in answers.scales.items()
    }
    content: dict[str, Any] = {
        "name": answers.name,
        "kind": "club",
        "time_zone": answers.time_zone,
        "observed_from": answers.observed_from,
    }
    if not answers.zone_is_told:
        content["time_zone_is_told"] = False
    if answers.observed_to:
        content["observed_to"] = answers.observed_to
    if scales:
        content["wellness_scales"] = scales
    return (
        yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
        + "# observed_from: first day under observation (administrative)\n"
        + "# observed_to:            # last day, once the team is no longer followed\n"
        + "# owners:                 # file or folder whose name tells nobody -> athlete\n"
        + "# injury_words:           # words of an injury list -> what they mean\n"
        + '#   "its words": {region: knee, diagnosis: pfps}\n'
    )


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
    match = _TWO_NUMBERS.fullmatch(text.strip())
    if not match:
        raise ValueError(f"{text!r}: expected two numbers such as 1-5")
    return float(match[1]), float(match[2])


def _item(name: str) -> str:
    if name not in WELLNESS_ITEMS:
        raise ValueError(name)
    return name


def proposed_name(folder: Path) -> str:
    """Return a short name for a team, from that of its folder."""
    called = folded(folder.resolve().name)
    letters = [
        character if character.isascii() and character.isalnum() else "-" for character in called
    ]
    name = "-".join(part for part in "".join(letters).split("-") if part)
    return name or "team"
