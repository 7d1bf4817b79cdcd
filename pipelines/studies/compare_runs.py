"""Two runs, outcome by outcome."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from common.errors import StridecastError
from models.evaluation.key_figures import IN_USE_FIRST
from models.evaluation.reproduction import largest_differences
from models.evaluation.run_comparison import paired
from models.settings.evaluation import IntervalSettings
from pipelines.runtime.params import load_params
from pipelines.studies.run_forecasts import KeptRun, find_run


@dataclass(frozen=True)
class Comparison:
    """The comparison of two runs.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        "outcome, model" -> paired differences, see :func:`models.evaluation.run_comparison.paired`.
    skipped : dict of str to str
        Outcome that only one run has -> the name of that run.
    """

    tables: dict[str, pd.DataFrame] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)


def compare_runs(
    runs: tuple[str, str],
    outcome: str,
    model: str,
    *,
    common: bool,
    replicates: int,
    project: Path,
) -> Comparison:
    """Return a table of paired differences per outcome that both runs have.

    Parameters
    ----------
    runs : tuple of str
        What :func:`pipelines.studies.run_forecasts.find_run` knows.
    outcome, model : str
        Of which outcome, and of which model; empty takes all outcomes that both runs have and the
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
        If a run or its forecasts are not found, they share no outcome, or the rows differ.
    """
    params = load_params(project / "params.yaml")
    settings = IntervalSettings(
        replicates=replicates, level=params.evaluation.level, seed=params.evaluation.seed
    )
    first_run, second_run = (find_run(run, project) for run in runs)
    shared, skipped = _outcomes(first_run, second_run, params.outcomes)
    tables = {}
    for name in [outcome] if outcome else shared:
        first, second = first_run.forecasts(name), second_run.forecasts(name)
        # A model that only one run has cannot be compared row by row.
        chosen = model or next((m for m in IN_USE_FIRST if m in first and m in second), "risk")
        tables[f"{name}, {chosen}"] = paired(first, second, chosen, settings, common=common)
    return Comparison(tables, {} if outcome else skipped)


def apart(runs: tuple[str, str], outcome: str, project: Path) -> dict[str, pd.DataFrame]:
    """Return, per outcome, how far the forecasts of every model of two runs lie apart.

    Parameters
    ----------
    runs, outcome, project
        As in :func:`compare_runs`.

    Raises
    ------
    StridecastError
        If a run is not found, or rows or outcomes differ.
    """
    params = load_params(project / "params.yaml")
    first_run, second_run = (find_run(run, project) for run in runs)
    shared, skipped = _outcomes(first_run, second_run, params.outcomes)
    # A repeat that lacks a whole outcome is no repeat; a comparison may pass over it.
    if skipped and not outcome:
        alone = ", ".join(f"{name} is in {run} alone" for name, run in skipped.items())
        raise StridecastError(f"not reproduced: {alone}", "name one that both have: --outcome")
    return {
        name: largest_differences(first_run.forecasts(name), second_run.forecasts(name))
        for name in ([outcome] if outcome else shared)
    }


def _outcomes(
    run: KeptRun, other: KeptRun, configured: Sequence[str]
) -> tuple[list[str], dict[str, str]]:
    """Return the outcomes both have, and of each other outcome the run that has it."""
    # A file outside a project does not say its outcome: that of the other run is assumed.
    first = list(run.outcomes or other.outcomes or configured)
    second = list(other.outcomes or first)
    shared = [name for name in first if name in second]
    if not shared:
        raise StridecastError(
            f"no outcome is in both runs: {run.name} has {' and '.join(first)}, "
            f"{other.name} {' and '.join(second)}"
        )
    alone = {name: run.name for name in first if name not in shared}
    return shared, alone | {name: other.name for name in second if name not in shared}
