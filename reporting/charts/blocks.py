"""The block chart: what each block of features adds to, or takes from, an athlete's forecast."""

from collections.abc import Sequence
from math import exp, log
from typing import Final

from markupsafe import Markup

from common.language import N_, message
from common.text.plain_words import TIMES, number
from reporting.charts.svg import path, picture, px, text
from reporting.languages.plain_rows import Rows

WIDTH: Final = 340
_ROW: Final = 26
_MIDDLE, _REACH = 190.0, 88.0
_LEAST_SPAN: Final = log(2)
"""Odds x2 fill the half, unless an effect is larger: small effects shall look small."""

_BLOCK_WORDS: Final = {
    "load": N_("Load"),
    "recovery": N_("Recovery"),
    "history": N_("Past injuries"),
    "strength": N_("Strength"),
    "gait": N_("Running form"),
    "equipment": N_("Shoes"),
    "plan": N_("The week as planned"),
}


def block_words(block: str) -> str:
    """Return how the page calls a block of features."""
    return message(_BLOCK_WORDS.get(block, block))


def times(log_odds: float) -> str:
    """Return a contribution as a factor on the odds, ``x1.4``."""
    factor = exp(log_odds)
    # Below 1 one decimal is too coarse: 0.86 and 0.94 would both read 0.9.
    return f"{TIMES}{number(factor, 2 if factor < 1 else 1)}"


def block_chart(key: str, name: str, blocks: Rows) -> Markup:
    """Draw one athlete's contributions by block on the scale of log-odds.

    Parameters
    ----------
    key : str
        Unique on the page.
    name : str
        Of the athlete; escaped here.
    blocks : sequence of mappings
        block and contribution_log_odds; the row ``base`` is not drawn.
    """
    # The base is where a forecast starts and no effect; it would dwarf every bar.
    drawn = [row for row in blocks if row["block"] != "base"]
    effects = [float(row["contribution_log_odds"]) for row in drawn]
    words = [block_words(row["block"]) for row in drawn]
    body = _bars(words, effects, max(_LEAST_SPAN, *map(abs, effects)))
    odds = "; ".join(f"{word} {times(e)}" for word, e in zip(words, effects, strict=True))
    height = _ROW * len(words) + 6
    title = message("What moves the forecast of {name}", name=name)
    description = message("Odds: {told}.", told=odds)
    return picture(key, title, description, (WIDTH, height), body, "blocks")


def _bars(words: Sequence[str], effects: Sequence[float], span: float) -> Markup:
    parts = [path(f"M{_MIDDLE:g} 2V{_ROW * len(words) + 4}", "grid")]
    for at, (word, effect) in enumerate(zip(words, effects, strict=True)):
        y = _ROW * at + 6
        width = effect / span * _REACH
        # Side and colour say the same, for readers who cannot tell the two colours apart.
        css = "for" if effect > 0 else "against"
        parts += [
            text(0, y + 13, word),
            path(f"M{_MIDDLE:g} {y}h{px(width)}v16H{_MIDDLE:g}z", css),
            text(WIDTH, y + 13, times(effect), "e"),
        ]
    return Markup("").join(parts)
