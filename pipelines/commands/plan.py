"""`stridecast plan`: what the week ahead does to the forecasts, and how far runs may go."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.runtime.spoken import Language


def plan(  # noqa: PLR0913, PLR0917 - one argument per option
    folder: Annotated[
        Path | None, typer.Argument(help="Folder of the team's exports.", show_default=False)
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="The same, as an option.", show_default=False)
    ] = None,
    athlete: Annotated[
        str, typer.Option(help="Name as in roster.csv, or code; by default the whole team.")
    ] = "",
    week: Annotated[
        str,
        typer.Option(
            help='The athlete\'s plan, typed in: "Tue 8, Thu 10 hard, Sat rest, Sun 18 long".'
        ),
    ] = "",
    band: Annotated[
        str, typer.Option(help="Band that is not to be reached: raised, high or very high.")
    ] = "high",
    out: Annotated[Path, typer.Option(help="Folder of the forecasts.")] = Path("forecast"),
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
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, for programs.")
    ] = False,
    language: Language = "",
) -> None:
    """Forecast the week ahead as planned, without a plan and as usual; say how long runs may be.

    Plans are read from the folder (plans.csv, TrainingPeaks, a calendar) or typed in with
    `--athlete` and `--week`. Without a plan the athlete's usual week is weighed, and that is said.
    The load line is how long the longest run, or the whole week, may be before the forecast
    reaches the band. Nothing is written.
    """
    # Imported here, so that --help answers at once.
    import json
    import sys

    import pandas as pd

    from pipelines.commands.options import folder_of
    from pipelines.weekly.plan_folder import PlanRequest, chosen_band, plan_folder

    request = PlanRequest(
        data=folder_of(folder, data),
        out=out,
        project=project,
        as_of=None if as_of is None else pd.Timestamp(as_of).as_unit("ns"),
        athlete=athlete,
        typed=week,
        band=chosen_band(band),
        with_names=names,
        language=language,
    )
    # Progress goes to standard error, so that the JSON can be piped.
    done = plan_folder(request, lambda line: print(line, file=sys.stderr))
    if as_json:
        print(json.dumps(done.content, indent=1, ensure_ascii=False))
        return
    print("\n".join(done.lines))
