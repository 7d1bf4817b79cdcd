"""A part of a week: the athletes who are scored at once, from their tables to their files."""

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from common.frame_files import write_frame
from common.store import write_json
from features.injuries.rules import effective_injuries
from features.injuries.settings import InjuryRules
from forecasting.monitoring.outcomes import followed
from forecasting.returning.blend import Blend
from forecasting.returning.outlook import own_returns
from forecasting.scoring.comparison import compare
from forecasting.scoring.past_weeks import hindcast
from pipelines.runtime.kept_parts import put_in_place
from pipelines.week_parts.score_join import BY_ATHLETE, SCORES
from pipelines.week_parts.score_notes import Known, Noting
from pipelines.week_parts.score_reading import (
    WeekRequest,
    day_matrix,
    read_for_notes,
    read_for_week,
)
from pipelines.weekly.current_week import current_week
from pipelines.weekly.everybody import AT_HAND, Everybody, Learnt
from pipelines.weekly.week import WAY_BACK, Week, forecaster_for


@dataclass(frozen=True)
class ScorePart:
    """Athletes who are scored at once.

    Parameters
    ----------
    request : WeekRequest
        What they are scored with.
    first, last : str
        The athletes from one to the other, by name, both included.
    out : pathlib.Path
        Folder of what the part writes.
    learnt : mapping of int to Learnt
        What everybody's records have taught; without it the part is everybody.
    returns : Blend, optional
        What everybody's injuries teach.
    shared : pathlib.Path, optional
        What the notes of all parts add up to.
    pace : float
        Minutes per kilometre of everybody; NaN while it is unknown.
    """

    request: WeekRequest
    first: str
    last: str
    out: Path
    learnt: Mapping[int, Learnt] = field(default_factory=dict)
    returns: Blend | None = None
    shared: Path | None = None
    pace: float = float("nan")

    @property
    def name(self) -> str:
        """The athletes, as a message tells them."""
        return f"athletes {self.first} to {self.last}"


def score_part(part: ScorePart) -> None:
    """Forecast and write the athletes of one part; what every engine calls."""
    everybody = AT_HAND
    if part.shared is not None:
        everybody = Everybody(Known(part.shared, part.pace), part.returns, part.learnt)
    tables, rows = read_for_week(
        part.request, (part.first, part.last), is_everybody=not part.learnt
    )
    week = _week(part.request, tables, rows, everybody)
    past = _past(part.request, tables, rows)
    frames = {name: getattr(week, name) for name in BY_ATHLETE if hasattr(week, name)}
    frames |= {SCORES: week.scores, **past, "compared": compare(week.scores, past["past"])}
    _write_at_once(part.out, frames, week.way_back)


def note_part(part: ScorePart) -> None:
    """Write what the other parts need of the athletes of one part."""
    tables, rows = read_for_notes(part.request, (part.first, part.last))
    noting = Noting(part.pace)
    _week(part.request, tables, rows, Everybody(noting, part.returns, part.learnt))
    folder = _beside(part.out)
    noting.write(folder, own_returns(tables["injuries"], part.request.as_of))
    put_in_place(folder, part.out)


def _week(
    request: WeekRequest,
    tables: Mapping[str, pd.DataFrame],
    rows: pd.DataFrame,
    everybody: Everybody,
) -> Week:
    week, _ = current_week(
        tables,
        request.models,
        request.as_of,
        request.horizon_days,
        lambda settings: day_matrix(request, tables, rows, settings),
        data_simulated=request.is_simulated,
        score=request.score,
        status=request.status,
        everybody=everybody,
    )
    return week


def _past(
    request: WeekRequest, tables: Mapping[str, pd.DataFrame], rows: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Return what the models would have said in earlier weeks, and what followed."""
    # Models with other settings of features have no rows of earlier weeks at hand.
    forecasters = [
        forecaster_for(model.folder, name, request.horizon_days, model.features)
        for name, model in request.models.items()
        if model.features == request.own_features
    ]
    rules = request.own_features.injuries
    past = _at_risk(hindcast(rows, forecasters, request.as_of), tables, rules)
    return {"past": followed(past, tables, request.as_of, request.horizon_days, rules)}


def _at_risk(
    past: pd.DataFrame, tables: Mapping[str, pd.DataFrame], rules: InjuryRules
) -> pd.DataFrame:
    """Leave out the weeks in which an athlete was injured: there was nothing to forecast."""
    spells = effective_injuries(tables["injuries"], rules)[["athlete", "onset_date", "end_date"]]
    days = past[["athlete", "as_of"]].drop_duplicates().merge(spells, on="athlete")
    hurt = days[(days["onset_date"] <= days["as_of"]) & (days["as_of"] < days["end_date"])]
    both = past.merge(hurt[["athlete", "as_of"]].drop_duplicates(), how="left", indicator="injured")
    return both[both["injured"] == "left_only"].drop(columns="injured").reset_index(drop=True)


def _write_at_once(
    out: Path, frames: Mapping[str, pd.DataFrame], way_back: Mapping[str, Any]
) -> None:
    """Write the frames by athlete, and show the folder when all are there."""
    folder = _beside(out)
    for name, frame in frames.items():
        # The parts are joined one after the other, so that each must be in the order of athletes.
        by = frame if name == SCORES else frame.sort_values("athlete", kind="stable")
        write_frame(folder / f"{name}.parquet", by)
    write_json(folder / WAY_BACK, way_back)
    put_in_place(folder, out)


def _beside(out: Path) -> Path:
    """Return an empty folder beside the one that is to be; what a killed process left goes."""
    folder = out.with_name(f".{out.name}.part")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
