"""The duplicate audit: the same training under two names or in two parts of the data."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Bools, Ints
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
    values, rich = _rich(rows, names, settings.least_values)
    alike = rich[_suspected(values[rich])]
    parts = "" if part is None else part.iloc[alike].array
    compared = rows.iloc[alike][KEYS].assign(part=parts).reset_index(drop=True)
    digest = pd.Series([values[row].tobytes() for row in alike], dtype=object)
    first = compared.assign(digest=digest).drop_duplicates("digest").set_index("digest")
    copies = compared[digest.duplicated()]
    other = first.loc[digest[copies.index]].set_axis(copies.index)
    table = copies.join(other.add_prefix("other_"))
    differs = table["athlete"] != table["other_athlete"]
    table = table[differs | (table["part"] != table["other_part"])].reset_index(drop=True)
    return Audit(table.empty, _sentence(table, len(rich)), table)


def _rich(rows: pd.DataFrame, names: list[str], least: int) -> tuple[npt.NDArray[np.float32], Ints]:
    """Return what is compared, and the rows that tell enough to be told apart."""
    # Adding 0.0 makes -0.0 to 0.0, whose bytes differ although the values are equal.
    values = np.ascontiguousarray(rows[names].to_numpy(dtype=np.float32) + np.float32(0.0))
    rich = np.flatnonzero((np.isfinite(values) & (values != 0)).sum(axis=1) >= least)
    # Different values: a runner of the same 10 km each day fills many columns with few numbers.
    return values, rich[_different(values[rich]) >= least]


def _suspected(values: npt.NDArray[np.float32]) -> Bools:
    """Say which rows share a check sum with another: all copies, and few others.

    Numbers are sorted faster than bytes, and hardly any row has a copy.
    """
    rng = np.random.default_rng(0)
    weights = rng.integers(1, 1 << 63, values.shape[1], dtype=np.uint64)
    sums = values.view(np.uint32).astype(np.uint64) @ weights
    return np.asarray(pd.Series(sums).duplicated(keep=False))


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
