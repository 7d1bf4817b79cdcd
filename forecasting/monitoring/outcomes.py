"""What followed earlier forecasts: a new injury, none, or not known yet."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from features.injuries.known_running import known_runs
from features.injuries.rules import as_known_on
from features.injuries.settings import InjuryRules
from models.sampling.outcomes import label, risk_set
from models.settings.outcomes import OutcomeSettings

LEAST_EVENTS: Final = 5
"""Fewer events tell nothing about slope or intercept."""


def followed(
    forecasts: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
    until: pd.Timestamp,
    horizon_days: int,
    rules: InjuryRules,
) -> pd.DataFrame:
    """Add to each forecast what happened within its horizon, as known on a day.

    Parameters
    ----------
    forecasts : pandas.DataFrame
        athlete, outcome, as_of, probability; rows without a probability keep a null event.
    tables : mapping of str to pandas.DataFrame
        athletes and injuries; athletes who are no longer in the roster have no outcome.
    until : pandas.Timestamp
        Last day of the data; a horizon that runs past it has not been seen to its end.
    horizon_days : int
        Length of the forecast period.
    rules : InjuryRules
        How reports become injuries.

    Returns
    -------
    pandas.DataFrame
        `forecasts` with event (1, 0, or nan where unknown) and onset_date (of the injury).
    """
    athletes = tables["athletes"]
    last = athletes["observed_to"]
    # Later days count as not observed, so that an open horizon is unknown and not "no injury".
    seen = athletes.assign(observed_to=last.where(last <= until, until))
    # Outside the roster nothing is known of an athlete, and unknown is not "no injury".
    is_known = forecasts["athlete"].isin(seen["athlete"]) & forecasts["probability"].notna()
    hurt = as_known_on(tables["injuries"], until)
    runs = known_runs(tables, until) if "sessions" in tables else None
    parts = []
    spells = risk_set(hurt, seen, rules, runs) if is_known.any() else None
    for outcome, rows in forecasts[is_known].groupby("outcome"):
        dated = rows[["athlete", "as_of"]].rename(columns={"as_of": "date"})
        settings = OutcomeSettings(horizon_days=horizon_days)
        labels = label(dated, hurt, seen, str(outcome), settings, rules, runs, spells)
        parts.append(labels[["event", "onset_date"]])
    if not parts:
        return forecasts.assign(
            event=float("nan"), onset_date=pd.Series(pd.NaT, forecasts.index, dtype="M8[ns]")
        )
    return forecasts.join(pd.concat(parts))
