"""What was not read, for the terminal, the page and programs; with names only where asked for."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import Any, Final

from common.language import message
from common.question import Question
from common.retold import retold
from ingest.dataset.file_names import renamed
from ingest.people.pseudonymise import every_spelling
from ingest.quality.not_read import NOTHING_TO_DO, NotRead
from ingest.run import IngestResult

_FOLDER: Final = " FOLDER "
_SOMEBODY: Final = "somebody"
"""Stands in the name of a file for a name that is nobody's yet."""


def unread_things(result: IngestResult, *, with_names: bool, folder: Path) -> tuple[NotRead, ...]:
    """Return what was not read; unless names may be shown, file names have codes in their place.

    Whoever may see names is asked about a name by that name, with the answers there are.

    Parameters
    ----------
    result : IngestResult
        What was read.
    with_names : bool
        Whether names may be shown.
    folder : pathlib.Path
        The team's folder, for the commands in the sentences.
    """
    if with_names:
        asked = {question.id: question for question in result.questions if question.kind == "name"}
        return tuple(
            _in_folder(
                _by_name(entry, asked[entry.id]) if entry.id in asked else _in_full(entry), folder
            )
            for entry in result.not_read
        )
    # A name that no roster knows has no code, but is a name all the same.
    strangers = dict.fromkeys((*result.people.proposed, *result.people.meant), _SOMEBODY)
    spelled = strangers | every_spelling(result.people, result.names)
    unnamed = (_without_names(entry, spelled) for entry in result.not_read)
    return tuple(_in_folder(entry, folder) for entry in unnamed)


def worth_telling(unread: Sequence[NotRead]) -> list[NotRead]:
    """Return what may call for action; what simply holds nothing is for programs only."""
    return [entry for entry in unread if entry.kind != NOTHING_TO_DO]


def as_rows(unread: Sequence[NotRead], result: IngestResult) -> list[dict[str, Any]]:
    """Return JSON-able rows: id, kind, file, rows, sentence, athletes (codes), brief."""
    return [entry.as_json(result.names) for entry in unread]


def _by_name(entry: NotRead, question: Question) -> NotRead:
    answers = [quote(choice) for choice in question.choices]
    sentence = message(
        "{file}: whom does '{name}' mean? Until this is answered, {until} (`stridecast data "
        "answer FOLDER {id} {answer}`; answers: {answers})",
        file=question.file, name=question.rows[0], until=retold(question.default),
        id=question.id, answer=answers[0], answers=", ".join(answers),
    )  # fmt: skip
    brief = message("{file}: whom does '{name}' mean?", file=question.file, name=question.rows[0])
    return replace(entry, sentence=sentence, brief=brief)


def _in_full(entry: NotRead) -> NotRead:
    """Return a thing with the cells that were not understood, for who may see names."""
    return replace(entry, sentence=entry.local or entry.sentence)


def _in_folder(entry: NotRead, folder: Path) -> NotRead:
    """Write the team's own folder into the commands, so that they can be copied as they are."""
    return replace(entry, sentence=entry.sentence.replace(_FOLDER, f" {quote(str(folder))} "))


def _without_names(entry: NotRead, spelled: dict[str, str]) -> NotRead:
    # Several files of one cause are one entry, their names joined by "; ".
    files = {file: renamed(file, spelled) for file in entry.file.split("; ")}
    sentence, brief = entry.sentence, entry.brief
    for file, new in files.items():
        sentence, brief = sentence.replace(file, new), brief.replace(file, new)
    return replace(entry, file="; ".join(files.values()), sentence=sentence, brief=brief)
