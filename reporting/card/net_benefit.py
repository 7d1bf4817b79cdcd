"""What acting on the forecast is worth: net benefit at a few thresholds, beside acting on all."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from models.comparators.rules import RULES
from models.metrics.decision_curve import ALL
from reporting.card.facts import value_words

PER: Final = 1000.0
"""Athlete-weeks that a net benefit is told for."""
_EVERY: Final = 4
"""The curve has four thresholds per doubling: half, once, twice and four times the base rate."""
RULE_STRATEGIES: Final = [f"{rule.name}{end}" for rule in RULES for end in ("", "_score", "_flag")]
"""Each rule as a threshold, as a score, and acted on as it is."""


def net_benefit_table(curve: pd.DataFrame, in_use: str) -> pd.DataFrame:
    """Return net benefit per 1,000 athlete-weeks by threshold; empty where the model has no curve.

    Parameters
    ----------
    curve : pandas.DataFrame
        strategy, threshold, acted_on, net_benefit, low, high, and gain, gain_low, gain_high of the
        model in use over the strategy (:func:`models.metrics.decision_curve.decision_curve`).
    in_use : str
        The model in use.
    """
    # Doublings of the base rate: a reader compares a few thresholds, not all of the curve.
    own = curve[curve["strategy"] == in_use].iloc[::_EVERY]
    return pd.DataFrame([_row(row, curve) for row in own.to_dict("records")])


def _row(row: dict[Any, Any], curve: pd.DataFrame) -> dict[str, str]:
    at = curve[curve["threshold"] == row["threshold"]]
    return {
        "threshold": f"{row['threshold']:.1%}",
        "weeks acted on": f"{row['acted_on']:.0%}",
        "true injuries found, less false alarms at their price": _scaled_words(
            row, "net_benefit", ""
        ),
        "more than acting on everyone": _gain(_least(at, [ALL])),
        "more than the best rule": _gain(_least(at, RULE_STRATEGIES)),
    }


def surely_better_than_rules(curve: pd.DataFrame, in_use: str) -> tuple[int, int]:
    """Return at how many thresholds it surely leads the best rule, and how many there are.

    Parameters
    ----------
    curve, in_use
        As of :func:`net_benefit_table`.
    """
    own = curve[curve["strategy"] == in_use].iloc[::_EVERY]
    leads = [_least(curve[curve["threshold"] == at], RULE_STRATEGIES) for at in own["threshold"]]
    # Where no rule could be computed there is nothing to lead: it counts neither way.
    known = [lead for lead in leads if lead is not None]
    # By the lower end of the interval: a lead that may be luck is no lead.
    return sum(bool(lead["gain_low"] > 0) for lead in known), len(known)


def _least(at: pd.DataFrame, strategies: Sequence[str]) -> dict[Any, Any] | None:
    """Return the strategy that the model in use leads by least; None where there is none."""
    # The best rule at each threshold: to beat one that was chosen beforehand would be easier.
    rows = at[at["strategy"].isin(strategies)].sort_values("gain", kind="stable")
    return None if rows.empty else rows.to_dict("records")[0]


def _gain(least: dict[Any, Any] | None) -> str:
    return "unknown" if least is None else _scaled_words(least, "gain", "gain_")


def _scaled_words(row: dict[Any, Any], name: str, ends: str) -> str:
    columns = {"value": name, "low": f"{ends}low", "high": f"{ends}high"}
    return value_words({end: _scaled(row[column]) for end, column in columns.items()})


def _scaled(value: float) -> float | None:
    return None if pd.isna(value) else PER * float(value)
