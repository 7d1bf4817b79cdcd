"""The week as JSON for other programs: forecasts, reasons and comparisons in one document."""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import pandas as pd

from forecasting.scoring.figures import plain_value

FORMAT: Final = 1
"""Raised when a key changes its meaning or goes away."""

_ATHLETE: Final = (
    "athlete", "team", "status", "status_note", "flag", "last_record", "days_since_record",
    "days_since_onset", "return_note", "back_since", "back_note",
    "back_line", "device",
)  # fmt: skip
_FORECAST: Final = (
    "outcome", "model", "probability", "probability_low", "probability_high", "base_rate",
    "ratio_to_base", "band", "rank", "main_reason", "population_rate", "ratio_to_population",
    "own_usual", "ratio_to_own_usual", "changeable_factor", "week_ahead",
    "probability_without_plan",
)  # fmt: skip
_COMPARED: Final = (
    "previous_as_of",
    "previous",
    "change",
    "usual",
    "usual_weeks",
    "ratio_to_usual",
)
_REASON: Final = (
    "block", "feature", "value", "unit", "contribution_log_odds", "odds_factor", "sentence",
    "changeable", "direction", "known", "beyond_team_log_odds",
)  # fmt: skip


def machine_readable(
    dataset: str,
    horizon_days: int,
    scores: pd.DataFrame,
    reasons: pd.DataFrame,
    compared: pd.DataFrame,
    facts: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> dict[str, Any]:
    """Return the week as one document of plain values; unknown is null.

    Parameters
    ----------
    dataset : str
        Its name.
    horizon_days : int
        Length of the forecast period, which begins the day after `as_of`.
    scores, reasons, compared : pandas.DataFrame
        From :func:`forecasting.scoring.week.score_week` and
        :func:`forecasting.scoring.comparison.compare`.
    facts : mapping of str to mapping, optional
        Of each athlete what is known besides the forecast: `figures`, `sessions_to_check` and
        whatever else a reader of the file may ask for, under their names.
    """
    why = _grouped(reasons, _REASON)
    beside = scores.merge(compared, on=["athlete", "outcome"], how="left")
    people: dict[str, dict[str, Any]] = {}
    for row in beside.to_dict("records"):
        # Scores have a row per outcome; what is said of the athlete must stand once.
        person = people.setdefault(
            row["athlete"],
            _plain(row, _ATHLETE) | {"forecasts": []} | dict(facts.get(row["athlete"], {})),
        )
        forecast = _plain(row, _FORECAST) | _plain(row, _COMPARED)
        forecast["reasons"] = why[row["athlete"], row["outcome"]]
        person["forecasts"].append(forecast)
    return {
        "format": FORMAT,
        "dataset": dataset,
        "as_of": plain_value(scores["as_of"].iloc[0]),
        "horizon_days": horizon_days,
        "athletes": list(people.values()),
    }


def _grouped(
    frame: pd.DataFrame, columns: tuple[str, ...]
) -> dict[tuple[str, str], list[dict[str, Any]]]:
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for row in frame.to_dict("records"):
        groups[row["athlete"], row["outcome"]].append(_plain(row, columns))
    return groups


def _plain(row: Mapping[Any, Any], columns: tuple[str, ...]) -> dict[str, Any]:
    return {name: plain_value(row[name]) for name in columns}
