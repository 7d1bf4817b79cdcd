"""Who came back from an injury lately: a coach has to see that beside the load."""

from typing import Any, Final

import pandas as pd

from common.language import plural
from common.text.body_words import region_words
from common.text.plain_words import plain_date

RECENT_DAYS: Final = 84
"""Twelve weeks after a return it is no longer told beside the forecast (convention)."""

UNENDED_DAYS: Final = 365
"""So long an injury that nobody gave a return date is asked about of somebody who runs."""


def returned(reported: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    """Return who is back from their latest injury, or runs although its end was not entered.

    Parameters
    ----------
    reported : pandas.DataFrame
        The `injuries` table from :func:`features.injuries.rules.as_known_on` the day.
    as_of : pandas.Timestamp
        Day of the forecast.

    Returns
    -------
    pandas.DataFrame
        athlete, back_since (the return date; null where none was entered), back_note; one row per
        athlete whose latest injury ended within :data:`RECENT_DAYS`, or began within
        :data:`UNENDED_DAYS` and has no return date. Who does not run is among them, too.
    """
    # An open injury lasts up to this day: of two with one onset it is the later one.
    far = reported["return_date"].fillna(as_of)
    order = reported.assign(until=far).sort_values(["athlete", "onset_date", "until"])
    latest = order.drop_duplicates("athlete", keep="last")
    since_return = (as_of - latest["return_date"]).dt.days
    since_onset = (as_of - latest["onset_date"]).dt.days
    # Older entries without an end are old lists that nobody kept up: asking each week would tire.
    unended = latest["return_date"].isna() & (since_onset <= UNENDED_DAYS)
    recent = latest[(since_return <= RECENT_DAYS) | unended]
    notes = [_note(row, as_of) for row in recent.to_dict("records")]
    return pd.DataFrame(
        {"athlete": recent["athlete"], "back_since": recent["return_date"], "back_note": notes}
    ).astype({"athlete": "str", "back_note": "str", "back_since": "datetime64[ns]"})


def _note(row: dict[Any, Any], as_of: pd.Timestamp) -> str:
    region = region_words(str(row["region"]))
    if pd.isna(row["return_date"]):
        return plural(
            "runs again after the injury of {onset} ({region}), {count} day ago: enter the return "
            "date",
            "runs again after the injury of {onset} ({region}), {count} days ago: enter the return "
            "date",
            (as_of - row["onset_date"]).days,
            onset=plain_date(row["onset_date"]),
            region=region,
        )
    return plural(
        "back since {day} ({region}), {count} day",
        "back since {day} ({region}), {count} days",
        (as_of - row["return_date"]).days,
        day=plain_date(row["return_date"]),
        region=region,
    )
