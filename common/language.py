"""Sentences for readers in their language: whole messages, looked up in gettext catalogues.

The English sentence is the key. A catalogue is one file `languages/<code>.po`; to add a language
is to add its file. A sentence is looked up whole, with its figures in braces, and is never glued
from fragments: languages order words in their own way.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from common.errors import StridecastError

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

CATALOGUES: Final = Path(__file__).with_name("languages")
ENGLISH: Final = "en"

# A context variable: threads that write pages of different languages do not disturb each other.
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


def languages() -> tuple[str, ...]:
    """Return the codes of the languages there are, English first."""
    return (ENGLISH, *sorted(path.stem for path in CATALOGUES.glob("*.po")))


def language() -> str:
    """Return the code of the language that is spoken now."""
    return _language.get()


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language inside the block.

    Raises
    ------
    StridecastError
        If there is no catalogue of that name.
    """
    if code not in languages():
        raise StridecastError(
            f"there is no language {code!r}", f"choose one of {', '.join(languages())}"
        )
    token = _language.set(code)
    try:
        yield
    finally:
        _language.reset(token)


def message(text: str, /, **figures: object) -> str:
    """Return a sentence in the language spoken, with its figures.

    Parameters
    ----------
    text : str
        The English sentence, figures in braces: ``"{km} km in {days} days"``.
    **figures : object
        What the braces stand for, already written as a reader of the language reads it.

    Examples
    --------
    >>> message("{km} km in the past 7 days", km="18.2")
    '18.2 km in the past 7 days'
    >>> with speaking("de"):
    ...     message("{km} km in the past 7 days", km="18,2")
    '18,2 km in den letzten 7 Tagen'
    """
    # Without figures nothing is formatted, so that a sentence may hold a brace.
    return translated(text).format_map(figures) if figures else translated(text)


def N_(text: str) -> str:  # noqa: N802 - gettext's name for a text that is only marked
    """Mark a text for the catalogues where it stands; :func:`message` looks it up later."""
    return text


def plural(singular: str, many: str, count: int, /, **figures: object) -> str:
    """Return a sentence about a number of things, in the form the language has for it.

    Parameters
    ----------
    singular, many : str
        English singular and plural; `{count}` stands for the number.
    count : int
        How many.
    **figures : object
        As in :func:`message`.
    """
    return _plural_form(singular, many, count).format_map({"count": count} | figures)


def translated(text: str) -> str:
    """Return a text in the language spoken; English where the catalogue has none."""
    # The empty text is the key of a catalogue's heading.
    if (code := _language.get()) == ENGLISH or not text:
        return text
    entry = catalogue(code).get(text)
    return str(entry.string) if entry is not None and entry.string else text


def _plural_form(singular: str, many: str, count: int) -> str:
    if (code := _language.get()) == ENGLISH:
        return singular if count == 1 else many
    spoken = catalogue(code)
    entry = spoken.get(singular)
    forms = entry.string if entry is not None else None
    if not isinstance(forms, tuple | list) or not all(forms):
        return singular if count == 1 else many
    # The languages so far have two forms; 1 takes the first.
    return str(forms[0 if count == 1 else 1])


@lru_cache(maxsize=8)
def catalogue(code: str) -> "Catalog":
    """Return the messages of a language."""
    from babel.messages.pofile import read_po  # English needs no catalogue

    with (CATALOGUES / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)
