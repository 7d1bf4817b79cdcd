"""`stridecast leave-team-out` and `cross-validate`: refits without what is tested."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.commands.options import Dataset, OutcomeName, ProjectFolder, say_on


def leave_team_out(
    dataset: Dataset = "",
    outcome: OutcomeName = "",
    project: ProjectFolder = Path(),
) -> None:
    """Refit the risk model without each team, and test it on that team's later weeks.

    Says how the model would do for a team that it has never seen; one refit per team. Writes
    reports/teams/<dataset>/<outcome>.csv.

    Exit code 0: done; 1: it could not be done, one line says why; 2: wrong usage.
    """
    # Imported here, so that --help answers at once.
    from pipelines.commands.project import Project
    from pipelines.studies.leave_team_out import LeaveTeamOut
    from pipelines.studies.leave_team_out import leave_team_out as work

    asked = Project.read(project, dataset, outcome)
    say = partial(say_on, Console(highlight=False))
    for name in asked.outcomes:
        work(LeaveTeamOut(asked.params, asked.workspace, name), say)


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
    from pipelines.commands.project import Project
    from pipelines.studies.cross_validation import CrossValidation
    from pipelines.studies.cross_validation import cross_validate as work

    asked = Project.read(project, dataset, outcome)
    say = partial(say_on, Console(highlight=False))
    for name in asked.outcomes:
        work(CrossValidation(asked.params, asked.workspace, name, splitter, trials), say)
