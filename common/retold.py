"""Sentences that were written in English where no language was known yet, in the one spoken.

What was parsed is kept from week to week, its sentences with it, so they cannot be written in a
language from the start. A catalogue holds them under the context ``file``, whole, with what
differs from file to file in braces; the entry that fits a sentence says it again. Errors and the
findings of `stridecast doctor` are said again in the same way, under the context ``error``: they
may end a command before it knows its language.
"""

import re
from functools import lru_cache
from string import Formatter
from typing import Final, NamedTuple

from common.language import ENGLISH, N_, catalogue, language, message, translated

CONTEXT: Final = "file"
ERROR: Final = "error"
HELP: Final = "help"
"""Context of the texts of `--help`, which stand in the source where typer reads them."""
_OF_A_RECORD: Final = re.compile(r"(row|line|record|element) (\S+): (.+)", re.DOTALL)
_QUOTED: Final = re.compile(r"('.*'): (.+)", re.DOTALL)
_RECORDS: Final = {
    "row": N_("row {record}: {why}"),
    "line": N_("line {record}: {why}"),
    "record": N_("record {record}: {why}"),
    "element": N_("element {record}: {why}"),
}
_OF_ITEMS: Final = "its answers on {a} are not read"
"""Its figure is no cell of a file but names of items, which have words in every language."""


class _Entry(NamedTuple):
    english: str
    pattern: re.Pattern[str]
    translation: str
    context: str

    @property
    def expects(self) -> bool:
        """Whether a figure of it is what was expected, in words."""
        return "; expected " in self.english and self.english.endswith("}")

    @property
    def is_open(self) -> bool:
        """Whether it begins with a figure, which may then be anything."""
        return self.english.startswith("{")

    def retell(self, match: re.Match[str]) -> str:
        """Return the sentence with the figures that were found."""
        figures = match.groupdict()
        if self.context == ERROR or self.expects:
            figures = {name: _fitting(figure, ERROR) or figure for name, figure in figures.items()}
        elif self.english == _OF_ITEMS:
            figures = {
                name: ", ".join(translated(item) for item in items.split(", "))
                for name, items in figures.items()
            }
        return self.translation.format_map(figures)


def retold(text: str) -> str:
    """Return a sentence about a file in the language spoken; as it is where no entry fits.

    Examples
    --------
    >>> retold("row 7: no day is written in it")
    'row 7: no day is written in it'
    """
    if language() == ENGLISH:
        return text
    of_record = _OF_A_RECORD.fullmatch(text)
    if (fitted := _fitting(text, CONTEXT, with_open=of_record is None)) is not None:
        return fitted
    if match := of_record:
        return message(_RECORDS[match[1]], record=match[2], why=retold(match[3]))
    if match := _QUOTED.fullmatch(text):
        return f"{match[1]}: {retold(match[2])}"
    return text


def retold_error(text: str) -> str:
    """Return an error, or what to do about it, in the language spoken.

    Where no entry fits the whole text, the place at its beginning stays as it is and only the rest
    is translated.
    """
    if language() == ENGLISH:
        return text
    fitted = _fitting(text, ERROR) or retold(text)
    if fitted != text:
        return fitted
    place, colon, rest = text.partition(": ")
    return f"{place}{colon}{retold_error(rest)}" if colon else text


def _fitting(text: str, context: str, *, with_open: bool = True) -> str | None:
    for entry in _entries(language(), context):
        # An entry that begins with a figure fits nearly everything, the words "row 7" among it.
        if entry.is_open and not with_open:
            continue
        if match := entry.pattern.fullmatch(text):
            return entry.retell(match)
    return None


@lru_cache(maxsize=16)
def _entries(code: str, context: str) -> tuple[_Entry, ...]:
    """Return the entries of a language, those that say most themselves first."""
    pairs = [
        (str(entry.id), str(entry.string)) for entry in catalogue(code) if entry.context == context
    ]
    # The most own words first: a general entry would swallow sentences that have one of their own.
    pairs.sort(key=lambda pair: -len(re.sub(r"\{\w*\}", "", pair[0])))
    return tuple(
        _Entry(text, _pattern(text), translation, context)
        for text, translation in pairs
        if translation
    )


def _pattern(text: str) -> re.Pattern[str]:
    """Return what fits a sentence whose figures stand in braces."""
    parts = [
        re.escape(literal) + (f"(?P<{name}>.*?)" if name else "")
        for literal, name, _, _ in Formatter().parse(text)
    ]
    return re.compile("".join(parts), re.DOTALL)
