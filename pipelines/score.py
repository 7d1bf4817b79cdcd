"""Stage `score`: forecast the dataset's latest week with the model in use."""

import pandas as pd

from features.matrix import feature_matrix
from features.settings import FeatureSettings
from ingest.store import read_frame, read_tables
from pipelines.current_week import current_week
from pipelines.dataset import read_dataset
from pipelines.models_in_use import model_horizon, models_in_use
from pipelines.stage import Stage, run_stage


def main(stage: Stage) -> None:
    """Write artifacts/scores/<dataset>: scores, reasons, blocks and daily loads."""
    params, workspace = stage.params, stage.workspace
    tables, rows = read_tables(workspace.tables), read_frame(workspace.features)
    as_of = rows["date"].max()
    models = models_in_use(workspace, params.outcomes, params.features)

    def matrix(settings: FeatureSettings) -> pd.DataFrame:
        if settings == params.features:
            return rows
        return feature_matrix(tables, settings, pd.DatetimeIndex([as_of]))

    week, _ = current_week(
        tables,
        models,
        as_of,
        model_horizon(models, params.outcome.horizon_days),
        matrix,
        data_simulated=read_dataset(workspace).simulated,
        score=params.score,
        status=params.status,
    )
    week.write(workspace.scores)
    counts = week.scores.groupby(["outcome", "status"]).size()
    print("models:", ", ".join(f"{name}: {one.origin}" for name, one in models.items()))
    print(f"week after {week.as_of.date()}:", counts.to_dict())


if __name__ == "__main__":
    run_stage(main)
