"""Tables of forty athletes over 200 days, drawn by hand: what the audits of records look at."""

import numpy as np
import pandas as pd

from models.audits.gains import Scored

START = pd.Timestamp("2023-01-02")
DAYS = 200
ATHLETES = 40


def day(number):
    return START + pd.Timedelta(days=int(number))


def athletes(count=ATHLETES):
    return pd.DataFrame(
        {
            "athlete": [f"a{i:02d}" for i in range(count)],
            "observed_from": START,
            "observed_to": day(DAYS - 1),
        }
    )


def injuries(onsets):
    rows = [(name, day(on), day(on + 10), "knee") for name, on in onsets]
    return pd.DataFrame(rows, columns=["athlete", "onset_date", "return_date", "region"])


def every(step, without=()):
    """Records of every athlete each `step` days, but for some (athlete, day)."""
    gone = set(without)
    rows = [
        (f"a{i:02d}", day(d))
        for i in range(ATHLETES)
        # Each athlete starts on another day: no day may be one on which all answer.
        for d in range(i % step, DAYS, step)
        if (f"a{i:02d}", d) not in gone
    ]
    return pd.DataFrame(rows, columns=["athlete", "date"])


ONSETS = [(f"a{i:02d}", 120 + i % 7) for i in range(30)]


def tables(**changes):
    runs = (
        every(2)
        .rename(columns={"date": "local_date"})
        .assign(sport="run", distance_km=8.0, rpe=4.0)
    )
    found = {name: every(3) for name in ("wellness", "pain", "exercise")}
    found |= {name: every(50) for name in ("strength", "gait", "body")}
    found |= {"sessions": runs, "injuries": injuries(ONSETS), "athletes": athletes()}
    return found | changes


def scored(onsets, *, sees=0.0, seed=0):
    """Weekly rows; the score knows `sees` of the events of who is named last."""
    rng = np.random.default_rng(seed)
    # Sundays whose week ahead is on record.
    dates = [day(d) for d in range(6, DAYS - 7, 7)]
    rows = pd.DataFrame(
        [(f"a{i:02d}", d) for i in range(ATHLETES) for d in dates], columns=["athlete", "date"]
    )
    onset = rows["athlete"].map({name: day(on) for name, on in onsets})
    event = (rows["date"] < onset) & (onset <= rows["date"] + pd.Timedelta(days=7))
    rows = rows.assign(event=event.astype(float), onset_date=onset.where(event))
    return Scored(rows, rng.normal(0, 1, len(rows)) + sees * 4 * event.to_numpy())
