"""The head of the ranking for a terminal, in the language spoken."""

from typing import Final

import pandas as pd
from rich.markup import escape
from rich.table import Table

from common.language import message, plural, translated
from common.text.plain_words import number, plain_date, probability_words
from reporting.languages.messages import band_name
from reporting.languages.statuses import status_name

SHOWN: Final = 10
"""How many athletes the terminal lists; the page has all of them."""


def ranking_table(scores: pd.DataFrame, names: dict[str, str]) -> Table:
    """Return the first of the ranking.

    Parameters
    ----------
    scores : pandas.DataFrame
        One outcome's scores, in the order of their rank.
    names : dict of str to str
        Names to show by code.
    """
    title = message(
        "week after {day}, {model}",
        day=plain_date(scores["as_of"].iloc[0]),
        model=translated(str(scores["model"].iloc[0])),
    )
    table = Table(title=title, title_justify="left")
    table.add_column("#", justify="right")
    table.add_column(message("athlete"))
    table.add_column(message("chance"), justify="right")
    table.add_column(message("x base"), justify="right")
    table.add_column(message("band"))
    table.add_column(message("main reason"))
    for row in scores[scores["probability"].notna()].head(SHOWN).to_dict("records"):
        table.add_row(
            str(row["rank"]),
            # Escaped, because rich reads "[...]" in a name as a command for its colours.
            escape(names.get(row["athlete"], row["athlete"])),
            probability_words(row["probability"]),
            number(row["ratio_to_base"]),
            band_name(str(row["band"])),
            # Without the figures in brackets, so that a row stays short; the page has all of it.
            escape(str(row["main_reason"]).partition(" (")[0]),
        )
    return table


def ranking_lines(scores: pd.DataFrame, names: dict[str, str]) -> list[str]:
    """Return what stands below the table: the base rate, who else, and new devices."""
    known = scores[scores["probability"].notna()]
    lines = []
    if len(known):
        lines.append(
            message(
                "x base: times the base rate, {rate} in these days",
                rate=probability_words(known["base_rate"].iloc[0]),
            )
        )
    if len(known) > SHOWN:
        lines.append(
            plural("{count} more on the page", "{count} more on the page", len(known) - SHOWN)
        )
    others = scores.loc[scores["probability"].isna(), "status"].value_counts()
    not_scored = ", ".join(
        f"{count} {status_name(str(status))}" for status, count in others.items()
    )
    lines.append(
        message(
            "{count} scored; not scored: {others}",
            count=len(known),
            others=not_scored or message("none"),
        )
    )
    flagged = scores.loc[scores["flag"] != "", ["athlete", "flag"]].to_dict("records")
    return [
        *lines,
        *(f"{names.get(row['athlete'], row['athlete'])}: {row['flag']}" for row in flagged),
    ]
