"""Stage `report`: the week as one page."""

from ingest.store import read_frame
from pipelines.dataset import read_dataset
from pipelines.models_in_use import model_horizon, models_in_use
from pipelines.page_context import Memory, page_context, write_page
from pipelines.stage import Stage, run_stage
from pipelines.weekly import read_week


def main(stage: Stage) -> None:
    """Write reports/forecast.html."""
    workspace = stage.workspace
    path = workspace.reports / "forecast.html"
    models = models_in_use(workspace, stage.params.outcomes, stage.params.features)
    context = page_context(
        read_week(workspace.scores),
        workspace,
        simulated=read_dataset(workspace).simulated,
        horizon_days=model_horizon(models, stage.params.outcome.horizon_days),
        models=models,
        memory=Memory(
            compared=read_frame(workspace.scores / "compared.parquet"),
            forecasts=read_frame(workspace.scores / "past.parquet"),
            is_hindcast=True,
        ),
        bands=stage.params.score.bands,
    )
    write_page(context, path)
    print(f"{path} ({path.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    run_stage(main)
