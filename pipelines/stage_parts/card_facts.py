"""What the model card is told, gathered from the files of the stages."""

from pathlib import Path
from typing import Any

import pandas as pd

from common.frame_files import read_frame
from common.store import read_json
from common.table_files import read_table
from features.matrix import catalogue_of
from models.evaluation.key_figures import in_use
from models.store.model_facts import facts_and_trees
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import PREDICTIONS_FILE, SUMMARY_FILE
from pipelines.stage_parts.audit_sample import audit_sample
from pipelines.stage_parts.labelled_rows import SPLIT_FILE
from reporting.card.facts import CardFacts, OutcomeFacts
from reporting.card.people import characteristics
from reporting.card.predictors import MOST, predictor_table

_EVALUATED = {
    "comparison": "comparison.csv",
    "validation": "sample_size.csv",
    "subgroups": "subgroups.csv",
    "alerts": "alert_budget.csv",
    "spread": "athlete_spread.csv",
    "curve": "decision_curve.csv",
}


def card_facts(stage: Stage) -> CardFacts:
    """Return the facts of the dataset's models."""
    ingested = read_json(stage.workspace.reports / "ingest.json")
    config, totals = read_dataset(stage.workspace), ingested["totals"]
    athletes = read_table(stage.workspace.tables, "athletes")
    # Equal counts by name, so that the card is the same from run to run.
    regions = sorted(ingested["injuries_by_region"].items(), key=lambda item: (-item[1], item[0]))
    return CardFacts(
        dataset=stage.params.dataset,
        simulated=config.simulated,
        observed_from=str(config.observed_from),
        observed_to=str(config.observed_to or "the last record"),
        athletes=ingested["athletes"],
        rows_read=totals["read"],
        rows_accepted=totals["accepted"],
        rows_repaired=totals["repaired"],
        rows_rejected=totals["rejected"],
        regions=", ".join(f"{count} {name.replace('_', ' ')}" for name, count in regions),
        audits=read_json(stage.workspace.reports / "audit.json"),
        not_audited=audit_sample(stage.workspace.tables, stage.params.audit.most_athletes).unseen(),
        blocks=stage.params.features.blocks,
        features_offered=len(catalogue_of(stage.params.features)),
        teams=int(athletes["team"].nunique()) or None,
        people=characteristics(athletes, _split(stage, stage.params.outcomes[0])),
        limits=stage.params.promotion,
        outcomes=[_of_outcome(stage, outcome) for outcome in stage.params.outcomes],
    )


def _of_outcome(stage: Stage, outcome: str) -> OutcomeFacts:
    workspace, split_rows = stage.workspace, _split(stage, outcome)
    folder, evaluation = workspace.model(outcome), workspace.evaluation(outcome)
    metrics = read_json(evaluation / "metrics.json")
    split, size = read_json(folder / "split.json"), read_json(folder / "sample_size.json")
    tables: dict[str, Any] = {k: _table(evaluation / v) for k, v in _EVALUATED.items()}
    return OutcomeFacts(
        outcome=outcome,
        horizon_days=stage.params.outcome.horizon_days,
        lead_days=stage.params.outcome.lead_days,
        in_use=in_use(metrics),
        model=facts_and_trees(folder),
        metrics=metrics,
        parts=pd.DataFrame(split["parts"]),
        folds=pd.DataFrame(split["folds"]),
        sample_size=size["sentence"],
        enough=bool(size.get("is_enough", False)),
        censored=_dropped(folder / "censoring.json"),
        left_out=_left_out(split_rows, evaluation / PREDICTIONS_FILE),
        standing=_standing(evaluation / "standings.json"),
        cross_validated=_cross_validated(evaluation / SUMMARY_FILE),
        blocks=_table(workspace.explanation(outcome) / "blocks.csv"),
        predictors=_predictors(stage, outcome, split_rows),
        **tables,
    )


def _dropped(path: Path) -> int:
    """Return how many test rows were dropped at the end of observation."""
    rows = read_json(path)["rows"]
    return sum(int(row["dropped"]) for row in rows if row["part"] == "test")


def _split(stage: Stage, outcome: str) -> pd.DataFrame:
    """Return athlete, date and part of the rows of known outcome."""
    columns = ["athlete", "date", "event", "part"]
    rows = read_frame(stage.workspace.model(outcome) / SPLIT_FILE, columns)
    return rows[rows["event"].notna()]


def _left_out(split: pd.DataFrame, predictions: Path) -> int:
    """Return how many test rows are in no figure: those of athletes who are hurt in truth."""
    return int((split["part"] == "test").sum()) - len(read_frame(predictions, ["athlete"]))


def _predictors(stage: Stage, outcome: str, split: pd.DataFrame) -> pd.DataFrame | None:
    """Return the strongest predictors in both parts; None where no model is explained."""
    explained = _table(stage.workspace.explanation(outcome) / "features.csv")
    if explained is None:
        return None
    strongest = explained.sort_values("mean_abs_log_odds", ascending=False, kind="stable")
    names = [str(name) for name in strongest["feature"].head(MOST)]
    features = read_frame(stage.workspace.features, ["athlete", "date", *names])
    rows = split[["athlete", "date", "part"]].merge(features, on=["athlete", "date"])
    entries = catalogue_of(stage.params.features)
    labels = {f.name: f"{f.label} ({f.unit})" if f.unit else f.label for f in entries}
    return predictor_table(rows, names, labels)


def _standing(path: Path) -> str:
    """Return the verdict on all models; the evaluation writes none where no measure is defined."""
    return str(read_json(path)["sentence"]) if path.exists() else ""


def _cross_validated(path: Path) -> str:
    """Return what nested cross-validation says, and that it is to be quoted where it was made."""
    if not path.exists():
        return ""
    summary = read_json(path)
    if summary["done"]:
        return (
            f"{summary['sentence']} With so few injuries this is the figure to quote: the test "
            "part below holds a few of them."
        )
    return f"No nested cross-validation was made; {summary['reason']}."


def _table(path: Path) -> pd.DataFrame | None:
    return pd.read_csv(path) if path.exists() else None
