"""One athlete as the page shows them: chances, reasons in groups, charts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from markupsafe import Markup

from features.catalogue import BLOCKS
from forecasting.words import TIMES, number, plain_day, probability_words
from reporting.block_chart import BLOCK_WORDS, block_chart, times
from reporting.context import PageContext
from reporting.load_chart import load_chart
from reporting.phrases import freshness, out_of_a_hundred, outcome_words
from reporting.weekly_load import spike_runs, weekly_load


@dataclass(frozen=True)
class Reason:
    """A sentence, its effect as a factor on the odds, and which way it points."""

    sentence: str
    effect: str
    direction: str


@dataclass(frozen=True)
class ReasonGroup:
    """Reasons of one block."""

    block: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Why:
    """Reasons of one outcome: what can be changed for and against, and context."""

    outcome: str
    words: str
    raised: tuple[ReasonGroup, ...]
    lowered: tuple[ReasonGroup, ...]
    context: tuple[ReasonGroup, ...]
    chart: Markup


@dataclass(frozen=True)
class Chance:
    """The forecast of one outcome."""

    outcome: str
    words: str
    probability: float
    percent: str
    ratio: float
    ratio_words: str
    base_words: str
    band: str
    frequency: str


@dataclass(frozen=True)
class AthleteView:
    """What the templates need of one athlete; `chances` is empty for those not scored."""

    key: str
    name: str
    team: str
    rank: int | None
    status: str
    note: str
    chances: tuple[Chance, ...]
    main_reason: str
    days_since: int | None
    fresh: str
    last_record: str
    whys: tuple[Why, ...]
    load: Markup


def athlete_views(context: PageContext) -> list[AthleteView]:
    """Return all athletes in the order of their rank, those not scored last."""
    rows = _by_athlete(context.scores)
    why = _by_athlete(context.reasons)
    blocks = _by_athlete(context.blocks)
    weeks = _by_athlete(weekly_load(context.daily_load, context.as_of))
    spikes = _by_athlete(spike_runs(context.daily_load, context.as_of))
    nothing = {"why": context.reasons.iloc[:0], "blocks": context.blocks.iloc[:0]}
    no_load = context.daily_load.iloc[:0]
    no_weeks, no_spikes = weekly_load(no_load, context.as_of), spike_runs(no_load, context.as_of)
    return [
        _view(
            f"a{at + 1}",
            context,
            rows[athlete],
            why.get(athlete, nothing["why"]),
            blocks.get(athlete, nothing["blocks"]),
            load_chart(
                f"l{at + 1}",
                context.name_of(athlete),
                weeks.get(athlete, no_weeks),
                spikes.get(athlete, no_spikes),
            ),
        )
        for at, athlete in enumerate(_order(context))
    ]


def _by_athlete(frame: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {str(athlete): part for athlete, part in frame.groupby("athlete", sort=False)}


def _order(context: PageContext) -> list[str]:
    leading = context.scores[context.scores["outcome"] == context.outcomes[0]]
    ordered = leading.sort_values(["rank", "status", "athlete"], na_position="last")
    return [str(athlete) for athlete in ordered["athlete"]]


def _view(
    key: str,
    context: PageContext,
    rows: pd.DataFrame,
    why: pd.DataFrame,
    blocks: pd.DataFrame,
    load: Markup,
) -> AthleteView:
    by_outcome = {str(row["outcome"]): row for row in rows.to_dict("records")}
    first = by_outcome[context.outcomes[0]]
    name = context.name_of(first["athlete"])
    scored = [o for o in context.outcomes if o in by_outcome and _is_scored(by_outcome[o])]
    days = first["days_since_record"]
    return AthleteView(
        key=key,
        name=name,
        team=_text(first["team"]),
        rank=None if pd.isna(first["rank"]) else int(first["rank"]),
        status=first["status"],
        note=_text(first["status_note"]),
        chances=tuple(_chance(by_outcome[outcome]) for outcome in scored),
        main_reason=_text(first["main_reason"]),
        days_since=None if pd.isna(days) else int(days),
        fresh="no record" if pd.isna(days) else freshness(int(days)),
        last_record="none" if pd.isna(days) else plain_day(first["last_record"]),
        whys=tuple(_why(key, name, outcome, why, blocks) for outcome in scored),
        load=load,
    )


def _is_scored(row: Mapping[Any, Any]) -> bool:
    return bool(pd.notna(row["probability"]))


def _text(value: object) -> str:
    return "" if pd.isna(value) else str(value)  # type: ignore[call-overload]


def _chance(row: Mapping[Any, Any]) -> Chance:
    return Chance(
        outcome=row["outcome"],
        words=outcome_words(row["outcome"]),
        probability=float(row["probability"]),
        percent=probability_words(row["probability"]),
        ratio=float(row["ratio_to_base"]),
        ratio_words=f"{number(row['ratio_to_base'])} {TIMES}",
        base_words=probability_words(row["base_rate"]),
        band=row["band"],
        frequency=out_of_a_hundred(row["probability"]),
    )


def _why(key: str, name: str, outcome: str, why: pd.DataFrame, blocks: pd.DataFrame) -> Why:
    mine = why[why["outcome"] == outcome].to_dict("records")
    changeable = [row for row in mine if row["changeable"]]
    return Why(
        outcome=outcome,
        words=outcome_words(outcome),
        raised=_groups([row for row in changeable if row["direction"] == "for"]),
        lowered=_groups([row for row in changeable if row["direction"] == "against"]),
        context=_groups([row for row in mine if not row["changeable"]]),
        chart=block_chart(f"{key}{outcome}", name, blocks[blocks["outcome"] == outcome]),
    )


def _groups(rows: Sequence[Mapping[Any, Any]]) -> tuple[ReasonGroup, ...]:
    return tuple(
        ReasonGroup(
            BLOCK_WORDS.get(block, block),
            tuple(_reason(row) for row in rows if row["block"] == block),
        )
        for block in BLOCKS
        if any(row["block"] == block for row in rows)
    )


def _reason(row: Mapping[Any, Any]) -> Reason:
    return Reason(row["sentence"], times(row["contribution_log_odds"]), row["direction"])
