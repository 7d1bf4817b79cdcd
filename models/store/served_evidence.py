"""What MLflow loads to serve a model of evidence and trees.

MLflow runs this file (models from code); `artifacts` names `evidence.json` and `residual.txt`.
"""

import json
from collections.abc import Mapping
from pathlib import Path

from mlflow.models import set_model

from models.estimators.evidence_stack import EvidenceStack
from models.store.served_model import ServedModel
from models.store.stack_files import revived_stack


class ServedEvidence(ServedModel):
    """Published evidence, what the team's weeks taught it, and the trees on top."""

    def read(self, artifacts: Mapping[str, str]) -> EvidenceStack:
        """Read the description and the booster's text."""
        description = json.loads(Path(artifacts["evidence"]).read_text(encoding="utf-8"))
        return revived_stack(description, Path(artifacts["residual"]).read_text(encoding="utf-8"))


set_model(ServedEvidence())
