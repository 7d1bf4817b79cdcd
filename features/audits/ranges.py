"""The range audit: values outside what the catalogue calls plausible, counted per feature."""

from collections.abc import Iterable
from typing import Final

import numpy as np
import pandas as pd

from features.audits.result import Audit
from features.catalogue.audit_settings import RangeSettings
from features.catalogue.entry import Feature

COLUMNS: Final = ["feature", "known", "outside", "share", "lowest", "highest", "low", "high"]
_NAMED: Final = 3
_ROUNDING: Final = 1e-5  # a float32 sum may pass a bound by its own rounding


def audit_ranges(
    rows: pd.DataFrame, catalogue: Iterable[Feature], settings: RangeSettings | None = None
) -> Audit:
    """Count the values outside the catalogue's ranges.

    Parameters
    ----------
    rows : pandas.DataFrame
        Feature matrix.
    catalogue : iterable of Feature
        Entries of its columns.
    settings : RangeSettings, optional
        None takes the defaults.

    Returns
    -------
    Audit
        The table holds the features with any implausible value.
    """
    settings = settings or RangeSettings()
    counted = pd.DataFrame([_counts(rows, f) for f in catalogue], columns=COLUMNS)
    violations = counted[counted["outside"] > 0].sort_values(
        "share", ascending=False, kind="stable"
    )
    # In a small team one odd week is more than a hundredth of the values.
    many = violations["outside"] >= settings.least_values
    stopped = violations[(violations["share"] > settings.highest_share) & many]
    sentence = (
        f"{len(violations)} of {len(counted)} features have values outside their plausible range "
        f"({int(violations['outside'].sum())} values{_named(violations['feature'].tolist())})"
    )
    if not stopped.empty:
        worst = stopped.iloc[0]
        sentence += (
            f"; {worst['feature']} in {worst['share']:.1%} of its known values "
            f"({worst['lowest']:g} to {worst['highest']:g}, plausible {worst['low']:g} to "
            f"{worst['high']:g}), above the limit of {settings.highest_share:.1%}: check the "
            "unit of its source"
        )
    return Audit(stopped.empty, sentence + ".", violations.reset_index(drop=True))


def _named(features: list[str]) -> str:
    """Return ": the first names", to stand after a count; nothing without any."""
    if not features:
        return ""
    more = f" and {len(features) - _NAMED} more" if len(features) > _NAMED else ""
    return f": {', '.join(features[:_NAMED])}{more}"


def _counts(
    rows: pd.DataFrame, f: Feature
) -> tuple[str, int, int, float, float, float, float, float]:
    values = rows[f.name].to_numpy(dtype=np.float64)
    known = values[~np.isnan(values)]
    slack = _ROUNDING * np.abs(known)
    outside = int(((known < f.low - slack) | (known > f.high + slack)).sum())
    ends = (float(known.min()), float(known.max())) if known.size else (np.nan, np.nan)
    return f.name, known.size, outside, outside / max(known.size, 1), *ends, f.low, f.high
