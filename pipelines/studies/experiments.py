"""`stridecast experiments run`: a study of many points, one after the other."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

experiments = typer.Typer(help="Studies of many experiments.", no_args_is_help=True)


@experiments.callback()
def _group() -> None:
    """Studies of many experiments."""


@experiments.command()
def run(
    file: Annotated[Path, typer.Argument(help="YAML file: values under sweep, or points.")],
    project: Annotated[Path, typer.Option(help="Folder of the project.")] = Path(),
) -> None:
    """Run every point of a file as a DVC experiment; the same command resumes where it stopped.

    The file names keys of params.yaml: `sweep: {risk.num_leaves: [2, 4]}` runs every combination,
    `points: [{risk.num_leaves: 8}]` single ones. Points that an experiment of this commit holds
    are not run again. params.yaml stays as it is.

    Exit code 0: every point is complete; 1: some failed, each with its reason; 2: wrong usage.
    """
    # Imported here, so that --help answers at once.
    from pipelines.studies.experiment_points import load_points
    from pipelines.studies.experiment_queue import run_points

    say = partial(Console(highlight=False).print, markup=False, soft_wrap=True)
    result = run_points(load_points(file), project, say)
    done = len(result.before) + len(result.complete)
    say(f"{done} complete, {len(result.failed)} failed")
    if result.failed:
        raise typer.Exit(code=1)
