"""Who belongs to which subgroup: apart from measures, which the model card would load with them."""

from typing import Final

import numpy as np
import pandas as pd

AGES: Final = (0, 30, 40, 50, 200)
HISTORY: Final = "injuries_12m"
"""Feature that tells whether an athlete was injured in the year before."""


def athlete_groups(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the subgroups of rows: sex, age group, level, and history of injury.

    Parameters
    ----------
    rows : pandas.DataFrame
        date, sex, birth_year, level, and injuries_12m where that feature exists.

    Returns
    -------
    pandas.DataFrame
        One column of labels per variable, index of `rows`; "unknown" where nobody said.
    """
    years = rows["date"].dt.year - rows["birth_year"].astype(float)
    ages = [f"under {AGES[1]}", f"{AGES[1]}-{AGES[2] - 1}", f"{AGES[2]}-{AGES[3] - 1}"]
    labels = [*ages, f"{AGES[3]} and over"]
    groups = {
        "sex": rows["sex"],
        "age": pd.cut(years, list(AGES), right=False, labels=labels),
        "level": rows["level"],
    }
    if HISTORY in rows:
        past = rows[HISTORY].astype(float)
        # What nobody wrote down stays apart: it is not the same as no injury.
        named = np.where(past > 0, "injured in the last 12 months", "not injured in 12 months")
        groups["history"] = pd.Series(np.where(past.isna(), "unknown", named), index=rows.index)
    return pd.DataFrame({n: g.astype("str").fillna("unknown") for n, g in groups.items()})
