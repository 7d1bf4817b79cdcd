"""The project as DVC sees it."""

import os
from pathlib import Path

from common.errors import StridecastError
from common.untyped import Untyped


def repository(project: Path) -> Untyped:
    """Return the `dvc.repo.Repo` of a folder.

    Raises
    ------
    StridecastError
        If the folder is no DVC project.
    """
    # Telemetry is off for every user of the project.
    os.environ.setdefault("DVC_NO_ANALYTICS", "1")
    from dvc.exceptions import NotDvcRepoError  # half a second
    from dvc.repo import Repo

    try:
        return Repo(os.fspath(project))
    except NotDvcRepoError:
        raise StridecastError(
            f"{project.resolve()}: not a DVC project",
            "run from the project's root or pass --project",
        ) from None
