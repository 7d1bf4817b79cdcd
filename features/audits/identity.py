"""The identity audit: a feature that names the athlete lets a model learn people by heart."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from features.audits.result import Audit
from features.catalogue.audit_settings import IdentitySettings
from features.catalogue.entry import Feature

COLUMNS: Final = ["feature", "athletes", "different"]


def audit_identity(
    rows: pd.DataFrame, catalogue: Iterable[Feature], settings: IdentitySettings | None = None
) -> Audit:
    """Find features that are constant within each athlete and differ between nearly all.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete and features.
    catalogue : iterable of Feature
        Entries of the features.
    settings : IdentitySettings, optional
        None takes the defaults.

    Returns
    -------
    Audit
        The table holds the features that never change within an athlete.
    """
    settings = settings or IdentitySettings()
    names = [f.name for f in catalogue]
    groups = rows.groupby("athlete")[names]
    lowest, highest = groups.min(), groups.max()
    is_still = (lowest == highest).all() & rows[names].notna().all()
    still = [name for name in names if is_still[name]]
    different = np.array([lowest[name].nunique() for name in still], dtype=int)
    table = pd.DataFrame({"feature": still, "athletes": len(lowest), "different": different})
    many = len(lowest) >= settings.least_athletes
    caught = table[many & (table["different"] > settings.highest_share * len(lowest))]
    return Audit(caught.empty, _sentence(table, caught), table)


def _sentence(table: pd.DataFrame, caught: pd.DataFrame) -> str:
    if caught.empty:
        return f"no feature names the athlete ({len(table)} never change within one)."
    one = caught.iloc[0]
    return (
        f"{one['feature']} has {one['different']} different values among {one['athletes']} "
        "athletes and never changes within one: it is a name, not a measure. Leave it out."
    )
