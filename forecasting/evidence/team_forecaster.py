"""The evidence model in the form a week is scored with, and where its forecasts come from."""

from typing import Final

import numpy as np
import pandas as pd

from forecasting.forecaster import Floats, Forecaster
from models.evidence.model import EvidenceModel
from models.evidence.team import TeamEvidence

PUBLISHED: Final = "published evidence"


def evidence_forecaster(team: TeamEvidence, outcome: str) -> Forecaster:
    """Return the forecaster of an outcome after what a team's own weeks have taught it.

    Parameters
    ----------
    team : TeamEvidence
        Posterior of each outcome and the team's recent weeks.
    outcome : str
        ``any`` or ``knee``.
    """
    model = team.models[outcome]
    return Forecaster(
        label=evidence_label(model, team.recent),
        outcome=outcome,
        base_rate=team.expected_rate(outcome),
        simulated=False,
        predict_proba=model.predict_proba,
        contributions=model.contributions,
        range_=model.range_,
        usual=lambda rows: _probability(model.usual_log_odds(rows)),
        population_rate=EvidenceModel.published(
            outcome, model.figures, model.horizon_days
        ).reference_probability,
        origin=origin_sentence(model, team.recent),
    )


def evidence_label(model: EvidenceModel, recent: pd.DataFrame) -> str:
    """Return how the page names the model: published evidence, and the team's part in it.

    Examples
    --------
    >>> evidence_label(EvidenceModel.published(), pd.DataFrame())
    'published evidence'
    """
    percent = team_percent(model, recent)
    if model.counts.rows == 0 or percent == 0:
        return PUBLISHED
    return f"{PUBLISHED} {100 - percent} %, {_injuries(model.counts.events)} {percent} %"


def origin_sentence(model: EvidenceModel, recent: pd.DataFrame) -> str:
    """Return where the forecasts come from, for a coach.

    Examples
    --------
    >>> origin_sentence(EvidenceModel.published(), pd.DataFrame())
    'The forecasts rest on published studies alone: nothing of this team was learnt from yet.'
    """
    counts = model.counts
    if counts.rows == 0:
        return (
            "The forecasts rest on published studies alone: nothing of this team was learnt from "
            "yet."
        )
    percent = team_percent(model, recent)
    return (
        f"How much comes from where: published evidence {100 - percent} %, "
        f"{_injuries(counts.events)} in {counts.rows:,} athlete-weeks of {counts.athletes} "
        f"athletes {percent} %."
    )


def team_percent(model: EvidenceModel, recent: pd.DataFrame) -> int:
    """Return how much of the forecasts rests on the team's own weeks, in percent."""
    if model.counts.rows == 0 or recent.empty:
        return 0
    return round(100 * (1 - model.share_from_evidence(recent)))


def _injuries(number: int) -> str:
    return f"your {number} {'injury' if number == 1 else 'injuries'}"


def _probability(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))
