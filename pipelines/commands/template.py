"""`stridecast template`: a CSV that a club fills by hand."""

from typing import Annotated

import typer


def template(
    table: Annotated[
        str,
        typer.Argument(help="roster, sessions, session_rpe, wellness, pain, injuries, ..."),
    ],
) -> None:
    """Print the template of a CSV to fill in by hand; redirect it into a file.

    The lines that begin with # explain the columns; they may stay. An unknown TABLE lists those
    that there are.
    """
    from ingest.readers.club.template import template as text

    print(text(table), end="")
