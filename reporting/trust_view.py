"""How far to trust the forecasts: verification figures as a table a coach can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from forecasting.words import number, probability_words
from reporting.calibration_plot import calibration_plot
from reporting.context import PageContext
from reporting.phrases import METRIC_MEANINGS, metric_words, outcome_words

_DIGITS: Final = {"brier": 4, "ici": 4, "ici_true": 4, "average_precision": 3, "ipa": 3}


@dataclass(frozen=True)
class Verification:
    """One outcome's figures: a heading per metric, a row per model."""

    words: str
    metrics: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    plain: str
    plot: Markup


def verifications(context: PageContext) -> list[Verification]:
    """Return the figures of each outcome, or none if the model was not verified."""
    if context.verification is None:
        return []
    return [
        _verification(
            outcome, context.verification[context.verification["outcome"] == outcome], context
        )
        for outcome in context.outcomes
        if (context.verification["outcome"] == outcome).any()
    ]


def base_rate_words(context: PageContext) -> list[tuple[str, str]]:
    """Return each outcome with its base rate in words."""
    return [
        (outcome_words(outcome), probability_words(rate))
        for outcome, rate in context.base_rates.items()
    ]


def _verification(outcome: str, figures: pd.DataFrame, context: PageContext) -> Verification:
    metrics = list(dict.fromkeys(figures["metric"]))
    models = list(dict.fromkeys(figures["model"]))
    cells = {
        (row["model"], row["metric"]): _cell(row["metric"], row["value"], row["low"], row["high"])
        for row in figures.to_dict("records")
    }
    return Verification(
        words=outcome_words(outcome),
        metrics=tuple((metric_words(m), METRIC_MEANINGS.get(m, "")) for m in metrics),
        rows=tuple(
            (m, tuple(cells.get((m, metric), ("", "")) for metric in metrics)) for m in models
        ),
        plain=_plain(figures, models),
        plot=_plot(outcome, context.calibration),
    )


def _cell(metric: str, value: float, low: float, high: float) -> tuple[str, str]:
    """Return a value and its interval in words, empty where there is none."""
    digits = _DIGITS.get(metric, 2)
    if np.isnan(value):
        return "", ""
    known = not np.isnan([low, high]).any()
    return number(
        value, digits
    ), f"{number(low, digits)} to {number(high, digits)}" if known else ""


def _plain(figures: pd.DataFrame, models: Sequence[str]) -> str:
    """Say what the first model's AUROC means, if it was measured."""
    mine = figures[(figures["model"] == models[0]) & (figures["metric"] == "auroc")]
    if mine.empty or mine["value"].isna().all():
        return ""
    pairs = number(100 * float(mine["value"].iloc[0]), 0)
    return (
        "Take a week that ended with a new injury and one that did not: in "
        f"{pairs} of 100 such pairs the former had the higher forecast; a coin gives 50."
    )


def _plot(outcome: str, calibration: pd.DataFrame | None) -> Markup:
    if calibration is None:
        return Markup("")
    points = calibration[calibration["outcome"] == outcome]
    if points.empty:
        return Markup("")
    return calibration_plot(f"cal{outcome}", outcome_words(outcome), points)
