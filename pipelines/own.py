"""Stage `own`: models of your own estimators that can write themselves, fitted and explained."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

import shutil

from common.extensions import offered
from common.store import write_text
from pipelines.runtime.stage import Stage, run_stage_by_outcome
from pipelines.runtime.workspace import NOT_FITTED_FILE


def main(stage: Stage) -> None:
    """Write artifacts/own/<dataset>/<outcome>: test probabilities, and a folder per model.

    Where there are none, the empty list of those that could not be fitted alone.
    """
    folder = stage.workspace.own(stage.outcome)
    # A model of an estimator that was removed since must not be promoted.
    shutil.rmtree(folder, ignore_errors=True)
    if _has_nothing_to_do(stage):
        print(f"{stage.outcome}: no estimator of your own")
        write_text(folder / NOT_FITTED_FILE, "model,reason\n")
        return
    from pipelines.stage_parts.own_fits import fit_own  # estimators, where there are any

    fit_own(stage)


def _has_nothing_to_do(_: Stage) -> bool:
    return not offered("estimators")


if __name__ == "__main__":
    run_stage_by_outcome(main, _has_nothing_to_do)
