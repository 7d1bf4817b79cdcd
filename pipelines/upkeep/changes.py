"""`stridecast data changes` and `data undo`: what the tool changed in a team's folder."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from pipelines.runtime.spoken import Language, language_of

if TYPE_CHECKING:
    from ingest.setup.changes import Past

SHOWN: Final = 8
"""So many lines of a change are shown; --all and --json have every one."""

Folder = Annotated[Path, typer.Argument(help="Folder with the team's exports.")]


def changes(
    folder: Folder,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    every: Annotated[bool, typer.Option("--all", help="Show every line of each change.")] = False,
    language: Language = "",
) -> None:
    """List what the tool changed in a folder: settings, roster and added exports, newest last.

    Files that somebody edited or dropped in by hand are not listed. `stridecast data undo` takes
    a change back. The list shows names.
    """
    from common.language import message, speaking
    from ingest.setup.changes import changes as made

    past_changes = made(folder)
    if as_json:
        print(
            json.dumps(
                [asdict(past_change) for past_change in past_changes], indent=2, ensure_ascii=False
            )
        )
        return
    with speaking(language_of(folder, language)):
        for change in past_changes:
            print("\n".join(_change_lines(change, None if every else SHOWN)))
        print(
            message("`stridecast data undo {folder} NUMBER` takes one back", folder=folder)
            if past_changes
            else message("there is nothing to take back: stridecast has changed nothing here")
        )


def undo(
    folder: Folder,
    number: Annotated[
        int | None,
        typer.Argument(help="Of `data changes`; by default the last.", show_default=False),
    ] = None,
    language: Language = "",
) -> None:
    """Take back what the tool changed: an answer, the set-up, or exports that it added.

    Later changes of other lines stay. What was changed again since is not touched, and one line
    says so.
    """
    from common.language import message, speaking
    from ingest.setup.changes import undo as take_back

    # Before the undo, which may take the language out of the settings.
    spoken = language_of(folder, language)
    done = take_back(folder, number)
    with speaking(spoken):
        print(message("taken back:"))
        print("\n".join(_change_lines(done, SHOWN)))


def _change_lines(change: "Past", most: int | None) -> list[str]:
    """Return the lines of a change: a heading, then what came and what went."""
    from common.language import message, plural

    kind = message("exports added") if change.kind == "files" else message("settings and roster")
    kept_lines = [
        line for line in change.lines if most is None or not line.text.lstrip().startswith("#")
    ]
    shown = kept_lines[:most]
    lines = [f"{change.number}  {change.when[:16].replace('T', ' ')}  {kind}"]
    lines += [f"   {line.sign} {line.file}{': ' if line.text else ''}{line.text}" for line in shown]
    left = len(kept_lines) - len(shown)
    if left:
        lines.append("   " + plural("and {count} more line", "and {count} more lines", left))
    return lines
