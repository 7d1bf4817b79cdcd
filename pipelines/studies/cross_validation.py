"""`stridecast cross-validate`: refitted in every fold of a splitter, settings chosen inside."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from common.errors import StridecastError
from common.frame_files import read_frame, write_csv
from common.table_files import read_tables
from features.catalogue.entry import Feature
from models.estimators.tuning import Judge, tune
from models.metrics.subgroups import subgroups
from models.sampling.folds import Split, summary
from models.sampling.splitters import Splitter, checked_folds, splitters
from pipelines.promotion.candidates import matrix_of
from pipelines.runtime.params import Params
from pipelines.runtime.workspace import Workspace
from pipelines.stage_parts.main_model import fit_main, main_model
from pipelines.stage_parts.model_features import known_features, model_features
from pipelines.studies.leave_team_out import told

Say = Callable[[str], None]
_FEWEST_EVENTS = 5


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
    rows = _rows(request)
    gap = request.params.outcome.reach_days
    folds = checked_folds(splitter.split(rows, gap_days=gap), rows, gap)
    say(f"{splitter!r}: {len(folds)} folds")
    table = summary(folds, rows, rows["event"])
    say(table.to_string(index=False))
    parts = list(_forecasts(request, rows, folds, say))
    if not parts:
        raise StridecastError(
            f"{request.workspace.dataset}, {request.outcome}: no fold has {_FEWEST_EVENTS}"
            " injuries to learn from",
            "take another splitter or outcome",
        )
    judged = pd.concat(parts, ignore_index=True)
    measured = subgroups(
        judged["event"],
        judged["probability"].to_numpy(),
        judged["athlete"],
        pd.DataFrame({"all": "all folds", "fold": judged["fold"].astype("str")}),
        request.params.evaluation,
    )
    place = request.workspace.reports / "cross_validation" / request.workspace.dataset
    write_csv(place / f"{request.outcome}_{request.splitter}.csv", measured)
    write_csv(place / f"{request.outcome}_{request.splitter}_folds.csv", table)
    for line in told(measured):
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
    known = split[split["event"].notna()].drop(columns=["fold", "part"])
    people = read_tables(request.workspace.tables)["athletes"][["athlete", "team"]]
    rows = matrix_of(request.workspace, request.params)(request.params.features)
    joined = known.merge(people, on="athlete", how="left").merge(
        rows, on=["athlete", "date"], validate="1:1"
    )
    return joined.assign(team=joined["team"].astype("str").fillna("unknown"))


def _forecasts(
    request: CrossValidation, rows: pd.DataFrame, folds: list[Split], say: Say
) -> Iterator[pd.DataFrame]:
    entries = model_features(request.params, request.outcome)
    for at, (learnt, judged) in enumerate(folds):
        train, test = rows.iloc[learnt], rows.iloc[judged]
        if train["event"].sum() < _FEWEST_EVENTS:
            say(f"fold {at}: passed over, {train['event'].sum():.0f} injuries to learn from")
            continue
        used = known_features(entries, train)
        params = _tuned(request, train, used, say) if request.trials else request.params
        model = main_model(params, request.outcome, used)
        fit_main(model, train[[f.name for f in used]], train)
        yield test[["athlete", "date", "event"]].assign(
            fold=at, probability=model.predict_proba(test)[:, 1]
        )


def _tuned(
    request: CrossValidation, train: pd.DataFrame, used: tuple[Feature, ...], say: Say
) -> Params:
    """Return the settings that the training part alone would choose."""
    params = request.params
    judge = Judge(
        train[[f.name for f in used]],
        train["event"].to_numpy(dtype=float),
        train["related"].to_numpy(dtype=float),
        train,
        {f.name: f.monotone for f in used if f.monotone},
        max(params.split.gap_days, params.outcome.reach_days),
        params.tune,
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "study.db"
        found = tune(judge, params.risk, file, "inner", request.trials, params.tune.seed)
    changed = {k: v for k, v in found["keep"].items() if v != getattr(params.risk, k)}
    say(f"  inside: {', '.join(f'{k} = {v}' for k, v in changed.items()) or 'settings stay'}")
    return params.model_copy(update={"risk": params.risk.model_copy(update=found["keep"])})
