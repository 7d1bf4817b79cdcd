"""`stridecast monitor`: were the forecasts right, and are the data still the same."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from pipelines.runtime.spoken import Language, language_of

if TYPE_CHECKING:
    from pipelines.weekly.monitor_folder import MonitorRequest

PAGE = "monitor.html"


def monitor(
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of the team's exports.", show_default=False)
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="The same, as an option.", show_default=False)
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder of the forecasts.")] = Path("forecast"),
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Last day whose records are complete; by default the day of the last record.",
        ),
    ] = None,
    project: Annotated[Path, typer.Option(help="Folder whose artifacts hold the models.")] = Path(),
    names: Annotated[
        bool, typer.Option("--names", help="Show the roster's names, here and on the page.")
    ] = False,
    language: Language = "",
    mlflow: Annotated[
        bool | None,
        typer.Option(
            "--mlflow/--no-mlflow",
            help="Log the team's figures, and none of a single person; by default where there is "
            "a store.",
        ),
    ] = None,
) -> None:
    """Compare earlier forecasts with what happened, and this week's data with earlier weeks.

    Drop in the new exports and bring the injury list up to date first. Gives one verdict: fine,
    too early to tell, recalibrate, retrain, or check the data, with the numbers, and tells who of
    the last list got hurt. Writes monitor.html and monitor.json; the next forecast page shows the
    verdict. Where there is an MLflow store the team's figures are logged as a run.

    Exit code 0 whatever the verdict; 1: it could not be done, one line says why; 2: wrong usage.
    """
    # Imported here, so that --help answers at once.
    import pandas as pd

    from common.language import speaking
    from pipelines.commands.options import folder_of
    from pipelines.weekly.monitor_folder import MonitorRequest
    from pipelines.weekly.monitor_run import has_store

    day = None if until is None else pd.Timestamp(until).as_unit("ns")
    place = folder_of(folder, data)
    console = Console(stderr=True, highlight=False)

    def say(line: str) -> None:
        console.print(line, markup=False, soft_wrap=True)

    with speaking(language_of(place, language)):
        report = _monitored(MonitorRequest(place, out, day, project, names), say)
    # No store is made by the way: only --mlflow asks for a new one.
    if mlflow or (mlflow is None and has_store(project)):
        _log(report, project, say)
    say(str(out / PAGE))


def _monitored(request: "MonitorRequest", say: Callable[[str], None]) -> dict[str, Any]:
    """Monitor, and tell what came out in the language spoken."""
    from common.language import message, plural
    from common.text.plain_words import plain_date
    from pipelines.weekly.monitor_folder import monitor_folder
    from reporting.languages.messages import verdict_name
    from reporting.pages.monitor import late_lines, list_lines, shift_lines

    report = monitor_folder(request, say)
    for line in (*list_lines(report["last_list"]), *late_lines(report["late_reports"])):
        say(line)
    say(
        plural(
            "{count} week up to {day}: {verdict}",
            "{count} weeks up to {day}: {verdict}",
            report["weeks"],
            day=plain_date(report["until"]),
            verdict=verdict_name(report["verdict"]),
        )
    )
    say(report["sentence"])
    for finding in report["findings"]:
        if finding["sentence"] not in report["sentence"]:
            say(f"  {finding['sentence']}")
    for line in shift_lines(report["shifts"]):
        say(f"  {line}")
    age = (datetime.now(tz=UTC).date() - date.fromisoformat(report["last_record"])).days
    if request.until is None and not report["simulated"] and age > report["horizon_days"]:
        say(
            message(
                "the newest record is {days} days old: were the new exports added, and is the "
                "injury list up to date?",
                days=age,
            )
        )
    return report


def _log(report: dict[str, Any], project: Path, say: Callable[[str], None]) -> None:
    """Log the run; the verdict stands and is written, so a store that is down stops nothing."""
    from common.errors import StridecastError
    from common.language import message
    from common.retold import retold_error
    from pipelines.weekly.monitor_run import log_monitoring

    try:
        say(log_monitoring(report, project))
    except StridecastError as error:
        parts = [retold_error(part) for part in (error.message, error.remedy) if part]
        say(message("not logged: {why}", why="; ".join(parts)))
