"""How a stage is run: its arguments, its parameters, and errors as one line."""

import argparse
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from common.errors import StridecastError
from models.settings.outcomes import Outcome
from pipelines.runtime.call_room import with_call_room
from pipelines.runtime.leave import leave
from pipelines.runtime.one_line import print_line, readable_error, show_trace, tell
from pipelines.runtime.outcomes_at_once import processes_for
from pipelines.runtime.params import Params, load_params
from pipelines.runtime.side_by_side import run_side_by_side
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
    arguments = _arguments(work)
    try:
        with_call_room(work, _stage(arguments.outcome))
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in one line
        sys.exit(tell(error, debug=arguments.debug))
    leave(0)


def run_stage_by_outcome(
    work: Callable[[Stage], None],
    has_nothing_to_do: Callable[[Stage], bool] = lambda _: False,
    load: Callable[[], object] = lambda: None,
) -> None:
    """Run a stage for one outcome, or without one for all, side by side where there is room.

    Parameters
    ----------
    work : callable
        Does the work of one outcome.
    has_nothing_to_do : callable
        Whether an outcome needs next to nothing done: where this holds for all, one process does
        it, and nothing is loaded to count for how many there is room.
    load : callable
        Loads what each outcome's process would else load for itself, compiled kernels say; called
        where there are several.

    An outcome that fails lets the others finish; each fault is one line with the outcome's name,
    and the exit code is 1.
    """
    arguments = _arguments(work)

    def readable(error: Exception) -> StridecastError:
        show_trace(error, debug=arguments.debug)
        return readable_error(error)

    try:
        stage = _stage(arguments.outcome)
        if stage.outcome:
            with_call_room(work, stage)
            leave(0)
            return
        outcomes, processes = stage.params.outcomes, _processes(stage, has_nothing_to_do)
        if processes > 1:
            load()
        faults = run_side_by_side(
            lambda outcome: with_call_room(work, replace(stage, outcome=outcome)),
            outcomes,
            processes,
            readable,
        )
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in one line
        sys.exit(tell(error, debug=arguments.debug))
    for outcome, fault in faults.items():
        print_line(StridecastError(f"{outcome}: {fault.message}", fault.remedy))
    if faults:
        sys.exit(1)
    leave(0)


def _processes(stage: Stage, has_nothing_to_do: Callable[[Stage], bool]) -> int:
    outcomes = stage.params.outcomes
    # What is wrong with an outcome is told when it is worked on, by its name; the others finish.
    with suppress(Exception):
        if all(has_nothing_to_do(replace(stage, outcome=outcome)) for outcome in outcomes):
            return 1
    return processes_for(stage.workspace.features, len(outcomes))


def _arguments(work: Callable[[Stage], None]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=work.__doc__)
    parser.add_argument("--outcome", default="", help="outcome, for the stages that have one")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    return parser.parse_args()


def _stage(outcome: str) -> Stage:
    params = load_params(Path("params.yaml"))
    # The current folder, because a queued experiment runs in a temporary copy of the project.
    return Stage(params, Workspace(Path.cwd(), params.dataset), outcome)
