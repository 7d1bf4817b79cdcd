"""Which diagnosis a knee injury is likely to be: counted shares, shrunk to the published ones."""

from collections.abc import Mapping
from typing import Final

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from common.vocabulary import KNEE_DIAGNOSES

OTHER: Final = "other_knee"

# Percent of all running injuries (Taunton 2002, n = 2,002; shares from memory, SCIENCE.md): knee
# 42 in all. Quadriceps tendinopathy has no share of its own there and starts at 0, within `other`.
_KNEE: Final = 42.0
_NAMED: Final = {
    "pfps": 16.5,
    "itbs": 8.4,
    "patellar_tendinopathy": 4.8,
    "quadriceps_tendinopathy": 0.0,
}
PUBLISHED: Final[dict[str, float]] = {
    **{name: share / _KNEE for name, share in _NAMED.items()},
    OTHER: 1 - sum(_NAMED.values()) / _KNEE,
}
"""Share of knee injuries by diagnosis; sums to 1."""


class ShareSettings(BaseModel):
    """How strongly counts are drawn towards the published shares.

    Parameters
    ----------
    worth : float
        Number of diagnosed knee injuries that the published shares are worth.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    worth: float = Field(default=50.0, gt=0)


def diagnosis_shares(
    diagnoses: pd.Series,
    settings: ShareSettings | None = None,
    published: Mapping[str, float] = PUBLISHED,
) -> pd.Series:
    """Return the share of each knee diagnosis, (count + worth * published) / (n + worth).

    The posterior mean of a Dirichlet prior centred on the published shares.

    Parameters
    ----------
    diagnoses : pandas.Series of str
        Diagnosis of each knee injury; unknown ones are left out, diagnoses that are none of the
        four count as ``other_knee``.
    settings : ShareSettings, optional
        None takes the defaults.
    published : mapping of str to float
        Shares to shrink to; sum to 1.

    Returns
    -------
    pandas.Series
        Share by diagnosis, in the order of `published`; sums to 1.
    """
    worth = (settings or ShareSettings()).worth
    known = diagnoses[diagnoses.notna() & (diagnoses != "unknown")]
    named = known.where(known.isin(KNEE_DIAGNOSES), OTHER)
    prior = pd.Series(dict(published), dtype=float)
    counts = named.value_counts().reindex(prior.index, fill_value=0)
    return (counts + worth * prior) / (len(known) + worth)
