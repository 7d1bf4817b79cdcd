"""`stridecast evaluate`: what a finished model is worth on another cohort."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from common.frame_files import write_csv
from common.store import write_json
from common.table_files import read_table
from models.comparators.evidence import evidence_probabilities
from models.comparators.names import BASE_RATE
from models.evaluation.athlete_groups import athlete_groups
from models.evaluation.model_table import Evaluation, evaluate
from models.metrics.subgroups import subgroups
from models.store.recalibration import advice
from pipelines.promotion.candidates import Candidate, matrix_of
from pipelines.promotion.finished_model import KEYS, asked_rows, finished_model, with_parts
from pipelines.runtime.params import Params
from pipelines.runtime.workspace import Workspace

Say = Callable[[str], None]
MODEL = "model"
_SHOWN = ("auroc", "brier", "ipa", "observed_expected", "calibration_slope", "ici")


@dataclass(frozen=True)
class Transport:
    """What is asked for: a model, by dataset or folder, on the athletes of a workspace."""

    params: Params
    workspace: Workspace
    outcome: str
    model: str


def transport(request: Transport, say: Say) -> dict[str, Any]:
    """Evaluate, write reports/transport/<dataset>/<outcome>*, and return the report.

    Raises
    ------
    StridecastError
        If there is no such model, it may not be asked about these athletes, or nobody was hurt.
    """
    workspace, params = request.workspace, request.params
    model = finished_model(workspace.root, request.model, request.outcome)
    matrix = matrix_of(workspace, params)
    rows, rows_in_words = _rows(model, request, asked_rows(model, workspace, matrix))
    if not 0 < rows["event"].sum() < len(rows):
        raise StridecastError(
            f"{workspace.dataset}: {rows['event'].sum():.0f} injuries in {len(rows)} rows, so "
            "nothing can be compared",
            "choose a cohort with both",
        )
    features = rows[KEYS].merge(matrix(model.features), on=KEYS, how="left", validate="1:1")
    # The base rate is the one that the model learnt: nobody knows this cohort's beforehand.
    forecasts: dict[str, Floats] = {
        MODEL: model.probability(rows, matrix),
        BASE_RATE: np.full(len(rows), model.facts.base_rate),
    }
    # Published figures alone: what is asked about has taught the evidence nothing.
    forecasts |= evidence_probabilities(request.outcome, model.facts.horizon_days, features)
    evaluation = evaluate(rows["event"], forecasts, rows["athlete"], params.evaluation)
    groups = _groups(workspace, features)
    by_group = subgroups(
        rows["event"], forecasts[MODEL], rows["athlete"], groups, params.evaluation
    )
    report = _report(request, model, rows, evaluation) | {"rows_of": rows_in_words}
    folder = workspace.reports / "transport" / workspace.dataset
    write_json(folder / f"{request.outcome}.json", report)
    write_csv(folder / f"{request.outcome}_subgroups.csv", by_group)
    _tell(report, evaluation, by_group, say)
    return report


def _rows(model: Candidate, request: Transport, rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return every row of another cohort, and of the model's own only what it never saw."""
    if model.facts.dataset != request.workspace.dataset:
        return rows, "all rows at risk"
    parted = with_parts(rows, request.workspace, request.outcome)
    test_rows = parted[parted["part"] == "test"].drop(columns="part").reset_index(drop=True)
    return test_rows, "the test part, for the model learnt from this dataset"


def _groups(workspace: Workspace, rows: pd.DataFrame) -> pd.DataFrame:
    people = read_table(workspace.tables, "athletes")
    wanted = ["athlete", "team", "sex", "birth_year", "level"]
    described = rows.merge(people[wanted], on="athlete", how="left", validate="m:1")
    team = described["team"].astype("str").fillna("unknown")
    return athlete_groups(described).assign(team=team)


def _report(
    request: Transport, model: Candidate, rows: pd.DataFrame, evaluation: Evaluation
) -> dict[str, Any]:
    facts = model.facts
    return {
        "model": {
            "kind": facts.kind, "dataset": facts.dataset, "simulated": facts.simulated,
            "trained_from": facts.trained_from, "trained_to": facts.trained_to,
            "model_sha256": facts.model_sha256, "recalibrated": facts.recalibrated,
        },
        "dataset": request.workspace.dataset,
        "outcome": request.outcome,
        "rows": len(rows),
        "athletes": int(rows["athlete"].nunique()),
        "events": int(rows["event"].sum()),
        "measures": evaluation.nested(),
        "advice": advice(evaluation, MODEL),
    }  # fmt: skip


def _tell(report: dict[str, Any], evaluation: Evaluation, by_group: pd.DataFrame, say: Say) -> None:
    model = report["model"]
    say(
        f"{model['kind']} model of {model['dataset']} on {report['dataset']}, {report['outcome']}: "
        f"{report['rows']:,} rows of {report['athletes']} athletes, {report['events']} injuries "
        f"({report['rows_of']})"
    )
    table = evaluation.table[evaluation.table["metric"].isin(_SHOWN)]
    for name, own in table.groupby("model", sort=False):
        figures = ", ".join(
            f"{r.metric} {r.value:.4g} ({r.low:.4g} to {r.high:.4g})" for r in own.itertuples()
        )
        say(f"  {name}: {figures}")
    shown = by_group[by_group["metric"].isin(("observed_expected", "auroc"))]
    for (variable, group), own in shown.groupby(["variable", "group"], sort=False):
        figures = ", ".join(
            f"{r.metric} {r.value:.2f} ({r.low:.2f} to {r.high:.2f})" for r in own.itertuples()
        )
        first = own.iloc[0]
        note = f" - {first['note']}" if first["note"] else ""
        say(f"    {variable} {group}: {first['events']:.0f} injuries, {figures}{note}")
    say(report["advice"])
