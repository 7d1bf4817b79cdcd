"""The weekly page: one self-contained HTML file that asks the network for nothing."""

import base64
import hashlib
from pathlib import Path
from typing import Final

import pandas as pd
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from common.language import message, plural, translated
from common.plain_words import plain_day
from reporting.athlete.view import athlete_views
from reporting.charts import palette
from reporting.context import PageContext
from reporting.languages.messages import (
    band_words,
    forecast_period,
    full_bar,
    natural_frequency,
    outcome_words,
    sentence_case,
    verdict_words,
)
from reporting.weekly.first_screen import first_screen
from reporting.weekly.freshness import is_over_words, stale_words, what_was_read
from reporting.weekly.own_sections import own_sections
from reporting.weekly.team_view import slug, team_view
from reporting.weekly.trust_view import (
    base_rate_meaning,
    base_rates_sentence,
    evidence_banner,
    verifications,
)

_TEMPLATES: Final = Path(__file__).parents[1] / "templates"
_EXAMPLE: Final = 0.042


def render_page(context: PageContext) -> str:
    """Return the weekly page as HTML.

    The page carries its style and script inline and a content security policy that admits
    exactly these two and no request; all texts are escaped, names included.

    Parameters
    ----------
    context : PageContext
        Frames and texts.
    """
    pages = environment()
    style = pages.get_template("page.css.j2").render(colours())
    script = (_TEMPLATES / "page.js").read_text(encoding="utf-8")
    athletes = athlete_views(context)
    scored = [athlete for athlete in athletes if athlete.chances]
    return pages.get_template("page.html.j2").render(
        context=context,
        style=Markup(style),  # noqa: S704 - made of this package's template and palette alone
        script=Markup(script),  # noqa: S704 - this package's own file
        policy=policy(style, script),
        athletes=athletes,
        scored=scored,
        unscored=[athlete for athlete in athletes if not athlete.chances],
        team=team_view(athletes, context.horizon_days),
        first=first_screen(context, athletes),
        base_rate_meaning=base_rate_meaning(context),
        bands=band_words(context.bands),
        base_words=base_rates_sentence(context, band_words(context.bands)),
        teams=sorted({athlete.team for athlete in athletes if athlete.team}),
        outcomes=[outcome_words(outcome) for outcome in context.outcomes],
        model=_model_label(context),
        period=forecast_period(context.as_of, context.horizon_days),
        as_of=plain_day(context.as_of),
        verifications=verifications(context),
        own=own_sections(context),
        has_past=any(c.past.change_words or c.past.ratio_words for a in scored for c in a.chances),
        verdict=verdict_words(context.verdict),
        read=what_was_read(context),
        stale=stale_words(context),
        is_over=is_over_words(context),
        last_day=context.as_of + pd.Timedelta(days=context.horizon_days),
        made_on="" if context.made_on is None else plain_day(context.made_on),
        week_of=f"{plain_day(context.as_of - pd.Timedelta(days=6))} to {plain_day(context.as_of)}",
        example=natural_frequency(_EXAMPLE, context.horizon_days),
        full_bar=full_bar(max((c.probability for a in scored for c in a.chances), default=1.0)),
        evidence=evidence_banner(context),
    )


def environment() -> Environment:
    """Return the templates, with everything escaped and nothing undefined."""
    pages = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals |= {"_": message, "plural": plural, "rich": rich}
    pages.filters["slug"] = slug
    pages.filters["sentence_case"] = sentence_case
    return pages


def rich(text: str, /, **figures: object) -> Markup:
    """Return a message whose figures are printed bold; everything in it is escaped."""
    bold = {name: Markup("<strong>{}</strong>").format(value) for name, value in figures.items()}
    return escape(translated(text)).format(**bold)


def colours() -> dict[str, object]:
    """Return the palette for the style sheet."""
    names = [name for name in dir(palette) if name.isupper() and name != "TEXT_PAIRS"]
    return {name.lower(): getattr(palette, name) for name in names} | {"slug": slug}


def policy(style: str, script: str | None = None) -> str:
    """Admit the inline blocks by their digest; everything else is refused."""
    runs = "" if script is None else f"script-src '{_digest(script)}'; "
    return (
        f"default-src 'none'; style-src '{_digest(style)}'; {runs}"
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    raw = hashlib.sha256(text.encode("utf-8")).digest()
    return "sha256-" + base64.b64encode(raw).decode("ascii")


def _model_label(context: PageContext) -> str:
    return ", ".join(dict.fromkeys(context.scores["model"].dropna()))
