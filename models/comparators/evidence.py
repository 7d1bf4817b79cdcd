"""The evidence model beside a trained one: published figures alone, and after the training rows."""

import numpy as np
import pandas as pd

from common.arrays import Floats
from models.comparators.names import EVIDENCE_MODEL, PUBLISHED_EVIDENCE
from models.evidence.learnt import learnt_evidence
from models.evidence.model import OUTCOMES, EvidenceModel


def evidence_probabilities(
    outcome: str, horizon_days: int, test: pd.DataFrame, train: pd.DataFrame | None = None
) -> dict[str, Floats]:
    """Return the forecasts of rows by name; nothing for an outcome without published figures.

    Parameters
    ----------
    outcome : str
        What is forecast.
    horizon_days : int
        Length of the outcome window.
    test : pandas.DataFrame of shape (n, ...)
        Feature rows that are forecast.
    train : pandas.DataFrame, optional
        Feature rows with athlete, `event` and `related`; without any the published figures stand
        alone.
    """
    # No published incidence, no forecast: one of another region would stand in the table as if it
    # were.
    if outcome not in OUTCOMES:
        return {}
    published = EvidenceModel.published(outcome, None, horizon_days)
    forecasts = {PUBLISHED_EVIDENCE: published.predict_proba(test)[:, 1]}
    if train is not None and len(train):
        labels_and_groups = (train["event"], train["related"], train["athlete"])
        learnt = learnt_evidence(outcome, train, *labels_and_groups, horizon_days)
        forecasts[EVIDENCE_MODEL] = learnt.predict_proba(test)[:, 1]
    return {name: np.asarray(p, dtype=np.float64) for name, p in forecasts.items()}
