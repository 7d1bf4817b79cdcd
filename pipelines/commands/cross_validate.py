"""`stridecast cross-validate`: every row tested once, or in the folds of your own splitter."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.commands.options import Dataset, OutcomeName, ProjectFolder, say_on


def cross_validate(
    splitter: Annotated[
        str,
        typer.Option(help="unseen_athletes, leave_team_out, rolling_origin, or one of your own."),
    ] = "unseen_athletes",
    trials: Annotated[
        int, typer.Option(min=0, help="Trials of tuning inside each fold (nested).")
    ] = 0,
    dataset: Dataset = "",
    outcome: OutcomeName = "",
    project: ProjectFolder = Path(),
) -> None:
    """Refit the model in every fold of a splitter, and test it on the rows left out.

    With few injuries a single test part wastes most of them; here each is tested once. Needs the
    features and the split of the train stage. Writes reports/cross_validation/<dataset>/.

    Exit code 0: done; 1: it could not be done, one line says why; 2: wrong usage.
    """
    # Imported here, so that --help answers at once.
    from pipelines.commands.project import Project  # noqa: PLC0415
    from pipelines.studies.cross_validation import CrossValidation  # noqa: PLC0415
    from pipelines.studies.cross_validation import cross_validate as work  # noqa: PLC0415

    asked = Project.read(project, dataset, outcome)
    say = partial(say_on, Console(highlight=False))
    for name in asked.outcomes:
        work(CrossValidation(asked.params, asked.workspace, name, splitter, trials), say)
