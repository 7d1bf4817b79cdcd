"""Of the last list that can be judged: who got hurt, where they stood, and who stayed healthy."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from features.injuries.rules import running_injuries

FLAGGED: Final = ("high", "very high")
"""Bands that a coach is asked to look at."""


def last_list(
    followed: pd.DataFrame, injuries: pd.DataFrame, horizon_days: int, last_record: pd.Timestamp
) -> dict[str, Any] | None:
    """Return what became of the latest week whose horizon ended by the last record.

    Parameters
    ----------
    followed : pandas.DataFrame
        Archived forecasts from :func:`forecasting.monitoring.outcomes.followed`; the first outcome
        counts.
    injuries : pandas.DataFrame
        The `injuries` table, for injuries of running of athletes who had no number.
    horizon_days : int
        Length of the forecast period.
    last_record : pandas.Timestamp
        Last day of the data.

    Returns
    -------
    dict or None
        as_of, through (days); scored; hurt: athlete, onset, rank, probability, band, status by
        rank, who had no number last; flagged, flagged_hurt, flagged_healthy, flagged_unknown
        (high and very high). None before the first horizon has passed.
    """
    # A week whose horizon is still open would count people as healthy who may yet be hurt.
    end = last_record - pd.Timedelta(days=horizon_days)
    past = followed[followed["as_of"] <= end]
    if past.empty:
        return None
    week = past[(past["as_of"] == past["as_of"].max())]
    # An athlete stands on the list once, whatever number of outcomes is forecast.
    week = week[week["outcome"] == week["outcome"].iloc[0]].sort_values("rank")
    as_of = pd.Timestamp(week["as_of"].iloc[0])
    through = as_of + pd.Timedelta(days=horizon_days)
    flagged = week.loc[week["band"].isin(FLAGGED), "event"]
    hurt = week[week["event"] == 1]
    return {
        "as_of": str(as_of.date()),
        "through": str(through.date()),
        "scored": int(week["probability"].notna().sum()),
        "hurt": [
            *[_stood(row) for row in hurt.to_dict("records")],
            *[_stood(row) for row in _without_number(week, injuries, as_of, through)],
        ],
        "flagged": len(flagged),
        "flagged_hurt": int((flagged == 1).sum()),
        "flagged_healthy": int((flagged == 0).sum()),
        # Told apart from healthy: who left the team after the list has no outcome.
        "flagged_unknown": int(flagged.isna().sum()),
    }


def _without_number(
    week: pd.DataFrame, injuries: pd.DataFrame, as_of: pd.Timestamp, through: pd.Timestamp
) -> list[dict[Any, Any]]:
    """Return the new injuries of those who were silent, new or without data that day."""
    counted = running_injuries(injuries)
    inside = counted["onset_date"].gt(as_of) & counted["onset_date"].le(through)
    new = counted.loc[inside, ["athlete", "onset_date"]].sort_values("onset_date")
    # Who was injured that day already was not at risk, and is no miss of the list.
    unscored = week[week["probability"].isna() & (week["status"] != "injured")]
    both = unscored.drop(columns="onset_date").merge(new.drop_duplicates("athlete"), on="athlete")
    return both.to_dict("records")


def _stood(row: Mapping[Any, Any]) -> dict[str, Any]:
    known = pd.notna(row["probability"])
    return {
        "athlete": str(row["athlete"]),
        "onset": str(pd.Timestamp(row["onset_date"]).date()),
        "rank": int(row["rank"]) if known else None,
        "probability": float(row["probability"]) if known else None,
        "band": str(row["band"]) if known else None,
        "status": str(row["status"]),
    }
