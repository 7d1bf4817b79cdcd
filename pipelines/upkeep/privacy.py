"""`stridecast privacy`: the rights of a person whose data are used."""

from pathlib import Path
from typing import Annotated

import typer

from pipelines.runtime.spoken import Language, language_of

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
    athlete: Athlete,
    folder: Data,
    out: Out = Path("forecast"),
    project: Project = Path(),
    language: Language = "",
) -> None:
    """Tell where the person's data lie: exports, forecasts, tables, models, caches, DVC, MLflow."""
    from common.language import speaking
    from pipelines.upkeep import rights

    with speaking(language_of(folder, language)):
        print("\n".join(rights.report(rights.Request(athlete, folder, out, project))))


@privacy.command()
def export(
    athlete: Athlete,
    folder: Data,
    to: Annotated[Path, typer.Option(help="Archive to write.")] = Path("my-data.zip"),
    out: Out = Path("forecast"),
    project: Project = Path(),
    language: Language = "",
) -> None:
    """Write all that is known of the person into one ZIP archive of CSV tables and own files."""
    from common.language import plural, speaking
    from common.text.plain_words import number
    from pipelines.upkeep import rights

    with speaking(language_of(folder, language)):
        rows = rights.export(rights.Request(athlete, folder, out, project), to)
        print(
            plural(
                "{file}: {rows} row of tables, forecasts and the person's own files",
                "{file}: {rows} rows of tables, forecasts and the person's own files",
                rows,
                file=to,
                rows=number(rows, 0),
            )
        )


@privacy.command()
def forget(
    athlete: Athlete,
    folder: Data,
    out: Out = Path("forecast"),
    project: Project = Path(),
    yes: Annotated[bool, typer.Option("--yes", help="Ask nothing.")] = False,
    language: Language = "",
) -> None:
    """Remove the person from every place that `report` tells; it cannot be undone.

    Their own files are deleted and shared sheets are written without their rows. A keyed hash of
    their names, in forgotten.json beside the exports, keeps later exports from bringing them back.
    """
    from common.language import message, speaking
    from pipelines.upkeep import rights

    request = rights.Request(athlete, folder, out, project)
    with speaking(language_of(folder, language)):
        if not yes:
            # The same list as `report`: what is confirmed is what will be removed.
            print("\n".join(rights.report(request)))
            # Aborted and not skipped, so that a script sees that nothing was removed.
            typer.confirm(message("Delete all of this? It cannot be undone"), abort=True)
        print("\n".join(rights.forget(request)))
