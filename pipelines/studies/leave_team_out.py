"""`stridecast leave-team-out`: how the model does for a team it has never seen."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pandas as pd

from common.errors import StridecastError
from common.frame_files import read_frame, write_csv
from common.table_files import read_table
from models.metrics.subgroups import subgroups
from pipelines.promotion.candidates import matrix_of
from pipelines.runtime.params import Params
from pipelines.runtime.workspace import Workspace
from pipelines.stage_parts.main_model import fit_main, main_model
from pipelines.stage_parts.model_features import known_features, model_features

Say = Callable[[str], None]
KEYS = ["athlete", "date"]


@dataclass(frozen=True)
class LeaveTeamOut:
    """What is asked for: the dataset and the outcome."""

    params: Params
    workspace: Workspace
    outcome: str


def leave_team_out(request: LeaveTeamOut, say: Say) -> pd.DataFrame:
    """Refit without each team, test on its later weeks, and write reports/teams/<dataset>/.

    Internal-external validation (Steyerberg & Harrell 2016): what is tested is a team that the
    model never saw, after the last week that it learnt from.

    Returns
    -------
    pandas.DataFrame
        From :func:`models.metrics.subgroups.subgroups`: one row per team and measure, and all
        together.

    Raises
    ------
    StridecastError
        If the dataset was not split yet, or has one team only.
    """
    rows = _rows(request)
    if rows["team"].nunique() < 2:  # one to leave out, one to learn from
        raise StridecastError(
            f"{request.workspace.dataset}: all athletes are of one team", "name teams in roster.csv"
        )
    parts = list(_forecasts(request, rows, say))
    if not parts:
        raise StridecastError(
            f"{request.workspace.dataset}: too few injuries to refit without any team",
            f"train.min_events asks for {request.params.train.min_events}",
        )
    judged = pd.concat(parts, ignore_index=True)
    groups = pd.DataFrame({"all": "all teams", "team": judged["team"]})
    table = subgroups(
        judged["event"],
        judged["probability"].to_numpy(),
        judged["athlete"],
        groups,
        request.params.evaluation,
    )
    path = request.workspace.reports / "teams" / request.workspace.dataset
    write_csv(path / f"{request.outcome}.csv", table)
    for line in team_lines(table):
        say(line)
    return table


def team_lines(table: pd.DataFrame) -> list[str]:
    """Return the table as lines, one per team, all together first."""
    lines = []
    for (_, group), own in table.groupby(["variable", "group"], sort=False):
        measures = ", ".join(
            f"{r.metric} {r.value:.3g} ({r.low:.3g} to {r.high:.3g})"
            for r in own.itertuples()
            if r.metric != "brier"
        )
        first = own.iloc[0]
        note = f" - {first['note']}" if first["note"] else ""
        lines.append(f"  {group}: {first['events']:.0f} injuries, {measures}{note}")
    return lines


def _rows(request: LeaveTeamOut) -> pd.DataFrame:
    split = read_frame(request.workspace.model(request.outcome) / "split.parquet")
    known = split[split["event"].notna()]
    people = read_table(request.workspace.tables, "athletes")[["athlete", "team"]]
    rows = matrix_of(request.workspace, request.params)(request.params.features)
    joined = known.merge(people, on="athlete", how="left").merge(rows, on=KEYS, validate="1:1")
    return joined.assign(team=joined["team"].astype("str").fillna("unknown"))


def _forecasts(request: LeaveTeamOut, rows: pd.DataFrame, say: Say) -> Iterator[pd.DataFrame]:
    """Yield each team's later rows with the forecasts of a model that never saw the team."""
    params, outcome = request.params, request.outcome
    entries = model_features(params, outcome)
    last = rows.loc[rows["part"] == "train", "date"].max()
    later = rows["part"].isin(("test", "known_later"))
    for team in sorted(rows["team"].unique()):
        own = rows["team"] == team
        learnt, judged = rows[~own & (rows["date"] <= last)], rows[own & later]
        if learnt["event"].sum() < params.train.min_events or judged.empty:
            say(f"{team}: passed over, {learnt['event'].sum():.0f} injuries without it")
            continue
        used = known_features(entries, learnt)
        model = main_model(params, outcome, used)
        # The folds of the split were dealt with this team among them: the model deals its own.
        fit_main(model, learnt[[f.name for f in used]], learnt.drop(columns="fold"))
        say(f"{team}: learnt from {learnt['event'].sum():.0f} injuries of the others")
        outcomes = judged[["athlete", "event", "team"]]
        yield outcomes.assign(probability=model.predict_proba(judged)[:, 1])
