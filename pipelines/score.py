"""Stage `score`: forecast the dataset's latest week with the model in use."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter(boosters_alone=True)

from common.frame_files import read_frame
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.stage import Stage, run_stage
from pipelines.week_parts.score_parts import last_day, write_week
from pipelines.week_parts.score_reading import WeekRequest
from pipelines.weekly.models_in_use import forecastable, model_horizon, models_in_use


def main(stage: Stage) -> None:
    """Write artifacts/scores/<dataset>: scores, reasons, blocks, daily loads and earlier weeks."""
    params, workspace = stage.params, stage.workspace
    wanted = models_in_use(workspace, params.outcomes, params.features)
    models, left_out = forecastable(workspace, wanted)
    request = WeekRequest(
        tables=workspace.tables,
        features=workspace.features,
        as_of=last_day(workspace.features),
        horizon_days=model_horizon(models, params.outcome.horizon_days),
        models=models,
        own_features=params.features,
        score=params.score,
        status=params.status,
        is_simulated=read_dataset(workspace).simulated,
    )
    write_week(request, workspace.scores, params.place(), workspace.root)
    scores = read_frame(workspace.scores / "scores.parquet", ["outcome", "status"])
    for line in left_out:
        print(line)
    print("models:", ", ".join(f"{name}: {model.origin}" for name, model in models.items()))
    print(f"week after {request.as_of.date()}:", scores.value_counts(sort=False).to_dict())


if __name__ == "__main__":
    run_stage(main)
