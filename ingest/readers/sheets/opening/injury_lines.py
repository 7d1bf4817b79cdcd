"""Lists of injuries in plain sentences, a line a person: "Ann Lee - left knee since 3 January".

Also whole ones: "Ann Lee is out with shin splints since Monday".
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final, NamedTuple

from ingest.injuries.day_words import SURELY_SINCE
from ingest.injuries.severity_words import says
from ingest.injuries.text import plain_words, read_injury_text
from ingest.readers.sheets.opening.cells import Cell, Row, Tab, filled
from ingest.readers.sheets.words.availability import LIMITED, OUT, state_of
from ingest.readers.sheets.words.injury_titles import speaks_of_injuries
from ingest.readers.sheets.words.written_dates import weekday_of

HEADINGS: Final = ("Name", "Injury", "Comment")
_MOST_LINES: Final = 400
_LEAST_SHARE: Final = 0.4
_WORD: Final = r"[^\W\d_][\w'\u2019.-]*"
_START: Final = r"^\s*(?:[^\w\s(\"'>#]+\s*|\d{1,2}[.)]\s*)?"
"""A list's mark, also a coloured one of a chat, or its number; ">" begins what others wrote."""
_BREAK: Final = (
    r",?\s*(?:\s[-\u2013\u2014]+>?\s|\s?:\s|\s?=\s?|,\s|\s\(|\s\u2192\s|\t+)\s*(?P<what>\S.*)$"
)
_LINES: Final = tuple(
    re.compile(rf"{_START}(?P<name>{name}){_BREAK}")
    for name in (rf"{_WORD}(?: {_WORD}){{0,3}}", rf"{_WORD}(?: {_WORD}){{0,3}} \([\w ]{{1,12}}\)")
)
"""A name before a dash, a colon, a comma or a bracket; the second has a bracket itself: "(U17)"."""
_VERBS: Final = (
    r"(?:is|was|has|had|can|cannot|can't|could|will|remains|stays|still|felt|feels|reports|"
    r"complains|missed|misses|picked|rolled|strained|sprained|twisted|tore|pulled|broke|hurt|"
    r"ist|hat|war|kann|fehlt|bleibt|klagt|f\u00e4llt|meldet|"
    r"est|a|s[\u2019']est|souffre|reste|ne|"
    r"est\u00e1|tiene|se|sufre|sigue|no|"
    r"\u00e8|ha|si|soffre|resta|"
    r"heeft|blijft|kon|"
    r"tem|sofre|continua|"
    r"\u00e4r|\u00e5kte|er|har|fik|fikk|fick)"
)
"""What follows the name in a sentence, in the languages that clubs write."""
_SENTENCE: Final = re.compile(
    rf"{_START}(?P<name>{_WORD}(?: {_WORD}){{0,3}}?) (?P<what>{_VERBS}(?=\s)\s*\S.*)$"
)
_POSSESSIVE: Final = re.compile(
    rf"{_START}(?P<name>{_WORD}(?: {_WORD}){{0,3}}?)['\u2019]s (?P<what>\S.*)$"
)
"""Whose body part it is: "Ann Lee's knee hurts"."""
_AND: Final = r"(?:,?\s(?:and|und|et|y|e|en|och|og)\s|\s?[&+/]\s?|,\s)"
_BOTH: Final = (
    r"(?:are|were|have|had|both|can|cannot|can't|will|sind|haben|fallen|fehlen|k\u00f6nnen|beide|"
    r"sont|ont|est\u00e1n|tienen|siguen|sono|hanno|zijn|hebben|est\u00e3o|t\u00eam|\u00e4r|har|er)"
)
_SEVERAL: Final = re.compile(
    rf"{_START}(?P<names>{_WORD}(?: {_WORD}){{0,2}}?(?:{_AND}{_WORD}(?: {_WORD}){{0,2}}?)+)"
    rf"(?:\s(?={_BOTH}\s)|\s?[:=(]\s?|\s[-\u2013\u2014]+>?\s)(?P<what>\S.*)$"
)
"""Two people in one line: "Ann and Ben are out", "Ann Lee & Ben Ott: shin splints"."""
_BEFORE_INJURY: Final = r"(?:\s?[:=(]\s?|\s[-\u2013\u2014]+>?\s)(?P<what>\S.*)$"
_LAST_FIRST: Final = re.compile(
    rf"{_START}(?P<name>{_WORD}(?: {_WORD}){{0,2}}, {_WORD}){_BEFORE_INJURY}"
)
"""A last name and the first: "Lee, Ann: left knee"."""
_PARTICLES: Final = frozenset(
    {"van", "von", "de", "der", "den", "da", "di", "del", "della", "dos", "du", "la", "le", "el",
     "al", "bin", "ter", "ten", "zu", "af", "av", "y", "e"}
)  # fmt: skip
_PRONOUNS: Final = frozenset(
    {"i", "he", "she", "it", "we", "they", "you", "who", "everyone", "everybody", "nobody",
     "someone", "nothing", "this", "that", "there", "one", "all", "the", "my", "our",
     "let", "what", "here", "where", "how",
     "ich", "er", "sie", "es", "wir", "niemand", "alle", "keiner", "keine", "jemand", "das",
     "je", "il", "elle", "on", "nous", "ils", "elles", "personne", "tout", "ce",
     "yo", "ella", "nadie", "todos", "esto", "io", "lui", "lei", "nessuno", "tutti",
     "ik", "hij", "zij", "ze", "wij", "iedereen", "het", "eu", "ele", "ela", "ninguem", "todo",
     "jag", "han", "hon", "hun", "vi", "ingen", "det", "den", "jeg", "de"}
)  # fmt: skip
_NO_NAMES: Final = frozenset(
    {"update", "note", "notes", "info", "injured", "injuries", "out", "available", "date", "coach",
     "hinweis", "notiz", "stand", "verletzt", "verletzte", "physio", "team", "squad", "today",
     "training", "session", "race", "season", "week", "plan", "woche", "saison", "semaine",
     "semana"}
)  # fmt: skip
_WORST: Final = ("restricted", "clinician", "illness", "niggle")
_HURT: Final = re.compile(rf"\b(?:injured|hurt|{SURELY_SINCE})\b", re.IGNORECASE)


class Line(NamedTuple):
    """A person and what is said of him or her."""

    name: str
    injury: str


def line_of(text: str) -> Line | None:
    """Return a line that names a person and an injury, None for any other.

    Examples
    --------
    >>> line_of("- Ann Lee: left knee since 3 Jan, back ~4 weeks")
    Line(name='Ann Lee', injury='left knee since 3 Jan, back ~4 weeks')
    >>> line_of("Training: hills on Tuesday") is None, line_of("Note: knee pads!") is None
    (True, True)
    >>> line_of("Lee, Ann: left knee")
    Line(name='Lee, Ann', injury='left knee')
    >>> line_of("Ann Lee is out with shin splints")
    Line(name='Ann Lee', injury='is out with shin splints')
    """
    if names_several(text):
        return None
    whole = _LAST_FIRST.match(text)
    if whole and _are_names(whole["name"]) and _is_of_injury(whole["what"]):
        return Line(whole["name"], _without_end(whole["what"].strip()))
    sentence = _SENTENCE.match(text) or _POSSESSIVE.match(text)
    if sentence and _names_somebody(sentence["name"]) and _is_of_injury(sentence["what"]):
        return Line(sentence["name"].strip(), sentence["what"].strip())
    for pattern in _LINES:
        match = pattern.match(text)
        if match and _may_name(match["name"]) and _is_of_injury(match["what"]):
            bare = _without_end(match["what"].strip())
            return Line(match["name"].strip(), bare)
    return None


def _without_end(description: str) -> str:
    """Return a description without the end of the bracket that it began with."""
    is_left = description.count(")") > description.count("(")
    return description.replace(")", "", 1) if is_left else description


def names_several(text: str) -> bool:
    """Say whether a line tells injuries of two people or more, whom it has to be left to.

    Examples
    --------
    >>> names_several("Ann and Ben are out"), names_several("Ann Lee & Ben Ott: shin splints")
    (True, True)
    >>> names_several("Ann and Ben are fit"), names_several("Ann Lee - knee and hip sore")
    (False, False)
    """
    match = _SEVERAL.match(text)
    if match is None or _LAST_FIRST.match(text) or not _is_of_injury(match["what"]):
        return False
    return _are_names(match["names"])


def _are_names(names: str) -> bool:
    return all(map(_names_somebody, re.split(_AND, names)))


def _may_name(name: str) -> bool:
    first, *_ = name.split()
    words = plain_words(name)
    if weekday_of(words) is not None:
        return False  # a week's plan: "Tuesday: calf raises"
    return first[0].isupper() and words not in _NO_NAMES and not says(words, "illness")


def _names_somebody(name: str) -> bool:
    """Say whether the beginning of a sentence is a name: capitals, no pronoun, no body part."""
    words = name.split()
    if len(words) == 1 and plain_words(name) in _PRONOUNS:
        return False
    capital = all(word[0].isupper() or word in _PARTICLES for word in words)
    return capital and _may_name(name) and read_injury_text(name, {}).region is None


def _is_of_injury(description: str) -> bool:
    return read_injury_text(description, {}).region is not None or _tells_harm(description)


def _tells_harm(description: str) -> bool:
    """Say whether words tell more than a body part, which a coach's praise names as well."""
    read = read_injury_text(description, {})
    if read.diagnosis or _HURT.search(description) or state_of(description) in {OUT, LIMITED}:
        return True
    return any(says(plain_words(description), kind) for kind in _WORST)


def are_lines(texts: Sequence[str], *, called_so: bool = False) -> bool:
    """Say whether lines list injured people; one line is enough in a file named after injuries.

    Where neither the file nor a title above speaks of injuries, the lines have to do so: a body
    part alone is also in a coach's notes and in an order of knee sleeves.
    """
    # A longer text is a report, in which some lines look like entries by chance.
    if not 0 < len(texts) <= _MOST_LINES:
        return False
    found_lines = [line_of(text) for text in texts]
    lines = [line for line in found_lines if line]
    # Two lines are a list also in a mail with greetings, where the file is called after injuries.
    few = len(lines) + sum(map(names_several, texts)) < _LEAST_SHARE * len(texts)
    if not lines or len(lines) < (1 if called_so and not few else 2) or (few and not called_so):
        return False
    first = next(at for at, line in enumerate(found_lines) if line)
    if called_so or speaks_of_injuries(texts[:first]):
        return True
    # Where nothing else says what the list is about, most of its lines have to.
    return sum(_tells_harm(line.injury) for line in lines) > len(lines) / 2


def tab_of_lines(name: str, texts: Sequence[str], numbers: Sequence[int]) -> Tab:
    """Return the lines as a table of names and injuries, with what stands above it as titles.

    A line without an injury of a person keeps its text and gets no name; it is then reported.
    """
    lines = [line_of(text) for text in texts]
    first = next(at for at, line in enumerate(lines) if line)
    head = [
        (number, _row(text)) for number, text in zip(numbers[:first], texts[:first], strict=True)
    ]
    below = [
        (number, _row(line.name, line.injury, line.injury) if line else _row("", text))
        for number, text, line in zip(numbers[first:], texts[first:], lines[first:], strict=True)
    ]
    rows = [*head, (numbers[first], _row(*HEADINGS)), *below]
    return Tab(name, [row for _, row in rows], [number for number, _ in rows])


def without_lines(tab: Tab) -> Tab:
    """Return a tab of one column of sentences as a table; any other stays as it is."""
    rows = [(number, filled(row)) for number, row in zip(tab.numbers, tab.rows, strict=True)]
    sentences = [(number, cells[0].text) for number, cells in rows if len(cells) == 1]
    if not sentences or any(len(cells) > 1 for _, cells in rows):
        return tab
    numbers, texts = [number for number, _ in sentences], [text for _, text in sentences]
    if not are_lines(texts):
        return tab
    return replace(tab_of_lines(tab.name, texts, numbers), is_hidden=tab.is_hidden)


def _row(*texts: str) -> Row:
    cells: Row = [Cell("t", " ".join(text.split())) if text else None for text in texts]
    return cells + [None] * (len(HEADINGS) - len(cells))
