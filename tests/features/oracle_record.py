"""Injuries on record, weeks at risk, their hours and complaints in plain pandas."""

import numpy as np
import pandas as pd

from tests.features.oracle_windows import rolled, since

YEAR = 365


def on_record(injuries, minutes, hurt, lost_before, known_from):
    """The three measures of each day; injuries were written down from `known_from` on.

    `lost_before` are the days lost of the year up to and including the first day, as known on it:
    whoever is injured on the first day has that day in it, and it counts once.
    """
    empty = (~(minutes.notna() | hurt).cummax()).cumsum()
    observed = pd.Series(range(1, len(minutes) + 1), index=minutes.index)
    kept = pd.Series((minutes.index - known_from).days + 1, index=minutes.index)
    written = kept.clip(upper=observed - empty + YEAR).where(kept > 0)
    told = max(min(lost_before, YEAR) - bool(hurt.iloc[0]), 0)
    at_risk = written - hurt.cumsum() - told
    healthy = minutes.where(~hurt)
    return {
        "injuries_on_record": injuries.astype(float).where((injuries > 0) | (kept > 0)),
        "weeks_at_risk_on_record": at_risk.clip(lower=7) / 7,
        "hours_week_on_record": healthy.expanding(28).mean() * 7 / 60,
    }


WORDS = {"minor": 2.0, "moderate": 5.0, "major": 8.0}
RUNNING = ["lumbar", "pelvis_groin", "hip", "thigh", "knee", "lower_leg", "achilles", "ankle",
           "foot", "unknown"]  # fmt: skip
SIDES = {"left": {1}, "right": {2}, "both": {1, 2}}


def complained(tables, days, answered):
    told = tables["complaints"]
    told = told[told["region"].isin(RUNNING)]
    inside = days >= tables["injury_spans"]["known_from"].min()
    rows = [complaints_of(told[told["date"] == day], tables["injuries"], at, seen, day)
            for day, at, seen in zip(days, inside, answered, strict=True)]  # fmt: skip
    any_, worst, old = (pd.Series([row[k] for row in rows], index=days) for k in range(3))
    week, before = rolled(worst, 7, 0, 1).max(), rolled(worst, 7, 7, 1).max()
    return {
        "complaints_7d": rolled(any_, 7, 0, 1).sum(),
        "complaints_28d": rolled(any_, 28, 0, 1).sum(),
        "complaint_worst_7d": week,
        "complaint_worst_28d": rolled(worst, 28, 0, 1).max(),
        "complaint_old_injury_28d": rolled(old, 28, 0, 1).max(),
        "complaint_rise_7d": week - before,
        "days_since_complaint": since(any_ > 0),
    }


def complaints_of(told, injuries, inside, answered, day):
    """Of one day: whether, how bad, and whether at the place of an earlier injury."""
    if told.empty:
        nothing = 0.0 if inside or answered else np.nan
        return nothing, nothing, nothing
    severity = told["value_0_10"].fillna(told["severity"].map(WORDS))
    old = [is_old(row, injuries, day) for _, row in told.iterrows()]
    return 1.0, severity.max(), 1.0 if any(old) else (0.0 if inside else np.nan)


def is_old(complaint, injuries, day):
    earlier = injuries[(injuries["onset_date"] < day) & (injuries["region"] == complaint["region"])]
    # A side that nobody told may be either.
    sides = [SIDES.get(side, {1, 2}) for side in earlier["side"]]
    return any(SIDES.get(complaint["side"], {1, 2}) & side for side in sides)
