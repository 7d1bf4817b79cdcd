"""Hand-made athletes: what happened on each day, written out."""

import pandas as pd

from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from tests.features.cohort import DAY0, from_frames


def day(number):
    return DAY0 + pd.Timedelta(days=number)


def roster(length, name="a", **more):
    return pd.DataFrame(
        {"athlete": [name], "observed_from": [DAY0], "observed_to": [day(length - 1)], **more}
    )


def kept_always(name="a"):
    """A list of injuries that was kept long before the first day."""
    return pd.DataFrame(
        {"athlete": [name], "known_from": [day(-1000)], "known_to": [pd.NaT], "source": "register"}
    )


def run(on, km=10.0, minutes=60.0, rpe=5.0, sport="run", hour=8, **more):
    date = day(on)
    return {
        "athlete": "a",
        "start": (date + pd.Timedelta(hours=hour)).tz_localize("UTC"),
        "local_date": date,
        "sport": sport,
        "distance_km": km,
        "duration_min": minutes,
        "rpe": rpe,
        "source": "hand",
        "source_hash": "0",
        **more,
    }


def table(name, on, **columns):
    return pd.DataFrame(
        {"athlete": name, "date": [day(d) for d in on], "source": "hand", **columns}
    )


def runs(kilometres, **columns):
    """One run a day; 0 is a rest day."""
    return [
        run(on, km, **{name: values[on] for name, values in columns.items()})
        for on, km in enumerate(kilometres)
        if km > 0
    ]


def features_on(last, length=None, sessions=(), settings=None, athletes=None, **tables):
    """Features of the athlete on one day, as a dict."""
    frames = {"athletes": roster(length or last + 1) if athletes is None else athletes}
    frames |= {"sessions": pd.DataFrame(list(sessions)), "injury_spans": kept_always(), **tables}
    matrix = feature_matrix(
        from_frames(frames), settings or FeatureSettings(), pd.DatetimeIndex([day(last)])
    )
    return matrix.iloc[0].to_dict()
