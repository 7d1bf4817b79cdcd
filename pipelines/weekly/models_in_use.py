"""Which model scores a dataset: its champion, and what stands in before the first promotion."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from common.errors import StridecastError
from common.language import message
from common.settings_errors import settings_error
from common.store import read_json
from features.catalogue.settings import FeatureSettings
from features.injuries.settings import InjuryRules
from models.evidence.model import OUTCOMES as PUBLISHED
from models.settings.outcomes import OutcomeSettings
from models.store.champion import champion_folder
from models.store.model_facts import FACTS_FILE, MODEL_FILES, read_facts
from pipelines.runtime.workspace import FEATURE_SETTINGS_FILE, Workspace

Origin = Literal["champion", "trained", "evidence"]


@dataclass(frozen=True)
class ModelInUse:
    """The model of one outcome.

    Parameters
    ----------
    outcome : str
        ``any`` or ``knee``.
    origin : {"champion", "trained", "evidence"}
        Promoted; trained on simulated runners and not promoted; or published evidence, for which
        there is no model file.
    folder : pathlib.Path
        Where the model's files lie; without any for published evidence.
    features : FeatureSettings
        What its features are made with.
    """

    outcome: str
    origin: Origin
    folder: Path
    features: FeatureSettings


def models_in_use(
    workspace: Workspace, outcomes: Iterable[str], default: FeatureSettings | None = None
) -> dict[str, ModelInUse]:
    """Return the model of each outcome.

    The champion, if there is one. Before the first promotion a model of simulated runners scores
    simulated runners (and refuses real ones); a model of real runners has to pass its gates first,
    and until then published evidence scores.

    Parameters
    ----------
    workspace : Workspace
        Paths of the dataset.
    outcomes : iterable of str
        Outcomes.
    default : FeatureSettings, optional
        Settings where no model brings its own.

    Raises
    ------
    StridecastError
        If a champion's file was changed after its promotion.
    """
    places = {name: _located(workspace, name) for name in outcomes}
    own = [read_settings(folder) for _, folder in places.values()]
    # Published evidence takes the settings of a model beside it: one matrix serves both.
    stand_in = next(
        (settings for settings in own if settings is not None), default or FeatureSettings()
    )
    return {
        name: ModelInUse(name, origin, folder, settings or stand_in)
        for (name, (origin, folder)), settings in zip(places.items(), own, strict=True)
    }


def forecastable(
    workspace: Workspace, models: Mapping[str, ModelInUse]
) -> tuple[dict[str, ModelInUse], list[str]]:
    """Return the outcomes that can be forecast, and a sentence for each of the others.

    An outcome with too few injuries for a model of its own, and of which no published incidence is
    at hand, is left out alone; it takes no other outcome with it.

    Raises
    ------
    StridecastError
        If none is left.
    """
    # Half a model counts as a model: loading it fails with a clear error; left out it is silent.
    in_use = {n: model for n, model in models.items() if n in PUBLISHED or _has_file(model.folder)}
    left_out = [_left_out(workspace, name) for name in models if name not in in_use]
    if not in_use:
        raise StridecastError(
            f"nothing can be forecast: {'; '.join(left_out)}", "add `any` to the outcomes"
        )
    return in_use, left_out


def _has_file(folder: Path) -> bool:
    return any((folder / name).exists() for name in (FACTS_FILE, *MODEL_FILES))


def _left_out(workspace: Workspace, outcome: str) -> str:
    size = workspace.model(outcome) / "sample_size.json"
    if not size.exists():
        return message(
            "{outcome} is not forecast: there is no model for it and no published rate of such "
            "injuries",
            outcome=outcome,
        )
    return message(
        "{outcome} is not forecast: {events} injuries in the training part are too few for a "
        "model, and there is no published rate of such injuries",
        outcome=outcome, events=read_json(size)["events"],
    )  # fmt: skip


def read_settings(folder: Path) -> FeatureSettings | None:
    """Return the settings a model's features were made with; None where there is no model."""
    path = folder / FEATURE_SETTINGS_FILE
    if not path.exists():
        return None
    try:
        return FeatureSettings.model_validate(read_json(path))
    except ValidationError as error:
        raise settings_error(str(path), error, FeatureSettings) from None


def injury_rules(models: Mapping[str, ModelInUse]) -> InjuryRules:
    """Return how injury reports are counted: as the first of the models was told."""
    return next(iter(models.values())).features.injuries


def model_horizon(models: Mapping[str, ModelInUse], default: int | None = None) -> int:
    """Return the horizon the models were trained for, in days.

    Raises
    ------
    StridecastError
        If they were trained for different ones: a page has one.
    """
    horizons = {
        name: read_facts(model.folder).horizon_days
        for name, model in models.items()
        if (model.folder / FACTS_FILE).exists()
    }
    if len(set(horizons.values())) > 1:
        by_model = ", ".join(f"{name} {days} days" for name, days in horizons.items())
        raise StridecastError(
            f"the models in use forecast different horizons: {by_model}",
            "promote models of one horizon",
        )
    return next(iter(horizons.values()), default or OutcomeSettings().horizon_days)


def _located(workspace: Workspace, outcome: str) -> tuple[Origin, Path]:
    champion = champion_folder(workspace.champion(outcome))
    if champion is not None:
        return "champion", champion
    trained = workspace.model(outcome)
    if (trained / FACTS_FILE).exists() and read_facts(trained).simulated:
        return "trained", trained
    return "evidence", workspace.champion(outcome)
