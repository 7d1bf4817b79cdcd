"""Which language a command speaks."""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Final

import typer

Language = Annotated[
    str,
    typer.Option(
        "--language", help="en, de or es; by default that of dataset.yaml.", show_default=False
    ),
]


_SETTING: Final = re.compile(r"^language:\s*['\"]?([a-z]{2,3})\b", re.MULTILINE)
_MOST_BYTES: Final = 100_000
_ENGLISH: Final = "en"


def language_asked(arguments: Sequence[str]) -> str:
    """Return the language that the words of a command line ask for, also where they are wrong.

    That of `--language`, else that of the first folder named that has settings, else that of the
    team whose forecasts lie there. The settings are not parsed: what is wrong may be they.
    """
    # "--language=de" is one word, "--language de" two.
    words = [part for word in arguments for part in word.split("=", 1)]
    after = dict(pairwise(words))
    if _is_spoken(chosen_language := after.get("--language", "")):
        return chosen_language
    folders = [Path(word) for word in words if word and not word.startswith("-")]
    for folder in (*folders, *_scored_folders(Path(after.get("--out", "forecast")))):
        if _is_spoken(code := _setting(folder / "dataset.yaml")):
            return code
    return _ENGLISH


def _is_spoken(code: str) -> bool:
    """Say whether there is a catalogue; English needs none, so that `--help` is quick."""
    if code in {"", _ENGLISH}:
        return bool(code)
    from common.language import languages  # loads babel

    return code in languages()


def _scored_folders(out: Path) -> list[Path]:
    """Return where the exports lay of which there are forecasts."""
    try:
        files = sorted(out.glob("history/*/data_folder.txt"))
        return [Path(file.read_text(encoding="utf-8").strip("\0 \r\n")) for file in files]
    except (OSError, ValueError):
        return []


def _setting(path: Path) -> str:
    try:
        with path.open(encoding="utf-8", errors="replace") as file:
            match = _SETTING.search(file.read(_MOST_BYTES))
    except (OSError, ValueError):
        return ""
    return match[1] if match else ""


def language_of(folder: Path | None, chosen_language: str = "") -> str:
    """Return the language to speak: the one that was told, else that of the team's settings.

    English without a folder or settings. Of settings with a fault the language alone is read: the
    command itself says what is wrong with them.
    """
    from common.errors import StridecastError  # keeps --help quick
    from common.language import ENGLISH, languages
    from ingest.dataset.settings import load_config

    if chosen_language or folder is None:
        return chosen_language or ENGLISH
    try:
        return load_config(folder).language
    except StridecastError:
        code = _setting(folder / "dataset.yaml")
        return code if code in languages() else ENGLISH
