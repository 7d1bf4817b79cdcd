"""The model that a run stands for, unfitted and fitted.

Where there are published figures of the outcome, evidence and trees, weighed; for an
outcome of one's own, trees alone.
"""

import pandas as pd

from features.catalogue.entry import Feature
from models.estimators.evidence_risk import EvidenceRisk
from models.estimators.risk import RiskModel
from models.evidence.model import OUTCOMES
from pipelines.runtime.params import Params
from pipelines.stage_parts.model_features import tree_features

MainModel = RiskModel | EvidenceRisk


def main_model(params: Params, outcome: str, entries: tuple[Feature, ...]) -> MainModel:
    """Return the unfitted model of an outcome.

    Parameters
    ----------
    params : Params
        Settings.
    outcome : str
        What is forecast.
    entries : tuple of Feature
        Columns of the model (:func:`pipelines.stage_parts.model_features.model_features`).
    """
    if outcome not in OUTCOMES:
        return RiskModel.of_catalogue(entries, params.risk)
    trees = {f.name for f in tree_features(params, outcome)}
    used = tuple(f.name for f in entries if f.name in trees)
    window = params.outcome
    return EvidenceRisk.of_catalogue(
        outcome, entries, params.risk, window.horizon_days, used, window.lead_days
    )


def fit_main(model: MainModel, x: pd.DataFrame, rows: pd.DataFrame) -> MainModel:
    """Fit a model and return it.

    Parameters
    ----------
    model : RiskModel or EvidenceRisk
        Unfitted.
    x : pandas.DataFrame of shape (n, k)
        Features.
    rows : pandas.DataFrame of shape (n, ...)
        athlete, date, event, related; and fold, if folds are given.
    """
    y, who, related = rows["event"], rows["athlete"], rows["related"]
    folds = rows["fold"] if "fold" in rows.columns else None
    if isinstance(model, EvidenceRisk):
        return model.fit(x, y, who, dates=rows["date"], related=related, folds=folds)
    return model.fit(x, y, who, related=related, folds=folds)
