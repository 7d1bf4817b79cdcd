"""The evidence model in the form a week is scored with, and where its forecasts come from."""

from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from common.language import N_, message, plural
from common.text.plain_words import number
from forecasting.forecaster import Forecaster
from models.evidence.model import EvidenceModel
from models.evidence.team import TeamEvidence
from models.evidence.verified import LEAST_EVENTS, Verified

BASE_RATE: Final = N_("base rate for everyone")
PUBLISHED: Final = N_("published evidence")
"""The label stays the same while the model learns, so that weeks can be compared."""


def evidence_forecaster(team: TeamEvidence, outcome: str) -> Forecaster:
    """Return the forecaster of an outcome after what a team's own weeks have taught it.

    Parameters
    ----------
    team : TeamEvidence
        Posterior of each outcome and the team's recent weeks.
    outcome : str
        ``any`` or ``knee``.

    Raises
    ------
    StridecastError
        If there is no published incidence of the outcome.
    """
    if outcome not in team.models:
        raise StridecastError(
            f"no published incidence is at hand for the outcome {outcome!r}",
            "it is forecast once a model of its own is trained; leave it out until then",
        )
    model, verified = team.models[outcome], team.verified.get(outcome)
    # On the team's own past these forecasts did worse than one number for all: then one number.
    if verified is not None and verified.steps_back:
        return _base_rate_for_everyone(team, outcome, verified)
    return Forecaster(
        label=PUBLISHED,
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
        origin=" ".join(_origin_sentences(origin_sentence(model, team.recent), verified)),
    )


def origin_sentence(model: EvidenceModel, recent: pd.DataFrame) -> str:
    """Return where the forecasts come from, for a coach.

    Examples
    --------
    >>> origin_sentence(EvidenceModel.published(), pd.DataFrame()).split(".")[0]
    'The forecasts rest on published studies alone'
    """
    counts, percent = model.counts, team_percent(model, recent)
    if counts.rows == 0:
        return message(
            "The forecasts rest on published studies alone. Nothing has been learnt from the "
            "records of this team yet."
        )
    return plural(
        "{rest} % published evidence, {percent} % your own {count} injury in {weeks} "
        "athlete-weeks.",
        "{rest} % published evidence, {percent} % your own {count} injuries in {weeks} "
        "athlete-weeks.",
        counts.events,
        rest=100 - percent,
        weeks=number(counts.rows, 0),
        percent=percent,
    )


def trained_sentence(model: EvidenceModel, recent: pd.DataFrame, *, trees: float) -> str:
    """Return where the forecasts of a trained model come from, for a coach.

    Parameters
    ----------
    model : EvidenceModel
        The posterior it rests on.
    recent : pandas.DataFrame
        Feature rows of those who are forecast; empty says nothing of shares.
    trees : float
        How much of the differences between rows decision trees make, 0 to 1: these know nothing
        but the data.
    """
    counts = model.counts
    if recent.empty:
        return ""
    # Trees know nothing but the data, so their whole part counts as learnt.
    percent = round(100 - (100 - team_percent(model, recent)) * (1 - trees))
    text = plural(
        "{rest} % published evidence, {percent} % the {count} injury in {weeks} athlete-weeks "
        "that the model learnt from.",
        "{rest} % published evidence, {percent} % the {count} injuries in {weeks} athlete-weeks "
        "that the model learnt from.",
        counts.events,
        rest=100 - percent,
        weeks=number(counts.rows, 0),
        percent=percent,
    )
    if not trees:
        return text
    return (
        f"{text} {message('Decision trees, which learn from the data alone, have a part in it.')}"
    )


def verified_sentence(verified: Verified) -> str:
    """Return whether the forecasts beat the base rate on the team's own past, for a coach.

    Each quarter was forecast from what came before it; see :mod:`models.evidence.verified`.
    """
    figures = {"weeks": number(verified.rows, 0)}
    if verified.events < LEAST_EVENTS:
        return plural(
            "Your verified weeks hold {count} injury. At least {least} are needed to tell "
            "whether the forecasts are better than the base rate for everyone.",
            "Your verified weeks hold {count} injuries. At least {least} are needed to tell "
            "whether the forecasts are better than the base rate for everyone.",
            verified.events,
            least=LEAST_EVENTS,
        )
    if verified.beats_base_rate:
        return plural(
            "On your own {count} injury of {weeks} athlete-weeks the forecasts did better than the "
            "base rate for everyone.",
            "On your own {count} injuries of {weeks} athlete-weeks the forecasts did better than "
            "the base rate for everyone.",
            verified.events,
            **figures,
        )
    return plural(
        "On your own {count} injury of {weeks} athlete-weeks it cannot be told whether the "
        "forecasts are better or worse than the base rate for everyone.",
        "On your own {count} injuries of {weeks} athlete-weeks it cannot be told whether the "
        "forecasts are better or worse than the base rate for everyone.",
        verified.events,
        **figures,
    )


def _origin_sentences(origin: str, verified: Verified | None) -> list[str]:
    return [origin] if verified is None else [origin, verified_sentence(verified)]


def step_back_sentence(verified: Verified) -> str:
    """Return why everybody gets the base rate."""
    return plural(
        "On your own {count} injury of {weeks} athlete-weeks these forecasts did worse than the "
        "base rate for everyone. Until they do better, everyone gets the base rate.",
        "On your own {count} injuries of {weeks} athlete-weeks these forecasts did worse than "
        "the base rate for everyone. Until they do better, everyone gets the base rate.",
        verified.events,
        weeks=number(verified.rows, 0),
    )


def _base_rate_for_everyone(team: TeamEvidence, outcome: str, verified: Verified) -> Forecaster:
    model, rate = team.models[outcome], verified.base_rate
    return Forecaster(
        label=BASE_RATE,
        outcome=outcome,
        base_rate=rate,
        simulated=False,
        predict_proba=lambda rows: np.tile([1 - rate, rate], (len(rows), 1)),
        # The same columns, all 0: nothing moved this forecast, and the page needs the shape.
        contributions=lambda rows: model.contributions(rows) * 0.0,
        origin=step_back_sentence(verified),
    )


def team_percent(model: EvidenceModel, recent: pd.DataFrame) -> int:
    """Return how much of the forecasts rests on the team's own weeks, in percent."""
    if model.counts.rows == 0 or recent.empty:
        return 0
    return round(100 * (1 - model.share_from_evidence(recent)))


def _probability(log_odds: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-log_odds)))
