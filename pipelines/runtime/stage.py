"""How a stage is run: its arguments, its parameters, and errors as one line."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from common.errors import StridecastError
from models.settings.outcomes import Outcome
from pipelines.runtime.call_room import with_call_room
from pipelines.runtime.one_line import tell
from pipelines.runtime.params import Params, load_params
from pipelines.runtime.workspace import Workspace


@dataclass(frozen=True)
class Stage:
    """What every stage is given: parameters, paths, and the outcome where there is one."""

    params: Params
    workspace: Workspace
    outcome: str = ""

    @property
    def outcome_name(self) -> Outcome:
        """Return the outcome, checked against those that are configured.

        Raises
        ------
        StridecastError
            If the stage was not told which outcome, or it is not among `outcomes`.
        """
        for name in self.params.outcomes:
            if name == self.outcome:
                return name
        raise StridecastError(
            f"outcome {self.outcome!r} is none of {', '.join(self.params.outcomes)}",
            "pass --outcome, or add it to `outcomes` in params.yaml",
        )


def run_stage(work: Callable[[Stage], None]) -> None:
    """Run a stage in the current folder; on bad input exit 1 with one line."""
    parser = argparse.ArgumentParser(description=work.__doc__)
    parser.add_argument("--outcome", default="", help="outcome, for the stages that have one")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    arguments = parser.parse_args()
    try:
        params = load_params(Path("params.yaml"))
        # The current folder, because a queued experiment runs in a temporary copy of the project.
        workspace = Workspace(Path.cwd(), params.dataset)
        with_call_room(work, Stage(params, workspace, arguments.outcome))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in one line
        sys.exit(tell(error, debug=arguments.debug))
