"""Memory and time of the stages that learn, `train` and `comparators`, by number of athletes.

Run as a program it runs one stage: name, folder. The athletes are copies of a club of a hundred
simulated runners of two years under names of their own. Copies lie in several folds, so that trees
look better than they are and are grown where a real cohort might go without: the dearer case.

Memory of a stage is a fixed part, of the libraries and of one block of rows, and a part for each
athlete; two sizes tell both.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from benchmarks.scale_parts.scale_features import processor_seconds, watched
from benchmarks.scale_parts.scale_tables import copies_of, days_of, write_copies
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from ingest.dataset.settings import DatasetConfig
from pipelines.runtime.dataset import write_dataset
from pipelines.runtime.params import Params
from pipelines.runtime.workspace import Workspace

STAGES: Final = ("train", "comparators")
DATASET: Final = "scale"
OUTCOME: Final = "any"
HELD_GB: Final = 4.0
"""Memory for which the number of athletes is computed."""


def learning(
    tables: dict[str, pd.DataFrame], sizes: Sequence[int], folder: Path
) -> dict[str, dict[str, object]]:
    """Return by stage the runs, kilobytes an athlete and the athletes that four gigabytes hold.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Of the club that is copied.
    sizes : sequence of int
        Numbers of athletes, ascending, two at least; multiples of a hundred.
    folder : pathlib.Path
        Where everything is written.
    """
    rows = feature_matrix(tables, FeatureSettings())
    runs: dict[str, list[dict[str, float]]] = {stage: [] for stage in STAGES}
    for athletes in sizes:
        place = folder / str(athletes)
        write_cohort(tables, rows, athletes, place)
        for stage in STAGES:
            before = processor_seconds()
            seconds, peak = watched(__name__, [stage, str(place)], place / f"{stage}.log")
            spent = processor_seconds() - before
            run = {"athletes": athletes, "seconds": seconds, "cpu_s": spent, "peak_gb": peak}
            runs[stage].append(run)
            print(f"{stage}: {run}", file=sys.stderr)
    return {stage: {"runs": of_stage, **reach(of_stage)} for stage, of_stage in runs.items()}


def reach(runs: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """Return the growth between the two largest runs, and how many athletes memory is enough for.

    Examples
    --------
    >>> reach([{"athletes": 1000, "peak_gb": 0.4}, {"athletes": 3000, "peak_gb": 0.5}])
    {'kb_each': 50.0, 'athletes_in_4_gb': 73000}
    """
    smaller, larger = runs[-2:]
    each = (larger["peak_gb"] - smaller["peak_gb"]) / (larger["athletes"] - smaller["athletes"])
    more = (HELD_GB - larger["peak_gb"]) / each
    return {"kb_each": round(each * 1e6, 3), "athletes_in_4_gb": round(larger["athletes"] + more)}


def write_cohort(
    tables: dict[str, pd.DataFrame], rows: pd.DataFrame, athletes: int, folder: Path
) -> None:
    """Write tables and features of so many copied athletes, as the stages read them.

    Parameters
    ----------
    tables : dict of str to pandas.DataFrame
        Of the club that is copied.
    rows : pandas.DataFrame
        Its feature matrix.
    athletes : int
        How many there will be.
    folder : pathlib.Path
        Root of the copies' project.
    """
    workspace, copies = Workspace(folder, DATASET), athletes // len(tables["athletes"])
    write_copies(tables, copies * days_of(tables), workspace.tables)
    workspace.features.parent.mkdir(parents=True)
    copies_of(rows, copies, workspace.features)
    people = tables["athletes"]
    write_dataset(
        workspace,
        DatasetConfig(
            name=DATASET, time_zone="Europe/Berlin", simulated=True,
            observed_from=people["observed_from"].min().date(),
        ),
    )  # fmt: skip


def _learn() -> None:
    from importlib import import_module  # the child's alone, as what follows

    from pipelines.runtime.entry import enter

    stage, folder = sys.argv[1:]
    enter(boosters_alone=True, gives_memory_back=True)
    main = import_module(f"pipelines.{stage}").main
    from pipelines.runtime.stage import Stage

    params = Params(dataset=DATASET, outcomes=(OUTCOME,))
    main(Stage(params, Workspace(Path(folder), DATASET), OUTCOME))


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    _learn()
