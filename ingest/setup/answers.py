"""Answers to questions, kept where people can edit them: `roster.csv` and `dataset.yaml`."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from common.errors import StridecastError
from common.question import PEOPLE_KINDS, Question, question_id
from ingest.people.name_questions import NEW, NOBODY
from ingest.people.roster_file import RosterFile, roster_of
from ingest.readers.sheets.answers import merged
from ingest.setup.changes import remembered
from ingest.setup.settings_file import parsed, put_values, value_at

NOBODY_KEY = "nobody"
OWNERS_KEY = "owners"


def accept(folder: Path, questions: Iterable[Question]) -> int:
    """Take the proposals of questions, and return how many there were."""
    proposed = [question for question in questions if question.proposal]
    answer_all(folder, [(question, question.proposal) for question in proposed])
    return len(proposed)


def answer(folder: Path, question: Question, value: str) -> None:
    """Keep an answer.

    Parameters
    ----------
    folder : pathlib.Path
        Dataset folder, set up.
    question : Question
        What was asked.
    value : str
        One of its choices, an athlete of the roster, or a value for its setting.

    Raises
    ------
    StridecastError
        If the value is no answer; nothing is written then.
    """
    answer_all(folder, [(question, value.strip())])


def answer_all(folder: Path, answers: Sequence[tuple[Question, str]]) -> None:
    """Keep several answers; somebody new comes first, for other names may be theirs."""
    with remembered(folder):
        _answer_all(folder, answers)


def _answer_all(folder: Path, answers: Sequence[tuple[Question, str]]) -> None:
    roster = RosterFile.load(roster_of(folder))
    before = roster.path.read_bytes() if roster.path.exists() else None
    settings: dict[tuple[str, ...], object] = {}
    nobody = _names_of_nobody(folder)
    for question, value in sorted(answers, key=lambda pair: (pair[0].kind != "person", pair[1])):
        if question.kind in PEOPLE_KINDS:
            _answer_person(roster, nobody, settings, question, value)
        else:
            before_it = settings.get(question.setting, value_at(folder, question.setting))
            settings[question.setting] = _value_of(question, value, before_it)
    if nobody != _names_of_nobody(folder):
        settings[NOBODY_KEY,] = nobody
    if any(asked.kind in PEOPLE_KINDS for asked, _ in answers):
        roster.save()
    try:
        if settings:
            put_values(folder, settings)
    # Roster and settings change together, or neither does.
    except Exception:
        if before is None:
            roster.path.unlink(missing_ok=True)
        else:
            roster.path.write_bytes(before)
        raise


def _names_of_nobody(folder: Path) -> list[str]:
    stored = value_at(folder, (NOBODY_KEY,))
    return [str(name) for name in stored] if isinstance(stored, list) else []


def _answer_person(
    roster: RosterFile,
    nobody: list[str],
    settings: dict[tuple[str, ...], object],
    question: Question,
    value: str,
) -> None:
    name = question.rows[0]
    if question.kind == "owner":
        settings[OWNERS_KEY, question.file] = value if value == NOBODY else _known(roster, value)
    elif value == NOBODY:
        nobody.append(name)
    elif value == NEW or (question.kind == "person" and value == question.proposal):
        roster.add_athlete(question.proposal if question.kind == "person" else name)
        if question.kind == "person" and question.proposal != name:
            roster.add_alias(question.proposal, name)
    else:
        roster.add_alias(_known(roster, value), name)


def _known(roster: RosterFile, athlete: str) -> str:
    if athlete not in roster.athletes:
        raise StridecastError(
            f"{roster.path.name} has no athlete {athlete!r}",
            f"write a name as it stands there, {NEW!r} for somebody new, or {NOBODY!r}",
        )
    return athlete


def _value_of(question: Question, value: str, existing: object) -> object:
    if question.kind != "scale" and question.choices and value not in question.choices:
        raise StridecastError(
            f"{value!r} is no answer to {question.id}", f"one of {', '.join(question.choices)}"
        )
    try:
        if question.kind == "scale":
            return merged(existing, question, value)
        return parsed(value)
    except ValueError as error:
        raise StridecastError(f"{question.id}: {error}", "see data/README.md") from None


def undo(folder: Path, identifier: str) -> str:
    """Take an answer about a name back, and say what was taken back.

    Parameters
    ----------
    folder : pathlib.Path
        Dataset folder.
    identifier : str
        Of the question.

    Raises
    ------
    StridecastError
        If no such answer is kept.
    """
    with remembered(folder):
        return _undo(folder, identifier)


def _undo(folder: Path, identifier: str) -> str:
    roster = RosterFile.load(roster_of(folder))
    nobody = _names_of_nobody(folder)
    for name in [candidate for candidate in nobody if identifier in _ids(candidate)]:
        # None takes the key away: an empty list would stay in the file as clutter.
        put_values(folder, {(NOBODY_KEY,): [other for other in nobody if other != name] or None})
        return f"{name}: no longer left out"
    for name in roster.every_alias:
        if identifier in _ids(name):
            athlete = roster.remove_alias(name)
            roster.save()
            return f"{name}: no longer {athlete}"
    for name in roster.athletes:
        if identifier in _ids(name) and roster.remove_athlete(name):
            roster.save()
            return f"{name}: no longer in {roster.path.name}"
    raise StridecastError(
        f"no answer to {identifier} is kept for a name",
        f"edit {roster.path.name} or dataset.yaml by hand",
    )


def _ids(name: str) -> set[str]:
    return {question_id(kind, name) for kind in PEOPLE_KINDS}
