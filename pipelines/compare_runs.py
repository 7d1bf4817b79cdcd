"""Two runs, outcome by outcome."""

from pathlib import Path

import pandas as pd

from ingest.errors import StridecastError
from models.headline import IN_USE_FIRST
from models.intervals import IntervalSettings
from models.run_comparison import paired
from pipelines.kept_forecasts import kept_forecasts
from pipelines.params import load_params


def compare_runs(
    runs: tuple[str, str],
    outcome: str,
    model: str,
    *,
    common: bool,
    replicates: int,
    project: Path,
) -> dict[str, pd.DataFrame]:
    """Return a table of paired differences per outcome.

    Parameters
    ----------
    runs : tuple of str
        What :func:`pipelines.kept_forecasts.kept_forecasts` knows.
    outcome, model : str
        Of which outcome, and of which model; empty takes all outcomes of ``params.yaml`` and the
        model in use of the first run.
    common : bool
        Whether to compare on shared rows alone.
    replicates : int
        Draws of athletes.
    project : pathlib.Path
        Folder of the project.

    Raises
    ------
    StridecastError
        If a run or its forecasts are not found, or the rows differ.
    """
    params = load_params(project / "params.yaml")
    if outcome and outcome not in params.outcomes:
        raise StridecastError(
            f"outcome {outcome!r} is none of {', '.join(params.outcomes)}", "pass one of them"
        )
    settings = IntervalSettings(
        replicates=replicates, level=params.evaluation.level, seed=params.evaluation.seed
    )
    found = {}
    for name in [outcome] if outcome else params.outcomes:
        one, other = (kept_forecasts(run, name, project) for run in runs)
        chosen = model or next((m for m in IN_USE_FIRST if m in one and m in other), "risk")
        found[f"{name}, {chosen}"] = paired(one, other, chosen, settings, common=common)
    return found
