"""The duplicate audit: the same training under two names or in two parts of the data."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from features.audits.result import Audit
from features.catalogue.audit_settings import DuplicateSettings
from features.catalogue.entry import Feature

KEYS: Final = ["athlete", "date"]


def audit_duplicates(
    rows: pd.DataFrame,
    catalogue: Iterable[Feature],
    part: pd.Series | None = None,
    settings: DuplicateSettings | None = None,
) -> Audit:
    """Find rows of different athletes, or of different parts, with identical load features.

    What was trained is compared, bit for bit, null equal to null; who the athlete is is not, so
    that one person registered twice with two birth years is found. Without load features all are.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, date and features.
    catalogue : iterable of Feature
        Entries of the features.
    part : pandas.Series, optional
        Part of each row (train, test, ...), aligned with `rows`.
    settings : DuplicateSettings, optional
        None takes the defaults.

    Returns
    -------
    Audit
        The table holds one row per copy beside the first row like it.
    """
    settings = settings or DuplicateSettings()
    entries = list(catalogue)
    # Load alone: age or body mass differ where one person was registered twice.
    names = [f.name for f in entries if f.block == "load"] or [f.name for f in entries]
    compared = _compared(rows, names, part, settings.least_values)
    first = compared.drop_duplicates("digest").set_index("digest")
    copies = compared[compared["digest"].duplicated()]
    other = first.loc[copies["digest"], ["athlete", "date", "part"]].set_axis(copies.index)
    table = copies.drop(columns="digest").join(other.add_prefix("other_"))
    differs = table["athlete"] != table["other_athlete"]
    table = table[differs | (table["part"] != table["other_part"])].reset_index(drop=True)
    return Audit(table.empty, _sentence(table, len(compared)), table)


def _compared(
    rows: pd.DataFrame, names: list[str], part: pd.Series | None, least: int
) -> pd.DataFrame:
    values = rows[names].to_numpy(dtype=np.float32)
    rich = np.flatnonzero((np.isfinite(values) & (values != 0)).sum(axis=1) >= least)
    # Different values: a runner of the same 10 km each day fills many columns with few numbers.
    rich = rich[_different(values[rich]) >= least]
    parts = "" if part is None else part.to_numpy()[rich]
    compared = rows.iloc[rich][KEYS].assign(part=parts).reset_index(drop=True)
    # Adding 0.0 makes -0.0 to 0.0, whose bytes differ although the values are equal.
    return compared.assign(digest=[(values[row] + 0.0).tobytes() for row in rich])


def _different(values: np.ndarray) -> np.ndarray:
    """Return how many different values each row tells, leaving out 0 and what is unknown."""
    sorted_values = np.sort(np.where(np.isfinite(values) & (values != 0), values, np.nan), axis=1)
    repeated = sorted_values[:, 1:] == sorted_values[:, :-1]
    return np.asarray(np.isfinite(sorted_values).sum(axis=1) - repeated.sum(axis=1))


def _sentence(table: pd.DataFrame, compared: int) -> str:
    if table.empty:
        return f"no two athletes and no two parts share a row among {compared} that tell anything."
    case = table.iloc[0]
    between = (table["part"] != table["other_part"]).sum()
    return (
        f"{len(table)} rows repeat the training of another row, {between} of them across parts: "
        f"athlete {case['athlete']} on {case['date']:%Y-%m-%d} equals {case['other_athlete']} on "
        f"{case['other_date']:%Y-%m-%d}. One person under two names is tested on what was learned: "
        "join the two in the roster."
    )
