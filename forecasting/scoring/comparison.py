"""Forecasts beside an athlete's earlier ones: the change, and what is usual for them."""

from typing import Final

import pandas as pd

COMPARED_COLUMNS: Final = (
    "athlete", "outcome", "previous_as_of", "previous", "change", "usual", "usual_weeks",
    "ratio_to_usual",
)  # fmt: skip
LEAST_WEEKS: Final = 3
"""Earlier forecasts from which a median says what is usual."""

RECENT_DAYS: Final = 13
"""An older forecast is no longer last week's."""

_KEYS: Final = ["athlete", "outcome"]


def compare(scores: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    """Compare forecasts with earlier ones of the same athlete, outcome and model.

    Forecasts of another model are left out: a change would say more about the models than about
    the athlete.

    Parameters
    ----------
    scores : pandas.DataFrame
        athlete, outcome, as_of (one day), model, probability.
    past : pandas.DataFrame
        The same columns of earlier and later weeks; only earlier ones are used.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`COMPARED_COLUMNS`, one row per row of `scores`: day and probability of the
        latest forecast of the past 13 days, the difference to it, the median of all earlier
        forecasts where there are at least three, their number, and the ratio to that median.
    """
    earlier = _earlier(scores, past)
    by_athlete = earlier.groupby(_KEYS)["probability"]
    usual = by_athlete.agg(usual="median", usual_weeks="size").reset_index()
    table = scores[[*_KEYS, "probability"]].merge(_latest(scores, earlier), on=_KEYS, how="left")
    # From the left, so that an athlete without a past keeps a row, with nulls.
    table = table.merge(usual, on=_KEYS, how="left")
    table["usual_weeks"] = table["usual_weeks"].fillna(0).astype("int64")
    # The median of one or two weeks is those weeks: it would call any change unusual.
    table["usual"] = table["usual"].where(table["usual_weeks"] >= LEAST_WEEKS)
    table["change"] = table["probability"] - table["previous"]
    table["ratio_to_usual"] = table["probability"] / table["usual"]
    return table[list(COMPARED_COLUMNS)]


def _earlier(scores: pd.DataFrame, past: pd.DataFrame) -> pd.DataFrame:
    models = scores[["outcome", "model"]].drop_duplicates()
    same = past.merge(models, on=["outcome", "model"])
    # A forecast for a past day must not see the ones that were made after it.
    is_earlier = same["as_of"] < _day(scores)
    return same.loc[is_earlier & same["probability"].notna()]


def _latest(scores: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    first = _day(scores) - pd.Timedelta(days=RECENT_DAYS)
    recent = earlier.loc[earlier["as_of"] >= first].sort_values("as_of")
    latest = recent.drop_duplicates(_KEYS, keep="last")
    renamed = latest.rename(columns={"as_of": "previous_as_of", "probability": "previous"})
    return renamed[[*_KEYS, "previous_as_of", "previous"]]


def _day(scores: pd.DataFrame) -> pd.Timestamp:
    """Return the one day of the scores; NaT where nobody is listed on it."""
    return pd.Timestamp(scores["as_of"].max())
