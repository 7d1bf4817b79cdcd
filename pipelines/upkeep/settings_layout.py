"""A check of a project's settings: whether an experiment would write them in another layout."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from common.errors import StridecastError
from pipelines.upkeep.finding import Finding


def settings_layout(project: Path) -> Iterator[Finding]:
    """Yield what is found about `params.yaml`; nothing where no experiment can be run."""
    path = project / "params.yaml"
    if not path.exists() or find_spec("dvc") is None:
        return
    from pipelines.studies.params_layout import layout_of  # loads DVC

    try:
        layout = layout_of(path)
    except StridecastError as error:
        yield Finding("fault", "settings", error.message, error.remedy)
        return
    if layout.lines:
        yield Finding(
            "note", "settings",
            f"{path}: an experiment would write lines {layout.places} in another layout",
            "`stridecast experiments tidy` writes them as DVC keeps them",
        )  # fmt: skip
    else:
        yield Finding("ok", "settings", f"{path}: every experiment keeps its layout")
