"""A complaint in words: where, since when, how bad, and whether an injury was there before."""

import numpy as np
import pandas as pd
import pytest

from features.matrix import catalogue
from forecasting.reasons.complaint_notes import FEATURES, Complaint, latest_complaints
from forecasting.reasons.sentences import sentence
from forecasting.status.injury_lists import complaint_list

AS_OF = pd.Timestamp("2024-11-24")


def told(*rows):
    """Rows are (days ago, region, side, value)."""
    return pd.DataFrame(
        {"athlete": "a", "date": [AS_OF - pd.Timedelta(days=r[0]) for r in rows],
         "region": [r[1] for r in rows], "side": [r[2] for r in rows],
         "value_0_10": [r[3] for r in rows]}
    )  # fmt: skip


def injuries(*rows):
    """Rows are (days ago, region)."""
    return pd.DataFrame(
        {"athlete": "a", "onset_date": [AS_OF - pd.Timedelta(days=r[0]) for r in rows],
         "return_date": pd.NaT, "region": [r[1] for r in rows]}
    ).astype({"onset_date": "datetime64[ns]", "return_date": "datetime64[ns]"})  # fmt: skip


def note(complaints, hurt=()):
    return latest_complaints({"complaints": complaints, "injuries": injuries(*hurt)}, AS_OF)


@pytest.mark.parametrize(
    ("rows", "hurt", "expected"),
    [
        # Reports a week apart go on: since the first of them, not since that of a month before.
        ([(30, "knee", "left", 2.0), (12, "knee", "left", 1.0), (5, "knee", "left", 3.0)], (),
         "Complaint (knee, left) since 12 Nov, up to 3 of 10"),
        ([(5, "knee", "left", np.nan), (4, "knee", "right", np.nan)], (),
         "Complaint (knee) since 19 Nov"),
        ([(3, "achilles", None, np.nan)], [(200, "achilles")],
         "Complaint at the place of an earlier injury (Achilles tendon) since 21 Nov"),
        # One that has gone on for a quarter tells its year.
        ([(back, "hip", None, np.nan) for back in range(3, 105, 5)], (),
         "Complaint (hip) since Tue 13 Aug 2024"),
        ([(3, "foot", None, 4.0)], [(1, "foot")],
         "Complaint (foot) since 21 Nov, up to 4 of 10"),
    ],
)  # fmt: skip
def test_the_latest_complaint_is_told(rows, hurt, expected):
    assert note(told(*rows), hurt)["a"].sentence() == expected


@pytest.mark.parametrize(
    "row", [(28, "knee", None, 3.0), (-1, "knee", None, 3.0), (3, "arm", None, 9.0)]
)
def test_what_is_old_to_come_or_not_of_running_is_not_told(row):
    assert note(told(row)) == {}


def test_reasons_tell_the_complaint_behind_the_feature():
    known = {feature.name: feature for feature in catalogue()}
    assert set(known) >= FEATURES
    complaint = Complaint(
        region="knee", side="left", since=AS_OF, last=AS_OF, worst=3.0, is_old=False
    )
    values = {"complaints_7d": 2.0, "complaints_28d": 2.0, "days_since_complaint": 0.0}
    for name in values:
        words = sentence(known[name], lambda n: values.get(n, np.nan), None, complaint)
        assert words == "Complaint (knee, left) since 24 Nov, up to 3 of 10"
    none = dict.fromkeys(values, 0.0)
    assert sentence(known["complaints_7d"], none.__getitem__) == ("No complaint in the past 7 days")


def test_the_list_holds_the_past_365_days_the_newest_first():
    ago = [-1, 0, 364, 365]
    dates = pd.to_datetime([AS_OF - pd.Timedelta(days=one) for one in ago])
    complaints = pd.DataFrame({
        "athlete": "a", "date": dates, "region": "knee", "side": "left", "value_0_10": 3.0,
        "kind": "pain answer", "source": "x.csv",
    })  # fmt: skip
    found = complaint_list({"complaints": complaints}, AS_OF)
    assert found["date"].tolist() == [dates[1], dates[2]]
    assert complaint_list({}, AS_OF).empty
