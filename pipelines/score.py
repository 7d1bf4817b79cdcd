"""Stage `score`: forecast the dataset's latest week with the model in use."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter(boosters_alone=True)

from collections.abc import Mapping

import pandas as pd

from common.frame_files import read_frame, write_frame
from common.table_files import read_tables
from features.catalogue.settings import FeatureSettings
from features.injuries.rules import InjuryRules, effective_injuries
from features.matrix import feature_matrix
from forecasting.monitoring.outcomes import followed
from forecasting.scoring.comparison import compare
from forecasting.scoring.past_weeks import hindcast
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.stage import Stage, run_stage
from pipelines.weekly.current_week import current_week
from pipelines.weekly.models_in_use import forecastable, model_horizon, models_in_use
from pipelines.weekly.week import forecaster_for


def main(stage: Stage) -> None:
    """Write artifacts/scores/<dataset>: scores, reasons, blocks, daily loads and earlier weeks."""
    params, workspace = stage.params, stage.workspace
    tables, rows = read_tables(workspace.tables), read_frame(workspace.features)
    as_of = rows["date"].max()
    wanted = models_in_use(workspace, params.outcomes, params.features)
    models, left_out = forecastable(workspace, wanted)

    def matrix(settings: FeatureSettings) -> pd.DataFrame:
        if settings == params.features:
            return rows
        return feature_matrix(tables, settings, pd.DatetimeIndex([as_of]))

    horizon = model_horizon(models, params.outcome.horizon_days)
    week, _ = current_week(
        tables,
        models,
        as_of,
        horizon,
        matrix,
        data_simulated=read_dataset(workspace).simulated,
        score=params.score,
        status=params.status,
    )
    week.write(workspace.scores)
    forecasters = [
        forecaster_for(model.folder, name, horizon, model.features)
        for name, model in models.items()
        if model.features == params.features
    ]
    rules = params.features.injuries
    past = _at_risk(hindcast(rows, forecasters, as_of), tables, rules)
    write_frame(workspace.scores / "compared.parquet", compare(week.scores, past))
    write_frame(workspace.scores / "past.parquet", followed(past, tables, as_of, horizon, rules))
    counts = week.scores.groupby(["outcome", "status"]).size()
    for line in left_out:
        print(line)
    print("models:", ", ".join(f"{name}: {model.origin}" for name, model in models.items()))
    print(f"week after {week.as_of.date()}:", counts.to_dict())


def _at_risk(
    past: pd.DataFrame, tables: Mapping[str, pd.DataFrame], rules: InjuryRules
) -> pd.DataFrame:
    """Leave out the weeks in which an athlete was injured: there was nothing to forecast."""
    spells = effective_injuries(tables["injuries"], rules)[["athlete", "onset_date", "end_date"]]
    days = past[["athlete", "as_of"]].drop_duplicates().merge(spells, on="athlete")
    hurt = days[(days["onset_date"] <= days["as_of"]) & (days["as_of"] < days["end_date"])]
    both = past.merge(hurt[["athlete", "as_of"]].drop_duplicates(), how="left", indicator="injured")
    return both[both["injured"] == "left_only"].drop(columns="injured").reset_index(drop=True)


if __name__ == "__main__":
    run_stage(main)
