"""Strength tests as a sparse table: one row per athlete, test, series and day."""

from typing import Final

import numpy as np
import pandas as pd

from features.kernels.last_observation import by_side, earlier_mean

# Standard gravity: a dynamometer that shows kilograms shows kilograms-force.
GRAVITY: Final = 9.80665
UNITS: Final = {
    "N": ("force", 1.0),
    "kg": ("force", GRAVITY),
    "N/kg": ("force per kg", 1.0),
    "Nm": ("torque", 1.0),
    "Nm/kg": ("torque per kg", 1.0),
}
"""Which units are one series, and what brings them together; other units stand for themselves."""

TORQUES: Final = {"torque": "force", "torque per kg": "force per kg"}
"""Kind of a torque -> kind of the force at a known limb length."""

SERIES: Final = ["athlete", "test", "metric", "kind", "device"]
STRENGTH_KINDS: Final = ("force", "force per kg", "torque", "torque per kg")


def strength_tests(strength: pd.DataFrame, body: pd.DataFrame) -> pd.DataFrame:
    """Return the tests with what is made of them on their day.

    A series is one test with one metric, one kind of unit and one device; series never mix.

    Parameters
    ----------
    strength, body : pandas.DataFrame
        The tables of the contract.

    Returns
    -------
    pandas.DataFrame
        athlete, test, metric, kind, device, date, left, right, level (mean of the sides, in the
        unit of the series), per_kg (N/kg; null for torques without a limb length and without a
        body mass up to the day of the test), side_difference (percent of the stronger side) and
        change (percent against the mean of all earlier test days of the series), by athlete and
        date.
    """
    kinds = strength["unit"].map({unit: kind for unit, (kind, _) in UNITS.items()})
    factor = strength["unit"].map({unit: factor for unit, (_, factor) in UNITS.items()}).fillna(1)
    rows = _levered(
        strength.assign(
            kind=kinds.fillna(strength["unit"]),
            device=strength["device"].fillna(""),
            value=strength["value"] * factor.astype(float),
        )
    )
    days = by_side(rows, [*SERIES, "date"])
    usual = earlier_mean(days, SERIES)
    # One side alone has no difference; skipping the null would make it 0 %.
    stronger = days[["left", "right"]].max(axis=1, skipna=False)
    difference = (days["left"] - days["right"]).abs()
    days = days.assign(
        per_kg=_per_kg(days, body),
        side_difference=100 * difference / stronger.where(stronger > 0),
        change=100 * (days["level"] / np.where(usual > 0, usual, np.nan) - 1),
    )
    return days.sort_values(["athlete", "date", *SERIES[1:]], ignore_index=True)


def _levered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return torques as the forces that make them, where the limb length of the test is known.

    Force (N) = torque (Nm) / limb length (m).
    """
    if "limb_length_cm" not in rows:
        return rows
    length = rows["limb_length_cm"].astype(float) / 100
    torque = rows["kind"].isin(TORQUES) & length.notna()
    force = rows["value"] / length
    return rows.assign(
        value=rows["value"].mask(torque, force),
        kind=rows["kind"].mask(torque, rows["kind"].map(TORQUES)),
    )


def ratios(tests: pd.DataFrame, above: str, below: str) -> pd.DataFrame:
    """Return athlete, date and the ratio of two tests of one day, metric, unit and device."""
    keys = ["athlete", "date", "metric", "kind", "device"]
    strong = tests[tests["kind"].isin(STRENGTH_KINDS)]
    numerator, other = (
        strong.loc[strong["test"] == name, [*keys, "level"]] for name in (above, below)
    )
    both = numerator.merge(other, on=keys, suffixes=("", "_below")).sort_values(keys)
    under = both["level_below"]
    return first_of_day(both.assign(ratio=both["level"] / under.where(under > 0)))


def first_of_day(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep of rows in the order of athletes and days one per athlete and day, the first."""
    return rows.drop_duplicates(["athlete", "date"])


def _per_kg(days: pd.DataFrame, body: pd.DataFrame) -> pd.Series:
    mass = mass_on(days, body)
    force = days["level"].where(days["kind"] == "force") / mass
    return force.fillna(days["level"].where(days["kind"] == "force per kg"))


def mass_on(days: pd.DataFrame, body: pd.DataFrame) -> pd.Series:
    """Return the latest body mass up to each row's date, null if never weighed by then."""
    weighed = body.loc[body["mass_kg"].notna(), ["athlete", "date", "mass_kg"]]
    numbered = days[["athlete", "date"]].assign(row=np.arange(len(days)))
    # Backward, which is merge_asof's default: a later weighing was not known on the day of the
    # test.
    rows = pd.merge_asof(
        numbered.sort_values("date", kind="stable"),
        weighed.sort_values("date", kind="stable"),
        on="date",
        by="athlete",
    )
    mass = rows.set_index("row")["mass_kg"].reindex(np.arange(len(days)))
    return pd.Series(mass.to_numpy(dtype=float), index=days.index)
