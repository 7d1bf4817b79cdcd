"""What stands first of an outcome's figures: whether it is calibrated, and who ranks better."""

from typing import Final

import numpy as np
import pandas as pd

from common.language import message
from common.text.plain_words import number
from models.settings.evaluation import GateSettings
from reporting.languages.messages import model_words

_ORACLE: Final = "oracle"


def verdict_words(figures: pd.DataFrame, gates: GateSettings) -> list[str]:
    """Return what a reader has to know before the figures; the unfavourable ones with their reason.

    Parameters
    ----------
    figures : pandas.DataFrame
        model, metric, value, low, high of one outcome on unseen athletes in later weeks; the model
        in use first.
    gates : GateSettings
        Range outside which a slope, or observed over expected injuries, is off; inside it is off
        where its interval lies beside 1.
    """
    in_use = str(figures["model"].iloc[0])
    known = {name: _numbers(figures, in_use, name) for name in _WORDS}
    if all(np.isnan(value) for value, _, _ in known.values()):
        return [message("There were too few injuries to tell whether it is calibrated.")]
    off = [name for name, numbers in known.items() if gates.refuse_unseen(*numbers)]
    calibration = _not_calibrated(figures, in_use, off) if off else [_not_off(known)]
    return [*calibration, *_ranks_better(figures, in_use)]


def _numbers(figures: pd.DataFrame, model: str, metric: str) -> tuple[float, float, float]:
    rows = figures[(figures["model"] == model) & (figures["metric"] == metric)]
    # A comparator may lack a measure: NaN keeps it out of every comparison.
    if rows.empty:
        return np.nan, np.nan, np.nan
    value, low, high = rows[["value", "low", "high"]].to_numpy(dtype=np.float64)[0]
    return float(value), float(low), float(high)


def _figure(value: float, low: float, high: float) -> str:
    if np.isnan(value):
        return message("not known")
    # Too few injuries give a value without an interval; the value alone is still told.
    if np.isnan([low, high]).any():
        return number(value, 2)
    return message(
        "{value} ({low} to {high})",
        value=number(value, 2), low=number(low, 2), high=number(high, 2),
    )  # fmt: skip


def _slope_words(figure: str, value: float) -> str:
    if value < 1:
        return message(
            "Calibration slope {figure}, where 1 is right: high forecasts are too high and low "
            "ones too low.",
            figure=figure,
        )
    return message(
        "Calibration slope {figure}, where 1 is right: high forecasts are too low and low ones "
        "too high.",
        figure=figure,
    )


def _level_words(figure: str, value: float) -> str:
    if value < 1:
        return message(
            "Observed over expected injuries {figure}, where 1 is right: forecasts are too high.",
            figure=figure,
        )
    return message(
        "Observed over expected injuries {figure}, where 1 is right: forecasts are too low.",
        figure=figure,
    )


_WORDS: Final = {"calibration_slope": _slope_words, "observed_expected": _level_words}
"""Measure of calibration -> the sentence about a value that is off."""


def _not_calibrated(figures: pd.DataFrame, in_use: str, off: list[str]) -> list[str]:
    """Return each fault and, on simulated runners, how much of it is the draw of these weeks."""
    sentences = [message("Unfavourable: not shown to be calibrated on unseen athletes.")]
    for name in off:
        own = _numbers(figures, in_use, name)
        sentences.append(_WORDS[name](_figure(*own), own[0]))
        # Simulated runners alone have one; on real athletes it stays NaN and nothing is said.
        best = _numbers(figures, _ORACLE, name)
        if not np.isnan(best[0]):
            sentences.append(
                message(
                    "A forecast that knows all that can be observed has {figure} on the same "
                    "weeks.",
                    figure=_figure(*best),
                )
            )
    return sentences


def _not_off(known: dict[str, tuple[float, float, float]]) -> str:
    """Say that no measure speaks against it; with one unknown, or no interval, none speaks for it.

    Parameters
    ----------
    known : dict of str to tuple of float
        Value and interval of each measure of calibration.
    """
    slope, level = (_figure(*known[name]) for name in ("calibration_slope", "observed_expected"))
    # Unknown is never favourable: a missing interval is no proof of calibration.
    if np.isnan(list(known.values())).any():
        return message(
            "There were too few injuries to show whether it is calibrated on unseen athletes: "
            "slope {slope}, observed over expected injuries {level}; 1 is right.",
            slope=slope, level=level,
        )  # fmt: skip
    return message(
        "Calibrated on unseen athletes, as far as their injuries show: slope {slope}, observed "
        "over expected injuries {level}; 1 is right.",
        slope=slope, level=level,
    )  # fmt: skip


def _ranks_better(figures: pd.DataFrame, in_use: str) -> list[str]:
    """Return who ranks these weeks as well or better by the point; the oracle does not compete."""
    rows = figures[(figures["metric"] == "auroc") & (figures["model"] != _ORACLE)]
    value = rows.set_index("model")["value"]
    # Against an unknown value every comparison is false, which would read as "nobody is better".
    if np.isnan(value.get(in_use, np.nan)):
        return []
    # By the point alone: a doubt counts against the model in use.
    others = [str(name) for name in value.index[value >= value[in_use]] if name != in_use]
    if not others:
        return []
    return [
        message(
            "Unfavourable: on these weeks other models rank at least as well: {models}.",
            models=", ".join(model_words(name) for name in others),
        )
    ]
