"""From the two files of an artifact to the parts that score: all that a server needs."""

from typing import Any

import lightgbm as lgb

from models.estimators.booster_calibration import Calibration
from models.estimators.evidence_stack import EvidenceStack
from models.evidence.export import revived


def revived_stack(description: dict[str, Any], residual: str) -> EvidenceStack:
    """Return the parts that `evidence.json` and `residual.txt` describe.

    Parameters
    ----------
    description : dict
        Content of `evidence.json`.
    residual : str
        LightGBM's text; empty without trees.

    Raises
    ------
    StridecastError
        If the posterior was made of other coefficients than this version has.
    """
    calibration = description["calibration"]
    return EvidenceStack(
        evidence=revived(description["evidence"]),
        residual=lgb.Booster(model_str=residual) if residual else None,
        grown_on=tuple(description["trees"]["grown_on"]),
        calibration=Calibration(float(calibration["intercept"]), float(calibration["slope"])),
        names=tuple(description["features"]),
    )
