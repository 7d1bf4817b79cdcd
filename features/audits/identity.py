"""The identity audit: a feature that names the athlete lets a model learn people by heart."""

from collections.abc import Collection, Iterable

import numpy as np
import pandas as pd

from features.audits.result import Audit
from features.catalogue.audit_settings import IdentitySettings
from features.catalogue.entry import Feature


def audit_identity(
    rows: pd.DataFrame,
    catalogue: Iterable[Feature],
    settings: IdentitySettings | None = None,
    measures: Collection[str] = (),
) -> Audit:
    """Find features that are constant within each athlete and differ between nearly all.

    A measure that was taken once of everybody (one weigh-in, hence one body mass index) is no name.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete and features.
    catalogue : iterable of Feature
        Entries of the features.
    settings : IdentitySettings, optional
        None takes the defaults.
    measures : collection of str
        Features that are known to be measures: those of the catalogue.

    Returns
    -------
    Audit
        The table holds the features that never change within an athlete.
    """
    settings = settings or IdentitySettings()
    names = [f.name for f in catalogue]
    groups = rows.groupby("athlete")[names]
    lowest, highest = groups.min(), groups.max()
    # Known in every row: what is missing for many names nobody.
    is_still = (lowest == highest).all() & rows[names].notna().all()
    still = [name for name in names if is_still[name]]
    different = np.array([lowest[name].nunique() for name in still], dtype=int)
    table = pd.DataFrame({"feature": still, "athletes": len(lowest), "different": different})
    # Among few athletes nearly every measure differs between all of them.
    many = len(lowest) >= settings.least_athletes
    own = table["feature"].isin(list(measures))
    caught = table[many & ~own & (table["different"] > settings.highest_share * len(lowest))]
    return Audit(caught.empty, _sentence(table, caught), table)


def _sentence(table: pd.DataFrame, caught: pd.DataFrame) -> str:
    if caught.empty:
        return f"no feature names the athlete ({len(table)} never change within one)."
    case = caught.iloc[0]
    return (
        f"{case['feature']} has {case['different']} different values among {case['athletes']} "
        "athletes and never changes within one: it is a name, not a measure. Leave it out."
    )
