"""How old the page is: what was read and up to when, and a banner where that is too long ago."""

from typing import Final

import pandas as pd

from common.plain_words import plain_date, plain_day
from forecasting.status.records_read import SOURCES
from reporting.context import PageContext
from reporting.languages.messages import forecast_period

_ADD: Final = "Add the newer exports to the folder and score again"


def what_was_read(context: PageContext) -> str:
    """Return how many records of each kind were read, with the day of the newest."""
    parts = []
    for kind in SOURCES:
        rows = context.records[context.records["kind"] == kind]
        if len(rows):
            newest = plain_date(rows["newest"].max())
            parts.append(f"{int(rows['records'].sum()):,} {kind} (newest {newest})")
    return ", ".join(parts)


def newest_session(context: PageContext) -> pd.Timestamp | None:
    """Return the day of the team's newest session; None where none was read."""
    days = context.records.loc[context.records["kind"] == "sessions", "newest"]
    return pd.Timestamp(days.max()) if len(days) else None


def stale_words(context: PageContext) -> str:
    """Return what a reader must know of a page that is no longer current, empty if it is.

    That is so once more than half of the forecast's days lie behind the day on which it is made.
    Simulated athletes have no today.
    """
    newest, made = newest_session(context), context.made_on
    if made is None or newest is None or context.simulated:
        return ""
    period = forecast_period(context.as_of, context.horizon_days)
    if context.looks_back:
        return (
            f"made on {plain_day(made)} for {period}, from the records up to "
            f"{plain_day(context.as_of)} alone. Later records were left out on purpose."
        )
    days = (made - newest).days
    if days <= context.horizon_days / 2:
        return ""
    return (
        f"the newest session of the team is of {plain_day(newest)}, {days} days before this page "
        f"was made ({plain_day(made)}); the forecast is for {period}. {_ADD}."
    )


def is_over_words(context: PageContext) -> str:
    """Return what the page says to whoever opens it after its last day."""
    last = context.as_of + pd.Timedelta(days=context.horizon_days)
    return f"its last day was {plain_day(last)}. {_ADD}."
