"""The evidence model as plain content: terms, mean, covariance, counts; no row, name or date.

What a team has taught can be kept, or given to a later version that starts from several clubs.
"""

from typing import Any, Final

import numpy as np

from common.errors import StridecastError
from models.evidence.figures import Coefficients, packaged
from models.evidence.gaussian import Gaussian
from models.evidence.model import Counts, EvidenceModel
from models.evidence.scaling import Scaling

FORMAT: Final = 1
FILE: Final = "evidence.json"
_DIGITS: Final = 12


def content(model: EvidenceModel) -> dict[str, Any]:
    """Return everything the model is made of, as plain values."""
    counts = model.counts
    return {
        "format": FORMAT,
        "figures_version": model.figures.version,
        "figures_sha256": model.figures.digest,
        "outcome": model.outcome,
        "horizon_days": model.horizon_days,
        "hazard": _rounded(model.hazard),
        "share": _rounded(model.share),
        "centres": _centres(model.scaling),
        "share_centres": _centres(model.share_scaling),
        "counts": {
            "rows": counts.rows,
            "events": counts.events,
            "athletes": counts.athletes,
            "knee": counts.knee,
        },
    }


def revived(entry: dict[str, Any], figures: Coefficients | None = None) -> EvidenceModel:
    """Return the model that :func:`content` described.

    Raises
    ------
    StridecastError
        If it was made of other coefficients than this version has.
    """
    coefficients = figures or packaged()
    plain = EvidenceModel.published(entry["outcome"], coefficients, int(entry["horizon_days"]))
    hazard, share = Gaussian.revived(entry["hazard"]), Gaussian.revived(entry["share"])
    has_same_terms = (hazard.names, share.names) == (plain.hazard.names, plain.share.names)
    # Of the same terms as well: in another unit an old coefficient is another effect.
    if not (has_same_terms and _is_made_of(coefficients, entry)):
        raise StridecastError(
            f"{FILE}: made of other coefficients (version {entry['figures_version']}) than this "
            f"version of the product has (version {coefficients.version})",
            "train again",
        )
    return EvidenceModel(
        outcome=plain.outcome,
        hazard=hazard,
        share=share,
        scaling=_centred(plain.scaling, entry["centres"]),
        share_scaling=_centred(plain.share_scaling, entry["share_centres"]),
        figures=coefficients,
        counts=Counts(**entry["counts"]),
        horizon_days=plain.horizon_days,
    )


def _is_made_of(figures: Coefficients, entry: dict[str, Any]) -> bool:
    # Earlier versions wrote no digest: of these the number of the figures has to do.
    digest = entry.get("figures_sha256", figures.digest)
    return bool(entry["figures_version"] == figures.version and digest == figures.digest)


def _rounded(of: Gaussian) -> dict[str, Any]:
    """Return the content rounded: processors that differ in last digits write the same file."""
    plain = Gaussian(of.names, np.round(of.mean, _DIGITS), np.round(of.covariance, _DIGITS))
    return plain.content()


def _centres(scaling: Scaling) -> dict[str, float]:
    pairs = zip(scaling.terms, scaling.centres, strict=True)
    return {term.name: float(centre) for term, centre in pairs}


def _centred(scaling: Scaling, centres: dict[str, float]) -> Scaling:
    own = tuple(float(centres[term.name]) for term in scaling.terms)
    return Scaling(scaling.terms, scaling.figures, own)
