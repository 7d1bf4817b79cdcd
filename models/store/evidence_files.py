"""The artifact of evidence and scaled trees: two explicit files, readable by anyone.

`evidence.json` holds the posterior (terms, mean, covariance, counts), the affine calibration over
the sum of both parts, and the columns; `residual.txt` is LightGBM's own text, empty without trees.
Nothing is pickled.
"""

import hashlib
import json
from typing import Any

import numpy as np

from models.estimators.evidence_risk import EvidenceRisk
from models.evidence.export import content
from models.settings.risk import RiskSettings
from models.store.model_facts import EVIDENCE_FILE, RANGE_FILE, RESIDUAL_FILE, ModelFacts
from models.store.stack_files import revived_stack


def evidence_texts(model: EvidenceRisk) -> dict[str, str]:
    """Return the content of each file by name.

    Parameters
    ----------
    model : EvidenceRisk
        Fitted.
    """
    residual = model.residual_
    trees = "" if residual is None else residual.model_to_string(num_iteration=-1)
    description = {
        "evidence": content(model.evidence_),
        "calibration": {
            "intercept": model.calibration_.intercept,
            "slope": model.calibration_.slope,
        },
        "features": [str(name) for name in model.feature_names_in_],
        "trees": {"rung": model.rung_, "grown_on": list(model.grown_on_)},
        # The facts hold one digest of the model; this chains that of the trees to it.
        "residual_sha256": hashlib.sha256(trees.encode()).hexdigest(),
    }
    texts = {EVIDENCE_FILE: json.dumps(description, indent=1), RESIDUAL_FILE: trees}
    if model.spread_ is not None:
        texts[RANGE_FILE] = model.spread_.booster.model_to_string(num_iteration=-1)
    return texts


def revived_risk(description: dict[str, Any], residual: str, facts: ModelFacts) -> EvidenceRisk:
    """Return the model that :func:`evidence_texts` and its facts described, without its refits."""
    settings = facts.settings if isinstance(facts.settings, RiskSettings) else RiskSettings()
    model = EvidenceRisk(
        str(facts.outcome),
        settings,
        facts.monotone,
        facts.horizon_days,
        lead_days=facts.lead_days,
    )
    model.stack_ = revived_stack(description, residual)
    model.rung_ = str(description["trees"]["rung"])
    model.grown_on_ = model.stack_.grown_on
    model.spread_ = None
    model.feature_names_in_ = np.array(facts.features, dtype=object)
    model.classes_ = np.array([0, 1])
    model.base_rate_ = facts.base_rate
    model.out_of_fold_ = np.empty(0)
    model.fold_ = np.empty(0, dtype=np.int64)
    model.training_digest_ = facts.training_digest
    return model
