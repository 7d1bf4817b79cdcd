"""Injuries on record, weeks at risk and their hours in plain pandas, of one athlete."""

import pandas as pd

YEAR = 365


def on_record(injuries, minutes, days_since_return, lost_before, known_from):
    """The three measures of each day; injuries were written down from `known_from` on.

    `lost_before` are the days lost of the year up to and including the first day, as known on it:
    whoever is injured on the first day has that day in it, and it counts once.
    """
    hurt = days_since_return == 0
    empty = (~(minutes.notna() | hurt).cummax()).cumsum()
    observed = pd.Series(range(1, len(minutes) + 1), index=minutes.index)
    kept = pd.Series((minutes.index - known_from).days + 1, index=minutes.index)
    written = kept.clip(upper=observed - empty + YEAR).where(kept > 0)
    told = max(min(lost_before, YEAR) - bool(hurt.iloc[0]), 0)
    at_risk = written - hurt.cumsum() - told
    healthy = minutes.where(~hurt)
    return {
        "injuries_on_record": injuries.astype(float),
        "weeks_at_risk_on_record": at_risk.clip(lower=7) / 7,
        "hours_week_on_record": healthy.expanding(28).mean() * 7 / 60,
    }
