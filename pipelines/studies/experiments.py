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
def tidy(
    project: Annotated[Path, typer.Option(help="Folder of the project.")] = Path(),
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell which lines it would write, and write nothing.")
    ] = False,
) -> None:
    """Write params.yaml in the layout that DVC keeps, so that no experiment reformats it.

    `dvc exp run -S` writes the whole file: it makes lines of lists in brackets and breaks long
    lines. What has that layout already changes in one line, that of the value. Values and comments
    stay; where DVC would lose a comment, it is named and nothing is written.

    Exit code 0: it has that layout now; 1: it has not, and a line says why; 2: wrong usage.
    """
    # Imported here, so that --help answers at once.
    from pipelines.studies.params_layout import layout_of
    from pipelines.studies.params_layout import tidy as work

    path = project / "params.yaml"
    layout = layout_of(path) if dry_run else work(path)
    if not layout.lines:
        print(f"{path}: every experiment keeps its layout")
        return
    print(f"{path}: {'would be' if dry_run else 'now'} in the layout of DVC: lines {layout.places}")
    if dry_run:
        raise typer.Exit(code=1)


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
