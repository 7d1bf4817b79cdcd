"""`stridecast recalibrate`: a finished model's level, or level and spread, learnt anew."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.commands.options import MODEL_HELP, Dataset, OutcomeName, ProjectFolder, say_on


def recalibrate(
    dataset: Dataset = "",
    outcome: OutcomeName = "",
    project: ProjectFolder = Path(),
    model: Annotated[str, typer.Option(help=MODEL_HELP + "; by default the dataset's own.")] = "",
    slope: Annotated[
        bool, typer.Option("--slope", help="Learn the slope anew too, not the intercept alone.")
    ] = False,
) -> None:
    """Learn a finished model's intercept anew on a dataset; with --slope its slope too.

    The result is a challenger like any other: `stridecast promote --candidate recalibrated`
    takes it through the gates. The test athletes are kept out of it for that.

    Exit code 0: done; 1: it could not be done, one line says why; 2: wrong usage.
    """
    # Imported here, so that --help answers at once.
    from pipelines.commands.project import Project
    from pipelines.promotion.recalibrate import Recalibration
    from pipelines.promotion.recalibrate import recalibrate as work

    asked = Project.read(project, dataset, outcome)
    say = partial(say_on, Console(highlight=False))
    for name in asked.outcomes:
        work(
            Recalibration(
                asked.params, asked.workspace, name, model or asked.workspace.dataset, slope
            ),
            say,
        )
