"""The prior: a normal over the coefficients, made of the published figures."""

from typing import Final

import numpy as np

from models.evidence.exposure import OTHER_LEVELS
from models.evidence.figures import Coefficients
from models.evidence.gaussian import Gaussian
from models.evidence.hazard import FIXED
from models.evidence.terms import KNEE_TERMS, TERMS

SHARE: Final = "share"
_TINY: Final = 1e-6


def hazard_prior(figures: Coefficients) -> Gaussian:
    """Return the prior of the hazard's coefficients.

    The terms' means share a factor: b = s m + own deviation with s ~ N(trust_mean, trust_sd), so
    that a team whose data speak against some published effects trusts the others less as well.
    """
    pairs = [figures.terms[term.name].prior(figures.between_study_sd) for term in TERMS]
    published = np.array([mean for mean, _ in pairs])
    # A spread of exactly 0 would make the covariance singular, which cannot be inverted.
    levels = [max(figures.baseline.levels[name].sd, _TINY) for name in OTHER_LEVELS]
    exposure, own = figures.exposure, figures.own_rate
    fixed_mean = [0.0] * (1 + len(levels)) + [exposure.mean, own.power_mean]
    fixed_sd = [figures.baseline.level_sd, *levels, exposure.sd, own.power_sd]
    spread = np.array(fixed_sd + [sd for _, sd in pairs])
    shared = np.append(np.zeros(len(FIXED)), published)
    return Gaussian(
        names=(*FIXED, *(term.name for term in TERMS)),
        mean=np.append(fixed_mean, figures.trust_mean * published),
        # The outer product is the shared factor; the fixed part has 0 there, no study is trusted
        # for it.
        covariance=np.diag(spread**2) + figures.trust_sd**2 * np.outer(shared, shared),
    )


def share_prior(figures: Coefficients) -> Gaussian:
    """Return the prior of the coefficients of the knee's share of injuries (log-odds)."""
    share = figures.knee_share
    pairs = [share.terms[term.name].prior(figures.between_study_sd) for term in KNEE_TERMS]
    level = float(np.log(share.value / (1 - share.value)))
    return Gaussian(
        names=(SHARE, *(term.name for term in KNEE_TERMS)),
        mean=np.array([level, *(mean for mean, _ in pairs)]),
        covariance=np.diag([share.sd**2, *(sd**2 for _, sd in pairs)]),
    )
