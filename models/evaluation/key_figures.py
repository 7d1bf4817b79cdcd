"""The few figures that experiments are compared by, under one name everywhere."""

from collections.abc import Mapping
from typing import Final

Numbers = Mapping[str, float | None]
Measured = Mapping[str, Mapping[str, Numbers]]
"""Model -> metric -> value, low, high: one outcome of ``reports/metrics.json``."""

IN_USE_FIRST: Final = ("risk", "additive", "evidence_model", "published_evidence")
HEADLINE: Final = (
    "auroc",
    "ipa",
    "observed_expected",
    "calibration_slope",
    "ici",
    "share_of_oracle",
    "information_share",
    "who_slope",
    "when_slope",
    "concordance_within_true",
)
"""Rank, gain over the base rate, level, slope and distance of the calibration; on simulated data
also how far the model comes to what can be known, by ranking and by information; whether it tells
athletes, and an athlete's weeks, apart, and how well it ranks the weeks."""


def in_use(models: Measured) -> str:
    """Return the model that a run stands for: the fitted one, else published evidence."""
    return next((name for name in IN_USE_FIRST if name in models), "")


def headline(models: Measured) -> dict[str, float]:
    """Return the headline figures of the model in use; a figure without a value is left out.

    Parameters
    ----------
    models : mapping
        One outcome of ``reports/metrics.json``.

    Examples
    --------
    >>> headline({"risk": {"auroc": {"value": 0.7, "low": 0.6, "high": 0.8},
    ...                    "ici": {"value": None, "low": None, "high": None}}})
    {'auroc': 0.7}
    """
    figures = models.get(in_use(models), {})
    values = {name: figures[name]["value"] for name in HEADLINE if name in figures}
    # Left out and not 0: a chart of experiments would show a 0 as a very bad result.
    return {name: value for name, value in values.items() if value is not None}
