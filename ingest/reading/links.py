"""Links in a folder of exports: what leads out of the folder is not read, and told."""

from pathlib import Path
from typing import Final

_DVC: Final = (".dvc", "cache")


def why_not_followed(path: Path, root: Path) -> tuple[str, str] | None:
    """Return reason and sentence for a link that is not followed, or None.

    An archive from a stranger, or a shared folder, can hold a link to any file of the computer.
    Links into the project's own DVC cache are how DVC may keep a dataset.

    Parameters
    ----------
    path : pathlib.Path
        What lies in the folder.
    root : pathlib.Path
        Dataset folder.
    """
    if not path.is_symlink():
        return None
    # Both resolved, for the dataset itself may lie behind a link.
    target, home = path.resolve(), root.resolve()
    if path.is_dir():
        return "link_to_folder", "a link to a folder, which is not followed; copy the folder itself"
    if home in target.parents or _is_cached_by_dvc(target, home):
        return None
    return "link_outside", "a link that leads out of the folder; copy the file itself"


def _is_cached_by_dvc(target: Path, home: Path) -> bool:
    return any(folder.joinpath(*_DVC) in target.parents for folder in home.parents)
