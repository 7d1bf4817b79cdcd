"""The questions about people: whom a name means, who is new, whose a file is."""

from collections.abc import Collection, Mapping
from typing import Final

from common.question import Question, question_id
from ingest.dataset.file_names import folders_of
from ingest.people.entries import Entry, files_told

NEW: Final = "new"
"""Answer to whom a name means: somebody who is not in the roster yet."""
NOBODY: Final = "nobody"
"""Answer to whom a name means: nobody of the team; its rows are left out for good."""


def person_question(entry: Entry, athlete: str, reason: str) -> Question:
    """Ask whether somebody new belongs to the team."""
    return Question(
        id=question_id("person", entry.name),
        kind="person",
        file=files_told(entry.files, entry.name),
        text=f"{entry.name}: a new athlete?",
        rows=(entry.name,),
        proposal=athlete,
        reason=reason,
        default="what is there of this name is not read",
        choices=(NEW, NOBODY),
        safe=True,
        matters=entry.matters,
    )


def name_question(entry: Entry, athlete: str, candidates: tuple[str, ...], reason: str) -> Question:
    """Ask whom a name means.

    Parameters
    ----------
    entry : Entry
        The name.
    athlete : str
        The one athlete that is safe to propose, else empty.
    candidates : tuple of str
        Those it may mean otherwise; one alone is proposed, but not taken by `--yes`.
    reason : str
        Why.
    """
    only = candidates[0] if len(candidates) == 1 else ""
    # Who resembles somebody in the same place only is likely to be somebody new.
    proposal = athlete or only or ("" if candidates else NEW)
    meant = f"{proposal or ' or '.join(candidates)}?"
    return Question(
        id=question_id("name", entry.name),
        kind="name",
        file=files_told(entry.files, entry.name),
        text=f"{entry.name} in {files_told(entry.files, entry.name)} = {meant} ({reason})",
        rows=(entry.name,),
        proposal=proposal,
        reason=reason,
        default="what is there under this name is not read",
        choices=(*((athlete,) if athlete else candidates), NEW, NOBODY),
        safe=bool(athlete),
        matters=entry.matters,
    )


def unowned_questions(owners: Mapping[str, str], athletes: Collection[str]) -> list[Question]:
    """Ask whose the files are that neither a folder nor their own name gives to anybody.

    Files of one folder are asked about together.
    """
    places: dict[str, list[str]] = {}
    for source, name in owners.items():
        if not name:
            places.setdefault(place_of(source), []).append(source)
    return [
        Question(
            id=question_id("owner", place),
            kind="owner",
            file=place,
            text=f"whose is {place} ({_counted(len(files))})?",
            rows=tuple(sorted(files)[:3]),
            default="not read: neither a folder nor the name of the file tells whose it is",
            choices=(*sorted(athletes), NOBODY),
            matters="sessions",
        )
        for place, files in sorted(places.items())
    ]


def place_of(source: str) -> str:
    """Return what is asked about for a file without an owner: its folder or archive, or itself."""
    if not folders_of(source):
        return source
    top = source.split("!", 1)[0]
    return top if "!" in source else top.rsplit("/", 1)[0] + "/"


def _counted(files: int) -> str:
    return f"{files:,} file{'' if files == 1 else 's'}"
