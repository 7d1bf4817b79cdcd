"""`stridecast evaluate`: a finished model on another cohort."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.commands.options import MODEL_HELP, Dataset, OutcomeName, ProjectFolder, say_on


def evaluate(
    model: Annotated[str, typer.Option(help=MODEL_HELP + ".", show_default=False)],
    dataset: Dataset = "",
    outcome: OutcomeName = "",
    project: ProjectFolder = Path(),
) -> None:
    """Measure a finished model on a dataset: transport to other athletes.

    The measures of every evaluation, with intervals by resampling athletes, beside published
    evidence; the same in each subgroup and team; and whether a new intercept, a new slope or
    neither is called for. A model of simulated runners is not asked about real ones.

    Exit code 0: done; 1: it could not be done, one line says why; 2: wrong usage.
    """
    # Imported here, so that --help answers at once.
    from pipelines.commands.project import Project
    from pipelines.promotion.transport import Transport
    from pipelines.promotion.transport import transport as work

    asked = Project.read(project, dataset, outcome)
    say = partial(say_on, Console(highlight=False))
    for name in asked.outcomes:
        work(Transport(asked.params, asked.workspace, name, model), say)
