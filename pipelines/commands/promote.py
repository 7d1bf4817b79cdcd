"""`stridecast promote`: through the gates, or back to the champion before."""

import sys
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipelines.commands.options import Dataset, OutcomeName, ProjectFolder, say_on


def promote(
    dataset: Dataset = "",
    outcome: OutcomeName = "",
    candidate: Annotated[
        str,
        typer.Option(
            help="Which model: risk, additive, recalibrated, or an estimator of your own by name."
        ),
    ] = "risk",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell the gates' verdicts and move nothing.")
    ] = False,
    rollback: Annotated[
        bool, typer.Option("--rollback", help="Go back to the champion before.")
    ] = False,
    project: ProjectFolder = Path(),
) -> None:
    """Let a trained model score from now on, if every gate lets it through.

    The gates: learnt from real athletes (for real athletes), audits green, calibration slope
    corrected for optimism, slope on unseen athletes, better than every rule, not worse than what
    scores now. A model that passes is written to artifacts/champion/, which `stridecast score`
    reads; the registry's alias @champion follows. One that fails stays as it was logged.

    Exit code 0: promoted, or the champion already; 1: a gate failed or it could not be done, and
    a line says why; 2: wrong usage.
    """
    # Imported here, so that --help answers at once.
    from models.comparators.own_estimators import own_estimators
    from pipelines.commands.project import Project
    from pipelines.promotion.candidates import CANDIDATES
    from pipelines.promotion.promote import Promotion, go_back
    from pipelines.promotion.promote import promote as through_gates

    known = (*CANDIDATES, *own_estimators())
    if candidate not in known:
        raise typer.BadParameter(f"is none of {', '.join(known)}", param_hint="--candidate")
    asked = Project.read(project, dataset, outcome)
    say = partial(say_on, Console(highlight=False))
    passed = True
    for name in asked.outcomes:
        request = Promotion(asked.params, asked.workspace, name, candidate, dry_run)
        if rollback:
            go_back(request, say)
        else:
            # In this order, so that every outcome is judged, also after one has failed.
            passed = through_gates(request, say) and passed
    if not passed:
        sys.exit(1)
