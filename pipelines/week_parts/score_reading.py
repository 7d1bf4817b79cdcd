"""What a part of a week reads: of its athletes alone, and only the columns that it uses.

A column that is missing here is an error where it is used, and not an unknown value.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd
import pyarrow.parquet as pq

from common.contracts import CONTRACTS
from common.frame_files import read_frame
from common.table_files import read_tables
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from forecasting.scoring.past_weeks import WEEKS
from forecasting.scoring.week import BESIDE_TEAM
from forecasting.settings import ScoreSettings, StatusSettings
from models.store.model_facts import read_facts
from pipelines.runtime.dataset import read_unclear
from pipelines.weekly.models_in_use import ModelInUse
from pipelines.weekly.week import has_model

_DAYS: Final = ("athlete", "date")
_RUNNING: Final = (
    "athlete", "local_date", "sport", "duration_min", "moving_min", "distance_km", "rpe", "check",
)  # fmt: skip
_UNUSED: Final[Mapping[str, Sequence[str]]] = {
    "body": ("ankle_dorsiflexion_deg", "flexibility_cm", "source"),
    "sessions": (
        "ascent_m", "descent_m", "surface", "feel", "hr_max", "hard_min", "hard_km", "power_w",
        "step_length_m", "vertical_oscillation_mm", "balance_left_pct", "vertical_ratio_pct",
        "form_decay_pct", "shoe_id", "source_hash", "merged_from",
    ),
    "wellness": ("source",),
    "pain": ("side", "when", "source"),
    "exercise": tuple(name for name in CONTRACTS["exercise"].columns if name not in _DAYS),
    "strength": ("reps", "limb_length_cm", "source"),
    "gait": ("spread", "strides", "source"),
}  # fmt: skip
"""Columns of which no forecast, sentence or record of a week tells anything."""
_NOT_READ: Final = ("shoes", "extra", "rejects")

FOR_WEEK: Final[Mapping[str, Sequence[str]]] = {
    name: tuple(column for column in table.columns if column not in _UNUSED.get(name, ()))
    for name, table in CONTRACTS.items()
    if name not in _NOT_READ
}
"""Tables and columns of a whole week."""

FOR_NOTES: Final[Mapping[str, Sequence[str]]] = {
    **{name: FOR_WEEK[name] for name in ("athletes", "mileage", "plans", "injuries")},
    "sessions": _RUNNING,
    **dict.fromkeys(("wellness", "pain", "exercise", "strength", "gait", "body"), _DAYS),
}
"""Of these it is told who is scored, and with which plans."""


@dataclass(frozen=True)
class WeekRequest:
    """What a week is scored with.

    Parameters
    ----------
    tables, features : pathlib.Path
        Folder of the tables; file of the weekly feature rows.
    as_of : pandas.Timestamp
        Day of the forecast.
    horizon_days : int
        Length of the forecast period.
    models : mapping of str to ModelInUse
        By outcome.
    own_features : FeatureSettings
        Settings of the rows in the file; models made with others get rows of their own.
    score, status
        Settings.
    is_simulated : bool
        Whether the athletes are simulated.
    """

    tables: Path
    features: Path
    as_of: pd.Timestamp
    horizon_days: int
    models: Mapping[str, ModelInUse]
    own_features: FeatureSettings
    score: ScoreSettings
    status: StatusSettings
    is_simulated: bool


def read_for_week(
    request: WeekRequest, athletes: tuple[str, str], *, is_everybody: bool
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the tables and the feature rows of some athletes, from one name to the other.

    Of the rows those of the weeks that a page draws; all of them where these are all athletes,
    whose past weeks may have something to teach.
    """
    first = None if is_everybody else request.as_of - pd.Timedelta(weeks=WEEKS)
    rows = read_frame(request.features, athletes=athletes, since=first)
    return _tables(request, athletes, FOR_WEEK), rows


def read_for_notes(
    request: WeekRequest, athletes: tuple[str, str]
) -> tuple[dict[str, pd.DataFrame], pd.DataFrame]:
    """Return the same as far as it is needed to tell whom a model scores, and by what."""
    rows = read_frame(request.features, _columns(request), athletes=athletes, since=request.as_of)
    return _tables(request, athletes, FOR_NOTES), rows


def _tables(
    request: WeekRequest, athletes: tuple[str, str], columns: Mapping[str, Sequence[str]]
) -> dict[str, pd.DataFrame]:
    # Features of other settings are made anew, from all that is on record.
    is_as_read = all(m.features == request.own_features for m in request.models.values())
    tables = read_tables(request.tables, athletes, columns if is_as_read else None)
    return tables | read_unclear(request.tables, athletes)


def _columns(request: WeekRequest) -> list[str] | None:
    """Return the columns that models of the rows at hand read; None where that is not known."""
    models = [m for m in request.models.values() if m.features == request.own_features]
    # Evidence and plans ask for features by themselves, and take what is not there for unknown.
    has_plans = pq.read_metadata(request.tables / "plans.parquet").num_rows > 0
    if has_plans or not all(has_model(model.folder) for model in models):
        return None
    names = [name for model in models for name in read_facts(model.folder).features]
    return list(dict.fromkeys(["athlete", "date", *BESIDE_TEAM, *names]))


def day_matrix(
    request: WeekRequest,
    tables: Mapping[str, pd.DataFrame],
    rows: pd.DataFrame,
    settings: FeatureSettings,
) -> pd.DataFrame:
    """Return feature rows with a model's settings: those at hand, or made for the day alone."""
    if settings == request.own_features:
        return rows
    return feature_matrix(tables, settings, pd.DatetimeIndex([request.as_of]))
