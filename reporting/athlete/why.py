"""Why a forecast is what it is, as the page shows it: the athlete's own apart from the team's."""

from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from common.language import N_, message
from common.text.outcome_words import outcome_words
from forecasting.scoring.week import SHARED_BELOW
from reporting.charts.blocks import block_chart, block_words, times
from reporting.languages.messages import odds_words
from reporting.languages.plain_rows import Row, Rows

SHARED: Final = N_("As for most of the team")
"""Heading of the reasons that do not set an athlete apart."""


@dataclass(frozen=True)
class Reason:
    """A sentence, its effect as a factor on the odds, and which way it points."""

    sentence: str
    effect: str
    direction: str


@dataclass(frozen=True)
class ReasonGroup:
    """Reasons of one block, or those shared with the team."""

    block: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Why:
    """Reasons of one outcome: what can be changed, context, and what is not recorded."""

    outcome: str
    words: str
    raised: tuple[ReasonGroup, ...]
    lowered: tuple[ReasonGroup, ...]
    context: tuple[ReasonGroup, ...]
    unrecorded: tuple[Reason, ...]
    odds: str
    chart: Markup


def why_view(key: str, name: str, forecast: Row, why: Rows, blocks: Rows) -> Why:
    """Return one outcome's reasons of one athlete.

    Parameters
    ----------
    key, name : str
        Unique on the page; of the athlete.
    forecast : mapping
        A row of the scores.
    why, blocks : sequence of mappings
        The athlete's reasons and contributions by block, of all outcomes.
    """
    outcome, probability = str(forecast["outcome"]), float(forecast["probability"])
    every = [row for row in why if row["outcome"] == outcome]
    mine = [row for row in every if row["known"]]
    changeable = [row for row in mine if row["changeable"]]
    return Why(
        outcome=outcome,
        words=outcome_words(outcome),
        raised=_groups([row for row in changeable if row["direction"] == "for"]),
        lowered=_groups([row for row in changeable if row["direction"] == "against"]),
        context=_groups([row for row in mine if not row["changeable"]]),
        # Apart from the reasons: what is missing moves a forecast, but says nothing of the athlete.
        unrecorded=tuple(_unrecorded(row) for row in every if not row["known"]),
        odds=odds_words(probability),
        chart=block_chart(f"{key}{outcome}", name, [b for b in blocks if b["outcome"] == outcome]),
    )


def _groups(rows: Rows) -> tuple[ReasonGroup, ...]:
    """Group the athlete's own reasons by block, the furthest from the team first; then the rest."""
    own = [row for row in rows if is_own(row)]
    shared = [row for row in rows if not is_own(row)]
    blocks = dict.fromkeys(row["block"] for row in own)
    groups = [(block_words(name), [r for r in own if r["block"] == name]) for name in blocks]
    return tuple(
        ReasonGroup(words, tuple(_reason(row) for row in part))
        for words, part in [*groups, (message(SHARED), shared)]
        if part
    )


def is_own(row: Row) -> bool:
    """Say whether a reason lies clearly beyond the team's median, in its own direction."""
    # In its own direction: a reason that lowers less than the team's is not the athlete's own.
    sign = 1 if row["direction"] == "for" else -1
    return bool(sign * row["beyond_team_log_odds"] >= SHARED_BELOW)


def _unrecorded(row: Row) -> Reason:
    reason = _reason(row)
    # Without ": not known", which the heading of the list says already.
    return replace(reason, sentence=reason.sentence.rpartition(":")[0])


def _reason(row: Row) -> Reason:
    return Reason(row["sentence"], times(row["contribution_log_odds"]), row["direction"])
