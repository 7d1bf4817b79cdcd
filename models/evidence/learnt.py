"""The evidence model after training rows."""

import pandas as pd

from models.evidence.model import DAYS_PER_WEEK, KNEE, EvidenceModel


def learnt_evidence(
    outcome: str,
    rows: pd.DataFrame,
    event: pd.Series,
    related: pd.Series,
    athletes: pd.Series,
    horizon_days: int = DAYS_PER_WEEK,
) -> EvidenceModel:
    """Return the posterior of the evidence model given training rows.

    Parameters
    ----------
    outcome : str
        ``any`` or ``knee``.
    rows : pandas.DataFrame of shape (n, ...)
        Feature rows of weeks at risk.
    event : pandas.Series of shape (n,)
        1 where a new injury of the outcome followed, else 0.
    related : pandas.Series of shape (n,)
        1 where a new injury of any region followed, else 0.
    athletes : pandas.Series of shape (n,)
        Whose rows they are.
    horizon_days : int
        Length of the outcome window.
    """
    # For any injury nobody asks for the share: what it learns from these zeros is never read.
    knee = event if outcome == KNEE else event * 0.0
    start = EvidenceModel.published(outcome, None, horizon_days)
    return start.updated(rows, related, knee, athletes)
