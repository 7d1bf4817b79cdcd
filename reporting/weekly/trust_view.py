"""How far to trust the forecasts: verification figures as a table a coach can read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from markupsafe import Markup

from common.language import message
from common.text.outcome_words import outcome_words
from common.text.plain_words import number, probability_words
from models.evidence.figures import packaged
from reporting.charts.calibration import calibration_plot
from reporting.context import PageContext
from reporting.languages.messages import in_order, metric_meaning, metric_words, model_words
from reporting.languages.plain_rows import Row
from reporting.weekly.trust_verdict import verdict_words

if TYPE_CHECKING:
    from models.evaluation.columns_read import ColumnsRead  # SciPy, a fifth of a second

# Injuries are rare, so that these differ between models only behind the second decimal.
_DIGITS: Final = {
    "brier": 4,
    "ici": 4,
    "ici_true": 4,
    "ranking_error_true": 4,
    "ranking_error_constant": 4,
    "average_precision": 3,
    "ipa": 3,
}


@dataclass(frozen=True)
class Verification:
    """One outcome's figures: a heading per metric, a row per model."""

    words: str
    metrics: tuple[tuple[str, str], ...]
    rows: tuple["Compared", ...]
    plain: str
    plot: Markup
    alerts: tuple["Alert", ...]
    stability: str
    verdict: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """A model or rule of the table: what it is called, what it reads, a cell per metric."""

    model: str
    columns: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Alert:
    """What a list of so many athletes a week achieves; each text with its 95 % interval."""

    flags: int
    share: str
    hurt: tuple[str, str]
    injuries_found: tuple[str, str]
    lead: tuple[str, str]


def verifications(context: PageContext) -> list[Verification]:
    """Return the figures of each outcome, or none if the model was not verified."""
    metrics = context.verification.metrics
    if metrics is None:
        return []
    return [
        _verification(
            outcome,
            metrics[metrics["outcome"] == outcome],
            context,
        )
        for outcome in context.outcomes
        if (metrics["outcome"] == outcome).any()
    ]


def base_rate_words(context: PageContext) -> list[tuple[str, str]]:
    """Return each outcome with its base rate in words."""
    return [
        (outcome_words(outcome), probability_words(rate))
        for outcome, rate in context.base_rates.items()
    ]


def base_rates_sentence(context: PageContext, bands: str) -> str:
    """Return the base rates, whose chance they are, and where the bands change."""
    rates = ", ".join(f"{words} {rate}" for words, rate in base_rate_words(context))
    return message(
        "Base rate: {rates} in {days} days: {meaning}. Bands are multiples of it ({bands}).",
        rates=rates, days=context.horizon_days, meaning=base_rate_meaning(context), bands=bands,
    )  # fmt: skip


@dataclass(frozen=True)
class EvidenceBanner:
    """What a page says of forecasts that start from published evidence."""

    title: str
    meaning: str


def evidence_banner(context: PageContext) -> EvidenceBanner:
    """Return where forecasts without a trained model come from."""
    origin = origin_words(context)
    unlearnt = message(
        "The forecasts rest on published studies alone. Nothing has been learnt from the "
        "records of this team yet."
    )
    # The sentence is compared in the language spoken, because it was made in the same run.
    if origin.startswith(unlearnt):
        return EvidenceBanner(message("Published evidence, not fitted to your team."), origin)
    if not origin:
        return EvidenceBanner(
            message("Published evidence, not fitted to your team."),
            message("The forecasts use figures from published studies alone."),
        )
    return EvidenceBanner(
        message("Published evidence, updated by your own weeks and injuries."), origin
    )


def origin_words(context: PageContext) -> str:
    """Return how much comes from published evidence and how much from injuries; empty if unknown.

    A trained model in which evidence has a part has it as well.
    """
    origins = [text for text in context.scores["origin"].dropna().unique() if text]
    return str(origins[0]) if origins else ""


def base_rate_meaning(context: PageContext) -> str:
    """Return whose chance the base rate is."""
    if context.evidence_only:
        hours = number(packaged().baseline.levels["recreational"].hours)
        rates = (
            context.scores.reindex(columns=["outcome", "population_rate"])
            .dropna()
            .drop_duplicates("outcome")
        )
        average = ", ".join(
            f"{probability_words(row['population_rate'])} ({outcome_words(row['outcome'])})"
            for row in rates.to_dict("records")
        )
        if not average:
            return message(
                "what is expected of this team: the mean forecast of its athlete-weeks of the "
                "past half year. An average recreational runner of published studies, who runs "
                "{hours} h a week, is shown beside it",
                hours=hours,
            )
        return message(
            "what is expected of this team: the mean forecast of its athlete-weeks of the past "
            "half year. An average recreational runner of published studies, who runs {hours} h "
            "a week, is shown beside it: {average}",
            hours=hours, average=average,
        )  # fmt: skip
    return message("how often a new injury followed on average in the data the model learnt from")


def _verification(outcome: str, figures: pd.DataFrame, context: PageContext) -> Verification:
    metrics = list(dict.fromkeys(figures["metric"]))
    models = in_order(figures["model"])
    cells = {
        (row["model"], row["metric"]): _cell(row["metric"], row["value"], row["low"], row["high"])
        for row in figures.to_dict("records")
    }
    # Figures of earlier versions do not say which columns a model reads.
    columns_by_model = figures.reindex(columns=["model", "columns"]).drop_duplicates("model")
    read: dict[str, ColumnsRead] = dict(columns_by_model.dropna().itertuples(index=False))
    return Verification(
        words=outcome_words(outcome),
        metrics=tuple((metric_words(m), metric_meaning(m)) for m in metrics),
        rows=tuple(
            Compared(
                model=_model(m, models[0]),
                columns=_columns(read.get(m)),
                cells=tuple(cells.get((m, metric), ("", "")) for metric in metrics),
            )
            for m in models
        ),
        plain=_plain(figures, models),
        plot=_plot(outcome, context.verification.calibration),
        alerts=_alerts(outcome, context.verification.alert_budget),
        stability=_stability(outcome, context.verification.stability),
        verdict=tuple(verdict_words(figures, context.settings.gates)),
    )


def _model(name: str, in_use: str) -> str:
    return (
        message("{model}, in use", model=model_words(name)) if name == in_use else model_words(name)
    )


def _columns(read: "ColumnsRead | None") -> str:
    """Say which columns a row was made with, so that a reader compares only similar rows."""
    if read is not None and read.whose == "oracle":
        return message("knows all that can be observed")
    if read is None or read.number is None:
        return ""
    if not read.number:
        return message("reads no column")
    return message("columns read: {count}", count=number(read.number, 0))


def _cell(metric: str, value: float, low: float, high: float) -> tuple[str, str]:
    """Return a value and its interval in words, empty where there is none."""
    digits = _DIGITS.get(metric, 2)
    if np.isnan(value):
        return "", ""
    # A value without its interval is shown alone, rather than with an interval that says nothing.
    known = not np.isnan([low, high]).any()
    return number(value, digits), _span(low, high, digits) if known else ""


def _span(low: float, high: float, digits: int) -> str:
    return message("{low} to {high}", low=number(low, digits), high=number(high, digits))


def _plain(figures: pd.DataFrame, models: Sequence[str]) -> str:
    """Say what the first model's AUROC means, if it was measured."""
    mine = figures[(figures["model"] == models[0]) & (figures["metric"] == "auroc")]
    if mine.empty or mine["value"].isna().all():
        return ""
    pairs = number(100 * float(mine["value"].iloc[0]), 0)
    return message(
        "Take a week that ended with a new injury and one that did not: in {pairs} of 100 such "
        "pairs the week with the injury had the higher forecast. Tossing a coin gives 50.",
        pairs=pairs,
    )


def _plot(outcome: str, calibration: pd.DataFrame | None) -> Markup:
    if calibration is None:
        return Markup("")
    points = calibration[calibration["outcome"] == outcome]
    if points.empty:
        return Markup("")
    return calibration_plot(f"cal{outcome}", outcome_words(outcome), points)


def _alerts(outcome: str, table: pd.DataFrame | None) -> tuple[Alert, ...]:
    if table is None:
        return ()
    return tuple(
        Alert(
            flags=int(row["flags_per_team_week"]),
            share=f"{number(100 * row['flagged'], 0)} %",
            hurt=_of_hundred(row, "precision"),
            injuries_found=_of_hundred(row, "recall"),
            lead=_with_interval(row, "lead_days", 1, 1),
        )
        for row in table[table["outcome"] == outcome].to_dict("records")
    )


def _of_hundred(row: Row, name: str) -> tuple[str, str]:
    return _with_interval(row, name, 100, 0)


def _with_interval(row: Row, name: str, times: float, digits: int) -> tuple[str, str]:
    if np.isnan(row[name]):
        return "", ""
    value, low, high = (times * row[f"{name}{end}"] for end in ("", "_low", "_high"))
    return number(value, digits), _span(low, high, digits)


def _stability(outcome: str, table: pd.DataFrame | None) -> str:
    """Say how far refits agree on the reasons."""
    if table is None or not (table["outcome"] == outcome).any():
        return ""
    mine = table[table["outcome"] == outcome]
    shares = {
        str(row["measure"]): message(
            "{count} of 100 ({span})",
            count=number(100 * row["value"], 0),
            span=_span(100 * row["low"], 100 * row["high"], 0),
        )
        for row in mine.to_dict("records")
    }
    first, top, same = (
        shares[name] for name in ("first_again", "first_in_top_3", "same_direction")
    )
    return message(
        "Models fitted to other samples of the athletes give the same first reason for a "
        "forecast in {first} cases, and have it among their first three in {top}. The three "
        "strongest reasons point the same way in {same}. Read the first reasons together: their "
        "order may change.",
        first=first, top=top, same=same,
    )  # fmt: skip
