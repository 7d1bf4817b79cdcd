"""Stage `train`: label, split, fit and calibrate the risk model of one outcome."""

import pandas as pd

from features.matrix import catalogue
from ingest.store import read_frame, read_tables, write_frame, write_json
from models.artifact import Provenance, save
from models.outcomes import label
from models.risk import RiskModel
from models.sample_size import sample_size
from models.splits import holdout, summary
from pipelines.dataset import read_dataset
from pipelines.stage import Stage, run_stage
from pipelines.workspace import FEATURE_SETTINGS_FILE


def main(stage: Stage) -> None:
    """Write artifacts/models/<dataset>/<outcome>: split, sample size, and a model if one is due."""
    folder = stage.workspace.model(stage.outcome)
    rows = read_frame(stage.workspace.features)
    split = _split(stage, rows)
    write_frame(folder / "split.parquet", split)
    known = split["event"].notna()
    print(summary(split.loc[known, "part"], split[known], split.loc[known, "event"]).to_string())
    chosen = known & (split["part"] == "train")
    _sample_size(stage, split[chosen])
    events = int(split.loc[chosen, "event"].sum())
    if events < stage.params.train.min_events:
        _no_model(stage, events)
        return
    _fit(stage, rows[chosen], split[chosen])


def _split(stage: Stage, rows: pd.DataFrame) -> pd.DataFrame:
    """Labels and part of every weekly row: the frozen split manifest."""
    params = stage.params
    tables = read_tables(stage.workspace.tables)
    labels = label(
        rows,
        tables["injuries"],
        tables["athletes"],
        stage.outcome_name,
        params.outcome,
        params.features.injuries,
    )
    return labels.assign(part=holdout(rows, params.split, reach_days=params.outcome.reach_days))


def _sample_size(stage: Stage, train: pd.DataFrame) -> None:
    events, features = int(train["event"].sum()), len(catalogue(stage.params.features.blocks))
    facts: dict[str, object] = {"rows": len(train), "events": events, "features": features}
    if 0 < events < len(train):
        found = sample_size(len(train), events, features)
        facts |= {
            "sentence": found.sentence(),
            "needed_rows": found.needed_rows,
            "needed_events": found.needed_events,
            "affordable_parameters": found.affordable_parameters,
            "is_enough": found.is_enough,
        }
    else:
        facts |= {"sentence": f"{len(train):,} rows with {events} events: nothing to learn from"}
    write_json(stage.workspace.model(stage.outcome) / "sample_size.json", facts)
    print(facts["sentence"])


def _no_model(stage: Stage, events: int) -> None:
    print(
        f"no model for {stage.outcome!r}: {events} events in the training part, at least "
        f"{stage.params.train.min_events} are needed; the evidence index stands in"
    )


def _fit(stage: Stage, rows: pd.DataFrame, split: pd.DataFrame) -> None:
    params = stage.params
    entries = catalogue(params.features.blocks)
    model = RiskModel.of_catalogue(entries, params.risk)
    model.fit(rows[[f.name for f in entries]], split["event"], groups=rows["athlete"])
    provenance = Provenance(
        outcome=stage.outcome_name,
        dataset=params.dataset,
        simulated=read_dataset(stage.workspace).simulated,
        horizon_days=params.outcome.horizon_days,
        lead_days=params.outcome.lead_days,
        rows=len(rows),
        events=int(split["event"].sum()),
        athletes=rows["athlete"].nunique(),
        trained_from=str(rows["date"].min().date()),
        trained_to=str(rows["date"].max().date()),
    )
    facts = save(model, provenance, stage.workspace.model(stage.outcome))
    write_json(
        stage.workspace.model(stage.outcome) / FEATURE_SETTINGS_FILE,
        params.features.model_dump(mode="json"),
    )
    print(
        f"{stage.outcome}: {facts.rows:,} rows, {facts.events:,} events, calibration slope "
        f"{facts.calibration_slope:.2f}, intercept {facts.calibration_intercept:+.2f}"
    )


if __name__ == "__main__":
    run_stage(main)
