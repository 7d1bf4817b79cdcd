"""Scores a week once, as the stage `score` does; run as a program: folder, out, engine, workers."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter(boosters_alone=True)

import sys
from pathlib import Path

from features.catalogue.settings import FeatureSettings
from forecasting.settings import ScoreSettings, StatusSettings
from pipelines.runtime.engine import Place
from pipelines.week_parts.score_parts import last_day, write_week
from pipelines.week_parts.score_reading import WeekRequest
from pipelines.weekly.models_in_use import ModelInUse


def main() -> None:
    """Score the tables and feature rows of a folder with the models in it."""
    place, out, engine, workers = sys.argv[1:]
    folder, settings = Path(place), FeatureSettings()
    models = sorted(path.name for path in (folder / "models").iterdir())
    request = WeekRequest(
        tables=folder / "tables",
        features=folder / "features.parquet",
        as_of=last_day(folder / "features.parquet"),
        horizon_days=7,
        models={n: ModelInUse(n, "trained", folder / "models" / n, settings) for n in models},
        own_features=settings,
        score=ScoreSettings(),
        status=StatusSettings(),
        is_simulated=True,
    )
    where = Place(engine, int(workers))  # type: ignore[arg-type] # the caller names an engine
    write_week(request, Path(out), where, folder)


if __name__ == "__main__":
    main()
