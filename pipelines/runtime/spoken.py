"""Which language a command speaks."""

from pathlib import Path
from typing import Annotated

import typer

Language = Annotated[
    str,
    typer.Option(
        "--language", help="en, de or es; by default that of dataset.yaml.", show_default=False
    ),
]


def language_of(folder: Path, told: str = "") -> str:
    """Return the language to speak: the one that was told, else that of the team's settings.

    English where the folder has no settings yet, or none that can be read: the command itself then
    says what is wrong with them.
    """
    from common.errors import StridecastError  # noqa: PLC0415 - keeps --help quick
    from common.language import ENGLISH  # noqa: PLC0415
    from ingest.dataset.settings import load_config  # noqa: PLC0415

    if told:
        return told
    try:
        return load_config(folder).language
    except StridecastError:
        return ENGLISH
