"""Options that several commands share, and how such a command speaks."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

Dataset = Annotated[
    str, typer.Option(help="Dataset; by default that of params.yaml.", show_default=False)
]
OutcomeName = Annotated[
    str, typer.Option(help="Outcome; by default all of params.yaml.", show_default=False)
]
ProjectFolder = Annotated[Path, typer.Option(help="Folder that holds params.yaml.")]
MODEL_HELP = "A dataset (its champion, else what was trained), or a folder with model.json"


def say_on(console: Console, line: str) -> None:
    """Print a line as it is, however long."""
    console.print(line, markup=False, soft_wrap=True)


def folder_of(folder: Path | None, data: Path | None) -> Path:
    """Return the team's folder, said as an argument or as `--data`.

    Raises
    ------
    typer.BadParameter
        If it was said not at all, or two were named.
    """
    if folder is not None and data is not None and folder != data:
        raise typer.BadParameter(f"two folders were named: {folder} and {data}")
    path = folder or data
    if path is None:
        raise typer.BadParameter("name the team's folder, such as data/raw/northside")
    return path
