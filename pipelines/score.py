"""Stage `score`: forecast the dataset's latest week."""

from ingest.store import read_frame, read_tables
from pipelines.dataset import read_dataset
from pipelines.stage import Stage, run_stage
from pipelines.weekly import forecast_week, forecaster_for


def main(stage: Stage) -> None:
    """Write artifacts/scores/<dataset>: scores, reasons, blocks and daily loads."""
    params, workspace = stage.params, stage.workspace
    rows = read_frame(workspace.features)
    week = forecast_week(
        read_tables(workspace.tables),
        rows,
        rows["date"].max(),
        [
            forecaster_for(
                workspace.model(outcome), outcome, params.outcome.horizon_days, params.features
            )
            for outcome in params.outcomes
        ],
        data_simulated=read_dataset(workspace).simulated,
        features=params.features,
        score=params.score,
        status=params.status,
    )
    week.write(workspace.scores)
    counts = week.scores.groupby(["outcome", "status"]).size()
    print(f"week after {week.as_of.date()}:", counts.to_dict())


if __name__ == "__main__":
    run_stage(main)
