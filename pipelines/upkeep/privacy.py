"""`stridecast privacy`: the rights of a person whose data are used."""

from pathlib import Path
from typing import Annotated

import typer

privacy = typer.Typer(
    no_args_is_help=True,
    help="Rights of a person: where their data are, a copy of them, and being forgotten.",
)
Athlete = Annotated[str, typer.Argument(help="Name as in roster.csv, or code.")]
Data = Annotated[Path, typer.Argument(help="Folder of the team's exports.")]
Out = Annotated[Path, typer.Option(help="Folder of the forecasts.")]
Project = Annotated[Path, typer.Option(help="Folder of the project.")]


@privacy.command()
def report(
    athlete: Athlete, folder: Data, out: Out = Path("forecast"), project: Project = Path()
) -> None:
    """Tell where the person's data lie: exports, forecasts, tables, models, caches, DVC, MLflow."""
    from pipelines.upkeep import rights

    print("\n".join(rights.report(rights.Request(athlete, folder, out, project))))


@privacy.command()
def export(
    athlete: Athlete,
    folder: Data,
    to: Annotated[Path, typer.Option(help="Archive to write.")] = Path("my-data.zip"),
    out: Out = Path("forecast"),
    project: Project = Path(),
) -> None:
    """Write all that is known of the person into one ZIP archive of CSV tables and own files."""
    from pipelines.upkeep import rights

    rows = rights.export(rights.Request(athlete, folder, out, project), to)
    print(f"{to}: {rows:,} rows of tables, forecasts and the person's own files")


@privacy.command()
def forget(
    athlete: Athlete,
    folder: Data,
    out: Out = Path("forecast"),
    project: Project = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
) -> None:
    """Remove the person from every place that `report` tells; it cannot be undone.

    Their own files are deleted and shared sheets are written without their rows. A keyed hash of
    their names, in forgotten.json beside the exports, keeps later exports from bringing them back.
    """
    from pipelines.upkeep import rights

    request = rights.Request(athlete, folder, out, project)
    if not yes:
        print("\n".join(rights.report(request)))
        typer.confirm("Delete all of this? It cannot be undone", abort=True)
    print("\n".join(rights.forget(request)))
