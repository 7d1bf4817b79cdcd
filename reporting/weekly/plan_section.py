"""The week ahead of the team on the page: who may run the long run as planned."""

from typing import Final

import pandas as pd

from common.language import message, plural
from common.text.plain_words import number, plain_weekday, probability_words
from forecasting.planning.outlook import DEFAULT_BAND, Outlook
from reporting.context import PageContext
from reporting.planning.words import (
    AS_PLANNED,
    line_words,
)
from reporting.weekly.own_sections import Section

MOST_ROWS: Final = 200


def plan_sections(context: PageContext) -> list[Section]:
    """Return the team's table of planned long runs; none where no plan is known."""
    # A usual week is nobody's intention: to allow or forbid a run of it would make no sense.
    planned = [outlook for outlook in context.outlooks.values() if outlook.source == "plan"]
    if not planned:
        return []
    # The table is cut at its end, where those with the smallest risk stand.
    ordered = sorted(planned, key=lambda outlook: -(outlook.risk or 0.0))
    sentences = [
        message(
            "The load line says how long the run may be before the forecast is {band}, if all "
            "else stays as planned. Its 90 % range stands in brackets. It is a forecast, not a "
            "promise.",
            band=message(DEFAULT_BAND),
        ),
        *_not_shown(ordered),
    ]
    return [
        Section(
            title=message("Who may run the long run as planned"),
            sentences=tuple(sentences),
            table=pd.DataFrame([_row(context, outlook) for outlook in ordered[:MOST_ROWS]]),
        )
    ]


def _row(context: PageContext, of: Outlook) -> dict[str, str]:
    on = of.longest_on
    return {
        message("Athlete"): context.name_of(of.athlete),
        message("Risk as planned"): "" if of.risk is None else probability_words(of.risk),
        message("Week, km"): number(of.km),
        message("Longest run, km"): number(of.longest_km),
        message("Day"): "" if on is None else plain_weekday(on.weekday()),
        message("Load line"): line_words(of.run_line, DEFAULT_BAND),
        message("As planned"): message(AS_PLANNED[of.as_planned]),
        message("10 % rule, km"): number(of.ten_percent_km),
    }


def _not_shown(planned: list[Outlook]) -> list[str]:
    more = len(planned) - MOST_ROWS
    if more <= 0:
        return []
    return [plural("{count} more athlete has a plan", "{count} more athletes have plans", more)]
