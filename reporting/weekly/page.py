"""The weekly page: one self-contained HTML file that asks the network for nothing."""

from collections.abc import Sequence
from typing import Final

import pandas as pd
from markupsafe import Markup

from common.language import message, translated
from common.text.outcome_words import outcome_words
from common.text.plain_words import plain_day, probability_words
from reporting.athlete.view import AthleteView, athlete_views
from reporting.context import PageContext
from reporting.html import TEMPLATES, colours, environment, policy
from reporting.languages.messages import (
    band_words,
    forecast_period,
    full_bar,
    natural_frequency,
    verdict_name,
    verdict_words,
)
from reporting.weekly.first_screen import first_screen
from reporting.weekly.freshness import is_over_words, stale_words, what_was_read
from reporting.weekly.own_sections import own_sections
from reporting.weekly.plan_section import plan_sections
from reporting.weekly.team_view import team_view
from reporting.weekly.trust_view import (
    base_rate_meaning,
    base_rates_sentence,
    evidence_banner,
    origin_words,
    verifications,
)

DRAWN_AT_ONCE: Final = 60
"""With more athletes a card's content is drawn when it is opened."""

ROWS_AT_ONCE: Final = 60
"""Rows and cards beyond these are drawn when somebody asks for them."""

_EXAMPLE: Final = 0.042


def render_page(context: PageContext, views: Sequence[AthleteView] | None = None) -> str:
    """Return the weekly page as HTML.

    The page carries its style and script inline and a content security policy that admits
    exactly these two and no request; all texts are escaped, names included.

    Parameters
    ----------
    context : PageContext
        Frames and texts.
    views : sequence of AthleteView, optional
        What :func:`athlete_views` returns of the context, where it is known already.
    """
    pages = environment()
    style = pages.get_template("page.css.j2").render(colours())
    script = (TEMPLATES / "page.js").read_text(encoding="utf-8")
    athletes = athlete_views(context) if views is None else views
    scored = [athlete for athlete in athletes if athlete.chances]
    first = first_screen(context, athletes)
    return pages.get_template("page.html.j2").render(
        context=context,
        style=Markup(style),  # noqa: S704 - made of this package's template and palette alone
        script=Markup(script),  # noqa: S704 - this package's own file
        policy=policy(style, script),
        athletes=athletes,
        scored=scored,
        unscored=[athlete for athlete in athletes if not athlete.chances],
        team=team_view(athletes, context.horizon_days),
        first=first,
        # A print shows these cards open: nobody can click on paper.
        pinned={athlete.key for athlete in first.flags},
        drawn_later=len(athletes) > DRAWN_AT_ONCE,
        rows_at_once=ROWS_AT_ONCE,
        cards_at_once=ROWS_AT_ONCE,
        base_rate_meaning=base_rate_meaning(context),
        bands=band_words(context.settings.score.bands),
        base_words=base_rates_sentence(context, band_words(context.settings.score.bands)),
        teams=sorted({athlete.team for athlete in athletes if athlete.team}),
        outcomes=[outcome_words(outcome) for outcome in context.outcomes],
        model=_model_label(context),
        period=forecast_period(context.as_of, context.horizon_days),
        as_of=plain_day(context.as_of),
        verifications=verifications(context),
        own=[*plan_sections(context), *own_sections(context)],
        has_past=any(c.past.change_words or c.past.ratio_words for a in scored for c in a.chances),
        has_usual=any(c.past.ratio_words for a in scored for c in a.chances),
        verdict=verdict_words(context.memory.verdict),
        verdict_short=verdict_name(str((context.memory.verdict or {}).get("verdict", ""))),
        read=what_was_read(context),
        stale=stale_words(context),
        is_over=is_over_words(context),
        last_day=context.as_of + pd.Timedelta(days=context.horizon_days),
        made_on="" if context.made_on is None else plain_day(context.made_on),
        week_of=message(
            "{first} to {last}",
            first=plain_day(context.as_of - pd.Timedelta(days=6)),
            last=plain_day(context.as_of),
        ),
        example=natural_frequency(_EXAMPLE, context.horizon_days),
        example_percent=probability_words(_EXAMPLE),
        # One scale for all bars of the page, so that their lengths can be compared.
        full_bar=full_bar(max((c.probability for a in scored for c in a.chances), default=1.0)),
        evidence=evidence_banner(context),
        origin=origin_words(context),
    )


def _model_label(context: PageContext) -> str:
    """Return the models' names; those that are always the same are told in the language spoken."""
    names = dict.fromkeys(context.scores["model"].dropna())
    return ", ".join(translated(str(name)) for name in names)
