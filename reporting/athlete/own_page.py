"""An athlete's own page: one self-contained file, about nobody else, in plain words."""

from dataclasses import replace
from typing import Any, Final

import pandas as pd
from markupsafe import Markup

from common.language import message
from common.text.plain_words import plain_date, plain_day
from forecasting.status.open_injuries import QUESTION
from reporting.athlete.view import AthleteView, athlete_views
from reporting.context import PageContext, rows_of
from reporting.html import colours, environment, policy
from reporting.languages.messages import forecast_period, sentence_case
from reporting.languages.statuses import status_words
from reporting.planning.own_words import own_ahead

_FRAMES: Final = (
    "scores", "reasons", "blocks", "daily_load", "records",
    "figures", "to_check", "strength", "measured",
)  # fmt: skip


def render_own_page(context: PageContext, athlete: str) -> str:
    """Return one athlete's page as HTML.

    Nothing of anybody else can stand in it: it is made of the frames cut down to the athlete.

    Parameters
    ----------
    context : PageContext
        Of the weekly page.
    athlete : str
        Pseudonym.
    """
    # Cut before anything is made of it: what is not there cannot slip into the page.
    own = only(context, athlete)
    (view,) = athlete_views(own)
    pages = environment()
    style = pages.get_template("page.css.j2").render(colours())
    return pages.get_template("own.html.j2").render(
        context=own,
        athlete=view,
        style=Markup(style),  # noqa: S704 - made of this package's template and palette alone
        policy=policy(style),
        language=own.language,
        period=forecast_period(own.as_of, own.horizon_days),
        as_of=plain_day(own.as_of),
        status=status_words(view.status),
        reasons=_reasons(own),
        ahead=own_ahead(own.outlooks.get(athlete)),
        note=_note(view),
        kept=kept_records(own.records),
    )


def _note(view: AthleteView) -> str:
    """Return why there is no forecast; the injured are asked in place of the coach."""
    note = f"{sentence_case(view.note.removesuffix(f': {message(QUESTION)}'))}."
    if view.way_back is None:
        return note
    return f"{note} {message('Tell your coach as soon as you train in full again.')}"


def only(context: PageContext, athlete: str) -> PageContext:
    """Return the context cut down to one athlete."""
    cut: dict[str, Any] = {name: rows_of(athlete, getattr(context, name)) for name in _FRAMES}
    names = {athlete: context.name_of(athlete)}
    complaints = {athlete: context.complaints.get(athlete, ())}
    way_back = {code: outlook for code, outlook in context.way_back.items() if code == athlete}
    outlooks = {code: outlook for code, outlook in context.outlooks.items() if code == athlete}
    # A thing that concerns several athletes would tell one of them about the others.
    mine = [entry for entry in context.not_read if list(entry.get("athletes", ())) == [athlete]]
    return replace(
        context, **cut, memory=context.memory.of(athlete), display_names=names,
        complaints=complaints, way_back=way_back, not_read=mine, to_do=(), outlooks=outlooks,
    )  # fmt: skip


def _reasons(context: PageContext) -> dict[str, list[str]]:
    """Return the sentences of the leading outcome that compare with nobody else, by direction."""
    rows = context.reasons
    known = rows[(rows["outcome"] == context.outcomes[0]) & rows["known"]]
    # Weeks of earlier versions have one sentence only.
    column = "own_sentence" if "own_sentence" in known else "sentence"
    return {
        direction: list(known.loc[known["direction"] == direction, column])
        for direction in ("for", "against")
    }


def kept_records(records: pd.DataFrame) -> tuple[str, ...]:
    """Return what is kept about the athlete: how much of each kind, and how new it is."""
    kinds = {
        "sessions": message("sessions"),
        "weeks of kilometres": message("weeks of kilometres"),
        "questionnaires": message("days with answers to questionnaires"),
        "pain answers": message("days with answers about pain"),
        "strength tests": message("days with strength tests"),
        "gait tests": message("days with gait tests"),
        "injury reports": message("entries in the injury list"),
    }
    rows = {str(row["kind"]): row for row in records.to_dict("records")}
    return tuple(
        message(
            "{words}: {count}, the newest of {day}",
            words=words, count=int(rows[kind]["records"]), day=plain_date(rows[kind]["newest"]),
        )
        for kind, words in kinds.items()
        if kind in rows and rows[kind]["records"]
    )  # fmt: skip
