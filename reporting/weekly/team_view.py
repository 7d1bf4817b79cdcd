"""The team in five seconds: who to look at first, how the bands fill, what to expect."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from common.language import message, plural
from common.text.plain_words import number, out_of, probability_words
from forecasting.scoring.bands import BANDS
from reporting.athlete.view import AthleteView, Chance
from reporting.charts.svg import path, picture, px
from reporting.html import slug
from reporting.languages.messages import band_name, spells
from reporting.languages.statuses import status_name

_WIDTH = 600
FIRST: Final = 3
"""How many athletes stand at the top of the page."""

ALARMING: Final = BANDS[2:]


@dataclass(frozen=True)
class TeamView:
    """What stands at the top of the page."""

    headline: str
    expected: str
    healthy: str
    tally: tuple[tuple[str, int], ...]
    bar: Markup
    first: tuple[AthleteView, ...]
    unscored: tuple[tuple[str, int], ...]


def team_view(athletes: Sequence[AthleteView], horizon_days: int) -> TeamView:
    """Sum up the leading outcome's forecasts."""
    # One outcome alone, or an athlete with two outcomes would be counted twice in the bar.
    leading = [athlete.chances[0] for athlete in athletes if athlete.chances]
    counts = Counter(chance.band for chance in leading)
    tally = tuple((band, counts[band]) for band in BANDS)
    alarmed = counts["high"] + counts["very high"]
    statuses = Counter(athlete.status for athlete in athletes if not athlete.chances)
    return TeamView(
        headline=_headline(alarmed, len(leading)),
        # Probabilities add up to a number of injuries only because they are calibrated.
        expected=number(sum(chance.probability for chance in leading)),
        healthy=_healthy(leading, horizon_days),
        tally=tally,
        bar=_bar(tally),
        # May stay empty: to name three people in a calm week would make the list worthless.
        first=tuple(a for a in athletes if a.chances and _is_alarming(a))[:FIRST],
        unscored=tuple((status_name(status), n) for status, n in statuses.items()),
    )


def _is_alarming(athlete: AthleteView) -> bool:
    return athlete.chances[0].band in ALARMING


def _healthy(leading: Sequence[Chance], horizon_days: int) -> str:
    """Say how many stay healthy at the highest chance that anybody has.

    A band's mean would stand beside the chance of its first athlete as if it contradicted it.
    """
    if not leading:
        return ""
    highest = max(chance.probability for chance in leading)
    count, of = out_of(highest)
    return message(
        "Even at the highest chance of the team, {highest}, about {healthy} of {of} {spells} end "
        "without a new injury.",
        highest=probability_words(highest), healthy=number(of - count, 0), of=number(of, 0),
        spells=spells(horizon_days),
    )  # fmt: skip


def _headline(alarmed: int, scored: int) -> str:
    if scored == 0:
        return message("Nobody could be scored this week")
    if alarmed == 0:
        return plural(
            "The {count} athlete does not stand in the high band this week",
            "None of {count} athletes stands in the high band this week",
            scored,
        )
    return message("High or very high: {count} of {scored} athletes", count=alarmed, scored=scored)


def _bar(tally: Sequence[tuple[str, int]]) -> Markup:
    total = sum(count for _, count in tally)
    if total == 0:
        return Markup("")
    left, parts = 0.0, []
    for band, count in tally:
        width = _WIDTH * count / total
        parts.append(path(f"M{px(left)} 0h{px(width)}v18H{px(left)}z" if count else "", slug(band)))
        left += width
    description = ", ".join(f"{band_name(band)} {count}" for band, count in tally)
    body = Markup("").join(parts)
    title = message("Athletes by band")
    return picture("team", title, f"{description}.", (_WIDTH, 18), body, "tally")
