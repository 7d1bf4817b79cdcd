"""Stage `nested`: forecasts of nested cross-validation, where injuries are few.

They are a stage of their own: another way of measuring refits nothing.
"""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

import shutil

from common.store import read_json, write_json
from pipelines.runtime.stage import Stage, run_stage_by_outcome
from pipelines.runtime.workspace import SUMMARY_FILE


def main(stage: Stage) -> None:
    """Write artifacts/nested/<dataset>/<outcome>: forecasts, folds, and what was done or why not.

    Where injuries are many, the reason alone.
    """
    folder = stage.workspace.nested(stage.outcome)
    # Forecasts of an earlier run must not stay where this one makes none.
    shutil.rmtree(folder, ignore_errors=True)
    events = _events(stage)
    if _has_nothing_to_do(stage):
        reason = f"{events} injuries: one test part of unseen athletes in later weeks is enough"
        write_json(folder / SUMMARY_FILE, {"done": False, "events": events, "reason": reason})
        print(f"{stage.outcome}, no nested cross-validation: {reason}")
        return
    from pipelines.stage_parts.nested_validation import (  # estimators, where due
        validate_nested,
    )

    validate_nested(stage)


def _has_nothing_to_do(stage: Stage) -> bool:
    return _events(stage) >= stage.params.nested.below_events


def _events(stage: Stage) -> int:
    """Return the injuries of all parts of the split, from its account: no table is read for it."""
    account = read_json(stage.workspace.model(stage.outcome) / "split.json")
    return sum(int(part["events"]) for part in account["parts"])


if __name__ == "__main__":
    run_stage_by_outcome(main, _has_nothing_to_do)
