"""`stridecast score`: the Monday morning command."""

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 10
"""How many athletes the terminal lists; the page has all of them."""

WEEK_DAYS = 7

NOT_ALL_READ = 3
"""Exit status: done, but something that matters was not read."""

_HEADINGS = ("#", "athlete", "probability", "x base", "band", "main reason")
_NUMBERS = ("#", "probability", "x base")


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
        bool, typer.Option("--dry-run", help="Do everything but write a file.")
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help="Of a new folder take what is proposed, ask nothing.")
    ] = False,
    accept_gone: Annotated[
        bool, typer.Option("--accept-gone", help="Sessions that are gone were removed on purpose.")
    ] = False,
    athletes: Annotated[
        bool,
        typer.Option("--athletes", help="Also write a page for each athlete, about nobody else."),
    ] = False,
    summary_names: Annotated[
        bool, typer.Option("--summary-names", help="Name the athletes in summary.txt, too.")
    ] = False,
    language: Annotated[
        str, typer.Option(help="en, de or es; by default that of dataset.yaml.", show_default=False)
    ] = "",
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
    import pandas as pd  # noqa: PLC0415

    from ingest.quality.not_read import told_together  # noqa: PLC0415
    from pipelines.commands.ask import decide  # noqa: PLC0415
    from pipelines.commands.options import folder_of  # noqa: PLC0415
    from pipelines.commands.set_up import Told, is_set_up, set_up  # noqa: PLC0415
    from pipelines.runtime.workspace import kept_parses  # noqa: PLC0415
    from pipelines.weekly.score_folder import score_folder  # noqa: PLC0415
    from pipelines.weekly.scored import PAGE, ScoreRequest  # noqa: PLC0415
    from pipelines.weekly.unread import unread_things, worth_telling  # noqa: PLC0415

    place = folder_of(folder, data)
    new = not dry_run and place.is_dir() and not is_set_up(place)
    if new:
        set_up(place, Told(), yes=yes, cache=kept_parses(project))
    day = None if as_of is None else pd.Timestamp(as_of).as_unit("ns")
    request = ScoreRequest(
        data=place, out=out, as_of=day, project=project, with_names=names, dry_run=dry_run,
        accept_gone=accept_gone, own_pages=athletes, summary_names=summary_names,
        language=language,
        decide=None if new or dry_run else partial(decide, yes=yes),
    )  # fmt: skip
    console = Console(stderr=True, highlight=False)
    with console.status("starting") as status:

        def say(line: str) -> None:
            status.update(escape(line))
            console.print(line, markup=False, soft_wrap=True)

        # A spinner and questions cannot share a terminal.
        if request.decide is not None:
            status.stop()
        done = score_folder(request, say)
    scores = done.week.scores
    age = (datetime.now(tz=UTC).date() - done.week.as_of.date()).days
    if as_of is None and not done.config.simulated and age > WEEK_DAYS:
        say(f"the newest session is {age} days old: were this week's exports dropped in?")
    _show(console, scores[scores["outcome"] == "any"], done.names)
    unread = worth_telling(unread_things(done.result, with_names=names))
    lines = [*told_together(unread), *(one.told(done.names) for one in done.to_do)]
    if lines:
        console.print("[bold]to do[/bold]")
    for line in lines:
        console.print(f"  {line}", markup=False, soft_wrap=True)
    if not names:
        say("codes stand for athletes: add --names to see their names, on this computer only")
    told = "dry run: nothing was written" if dry_run else f"the page: {out / PAGE}"
    console.print(f"[bold]{escape(told)}[/bold]", soft_wrap=True)
    if any(one.matters for one in unread):
        raise typer.Exit(NOT_ALL_READ)


def _show(console: Console, scores: "pd.DataFrame", names: dict[str, str]) -> None:
    """Print the head of the ranking."""
    known = scores[scores["probability"].notna()]
    title = f"week after {scores['as_of'].iloc[0].date()}, {scores['model'].iloc[0]}"
    table = Table(title=title, title_justify="left")
    for heading in _HEADINGS:
        table.add_column(heading, justify="right" if heading in _NUMBERS else "left")
    for row in known.head(SHOWN).to_dict("records"):
        table.add_row(
            str(row["rank"]),
            escape(names.get(row["athlete"], row["athlete"])),
            f"{row['probability']:.1%}",
            f"{row['ratio_to_base']:.1f}",
            row["band"],
            str(row["main_reason"]).partition(" (")[0],
        )
    console.print(table)
    if len(known):
        first = known.iloc[0]
        base = first["probability"] / first["ratio_to_base"]
        console.print(f"x base: times the base rate, {base:.1%} in these days")
    others = scores.loc[scores["probability"].isna(), "status"].value_counts()
    told = ", ".join(f"{n} {str(name).replace('_', ' ')}" for name, n in others.items()) or "none"
    if len(known) > SHOWN:
        console.print(f"{len(known) - SHOWN} more on the page")
    console.print(f"{len(known)} scored; not scored: {told}")
    flagged = scores.loc[scores["flag"] != "", ["athlete", "flag"]].to_dict("records")
    for row in flagged:
        console.print(f"{names.get(row['athlete'], row['athlete'])}: {row['flag']}", markup=False)
