"""The tables of a replayed season as text, the same for the page and for Markdown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from common.language import message, translated
from common.text.plain_words import number, plain_day, probability_words
from models.metrics.murphy import BINNING
from reporting.languages.messages import model_words, sentence_case

SHOWN: Final = 6
"""Flags shown of each kind; the CSV file has all."""

_TERMS: Final = (
    "reliability",
    "resolution",
    "uncertainty",
    "within_groups",
    "reliability_corrected",
    "resolution_corrected",
)
_COUNTS: Final = (
    "scored",
    "injured",
    "not_scored",
    "flags",
    "flags_that_led",
    "injuries",
    "injuries_flagged",
)
_BUDGETED: Final = ("previous_injury_score", "evidence_model", "base_rate", "oracle")


@dataclass(frozen=True)
class Table:
    """A table of text: a heading, what its columns mean, headings and rows."""

    title: str
    note: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class BacktestFrames:
    """The frames of a replayed season, as :mod:`models` and :mod:`forecasting` give them."""

    metrics: pd.DataFrame
    decomposition: pd.DataFrame
    calibration: pd.DataFrame
    alert_budget: pd.DataFrame
    weeks: pd.DataFrame
    flags: pd.DataFrame


def verification_table(frames: BacktestFrames) -> Table:
    """Return skill, ranking and calibration of every forecast that was replayed."""
    skill = frames.decomposition[frames.decomposition["term"] == "brier_skill"].set_index("model")
    rows = []
    for model in skill.index:
        mine = frames.metrics[frames.metrics["model"] == model].set_index("metric")
        # The base rate changes with each training, but it is one number for all: it ranks nobody.
        ranks = model != "base_rate"
        rows.append(
            (
                _named(model),
                interval(skill.loc[model], 1, 100, " %"),
                interval(mine.loc["auroc"], 3) if ranks else message("none"),
                interval(mine.loc["calibration_slope"], 2) if ranks else message("none"),
                interval(mine.loc["observed_expected"], 2),
                number(float(mine.loc["brier", "value"]), 5),
            )
        )
    return Table(
        message("Verification"),
        message(
            "Brier skill: how much lower the Brier score is than with the base rate known at the "
            "time. Calibration slope and O/E are right at 1. Intervals: 95 %, athletes resampled."
        ),
        (
            message("Forecast"),
            message("Brier skill"),
            message("AUROC"),
            message("Calibration slope"),
            message("O/E"),
            message("Brier score"),
        ),
        tuple(rows),
    )


def murphy_table(decomposition: pd.DataFrame) -> Table:
    """Return the terms of the Brier score of every forecast, times 1,000."""
    wide = decomposition.pivot_table(index="model", columns="term", values="value", sort=False)
    return Table(
        message("Where the Brier score comes from"),
        message(
            "Brier score = reliability - resolution + uncertainty + within groups, times 1,000 "
            "here. Groups: {groups}. Corrected: chance taken off (Ferro & Fricker 2012).",
            groups=message(BINNING),
        ),
        (
            message("Forecast"),
            message("Reliability"),
            message("Resolution"),
            message("Uncertainty"),
            message("Within groups"),
            message("Reliability, corrected"),
            message("Resolution, corrected"),
        ),
        tuple(
            (
                _named(model),
                *(number(1000 * float(wide.loc[model, n]), 3) for n in _TERMS),
            )
            for model in wide.index
        ),
    )


def reliability_table(calibration: pd.DataFrame) -> Table:
    """Return forecast against frequency in groups of equal size."""
    return Table(
        message("Reliability"),
        message(
            "Groups of equal size by rising forecast: of a hundred weeks with this forecast, how "
            "many ended with an injury."
        ),
        (
            message("Forecast"),
            message("Happened"),
            "95 %",
            message("Forecasts"),
            message("Injuries"),
        ),
        tuple(
            (
                probability_words(row["predicted"]),
                probability_words(row["observed"]),
                message(
                    "{low} to {high}",
                    low=probability_words(row["low"]),
                    high=probability_words(row["high"]),
                ),
                number(row["rows"], 0),
                number(row["events"], 0),
            )
            for row in calibration.to_dict("records")
        ),
    )


def budget_table(budget: pd.DataFrame, leading: str) -> Table:
    """Return what so many flags would have been worth, by the model and by others."""
    shown = list(dict.fromkeys((leading, *_BUDGETED)))
    rows = budget[budget["model"].isin(shown)]
    order = rows["model"].map({m: at for at, m in enumerate(shown)})
    ranked = rows.assign(order=order).sort_values(["flags_per_team_week", "order"])
    return Table(
        message("Alert budget"),
        message(
            "What so many flags per team and week would have been worth. Precision: flags followed "
            "by an injury within the horizon. Recall: injuries that were flagged. False alarms: "
            "per athlete and season of 52 weeks. The base rate flags at random."
        ),
        (
            message("Flags per team-week"),
            message("By"),
            message("Precision"),
            message("Recall"),
            message("Days ahead of the injury"),
            message("False alarms"),
        ),
        tuple(
            (
                str(row["flags_per_team_week"]),
                _named(row["model"]),
                *(_of(row, n, 1, 100, " %") for n in ("precision", "recall")),
                message("none") if np.isnan(row["lead_days"]) else number(row["lead_days"]),
                number(row["false_alarms_per_season"]),
            )
            for row in ranked.to_dict("records")
        ),
    )


def flag_tables(flags: pd.DataFrame) -> tuple[Table, Table]:
    """Return the boldest flags that led to an injury, and the boldest that did not."""
    columns = (
        message("Forecast of"), message("Athlete"), message("Team"), message("Probability"),
        message("Days to the injury"),
    )  # fmt: skip
    led = flags[flags["led"].eq(other=True)].nlargest(SHOWN, "probability")
    # A flag with an injury soon after the horizon is no plain false alarm: it is not listed here.
    failed = flags[flags["led"].eq(other=False) & flags["late_days"].isna()]
    return (
        Table(
            message("Flags followed by an injury"),
            message("The highest; all are in flags.csv."),
            columns,
            _flag_rows(led),
        ),
        Table(
            message("Flags without an injury after them"),
            message("The highest without an injury in the four weeks after."),
            columns,
            _flag_rows(failed.nlargest(SHOWN, "probability")),
        ),
    )


def _flag_rows(flags: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            plain_day(row["date"]),
            row["athlete"],
            "" if pd.isna(row["team"]) else str(row["team"]),
            probability_words(row["probability"]),
            message("none") if pd.isna(row["lead_days"]) else number(row["lead_days"], 0),
        )
        for row in flags.to_dict("records")
    )


def weeks_table(weeks: pd.DataFrame) -> Table:
    """Return one line per week."""
    return Table(
        message("Week by week"),
        message("Expected: the sum of the week's probabilities, to be held against the injuries."),
        (
            message("Forecast of"),
            message("Scored"),
            message("Injured"),
            message("Not scored"),
            message("Flags"),
            message("Flags followed by an injury"),
            message("Injuries"),
            message("On the list"),
            message("Expected"),
        ),
        tuple(
            (
                plain_day(row["date"]),
                *(number(row[n], 0) for n in _COUNTS),
                number(row["expected"]),
            )
            for row in weeks.to_dict("records")
        ),
    )


def _named(model: object) -> str:
    return sentence_case(translated(model_words(str(model))))


def _of(row: Mapping[Any, Any], name: str, digits: int, scale: float = 1, unit: str = "") -> str:
    parts = {"value": row[name], "low": row[f"{name}_low"], "high": row[f"{name}_high"]}
    return interval(pd.Series(parts), digits, scale, unit)


def interval(
    estimate: Mapping[Any, Any] | pd.Series, digits: int, scale: float = 1, unit: str = ""
) -> str:
    """Return ``0.70 (0.68 to 0.72)``; without the interval, or nothing at all, where undefined."""
    value, low, high = (scale * float(estimate[n]) for n in ("value", "low", "high"))
    if np.isnan(value):
        return message("undefined")
    figure = f"{number(value, digits)}{unit}"
    # An interval of one point comes from too few different draws: it would claim certainty.
    if np.isnan([low, high]).any() or low == high:
        return figure
    return message(
        "{value} ({low} to {high})",
        value=figure, low=number(low, digits), high=number(high, digits),
    )  # fmt: skip
