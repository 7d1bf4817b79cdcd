"""Earlier forecasts, actions and the last verdict of an output folder, for a new week's page."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from common.store import read_json
from features.injuries.settings import InjuryRules
from forecasting.monitoring.outcomes import followed
from forecasting.scoring.comparison import compare
from pipelines.history.action_log import read_actions
from pipelines.weekly.forecast_archive import Archive
from pipelines.weekly.week import Week
from reporting.context import Memory

_NO_VERDICT: Final = "the page has no verdict on earlier weeks: run `stridecast monitor` again"


def past_forecasts(
    archive: Archive,
    week: Week,
    tables: Mapping[str, pd.DataFrame],
    horizon_days: int,
    rules: InjuryRules,
) -> Memory:
    """Compare a week with the forecast archive, and see what followed the earlier forecasts.

    Nothing dated after the week's as-of day is used, so that a page made again looks the same.

    Parameters
    ----------
    archive : Archive
        Earlier weeks; this week's own file is passed over.
    week : Week
        The new forecasts.
    tables : mapping of str to pandas.DataFrame
        athletes and injuries.
    horizon_days : int
        Length of the forecast period.
    rules : InjuryRules
        How injury reports are counted.
    """
    known = archive.forecasts()
    nothing = week.scores.iloc[:0]
    earlier = nothing if known is None else known[known["as_of"] < week.as_of]
    actions = read_actions(archive.folder)
    return Memory(
        compared=compare(week.scores, earlier),
        forecasts=followed(earlier, tables, week.as_of, horizon_days, rules),
        # Up to the end of the period: what is done about this week's list is logged after its day.
        actions=actions[actions["date"] <= week.as_of + pd.Timedelta(days=horizon_days)],
        verdict=_verdict(archive, week.as_of),
    )


def _verdict(archive: Archive, as_of: pd.Timestamp) -> Mapping[str, Any] | None:
    """Return the last monitoring, if it was of this dataset and not of a later day."""
    path = archive.out / "monitor.json"
    if not path.exists():
        return None

    def fitting(path: Path) -> Mapping[str, Any] | None:
        report: dict[str, Any] = read_json(path)
        # Datasets can share a folder, and a page made again must not know a later verdict.
        fits = report["dataset"] == archive.dataset and pd.Timestamp(report["until"]) <= as_of
        return report if fits else None

    return archive.damage.read(path, fitting, _NO_VERDICT)
