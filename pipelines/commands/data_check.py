"""`stridecast data check`, `questions` and `answer`: the one door to what lies in a folder."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from common.language import N_, message, plural, speaking, translated
from common.retold import retold
from common.untyped import Cell
from pipelines.runtime.progress import file_progress
from pipelines.runtime.spoken import Language, language_of

if TYPE_CHECKING:
    from common.question import Question
    from ingest.people.overview import PersonFound
    from ingest.setup.examine import Examined

PIPE_WIDTH = 200
_PEOPLE: Final = (
    N_("athlete"), N_("also written"), N_("from"), N_("to"), N_("km a week"), N_("injuries"),
    N_("records"),
)  # fmt: skip
Folder = Annotated[Path, typer.Argument(help="Folder with the team's exports.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Place = Annotated[Path, typer.Argument(help="Folder with the team's exports, or a file of it.")]
Files = Annotated[
    bool, typer.Option("--files", help="Show each file: what it holds, what is refused, and why.")
]


def check(
    folder: Place, as_json: Json = False, files: Files = False, language: Language = ""
) -> None:
    """Show the people, the sheets and what is left to do in a folder, storing nothing.

    In a folder that is new it shows what the first `stridecast score` would take. Of a single file
    or archive, and with --files of a folder, it shows what each file holds and every record that
    would be refused; that works on exports that are no team's folder, too.

    Exit code 0: all that matters was read; 3: something that matters was not.
    """
    from pipelines.commands.data_files import show_files

    with speaking(language_of(folder, language)):
        if files or not folder.is_dir():
            show_files(folder, as_json=as_json)
            return
        _check(folder, as_json=as_json)


def _check(folder: Path, *, as_json: bool) -> None:
    """Show a folder in the language spoken.

    Raises
    ------
    typer.Exit
        If something that matters was not read.
    """
    from ingest.people.impossible import impossible, in_two_groups
    from ingest.people.overview import overview
    from ingest.quality.lines_by_cause import lines_by_cause

    examined = _examined(folder)
    result = examined.result
    people = overview(result.people, result.names, result.records, result.tables)
    names = {code: name for name, code in result.names.items()}
    called = {**result.people.proposed, **result.people.settled}
    stops = impossible(result.tables["sessions"], names)
    # These come first: two people under one name make every later figure wrong.
    stops |= in_two_groups(result.people.owners, called)
    if as_json:
        print(json.dumps(_as_json(examined, people, list(stops.values())), indent=2))
    else:
        console = _console()
        _show_people(console, people)
        _show_sheets(console, result.report["files"])
        lines = [*stops.values(), *lines_by_cause([n for n in result.not_read if n.kind != "none"])]
        lines += _settings(folder)
        lines = [line.replace(" FOLDER ", f" {quote(str(folder))} ") for line in lines]
        for line in [message("to do:"), *(lines or [message("nothing")])]:
            console.print(escape(line), soft_wrap=True)
        if result.questions:
            console.print(
                escape(
                    message(
                        "{count} open: stridecast data questions {folder}",
                        count=len(result.questions),
                        folder=quote(str(folder)),
                    )
                ),
                soft_wrap=True,
            )
    if any(entry.matters for entry in result.not_read):
        # A status of its own, so that a script can tell "not all was read" from "failed".
        raise typer.Exit(3)


def _settings(folder: Path) -> list[str]:
    """Return what of `dataset.yaml` was assumed or is refused, as `stridecast score` tells it."""
    from ingest.dataset.settings import FILE_NAME, load_config
    from pipelines.weekly.to_do import settings_to_check

    if not (folder / FILE_NAME).is_file():
        return []
    return [to_do.text for to_do in settings_to_check(load_config(folder))]


def inspect(path: Place, as_json: Json = False) -> None:
    """Show each file: the older name of `stridecast data check --files`."""
    from pipelines.commands.data_files import show_files

    show_files(path, as_json=as_json)


def questions(folder: Folder, as_json: Json = False, language: Language = "") -> None:
    """List what the files leave open: id, question, proposal, and what holds until the answer."""
    open_questions = _examined(folder).result.questions
    if as_json:
        print(
            json.dumps(
                [question.as_json() for question in open_questions], indent=2, ensure_ascii=False
            )
        )
        return
    console = _console()
    with speaking(language_of(folder, language)):
        for question in open_questions:
            console.print(escape(_asked(question)), soft_wrap=True)
        console.print(
            plural("{count} question", "{count} questions", len(open_questions)), soft_wrap=True
        )


def _asked(question: "Question") -> str:
    fields = {"id": question.id, "question": retold(question.text), "proposal": question.proposal}
    if question.proposal:
        return message("{id}: {question}; proposed: {proposal}", **fields)
    return message("{id}: {question}", **fields)


def answer(
    folder: Folder,
    question: Annotated[str, typer.Argument(help="Id of the question, or `all`.")],
    value: Annotated[
        str, typer.Argument(help="An athlete of roster.csv, `new`, `nobody`, or a setting.")
    ] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take an answer about a name back.")] = False,
    language: Language = "",
) -> None:
    """Answer a question of `stridecast data questions`, in roster.csv or dataset.yaml.

    Without a value the proposal is taken; `all` takes every proposal that is safe.
    """
    from common.errors import StridecastError
    from ingest.setup.answers import accept
    from ingest.setup.answers import answer as keep
    from ingest.setup.answers import undo as take_back

    _needs_settings(folder)
    if undo:
        print(take_back(folder, question))
        return
    open_ = _examined(folder).result.questions
    if question == "all":
        taken = accept(folder, [question for question in open_ if question.safe])
        with speaking(language_of(folder, language)):
            print(plural("{count} answered", "{count} answered", taken))
        return
    asked = next((candidate for candidate in open_ if candidate.id == question), None)
    if asked is None:
        raise StridecastError(
            f"no open question {question!r}",
            f"`stridecast data questions {quote(str(folder))}` lists them",
        )
    if not value and not asked.proposal:
        raise StridecastError(f"{question}: nothing is proposed", f"answer {_choices(asked)}")
    keep(folder, asked, value or asked.proposal)
    print(f"{asked.rows[0] if asked.rows else asked.file}: {value or asked.proposal}")


def _choices(question: "Question") -> str:
    return " or ".join(question.choices) or "a value"


def _needs_settings(folder: Path) -> None:
    from ingest.dataset.settings import load_config

    load_config(folder)


def _examined(folder: Path) -> "Examined":
    from ingest.setup.examine import examine
    from pipelines.runtime.workspace import kept_parses

    with file_progress("looking") as progress:
        return examine(
            folder,
            today=datetime.now(tz=UTC).date(),
            progress=progress,
            cache=kept_parses(Path()),
        )


def _console() -> Console:
    # A pipe has no width: lines stay whole, so that they can be searched.
    wide = Console(highlight=False)
    return wide if wide.is_terminal else Console(highlight=False, width=PIPE_WIDTH)


def _show_people(console: Console, people: Sequence["PersonFound"]) -> None:
    from pipelines.commands.people_lines import table_words

    table = Table(box=None, pad_edge=False)
    for heading in _PEOPLE:
        table.add_column(message(heading), overflow="fold")
    for person in people:
        km = message("not known") if person.km_a_week is None else f"{person.km_a_week:.0f}"
        injuries = message("not known") if person.injuries is None else str(person.injuries)
        table.add_row(
            escape(person.athlete), escape(", ".join(person.also)),
            _day(person.first), _day(person.last), km, injuries, table_words(person.tables),
        )  # fmt: skip
    console.print(table)
    console.print(plural("{count} athlete", "{count} athletes", len(people)))


def _day(day: Cell) -> str:
    return "" if day is None else str(day.date())


def _show_sheets(console: Console, files: Sequence[dict[str, Any]]) -> None:
    """Name the files of the whole team and what they were taken for."""
    for account in files:
        if account["read_as"]:
            console.print(
                escape(f"{account['file']}: {_read_as(account['read_as'])}"), soft_wrap=True
            )


def _as_json(
    examined: "Examined", people: Sequence["PersonFound"], stops: list[str]
) -> dict[str, Any]:
    result = examined.result
    return {
        "people": [
            {
                "athlete": person.athlete,
                "also_known_as": list(person.also),
                "records": list(person.tables),
                "from": _day(person.first) or None,
                "to": _day(person.last) or None,
                "km_a_week": None if person.km_a_week is None else round(person.km_a_week, 1),
                "injuries": person.injuries,
            }
            for person in people
        ],
        "impossible": stops,
        "files": result.report["files"],
        "not_read": [entry.as_json({a: a for a in entry.athletes}) for entry in result.not_read],
        "questions": [question.as_json() for question in result.questions],
    }


def _read_as(kinds: str) -> str:
    return ", ".join(translated(kind) for kind in kinds.split(", "))
