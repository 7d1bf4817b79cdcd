"""A replayed season as it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from common.language import message
from common.text.outcome_words import outcome_words
from common.text.plain_words import number, plain_day
from reporting.backtest.sentences import flag_words, injury_words, method_words, murphy_words
from reporting.backtest.tables import (
    BacktestFrames,
    Table,
    budget_table,
    flag_tables,
    interval,
    murphy_table,
    reliability_table,
    verification_table,
    weeks_table,
)


@dataclass(frozen=True)
class BacktestView:
    """What page and Markdown show."""

    title: str
    when: str
    simulated: bool
    facts: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    tables: tuple[Table, ...]
    lists: tuple[Table, ...]


def backtest_view(summary: Mapping[str, Any], frames: BacktestFrames) -> BacktestView:
    """Put a season into words.

    Parameters
    ----------
    summary : mapping
        Counts and facts, as `backtest.json` has them.
    frames : BacktestFrames
        Tables.
    """
    terms = _terms(frames.decomposition, str(summary["model"]))
    outcome = outcome_words(str(summary["outcome"]))
    return BacktestView(
        title=message(
            "{dataset}: a season replayed, {outcome}", dataset=summary["dataset"], outcome=outcome
        ),
        when=message(
            "{weeks} weekly forecasts, {first} to {last}",
            weeks=summary["weeks"],
            first=plain_day(summary["first"]),
            last=plain_day(summary["last"]),
        ),
        simulated=bool(summary["simulated"]),
        facts=_facts(summary, terms, frames.metrics),
        sentences=(
            method_words(summary),
            murphy_words(terms),
            flag_words(summary),
            injury_words(summary),
        ),
        tables=(
            verification_table(frames),
            murphy_table(frames.decomposition),
            reliability_table(frames.calibration),
            budget_table(frames.alert_budget, str(summary["model"])),
        ),
        # The weeks stand last: the Markdown takes only the last list, for the others name athletes.
        lists=(*flag_tables(frames.flags), weeks_table(frames.weeks)),
    )


def _terms(decomposition: pd.DataFrame, model: str) -> dict[str, dict[str, float]]:
    mine = decomposition[decomposition["model"] == model].set_index("term")
    return {
        str(t): {c: float(mine.loc[t, c]) for c in ("value", "low", "high")} for t in mine.index
    }


def _facts(
    summary: Mapping[str, Any], terms: Mapping[str, Mapping[str, float]], metrics: pd.DataFrame
) -> tuple[tuple[str, str], ...]:
    mine = metrics[metrics["model"] == summary["model"]].set_index("metric")
    skill = terms["brier_skill"]
    return (
        (
            message("Forecasts"),
            message(
                "{forecasts} of {athletes} athletes",
                forecasts=number(summary["verified"], 0),
                athletes=number(summary["athletes"], 0),
            ),
        ),
        (
            message("New injuries"),
            message(
                "{events}, expected {expected}",
                events=summary["events"],
                expected=number(summary["expected"], 0),
            ),
        ),
        # Against the base rate, because a Brier score alone is small whenever injuries are rare.
        (message("Brier skill"), interval(skill, 1, 100, " %")),
        (message("AUROC"), interval(mine.loc["auroc"], 2)),
        (message("Calibration slope"), interval(mine.loc["calibration_slope"], 2)),
    )
