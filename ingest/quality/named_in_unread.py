"""Who is named in a file about injuries that no reader could read: unclear, and not healthy."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from common.question import MATTERS
from common.text.decoding import decode
from common.text.folding import folded
from ingest.people.decision import People
from ingest.quality.not_read import NotRead, until_then

MOST_BYTES: Final = 1_000_000
"""Of a text; a larger file is no list that somebody typed."""
_A_LINE: Final = re.compile(r"\d '(.*)': ", re.DOTALL)
"""A note that is quoted: who stands elsewhere in the file is not meant by it."""
_WORD: Final = re.compile(
    r"(?:[^\W\d_]|[\u0300-\u036f\u0590-\u05c7\u064b-\u065f\u0900-\u0dff\u0e30-\u0e4e])+"
)
"""Letters with the marks of scripts that write vowels as such."""
_SHORTEST_WITHOUT_CASE: Final = 2
"""Letters of a name in a script without capitals: one alone is part of too many words."""
_SPACED: Final = re.compile("[\u0590-\u08ff\u0900-\u0dff\u10a0-\u10ff\u1200-\u139f]")
"""Scripts without capitals that have blanks: Hebrew, Arabic, of India, Georgian, Ethiopic."""
_GEORGIAN: Final = re.compile("[\u10d0-\u10ff]")
_LONGEST_PARTICLE: Final = 3
"""Letters of what is written in front of a name as one word, such as Arabic "and for the"."""
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")


def with_named_athletes(
    unread: Iterable[NotRead], place: Path, people: People, athletes: Iterable[str]
) -> list[NotRead]:
    """Add to each text about injuries that was left out whole the athletes that it names.

    Parameters
    ----------
    unread : iterable of NotRead
        What was not read.
    place : pathlib.Path
        Folder with the files.
    people : People
        Who is who.
    athletes : iterable of str
        Ids of the athletes that are known.
    """
    names = _names(people, set(athletes))
    return [_with_athletes(entry, place, names) for entry in unread]


def _names(people: People, athletes: set[str]) -> dict[tuple[str, ...], str]:
    """Return folded words of a name -> athlete; a first name alone where one athlete has it."""
    written = {**people.proposed, **people.settled, **{athlete: athlete for athlete in athletes}}
    full = {_words(name): athlete for name, athlete in written.items() if athlete in athletes}
    first: dict[tuple[str, ...], set[str]] = {}
    for words, athlete in full.items():
        if len(words) > 1:
            first.setdefault(words[:1], set()).add(athlete)
    alone = {words: min(owners) for words, owners in first.items() if len(owners) == 1}
    # Whole names overrule a first name that is spelled like one.
    return alone | {words: athlete for words, athlete in full.items() if words}


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(text)))


def _with_athletes(entry: NotRead, place: Path, names: Mapping[tuple[str, ...], str]) -> NotRead:
    # Lines tell their athletes themselves; only a file that is left out whole has to be searched.
    if entry.kind != MATTERS[0] or entry.rows or entry.athletes:
        return entry
    line = _A_LINE.search(entry.local)
    named = _named(line[1] if line else _text(place / entry.file), names)
    if not named:
        return entry
    local = until_then(entry.local) if entry.local else ""
    return replace(entry, athletes=named, sentence=until_then(entry.sentence), local=local)


def _text(path: Path) -> str:
    """Return what a file of plain text says; nothing of another, or of one within an archive."""
    if not path.is_file() or path.stat().st_size > MOST_BYTES:
        return ""
    text = decode(path.read_bytes())
    # Control characters: no text but a workbook, a picture or the like.
    return "" if _CONTROL.search(text) else text


def _named(text: str, names: Mapping[tuple[str, ...], str]) -> tuple[str, ...]:
    """Return the athletes whose name stands in a text.

    A name begins with a capital, for names may be words ("Will"). A script without capitals shows
    no difference, and many of them no blanks: there the letters alone count.
    """
    written = _WORD.findall(text)
    words = [_words(word) for word in written]
    plain = [word[0] if word else "" for word in words]
    joined = "".join(plain)
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        by_first.setdefault(name[0], []).append(name)
    named = {
        names[name]
        for at, word in enumerate(plain)
        for name in by_first.get(word, ())
        if tuple(plain[at : at + len(name)]) == name
        and (written[at][0].isupper() or _has_no_case(word))
    }
    named |= {
        athlete
        for name, athlete in names.items()
        if _has_no_case(letters := "".join(name))
        and (_stands_in_a_word(letters, plain) if _SPACED.search(letters) else letters in joined)
        and len(letters) >= _SHORTEST_WITHOUT_CASE
    }
    return tuple(sorted(named))


def _has_no_case(letters: str) -> bool:
    # Unicode has capitals of Georgian, which nobody begins a name with.
    bare = _GEORGIAN.sub("", letters)
    return bool(letters) and bare.lower() == bare.upper()


def _stands_in_a_word(name: str, words: Iterable[str]) -> bool:
    """Return whether a word is the name, or particles and the name: Hebrew writes "andAvi"."""
    return any(word.endswith(name) and len(word) - len(name) <= _LONGEST_PARTICLE for word in words)
