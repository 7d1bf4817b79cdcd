"""How old the page is: what was read and up to when, and a banner where that is too long ago."""

from typing import Final

import pandas as pd

from common.language import N_, message
from common.text.plain_words import number, plain_date, plain_day
from forecasting.status.records_read import SOURCES
from reporting.context import PageContext
from reporting.languages.messages import forecast_period, sentence_case

_TRAINING: Final = ("sessions", "weeks of kilometres")
_ADD: Final = N_("Add the newer exports to the folder and score again")


def what_was_read(context: PageContext) -> str:
    """Return how many records of each kind were read, with the day of the newest."""
    parts = []
    for kind in SOURCES:
        rows = context.records[context.records["kind"] == kind]
        if len(rows):
            newest = plain_date(rows["newest"].max())
            parts.append(
                message(
                    "{count} {kind} (newest {newest})",
                    count=number(int(rows["records"].sum()), 0),
                    kind=message(_KINDS.get(kind, kind)), newest=newest,
                )
            )  # fmt: skip
    return ", ".join(parts)


def newest_training(context: PageContext) -> pd.Timestamp | None:
    """Return the day of the team's newest session or week of kilometres; None without any."""
    days = context.records.loc[context.records["kind"].isin(_TRAINING), "newest"]
    return pd.Timestamp(days.max()) if len(days) else None


def stale_words(context: PageContext) -> str:
    """Return what a reader must know of a page that is no longer current, empty if it is.

    That is so once more than half of the forecast's days lie behind the day on which it is made.
    Simulated athletes have no today.
    """
    newest, made = newest_training(context), context.made_on
    # A page from a pipeline run has no day on which it is made: its bytes must not change with it.
    if made is None or newest is None or context.simulated:
        return ""
    period = forecast_period(context.as_of, context.horizon_days)
    # A look back is old on purpose: "add newer exports" would be wrong advice.
    if context.looks_back:
        looked_back = message(
            "made on {made} for {period}, from the records up to {as_of} alone. Later records were "
            "left out on purpose.",
            made=plain_day(made), period=period, as_of=plain_day(context.as_of),
        )  # fmt: skip
        return (
            looked_back
            if context.is_list_known
            else f"{looked_back} {sentence_case(unknown_list(context.as_of))}."
        )
    # From the newest training and not from the as-of day: a forecast of today may rest on old
    # records.
    days = (made - newest).days
    if days <= context.horizon_days / 2:
        return ""
    return message(
        "the newest training record of the team is of {newest}, {days} days before this page was "
        "made ({made}); the forecast is for {period}. {remedy}.",
        newest=plain_day(newest), days=days, made=plain_day(made), period=period,
        remedy=message(_ADD),
    )  # fmt: skip


def unknown_list(as_of: pd.Timestamp) -> str:
    """Say that nobody knows what the injury record said on a day."""
    return message(
        "the injury list is used as it stands now, because no earlier list shows what was known "
        "on {day}; an injury that was reported later counts from its onset",
        day=plain_day(as_of),
    )


def is_over_words(context: PageContext) -> str:
    """Return what the page says to whoever opens it after its last day."""
    last = context.as_of + pd.Timedelta(days=context.horizon_days)
    return message("its last day was {day}. {remedy}.", day=plain_day(last), remedy=message(_ADD))


_KINDS: Final = {
    "sessions": N_("sessions"),
    "weeks of kilometres": N_("weeks of kilometres"),
    "questionnaires": N_("questionnaires"),
    "pain answers": N_("answers about pain"),
    "strength tests": N_("strength tests"),
    "gait tests": N_("gait tests"),
    "injury reports": N_("injury reports"),
}
