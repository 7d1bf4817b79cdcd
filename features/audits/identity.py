"""The identity audit: a feature that names the athlete lets a model learn people by heart."""

from collections.abc import Iterable
from typing import Annotated, Final

import numpy as np
import pandas as pd
from pydantic import BaseModel, ConfigDict, Field

from features.audits.result import Audit
from features.catalogue.entry import Feature

COLUMNS: Final = ["feature", "athletes", "different"]


class IdentitySettings(BaseModel):
    """When a feature is a name.

    Parameters
    ----------
    least_athletes : int
        With fewer athletes many an honest value is unique.
    highest_share : float
        The run stops if more than this share of the athletes has a value of its own that never
        changes, in a feature that is known in every row.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    least_athletes: Annotated[int, Field(ge=10)] = 20
    highest_share: Annotated[float, Field(gt=0, le=1)] = 0.95


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
