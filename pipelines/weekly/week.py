"""One week's forecasts of a dataset: from tables and feature rows to scores, reasons and loads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from common.errors import StridecastError
from common.frame_files import read_frame, write_frame
from common.store import read_json, write_json
from features.catalogue.settings import FeatureSettings
from features.injuries.known_running import known_runs
from features.matrix import catalogue_of
from forecasting.evidence.team_forecaster import evidence_forecaster, trained_sentence
from forecasting.forecaster import Forecaster
from forecasting.planning.team_plan import TeamPlan
from forecasting.reasons.complaint_notes import latest_complaints
from forecasting.reasons.sentences import ReasonContext, Spike
from forecasting.scoring.beside_states import beside_states
from forecasting.scoring.figures import plain_figures, plain_rows
from forecasting.scoring.on_record import RECORDS, nothing_on_record, on_record
from forecasting.scoring.spreadsheet import write_safe_csv
from forecasting.scoring.week import score_week
from forecasting.settings import ScoreSettings, StatusSettings
from forecasting.status.athlete_status import status_on
from forecasting.status.load_history import latest_spikes
from forecasting.status.open_injuries import open_injuries
from forecasting.status.record_days import logged_days
from models.evidence.team import TeamEvidence, published_evidence
from models.settings.own import OwnSettings
from models.store.model_facts import FACTS_FILE, MODEL_FILES, ModelFacts
from pipelines.weekly.everybody import AT_HAND, Everybody

if TYPE_CHECKING:
    from models.estimators.evidence_risk import EvidenceRisk
    from models.store.artifact import Model

Written = tuple[tuple[str, int, int], ...]

FRAMES = ("scores", "reasons", "blocks", *RECORDS)
WAY_BACK = "way_back.json"


@dataclass(frozen=True)
class Week:
    """Everything a page shows of one week; all outcomes one below the other."""

    scores: pd.DataFrame
    reasons: pd.DataFrame
    blocks: pd.DataFrame
    daily_load: pd.DataFrame
    records: pd.DataFrame
    figures: pd.DataFrame
    to_check: pd.DataFrame
    strength: pd.DataFrame
    injuries: pd.DataFrame
    complaints: pd.DataFrame
    measured: pd.DataFrame
    way_back: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    learnt: Mapping[str, Any] = field(default_factory=dict)
    ahead: TeamPlan | None = None

    @property
    def as_of(self) -> pd.Timestamp:
        """Day of the forecast."""
        return pd.Timestamp(self.scores["as_of"].iloc[0])

    def facts(self) -> dict[str, dict[str, Any]]:
        """Return what `scores.json` says of each athlete besides the forecasts."""
        figures, to_check = plain_figures(self.figures), plain_rows(self.to_check)
        strength = plain_rows(self.strength)
        injuries, complaints = plain_rows(self.injuries), plain_rows(self.complaints)
        tests = plain_rows(self.measured)
        return {
            athlete: {
                "figures": figures[athlete],
                "sessions_to_check": to_check.get(athlete, []),
                "strength": strength.get(athlete, []),
                "measured": tests.get(athlete, []),
                "injuries": injuries.get(athlete, []),
                "complaints": complaints.get(athlete, []),
                "way_back": self.way_back.get(athlete),
            }
            for athlete in figures
        }

    def write(self, folder: Path) -> None:
        """Write the frames as Parquet, and the scores as CSV that is safe to open."""
        for name in FRAMES:
            write_frame(folder / f"{name}.parquet", getattr(self, name))
        write_json(folder / WAY_BACK, self.way_back)
        write_safe_csv(folder / "scores.csv", self.scores)


def read_week(folder: Path) -> Week:
    """Read what :meth:`Week.write` wrote."""
    frames: dict[str, Any] = {name: read_frame(folder / f"{name}.parquet") for name in FRAMES}
    # Folders of earlier versions have no such file.
    path = folder / WAY_BACK
    return Week(**frames, way_back=read_json(path) if path.exists() else {})


def has_model(folder: Path) -> bool:
    """Say whether a folder holds a model, whole or not."""
    return any((folder / name).exists() for name in (FACTS_FILE, *MODEL_FILES))


def forecaster_for(
    folder: Path,
    outcome: str,
    horizon_days: int,
    features: FeatureSettings,
    team: TeamEvidence | None = None,
    recent: pd.DataFrame | None = None,
) -> Forecaster:
    """Return the model in a folder, or the evidence model where there is none.

    `features` are the settings of the rows that will be scored: their windows name the features.
    `team` is what the team's own weeks have taught the evidence model; without it the published
    figures stand alone. `recent` are feature rows of those who are scored, of which a trained model
    tells how much rests on published evidence.

    Raises
    ------
    StridecastError
        If there is a model but it is not whole, not the one described beside it, of another
        outcome, or made of features that this version does not know.
    """
    if not has_model(folder):
        return evidence_forecaster(team or published_evidence(horizon_days), outcome)
    # LightGBM takes a second to import; published evidence does without.
    from models.explanation.contributions import explain
    from models.store.artifact import has_range

    model, facts = _loaded(folder, _written(folder))
    entries = catalogue_of(features)
    # Before any row is scored, so that the error names the model and what to do about it.
    _check_fit(folder, facts, outcome, {feature.name for feature in entries})
    return Forecaster(
        label=_label(facts),
        outcome=facts.outcome,
        base_rate=facts.base_rate,
        simulated=facts.simulated,
        predict_proba=model.predict_proba,
        contributions=lambda rows: explain(model, rows, entries).contributions,
        range_=model.range_ if has_range(model) else None,
        **_of_evidence(model, pd.DataFrame() if recent is None else recent),
    )


@lru_cache(maxsize=8)
def _loaded(folder: Path, written: Written) -> tuple["Model", ModelFacts]:
    """Return the model in a folder, read once in a process: each part of a week asks for it."""
    from models.store.artifact import load_any

    del written  # a part of the key alone: a model that was written anew is read anew
    return load_any(folder)


def _written(folder: Path) -> Written:
    """Return name, size and time of each file of a folder."""
    states = ((path.name, path.stat()) for path in sorted(folder.iterdir()))
    return tuple((name, state.st_size, state.st_mtime_ns) for name, state in states)


def _of_evidence(model: "Model", recent: pd.DataFrame) -> dict[str, Any]:
    """Return what a model that rests on evidence knows beside its forecasts."""
    from models.estimators.evidence_risk import EvidenceRisk
    from models.evidence.model import EvidenceModel

    if not isinstance(model, EvidenceRisk):
        return {}
    own = model.evidence_
    # The population's rate comes from publications, not from the team that the model has learnt.
    published = EvidenceModel.published(own.outcome, own.figures, own.horizon_days)
    return {
        "usual": model.stack_.usual_probability,
        "population_rate": published.reference_probability,
        "origin": _origin(model, recent),
    }


def _origin(model: "EvidenceRisk", recent: pd.DataFrame) -> str:
    if recent.empty:
        return ""
    trees = model.stack_.share_of_trees(recent)
    return trained_sentence(model.evidence_, model.stack_.own(recent), trees=trees)


def _label(facts: ModelFacts) -> str:
    kind = facts.settings.estimator if isinstance(facts.settings, OwnSettings) else facts.kind
    description = f"{kind} model of {facts.dataset}, {facts.trained_from} to {facts.trained_to}"
    return (
        f"{description}, recalibrated: {facts.recalibrated}" if facts.recalibrated else description
    )


def _check_fit(folder: Path, facts: ModelFacts, outcome: str, known: set[str]) -> None:
    if facts.outcome != outcome:
        raise StridecastError(
            f"{folder}: a model for {facts.outcome}, not for {outcome}",
            "put every model into the folder of its outcome",
        )
    strange = sorted(set(facts.features) - known)
    if strange:
        raise StridecastError(
            f"{folder}: the model needs {len(strange)} features this version does not know, "
            f"{strange[0]} among them",
            "train again with this version",
        )


def forecast_week(  # noqa: PLR0913 - each is a choice of its own
    tables: Mapping[str, pd.DataFrame],
    rows: pd.DataFrame,
    as_of: pd.Timestamp,
    forecasters: Sequence[Forecaster],
    *,
    data_simulated: bool,
    features: FeatureSettings,
    score: ScoreSettings,
    status: StatusSettings,
    everybody: Everybody = AT_HAND,
) -> Week:
    """Score every athlete under observation on a day, for each outcome.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract; nothing dated later than `as_of` is used. `unclear` (athlete,
        sentence) says of whom an entry could not be read, where it is there.
    rows : pandas.DataFrame
        Feature rows that include the day.
    as_of : pandas.Timestamp
        Day of the forecast.
    forecasters : sequence of Forecaster
        One per outcome.
    data_simulated : bool
        Whether the athletes are simulated.
    features, score, status
        Settings.
    everybody : Everybody
        What forecasts take from all athletes, where these are some of them.

    Raises
    ------
    StridecastError
        If a model of simulated runners is asked about real ones.
    """
    logged = logged_days(tables, as_of)
    runs = known_runs(tables, as_of)
    hurt = open_injuries(tables["injuries"], runs, as_of, features.injuries)
    states = status_on(tables, as_of, features, status, logged, hurt)
    known: dict[str, Any] = nothing_on_record()
    way_back: dict[str, dict[str, Any]] = {}
    context = ReasonContext(team=everybody.team)
    # A pass that only gathers the medians of the teams shows nothing beside the forecasts.
    if not everybody.team.takes_notes:
        known = on_record(tables, rows, logged, as_of, features)
        states, way_back = beside_states(tables, states, hurt, as_of, everybody.returns)
        spikes, complaints = _spikes(known["daily_load"], as_of), latest_complaints(tables, as_of)
        context = replace(context, spikes=spikes, complaints=complaints)
    results = [
        score_week(
            rows,
            forecaster,
            states,
            as_of,
            catalogue_of(features),
            data_simulated=data_simulated,
            context=context,
            settings=score,
        )
        for forecaster in forecasters
    ]
    return Week(
        scores=pd.concat([result.scores for result in results], ignore_index=True),
        reasons=pd.concat([result.reasons for result in results], ignore_index=True),
        blocks=pd.concat([result.blocks for result in results], ignore_index=True),
        way_back=way_back,
        **known,
    )


def _spikes(daily: pd.DataFrame, as_of: pd.Timestamp) -> dict[str, Spike]:
    if daily.empty:
        return {}
    latest = latest_spikes(daily, as_of)
    return {
        str(athlete): Spike(
            day=row["date"],
            run_km=float(row["longest_run_km"]),
            reference_km=float(row["reference_30d_km"]),
        )
        for athlete, row in latest.iterrows()
    }
