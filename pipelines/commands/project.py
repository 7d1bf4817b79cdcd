"""What the commands that work on a project's models share: parameters, dataset, outcomes."""

from dataclasses import dataclass
from pathlib import Path

from common.errors import StridecastError
from models.settings.outcomes import Outcome
from pipelines.runtime.params import Params, load_params
from pipelines.runtime.workspace import Workspace


@dataclass(frozen=True)
class Project:
    """A project as a command was asked about it."""

    params: Params
    workspace: Workspace
    outcomes: tuple[Outcome, ...]

    @classmethod
    def read(cls, folder: Path, dataset: str, outcome: str) -> "Project":
        """Return the project in a folder; an empty dataset or outcome takes params.yaml's.

        Raises
        ------
        StridecastError
            If there is no params.yaml, or the outcome is none of its outcomes.
        """
        params = load_params(folder / "params.yaml")
        wanted = tuple(name for name in params.outcomes if outcome in ("", name))
        if not wanted:
            raise StridecastError(
                f"outcome {outcome!r} is none of {', '.join(params.outcomes)}",
                "choose one of them, or add it to `outcomes` in params.yaml",
            )
        return cls(params, Workspace(folder, dataset or params.dataset), wanted)
