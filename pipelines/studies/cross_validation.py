"""`stridecast cross-validate`: refitted in every fold of a splitter, settings chosen inside."""

from dataclasses import dataclass

import pandas as pd

from common.errors import StridecastError
from common.frame_files import read_frame, write_csv
from common.table_files import read_table
from models.sampling.splitters import Splitter, splitters
from pipelines.promotion.candidates import matrix_of
from pipelines.runtime.params import Params
from pipelines.runtime.workspace import Workspace
from pipelines.stage_parts.cross_folds import CrossFolds, Say
from pipelines.stage_parts.nested_measures import measure_folds
from pipelines.studies.leave_team_out import team_lines


@dataclass(frozen=True)
class CrossValidation:
    """What is asked for.

    Parameters
    ----------
    splitter : str
        A name of :func:`models.sampling.splitters.splitters`.
    trials : int
        Trials of tuning inside each training part (nested cross-validation); 0 takes the settings
        as they are.
    """

    params: Params
    workspace: Workspace
    outcome: str
    splitter: str
    trials: int = 0


def cross_validate(request: CrossValidation, say: Say) -> pd.DataFrame:
    """Refit in every fold, forecast the rows that it leaves out, and measure all together.

    Writes reports/cross_validation/<dataset>/<outcome>_<splitter>.csv with the measures, one group
    per fold and all together, and <outcome>_<splitter>_folds.csv with dates, athletes, rows and
    events.

    Raises
    ------
    StridecastError
        If the splitter is not known, divides rows so that a test is none, or no fold has events.
    """
    splitter = _known(request.splitter)
    asked = CrossFolds(request.params, request.outcome, _rows(request), splitter, request.trials)
    table = asked.described()
    say(f"{splitter!r}: {len(asked.folds())} folds")
    say(table.to_string(index=False))
    measured = measure_folds(asked.forecasts(say), request.params.evaluation)
    place = request.workspace.reports / "cross_validation" / request.workspace.dataset
    write_csv(place / f"{request.outcome}_{request.splitter}.csv", measured)
    write_csv(place / f"{request.outcome}_{request.splitter}_folds.csv", table)
    for line in team_lines(measured):
        say(line)
    return measured


def _known(name: str) -> Splitter:
    known = splitters()
    if name not in known:
        raise StridecastError(
            f"splitter {name!r} is none of {', '.join(known)}",
            "choose one, or add a file to extensions/splitters",
        )
    return known[name]


def _rows(request: CrossValidation) -> pd.DataFrame:
    split = read_frame(request.workspace.model(request.outcome) / "split.parquet")
    # Folds and parts of the frozen split must not reach the model: the splitter divides here.
    known = split[split["event"].notna()].drop(columns=["fold", "part"])
    people = read_table(request.workspace.tables, "athletes")[["athlete", "team"]]
    rows = matrix_of(request.workspace, request.params)(request.params.features)
    joined = known.merge(people, on="athlete", how="left").merge(
        rows, on=["athlete", "date"], validate="1:1"
    )
    return joined.assign(team=joined["team"].astype("str").fillna("unknown"))
