"""`stridecast act`: write down what was done about a forecast."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.runtime.spoken import Language


def act(  # noqa: PLR0913, PLR0917 - one argument per option
    athlete: Annotated[
        str | None,
        typer.Argument(
            help="Name as in roster.csv, or code as in scores.csv.",
            show_default=False,
        ),
    ] = None,
    did: Annotated[
        str, typer.Option(help='What was done: "long run cut to 16 km".', show_default=False)
    ] = "",
    out: Annotated[Path, typer.Option(help="Folder of the forecasts.")] = Path("forecast"),
    date: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day; by default today.")
    ] = None,
    csv: Annotated[
        Path | None, typer.Option(help="Many at once: columns athlete, date, did.")
    ] = None,
    data: Annotated[
        Path | None,
        typer.Option(help="The team's folder, if it was moved since the last score."),
    ] = None,
    list_: Annotated[
        bool, typer.Option("--list", help="Show what was logged, and log nothing.")
    ] = False,
    names: Annotated[
        bool, typer.Option("--names", help="List with names, on this computer only.")
    ] = False,
    anyway: Annotated[
        bool,
        typer.Option("--anyway", help="Also log what was done on days that no forecast covers."),
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take the last logged action back.")] = False,
    language: Language = "",
) -> None:
    """Log what was done for an athlete, so that monitoring can tell acted from not acted.

    stridecast act "Ann Lee" --did "long run cut to 16 km"

    The day belongs to the forecast whose week covers it. Without --date it is today, also where
    no forecast covers today; a typed day that none covers is not logged, and the command that
    would is shown.

    The log is only ever added to, an undo by a line of its own; the same line given twice is kept
    once. The page shows what was done from the next `stridecast score` on.
    """
    # Imported here, so that --help answers at once.
    from common.language import message, speaking
    from pipelines.weekly import act as log

    with speaking(log.spoken(out, data, language)):
        if list_ or undo:
            log_lines = (
                log.list_actions(out, data, with_names=names) if list_ else [log.undo(out, data)]
            )
            print("\n".join(log_lines) or message("nothing logged yet"))
            return
        today = datetime.now(tz=UTC).astimezone().date()
        day = today if date is None else date.date()
        # Whoever types no day means today, also between two forecasts; a typed day may be a
        # mistake.
        log_uncovered = anyway or (date is None and csv is None)
        done = log.act_on(log.ActRequest(athlete, did, out, day, csv, data, log_uncovered), today)
        print("\n".join(done.lines))
        if not done.added:
            print(message("already in the action log"))
        elif done.is_covered:
            print(
                message(
                    "{count} added to the action log; the page shows it after the next score",
                    count=done.added,
                )
            )
        else:
            print(message("{count} added to the action log", count=done.added))
