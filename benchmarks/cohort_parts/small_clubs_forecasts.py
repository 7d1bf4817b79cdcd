"""The forecasts a small club could be given, by name."""

from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from features.catalogue.core import CORE
from features.matrix import catalogue
from models.comparators.logistic import LogisticRisk
from models.estimators.evidence_risk import EvidenceRisk
from models.estimators.risk import RiskModel
from models.evidence.figures import Assumed, Coefficients, TermFigure, packaged
from models.evidence.model import EvidenceModel
from models.sampling.folds import AthleteFolds

Forecast = Callable[[pd.DataFrame, pd.DataFrame, str], np.ndarray | None]
"""From a club's rows with `event_any` and `event_knee`, unseen rows and the outcome to
probabilities; None where the club is too small for it."""

LEAST_EVENTS: Final = 20
"""Events from which a model without a prior is tried."""

# A spread of exactly 0 is refused by the figures, and could not be inverted.
_NOTHING: Final = Assumed(mean=0.0, sd=1e-4)


def evidence(club: pd.DataFrame, late: pd.DataFrame, outcome: str) -> np.ndarray:
    """Forecast as the product does before it has a model of its own."""
    return _posterior(club, outcome, packaged()).predict_proba(late)[:, 1]


def own_rate(club: pd.DataFrame, late: pd.DataFrame, outcome: str) -> np.ndarray:
    """Forecast from level, hours and the athlete's own injuries alone."""
    return _posterior(club, outcome, _rates_alone()).predict_proba(late)[:, 1]


def evidence_trees(club: pd.DataFrame, late: pd.DataFrame, outcome: str) -> np.ndarray | None:
    """Forecast by evidence and trees, weighed; by the evidence alone where trees give nothing."""
    if club.empty:
        return None
    columns = _columns(club)
    directions = {f.name: f.monotone for f in catalogue() if f.monotone}
    model = EvidenceRisk(outcome, None, directions)
    model.fit(
        club[columns],
        club[f"event_{outcome}"],
        club["athlete"],
        dates=club["date"],
        related=club["event_any"],
    )
    return model.predict_proba(late)[:, 1]


def booster(club: pd.DataFrame, late: pd.DataFrame, outcome: str) -> np.ndarray | None:
    """Forecast by LightGBM alone, with the settings of the product's risk model."""
    if club.empty or club[f"event_{outcome}"].sum() < LEAST_EVENTS:
        return None
    # The core, as the product trains: all columns would make LightGBM look worse than it is.
    columns = [name for name in _columns(club) if name in CORE]
    model = RiskModel.of_catalogue(f for f in catalogue() if f.name in CORE)
    model.fit(
        club[columns],
        club[f"event_{outcome}"],
        club["athlete"],
        related=club["event_any"],
    )
    return model.predict_proba(late)[:, 1]


def logistic(club: pd.DataFrame, late: pd.DataFrame, outcome: str) -> np.ndarray | None:
    """Forecast by ridge logistic regression on every feature that is known of somebody."""
    if club.empty or club[f"event_{outcome}"].sum() < LEAST_EVENTS:
        return None
    columns = _columns(club)
    model = LogisticRisk()
    model.fit(club[columns], club[f"event_{outcome}"], groups=club["athlete"], folds=_folds(club))
    return np.asarray(model.predict_proba(late)[:, 1])


def _columns(club: pd.DataFrame) -> list[str]:
    return [f.name for f in catalogue() if f.name in club and club[f.name].notna().any()]


def _folds(club: pd.DataFrame) -> np.ndarray:
    return AthleteFolds(5).assign(club["athlete"], club["event_any"])


def _posterior(club: pd.DataFrame, outcome: str, figures: Coefficients) -> EvidenceModel:
    model = EvidenceModel.published(outcome, figures)
    if club.empty:
        return model
    return model.updated(club, club["event_any"], club["event_knee"], club["athlete"])


@cache
def _rates_alone() -> Coefficients:
    """Return published figures with every term held at nothing."""
    figures = packaged()
    share = figures.knee_share
    return figures.model_copy(
        update={
            "terms": {name: _held_fixed(term) for name, term in figures.terms.items()},
            "knee_share": share.model_copy(
                update={"terms": {name: _held_fixed(term) for name, term in share.terms.items()}}
            ),
        }
    )


def _held_fixed(figure: TermFigure) -> TermFigure:
    return figure.model_copy(update={"studies": (), "assumed": _NOTHING})


FORECASTS: Final[dict[str, Forecast]] = {
    "evidence": evidence,
    "own_rate": own_rate,
    "evidence_trees": evidence_trees,
    "booster": booster,
    "logistic": logistic,
}
