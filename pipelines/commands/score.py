"""`stridecast score`: the Monday morning command."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from pipelines.runtime.entry import loading
from pipelines.runtime.spoken import Language, language_of

if TYPE_CHECKING:
    from pipelines.weekly.scored import Scored, ScoreRequest

WEEK_DAYS = 7

NOT_ALL_READ = 3
"""Exit status: done, but something that matters was not read."""


def score(  # noqa: PLR0913, PLR0917 - one argument per option
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of the team's exports.", show_default=False)
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="The same, as an option.", show_default=False)
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("forecast"),
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"], help="Day of the forecast; by default the day of the last record."
        ),
    ] = None,
    project: Annotated[Path, typer.Option(help="Folder whose artifacts hold the models.")] = Path(),
    names: Annotated[
        bool, typer.Option("--names", help="Show the names of the roster, on this computer only.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Do everything, but write no file.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Set up a new folder as proposed, without questions.")
    ] = False,
    accept_gone: Annotated[
        bool,
        typer.Option(
            "--accept-gone", help="Accept that sessions are gone: they were removed on purpose."
        ),
    ] = False,
    athletes: Annotated[
        bool,
        typer.Option(
            "--athletes", help="Also write a page for each athlete that shows nobody else."
        ),
    ] = False,
    summary_names: Annotated[
        bool, typer.Option("--summary-names", help="Name the athletes in summary.txt, too.")
    ] = False,
    language: Language = "",
) -> None:
    """Rank a team by its risk in the coming week, and write the page a coach reads.

    A folder that was never scored is set up first: what its files tell is shown to confirm, as
    `stridecast data init` does.

    Writes forecast.html (open it in any browser, no network needed), scores.csv, scores.parquet,
    scores.json (with reasons, for programs), ingest.json (what became of every row that was read)
    and rejects.csv (which rows, and why), and keeps the week in history/. Athletes who are
    injured, silent or new are listed with the reason why they have no number. summary.txt is the
    week as a text for a chat; `--athletes` writes athletes/NAME.html, one page each. It may be run
    again at any time; a second run at the same time stops with a message.

    Exit code 0: done; 1: it could not be done, one line says why; 2: wrong usage; 3: done, but
    something that matters (injuries, sessions, wellness, tests) was not read: see "to do".
    """
    # Imported here, so that --help answers at once.
    with loading():
        import pandas as pd

        from common.language import speaking
        from pipelines.commands.ask import decide
        from pipelines.commands.options import folder_of
        from pipelines.commands.set_up import SetUpOptions, is_set_up, set_up
        from pipelines.runtime.workspace import kept_parses
        from pipelines.weekly.scored import ScoreRequest

    place = folder_of(folder, data)
    new = not dry_run and place.is_dir() and not is_set_up(place)
    console = Console(stderr=True, highlight=False)
    with speaking(language_of(place, language)):
        if new:
            set_up(place, SetUpOptions(language=language), yes=yes, cache=kept_parses(project))
        request = ScoreRequest(
            data=place, out=out, as_of=None if as_of is None else pd.Timestamp(as_of).as_unit("ns"),
            project=project, with_names=names, dry_run=dry_run, accept_gone=accept_gone,
            own_pages=athletes, summary_names=summary_names, language=language,
            # The set-up has just asked, and a dry run has nowhere to write an answer to.
            decide=None if new or dry_run else partial(decide, yes=yes),
        )  # fmt: skip
        _tell(_scored(request, console), request, console)


def _scored(request: "ScoreRequest", console: Console) -> "Scored":
    """Score, and say what is being done."""
    from common.language import message

    with console.status(message("starting")) as status:
        with loading():
            from pipelines.weekly.score_folder import score_folder

        def say(line: str) -> None:
            status.update(escape(line))
            console.print(line, markup=False, soft_wrap=True)

        # A spinner and questions cannot share a terminal.
        if request.decide is not None:
            status.stop()
        return score_folder(request, say)


def _tell(done: "Scored", request: "ScoreRequest", console: Console) -> None:
    """Show the head of the ranking, what is left to do, and where the page is.

    Raises
    ------
    typer.Exit
        If something that matters was not read.
    """
    from common.language import message
    from ingest.quality.lines_by_cause import lines_by_cause
    from pipelines.weekly.scored import PAGE
    from pipelines.weekly.unread import unread_things, worth_telling
    from reporting.weekly.terminal import ranking_lines, ranking_table

    def say(line: str) -> None:
        console.print(line, markup=False, soft_wrap=True)

    scores, names = done.week.scores, request.with_names
    age = (datetime.now(tz=UTC).date() - done.week.as_of.date()).days
    # Old exports give an old forecast without any error: their age is the only sign.
    if request.as_of is None and not done.config.simulated and age > WEEK_DAYS:
        say(
            message(
                "the newest training record is {days} days old: were this week's exports added?",
                days=age,
            )
        )
    leading = scores[scores["outcome"] == "any"]
    console.print(ranking_table(leading, done.names))
    for line in ranking_lines(leading, done.names):
        say(line)
    unread = worth_telling(unread_things(done.result, with_names=names, folder=request.data))
    lines = [*lines_by_cause(unread), *(task.line_for(done.names) for task in done.to_do)]
    if lines:
        console.print(f"[bold]{message('to do')}[/bold]")
    for line in lines:
        say(f"  {line}")
    if not names:
        say(
            message(
                "codes stand for athletes: add --names to see their names, on this computer only"
            )
        )
    last_line = (
        message("dry run: nothing was written")
        if request.dry_run
        else message("the page: {path}", path=request.out / PAGE)
    )
    console.print(f"[bold]{escape(last_line)}[/bold]", soft_wrap=True)
    if any(entry.matters for entry in unread):
        raise typer.Exit(NOT_ALL_READ)
