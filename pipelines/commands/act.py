"""`stridecast act`: write down what was done about a forecast."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer


def act(
    athlete: Annotated[
        str | None, typer.Argument(help="Athlete as on the page.", show_default=False)
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
        Path | None, typer.Option(help="The dataset's folder, to use the ids of its roster.")
    ] = None,
) -> None:
    """Log what was done for an athlete, so that monitoring can tell acted from not acted.

    The log is only ever added to; the same line given twice is kept once.
    """
    from pipelines.act_on import ActRequest, act_on  # noqa: PLC0415 - keeps --help quick

    day = (date or datetime.now(tz=UTC).astimezone()).date()
    added = act_on(ActRequest(athlete, did, out, day, csv, data))
    print(f"{added} added to the action log" if added else "already in the action log")
