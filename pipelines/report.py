"""Stage `report`: the week as one page."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

from dataclasses import replace

from common.errors import StridecastError
from common.frame_files import read_frame
from models.store.model_facts import FACTS_FILE
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.stage import Stage, run_stage
from pipelines.weekly.models_in_use import forecastable, model_horizon, models_in_use
from pipelines.weekly.page_context import page_context, write_page
from pipelines.weekly.week import read_week
from reporting.context import Memory, PageSettings


def main(stage: Stage) -> None:
    """Write reports/forecast.html."""
    workspace = stage.workspace
    path = workspace.reports / "forecast.html"
    _refuse_gaps(stage)
    wanted = models_in_use(workspace, stage.params.outcomes, stage.params.features)
    models, left_out = forecastable(workspace, wanted)
    context = page_context(
        read_week(workspace.scores),
        workspace,
        simulated=read_dataset(workspace).simulated,
        horizon_days=model_horizon(models, stage.params.outcome.horizon_days),
        models=models,
        memory=Memory(
            compared=read_frame(workspace.scores / "compared.parquet"),
            forecasts=read_frame(workspace.scores / "past.parquet"),
            # The stage's earlier weeks are computed afterwards, and by the present model.
            is_hindcast=True,
        ),
        settings=PageSettings(stage.params.score, stage.params.promotion),
    )
    write_page(replace(context, left_out=left_out), path)
    print(f"{path} ({path.stat().st_size / 1e6:.1f} MB)")


def _refuse_gaps(stage: Stage) -> None:
    """Stop if an outcome was not evaluated or explained: the page would silently do without.

    Both stages write a file for every outcome, `evaluate` also where no model was trained.
    """
    for name in stage.params.outcomes:
        needed = [stage.workspace.evaluation(name) / "metrics.json"]
        if (stage.workspace.model(name) / FACTS_FILE).exists():
            needed.append(stage.workspace.explanation(name) / "features.csv")
        for path in needed:
            if not path.exists():
                raise StridecastError(f"{path}: not found", "run `dvc repro` first")


if __name__ == "__main__":
    run_stage(main)
