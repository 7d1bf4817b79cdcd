"""Measures whose level hardly changes within an athlete, as series by athlete and source."""

from collections.abc import Iterator, Mapping
from typing import Final

import pandas as pd

from features.panel.session_channels import moving_minutes

_DYNAMICS: Final = (
    "cadence_spm",
    "step_length_m",
    "vertical_oscillation_mm",
    "ground_contact_ms",
)
_WELLNESS: Final = ("sleep_h", "resting_hr_bpm", "hrv_rmssd_ms")
_COLUMNS: Final = ["measure", "athlete", "source", "date", "value"]


def unit_series(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return measure, athlete, source, date and value (above 0), by date within each series.

    Speed stands for distance and time: a session's length varies freely, its speed hardly.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of the contract.
    """
    parts = [_series(*part) for part in _measures(tables)]
    whole = pd.concat(parts, ignore_index=True)
    # Units are compared by logarithms, and a 0 is no measure of any unit.
    whole = whole[whole["value"] > 0]
    return whole.sort_values(_COLUMNS[:4], kind="stable", ignore_index=True)


def _measures(
    tables: Mapping[str, pd.DataFrame],
) -> Iterator[tuple[pd.DataFrame, str, pd.Series | str, pd.Series, pd.Series | None]]:
    runs = tables["sessions"][tables["sessions"]["sport"] == "run"]
    minutes = moving_minutes(runs)
    # A wrong unit of distance or of time changes the speed by its whole factor.
    speed = 60 * runs["distance_km"] / minutes.where(minutes > 0)
    yield runs, "local_date", "running speed in km/h", speed, None
    yield runs, "local_date", "mean heart rate", runs["hr_mean"], None
    for column in _DYNAMICS:
        yield runs, "local_date", column, runs[column], runs["dynamics_source"]
    for column in _WELLNESS:
        yield tables["wellness"], "date", column, tables["wellness"][column], None
    body = tables["body"]
    yield body, "date", "body mass", body["mass_kg"], None
    tests = tables["strength"]
    named = "strength: " + tests["test"] + ", " + tests["metric"] + ", " + tests["unit"]
    yield tests, "date", named, tests["value"], tests["device"]
    gait = tables["gait"]
    yield gait, "date", "gait: " + gait["metric"], gait["value"].abs(), gait["device"]


def _series(
    rows: pd.DataFrame,
    date: str,
    measure: pd.Series | str,
    value: pd.Series,
    source: pd.Series | None,
) -> pd.DataFrame:
    columns = {
        "measure": measure,
        "athlete": rows["athlete"],
        "source": "" if source is None else source.fillna(""),
        "date": rows[date],
        "value": value.astype(float),
    }
    return pd.DataFrame(columns, columns=_COLUMNS)
