"""What was not read, for the terminal, the page and programs; with names only where asked for."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from ingest.dataset.file_names import renamed
from ingest.people.pseudonymise import every_spelling
from ingest.quality.not_read import NOTHING_TO_DO, NotRead
from ingest.run import IngestResult

_SOMEBODY: Final = "somebody"
"""Stands in the name of a file for a name that is nobody's yet."""


def unread_things(result: IngestResult, *, with_names: bool) -> tuple[NotRead, ...]:
    """Return what was not read; without leave to show names, codes stand in the files' names.

    Parameters
    ----------
    result : IngestResult
        What was read.
    with_names : bool
        Whether names may be shown.
    """
    if with_names:
        return result.not_read
    strangers = dict.fromkeys((*result.people.proposed, *result.people.meant), _SOMEBODY)
    spelled = strangers | every_spelling(result.people, result.names)
    return tuple(_without_names(one, spelled) for one in result.not_read)


def worth_telling(unread: Sequence[NotRead]) -> list[NotRead]:
    """Return what may call for action; what simply holds nothing is for programs only."""
    return [one for one in unread if one.kind != NOTHING_TO_DO]


def as_rows(unread: Sequence[NotRead], result: IngestResult) -> list[dict[str, Any]]:
    """Return JSON-able rows: id, kind, file, rows, sentence, athletes (codes)."""
    return [one.as_json(result.names) for one in unread]


def _without_names(one: NotRead, spelled: dict[str, str]) -> NotRead:
    files = {file: renamed(file, spelled) for file in one.file.split("; ")}
    sentence = one.sentence
    for file, new in files.items():
        sentence = sentence.replace(file, new)
    return replace(one, file="; ".join(files.values()), sentence=sentence)
