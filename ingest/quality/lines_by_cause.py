"""What was not read, a line a cause: the same of many files is told once."""

from collections.abc import Sequence
from typing import Final

from ingest.quality.not_read import NotRead

_SAME: Final = 3
"""From more files on, what is the same of several files is told once."""


def lines_by_cause(unread: Sequence[NotRead]) -> list[str]:
    """Return the sentences; what is the same of many files is told once, with a few of them."""
    groups: dict[str, list[NotRead]] = {}
    for entry in unread:
        rest = entry.sentence.removeprefix(f"{entry.file}: ")
        # A sentence that does not begin with its file is of that file alone: the id keeps it apart.
        alike = rest if rest != entry.sentence else entry.id
        groups.setdefault(f"{entry.kind}/{alike}", []).append(entry)
    sentences: list[str] = []
    for several in groups.values():
        if len(several) <= _SAME:
            sentences += [similar.sentence for similar in several]
        else:
            files = ", ".join(similar.file for similar in several[:_SAME])
            rest = several[0].sentence.removeprefix(f"{several[0].file}: ")
            sentences.append(f"{len(several)} files ({files}, ...): {rest}")
    return sentences
