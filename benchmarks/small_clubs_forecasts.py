"""The forecasts a small club could be given, by name."""

from collections.abc import Callable
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from forecasting.evidence.index import EvidenceIndex
from models.evidence.figures import Assumed, Coefficients, TermFigure, packaged
from models.evidence.model import EvidenceModel

Forecast = Callable[[pd.DataFrame, pd.DataFrame, str], np.ndarray | None]
"""From a club's rows with `event_any` and `event_knee`, unseen rows and the outcome to
probabilities; None where the club is too small for it."""

_NOTHING: Final = Assumed(mean=0.0, sd=1e-4)


def evidence(club: pd.DataFrame, late: pd.DataFrame, outcome: str) -> np.ndarray:
    """Forecast as the product does before it has a model of its own."""
    return _posterior(club, outcome, packaged()).predict_proba(late)[:, 1]


def own_rate(club: pd.DataFrame, late: pd.DataFrame, outcome: str) -> np.ndarray:
    """Forecast from level, hours and the athlete's own injuries alone."""
    return _posterior(club, outcome, _rates_alone()).predict_proba(late)[:, 1]


def index(club: pd.DataFrame, late: pd.DataFrame, outcome: str) -> np.ndarray:
    """Forecast by the fixed factors of the first build."""
    del club
    return np.asarray(EvidenceIndex(outcome).predict_proba(late)[:, 1])


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
            "terms": {name: _held(one) for name, one in figures.terms.items()},
            "knee_share": share.model_copy(
                update={"terms": {name: _held(one) for name, one in share.terms.items()}}
            ),
        }
    )


def _held(figure: TermFigure) -> TermFigure:
    return figure.model_copy(update={"studies": (), "assumed": _NOTHING})


FORECASTS: Final[dict[str, Forecast]] = {
    "evidence": evidence,
    "own_rate": own_rate,
    "index": index,
}
