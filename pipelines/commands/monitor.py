"""`stridecast monitor`: were the forecasts right, and are the data still the same."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console


def monitor(
    data: Annotated[
        Path, typer.Option(help="Folder with dataset.yaml and the exports.", show_default=False)
    ],
    out: Annotated[Path, typer.Option(help="Folder of the forecasts.")] = Path("forecast"),
    until: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help="Last day seen in full; by default the day of the last record.",
        ),
    ] = None,
    project: Annotated[Path, typer.Option(help="Folder whose artifacts hold the models.")] = Path(),
    mlflow: Annotated[
        bool | None,
        typer.Option(
            "--mlflow/--no-mlflow",
            help="Log the team's figures, nobody's; by default where there is a store.",
        ),
    ] = None,
) -> None:
    """Compare earlier forecasts with what happened, and this week's data with earlier weeks.

    Gives one verdict: fine, recalibrate, retrain, or check the data, with the numbers. Writes
    monitor.html and monitor.json; the next forecast page shows the verdict. Where there is an
    MLflow store the team's figures are logged as a run.

    Exit code 0 whatever the verdict; 1: it could not be done, one line says why; 2: wrong usage.
    """
    # Imported here, so that --help answers at once.
    import pandas as pd  # noqa: PLC0415

    from pipelines.monitor_folder import PAGE, MonitorRequest, monitor_folder  # noqa: PLC0415
    from pipelines.monitor_run import has_store  # noqa: PLC0415

    day = None if until is None else pd.Timestamp(until).as_unit("ns")
    console = Console(stderr=True, highlight=False)

    def say(line: str) -> None:
        console.print(line, markup=False, soft_wrap=True)

    report = monitor_folder(MonitorRequest(data, out, day, project), say)
    say(f"{report['weeks']} weeks up to {report['until']}: {report['verdict']}")
    say(report["sentence"])
    for finding in report["findings"]:
        say(f"  {finding['sentence']}")
    if mlflow or (mlflow is None and has_store(project)):
        _log(report, project, say)
    say(str(out / PAGE))


def _log(report: dict[str, Any], project: Path, say: Callable[[str], None]) -> None:
    """Log the run; the verdict stands and is written, so a store that is down stops nothing."""
    from ingest.errors import StridecastError  # noqa: PLC0415
    from pipelines.monitor_run import log_monitoring  # noqa: PLC0415

    try:
        say(log_monitoring(report, project))
    except StridecastError as error:
        say(f"not logged: {error}")
