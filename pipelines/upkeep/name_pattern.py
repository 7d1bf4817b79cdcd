r"""Names in any text: other accents, another case or order, a comma or a full stop in between.

A coach writes "MULLER, Jurgen" where the roster has "Jürgen Müller". A search that misses it leaves
a person behind without a word, so it finds every writing that the reading of sheets takes for the
same name (:mod:`ingest.people.spelling`), also as files write letters: a workbook may hold José as
`Jos&#233;`, a JSON file as `Jos\u00e9`, and a page may make half of a name bold.
"""

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import Final

from common.text.folding import folded
from ingest.people.spelling import spelling

_LATIN_AND_MORE: Final = range(0xC0, 0x2000)
_LONGEST: Final = 80
_LOOKED_AT: Final = 4096
_ESCAPED: Final = re.compile(
    r"\\u[0-9a-fA-F]{4}|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8});"
)
_ENDS_A_BLOCK: Final = re.compile(
    r"<(?:/(?:\w+:)?(?:p|si|is|c|f|v|tr|td|li|div|name|desc|author|text)|br\s*/?)\b[^<>]*>"
)
_TAG: Final = re.compile(r"<[^<>]*>")
"""It ends before the next one begins: a text of lone signs "<" is read once, not once for each."""
_MARKS: Final = "[\u0300-\u036f'\u2019\u2018\u02bc`\u00b4]*"
"""Accents that are characters of their own, and the apostrophe of O'Brien."""
_GAP: Final = r"(?:[^\w\r\n]|_){1,4}"
"""Between the words of a name; in a table with a column for each, the end of a cell."""
_BEFORE: Final = r"(?:(?<![^\W_])(?<![^\W\d_]-)|(?<=&[LCR])|(?<=&amp;[LCR]))"
"""A word begins; in the header of a workbook a letter before it says on which side it stands."""
_AFTER: Final = r"(?![^\W_])(?!-[^\W\d_])"
_ALONE_AFTER: Final = r"[ \xa0]*(?=[\"/!,;\t<]|$)"
_ALONE_BEFORE: Final = r"(?:^|(?<=[\"/!,;\t>]))[ \xa0]*"


def keys_of(text: object) -> frozenset[str]:
    """Return what the writings of one name have in common; nothing for a number or a long text.

    Examples
    --------
    >>> keys_of("MULLER, Jurgen") <= keys_of("Jürgen Müller"), keys_of(4.5)
    (True, frozenset())
    """
    name = str(text)
    if len(name) > _LONGEST or not any(map(str.isalpha, name)):
        return frozenset()
    # Sorted, because some lists write the last name first.
    return frozenset(" ".join(sorted(form)) for form in spelling(name).forms if form)


def pattern_of(names: Iterable[str], codes: Iterable[str] = ()) -> re.Pattern[str]:
    """Return what finds names in a text.

    Codes and names of several words count wherever they stand as whole words. A name of one word
    (`Tom`, `r1`), which others may share a part of, counts only where it is a cell, a quoted text,
    the text of an element (of a page, or of a workbook's XML) or a folder of its own.
    """
    several, alone = [rf"(?<![\w-])(?:{re.escape(code)})(?![\w-])" for code in codes], []
    for name in names:
        written = _writings(name)
        if len(spelling(name).words) > 1:
            several.append(f"{_BEFORE}(?:{written}){_AFTER}")
        else:
            alone.append(written)
    if alone:
        several.append(f"{_ALONE_BEFORE}(?:{'|'.join(alone)}){_ALONE_AFTER}")
    return re.compile("|".join(several) or r"(?!)", re.IGNORECASE | re.MULTILINE)


def whole_words(names: Iterable[str]) -> re.Pattern[str]:
    """Return what finds names as whole words, also those of one word."""
    patterns = [f"{_BEFORE}(?:{_writings(name)}){_AFTER}" for name in names]
    return re.compile("|".join(patterns) or r"(?!)", re.IGNORECASE)


def _writings(name: str) -> str:
    """Return a pattern of a name as it stands, and of its words in both orders."""
    forms = sorted(form for form in spelling(name).forms if form)
    orders = {form: None for words in forms for form in (words, (words[-1], *words[:-1]))}
    patterns = [_GAP.join(_word(word) for word in form) for form in orders]
    return "|".join([re.escape(name.strip()), *patterns])


def _word(word: str) -> str:
    return "".join(f"{_letter(letter)}{_MARKS}" for letter in word)


def _letter(letter: str) -> str:
    accented = _accented().get(letter, "")
    return f"[{re.escape(letter)}{accented}]" if accented else re.escape(letter)


@cache
def _accented() -> dict[str, str]:
    """Return for every letter those that differ from it in an accent alone."""
    letters: dict[str, str] = {}
    for code in _LATIN_AND_MORE:
        letter = chr(code)
        plain = folded(letter)
        if len(plain) == 1 and plain != letter:
            letters[plain] = letters.get(plain, "") + letter
    return letters


def read_out(text: str) -> Iterator[str]:
    """Yield a text as its reader sees it, also where escapes or tags divide a name."""
    # Zero bytes: a file of a watch or a picture, in which tags and escapes mean nothing.
    if "\0" in text[:_LOOKED_AT]:
        return
    if "\\u" in text or "&" in text:
        yield _unescaped(text)
    if "<" in text:
        yield html.unescape(_TAG.sub("", _ENDS_A_BLOCK.sub("\n", text)))


def removed(text: str, pattern: re.Pattern[str]) -> str:
    """Return a text without what a pattern finds in it, also where letters are escaped."""
    text = pattern.sub("", text)
    if "\\u" not in text and "&" not in text:
        return text
    place = _places(text)
    # From the end, so that the places of earlier matches stay where they are.
    for match in reversed(list(pattern.finditer(_unescaped(text)))):
        if match.start() < match.end():
            text = text[: place(match.start())] + text[place(match.end()) :]
    return text


def _unescaped(text: str) -> str:
    """Return a text as it is shown: one letter for each escape."""
    return _ESCAPED.sub(lambda escape: _letter_of(escape[0]), text)


def _places(text: str) -> Callable[[int], int]:
    """Return what tells, of a place of the shown text, where it is written."""
    escapes = [(match.start(), match.end()) for match in _ESCAPED.finditer(text)]
    longer = [0, *accumulate(end - begin - 1 for begin, end in escapes)]
    shown = [begin - extra for (begin, _), extra in zip(escapes, longer, strict=False)]
    return lambda at: at + longer[bisect_left(shown, at)]


def _letter_of(unit: str) -> str:
    if unit.startswith("\\u"):
        return chr(int(f"0x{unit[2:]}", 0))
    shown = html.unescape(unit)
    return shown if len(shown) == 1 else "\n"
