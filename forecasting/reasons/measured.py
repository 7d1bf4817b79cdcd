"""An athlete's latest strength and gait values beside those of other runners.

They are stated whether or not they move the forecast. What was never measured is absent.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from features.blocks.gait_trials import SPEED_APART
from features.blocks.strength_tests import UNITS, mass_on
from features.kernels.last_observation import by_side
from forecasting.reasons.leading_trials import PER_KG, TIMES, leading_trials
from forecasting.reasons.runner_norms import (
    NO_FORCE,
    NO_MASS,
    NO_SIDE,
    NORM_SPEED,
    OTHER_SPEED,
    Norm,
    gait_norm,
    strength_norm,
)
from forecasting.reasons.runner_norms import STRENGTH as NORMS

MEASURED_COLUMNS: Final = (
    "athlete", "kind", "name", "metric", "date", "value", "left", "right", "unit", "apart_pct",
    "norm_low", "norm_middle", "norm_high", "norm_runners", "norm_group", "norm_source",
    "norm_lacks",
)  # fmt: skip
STRENGTH, GAIT, WATCH = "strength", "gait", "watch"

FORCES: Final = ("force", "force per kg")
WATCH_FEATURES: Final = {
    "cadence_28d_spm": ("cadence_spm", "spm"),
    "ground_contact_28d_ms": ("ground_contact_ms", "ms"),
}
"""Feature of the past 28 days -> column of the sessions it comes from, and unit."""

Row = dict[str, Any]
People = Mapping[str, Mapping[Any, Any]]


def measured(
    tables: Mapping[str, pd.DataFrame], rows: pd.DataFrame, as_of: pd.Timestamp
) -> pd.DataFrame:
    """Return the latest value of each test of strength and gait, and its reference values.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `athletes`, `strength`, `body`, `gait` and `sessions` of the contract.
    rows : pandas.DataFrame
        Feature rows that include the day; what the watch measured comes from them.
    as_of : pandas.Timestamp
        Last day that counts.

    Returns
    -------
    pandas.DataFrame
        :data:`MEASURED_COLUMNS`. `value` is the mean of the sides, in N/kg where force and body
        mass are known, else in the unit of the test; `apart_pct` how far the weaker side lies below
        the stronger one (strength alone); `norm_*` null where no open data of runners are at hand,
        `norm_lacks` why, where more of the athlete would help or other people were tested.
    """
    people = {str(row["athlete"]): row for row in tables["athletes"].to_dict("records")}
    measurements = [
        *_strength(tables["strength"], tables["body"], people, as_of),
        *_gait(tables["gait"], people, as_of),
        *_watch(rows, tables["sessions"], as_of),
    ]
    table = pd.DataFrame(measurements, columns=list(MEASURED_COLUMNS))
    sizes = ("value", "left", "right", "apart_pct", "norm_low", "norm_middle", "norm_high")
    words = [c for c in MEASURED_COLUMNS if c not in (*sizes, "norm_runners", "date")]
    kinds = {**dict.fromkeys(sizes, "float64"), **dict.fromkeys(words, "str")}
    table = table.astype(kinds | {"norm_runners": "Int64"})
    return table.assign(**{name: table[name].round(4) for name in sizes})


def _strength(
    strength: pd.DataFrame, body: pd.DataFrame, people: People, as_of: pd.Timestamp
) -> list[Row]:
    past = strength[(strength["date"] <= as_of) & ~strength["metric"].isin(TIMES)]
    days = _latest(leading_trials(_of_newest_day(past, "test")), ["test"], ["unit", "metric"])
    weighed = body.astype({"athlete": "str"})
    days = days.assign(mass=mass_on(days, weighed) if len(days) else np.nan)
    return [_strength_row(day, people) for day in days.to_dict("records")]


def _strength_row(day: Mapping[Any, Any], people: People) -> Row:
    kind, factor = UNITS.get(day["unit"], ("", 1.0))
    per = factor / (day["mass"] if kind == "force" else 1.0)
    is_per_kg = kind in FORCES and not np.isnan(per)
    scale, unit = (per, PER_KG) if is_per_kg else (1.0, day["unit"])
    norm = _strength_norm(day, people, kind, is_per_kg=is_per_kg)
    name = f"{day['test']}_{unit.lower().replace('/', '_')}"
    values = {side: scale * day[side] for side in ("left", "right")}
    stated = {
        "value": scale * day["level"], **values, "unit": unit, "metric": day["metric"],
    }  # fmt: skip
    apart = {"apart_pct": _apart(day["left"], day["right"])}
    return _row(day, STRENGTH, name) | stated | apart | _held_against(norm)


def _strength_norm(
    day: Mapping[Any, Any], people: People, kind: str, *, is_per_kg: bool
) -> Norm | str:
    if day["test"] not in NORMS:
        return ""
    if kind not in FORCES:
        return NO_FORCE
    if not is_per_kg:
        return NO_MASS
    if pd.isna(day["left"]) and pd.isna(day["right"]):
        # Nobody knows whether the value is of one leg or of both together.
        return NO_SIDE
    person = people.get(day["athlete"], {})
    return strength_norm(day["test"], _sex(person), _age(person, day["date"]))


def _apart(left: float, right: float) -> float:
    """Return in per cent of the stronger side how far the other lies below it; null of one side."""
    stronger = max(left, right)
    if np.isnan(left) or np.isnan(right) or stronger <= 0:
        return float("nan")
    return 100 * (1 - min(left, right) / stronger)


def _gait(gait: pd.DataFrame, people: People, as_of: pd.Timestamp) -> list[Row]:
    past = _of_newest_day(gait[gait["date"] <= as_of], "metric")
    past = past.astype({"athlete": "str", "metric": "str"})
    # Of several speeds of a day the one nearest to the reference is stated.
    past = past.assign(apart=(past["speed_m_s"].astype("float64") - NORM_SPEED).abs())
    days = _latest(past, ["metric"], ["apart", "device", "speed_m_s", "unit"])
    return [
        _row(day, GAIT, day["metric"])
        | {"value": day["level"], "left": day["left"], "right": day["right"], "unit": day["unit"]}
        | _held_against(_gait_norm(day, people))
        for day in days.to_dict("records")
    ]


def _gait_norm(day: Mapping[Any, Any], people: People) -> Norm | str | None:
    norm = gait_norm(day["metric"], _age(people.get(day["athlete"], {}), day["date"]))
    # Joints bend further at a higher speed; an unknown speed (NaN) may be the one of the norm.
    return OTHER_SPEED if norm is not None and day["apart"] > SPEED_APART else norm


def _of_newest_day(rows: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the rows of the latest day of each athlete and test: the others are not shown."""
    return rows[rows["date"] == rows.groupby(["athlete", name])["date"].transform("max")]


def _latest(rows: pd.DataFrame, keys: list[str], series: Sequence[str]) -> pd.DataFrame:
    """Return per athlete and `keys` the sides, of several series the first; rows of one day."""
    if rows.empty:
        return pd.DataFrame(columns=["athlete", "date", *keys, *series, "left", "right", "level"])
    text = {name: "str" for name in (*keys, *series) if rows[name].dtype == "category"}
    days = by_side(rows.astype(text), ["athlete", *keys, "date", *series])
    days = days.sort_values(["athlete", *keys, "date", *series], na_position="last")
    return days.drop_duplicates(["athlete", *keys]).reset_index(drop=True)


def _watch(rows: pd.DataFrame, sessions: pd.DataFrame, as_of: pd.Timestamp) -> list[Row]:
    """Return the watch's means of the past 28 days, each of the day of the last run it knows."""
    there = [name for name in WATCH_FEATURES if name in rows]
    today = rows.loc[rows["date"] == as_of, ["athlete", *there]].astype({"athlete": "str"})
    means: list[Row] = []
    for feature in there:
        column, unit = WATCH_FEATURES[feature]
        if column not in sessions:
            continue
        seen = sessions[(sessions["local_date"] <= as_of) & sessions[column].notna()]
        of_runs = seen[["athlete", "local_date"]].astype({"athlete": "str"})
        last = of_runs.groupby("athlete")["local_date"].max()
        known = today[today[feature].notna() & today["athlete"].isin(last.index)]
        # By position: `map` takes days for numbers where no watch measured anything.
        days, values = last.reindex(known["athlete"]), known[feature].astype(float)
        means += [
            _row({"athlete": athlete, "date": day}, WATCH, feature) | {"value": mean, "unit": unit}
            for athlete, day, mean in zip(known["athlete"], days, values, strict=True)
        ]
    return means


def _row(day: Mapping[Any, Any], kind: str, name: str) -> Row:
    return {"athlete": str(day["athlete"]), "kind": kind, "name": name, "date": day["date"]}


def _held_against(norm: Norm | str | None) -> Row:
    if not isinstance(norm, Norm):
        return {"norm_lacks": norm or None}
    return {f"norm_{name}": value for name, value in norm._asdict().items()}


def _sex(person: Mapping[Any, Any]) -> str | None:
    sex = person.get("sex")
    return None if pd.isna(sex) else str(sex)


def _age(person: Mapping[Any, Any], day: pd.Timestamp) -> float | None:
    """Return the age in years, known to the year alone."""
    born = person.get("birth_year")
    # Of the day of the test, not of today.
    return None if born is None or pd.isna(born) else float(day.year - born)
