"""How an athlete stands on a day, from hand-made records."""

import pandas as pd
import pytest

from features.catalogue.settings import FeatureSettings
from forecasting.settings import StatusSettings
from forecasting.status.athlete_status import status_on
from forecasting.status.statuses import STATUSES, status_now

AS_OF = pd.Timestamp("2024-11-24")


def ago(days):
    return pd.NaT if days is None else AS_OF - pd.Timedelta(days=days)


def dated(rows, columns, days):
    table = pd.DataFrame(rows, columns=columns).assign(athlete="a")
    return table.assign(**{n: pd.to_datetime([ago(d) for d in table[n]]) for n in days})


def tables(runs=(), answers=(), injuries=(), to_check=(), unclear=None, weeks=()):
    """Runs and answers as days ago; injuries as (onset, return or None, region, class)."""
    sessions = dated([(d, "run", 60.0, None) for d in runs] + [(d, "run", 60.0, "watch_left_on")
                     for d in to_check], ["local_date", "sport", "duration_min", "check"],
                     ["local_date"])  # fmt: skip
    sessions = sessions.assign(moving_min=55.0, distance_km=10.0)
    reports = dated(
        injuries, ["onset_date", "return_date", "region", "class"], ["onset_date", "return_date"]
    ).assign(side="left", diagnosis="unknown", class_reason="listed", severity="unknown")
    found = {
        "athletes": pd.DataFrame(
            {"athlete": ["a"], "team": ["Track"], "level": ["recreational"],
             "observed_from": [ago(400)], "observed_to": [AS_OF]}
        ),
        "sessions": sessions,
        "wellness": dated([(d, 0.5) for d in answers], ["date", "fatigue"], ["date"]),
        "injuries": reports,
    }  # fmt: skip
    if unclear:
        found["unclear"] = pd.DataFrame({"athlete": ["a"], "sentence": [unclear]})
    if weeks:
        found["mileage"] = dated(
            [(d, 7, 40.0) for d in weeks], ["date", "days", "distance_km"], ["date"]
        )
    return found


def told(settings=None, **records):
    return status_on(
        tables(**records), AS_OF, FeatureSettings(), settings or StatusSettings()
    ).iloc[0]


KNEE = (20, None, "knee", "injury")
OFTEN = range(0, 100, 3)


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ({"runs": OFTEN}, "running"),
        ({"runs": range(10, 100, 3)}, "running"),
        ({"runs": range(11, 100, 3)}, "silent"),  # no record of any kind
        ({"runs": range(27, 100, 3), "answers": [0]}, "running"),
        ({"runs": range(28, 100, 3), "answers": [0]}, "silent"),  # answers, but does not run
        ({"runs": [27, 5]}, "running"),
        ({"runs": [26, 5]}, "newcomer"),
        ({"runs": [26, 5], "answers": [100]}, "newcomer"),  # the first run counts
        ({"answers": [0, 50]}, "no_running_record"),
        ({}, "no_running_record"),
        ({"runs": [300], "answers": [0]}, "silent"),
        ({"runs": range(20, 100, 3), "injuries": [KNEE]}, "injured"),
        ({"runs": [14, *range(20, 100, 3)], "injuries": [KNEE]}, "modified"),
        ({"runs": [15, *range(20, 100, 3)], "injuries": [KNEE]}, "injured"),
        ({"injuries": [KNEE]}, "injured"),
        # On the day of return an athlete is at risk again; a planned return is none yet.
        ({"runs": OFTEN, "injuries": [(20, 0, "knee", "injury")]}, "running"),
        ({"runs": range(20, 100, 3), "injuries": [(20, -1, "knee", "injury")]}, "injured"),
        ({"runs": OFTEN, "injuries": [(-1, None, "knee", "injury")]}, "running"),
        ({"runs": OFTEN, "injuries": [(20, None, "knee", "complaint")]}, "running"),
        ({"runs": OFTEN, "injuries": [(20, None, "arm", "not_running")]}, "running"),
        # After the usual time, and running as before, nobody is held back for a missing entry.
        ({"runs": OFTEN, "injuries": [(60, None, "knee", "injury")]}, "running"),
        ({"runs": OFTEN, "unclear": "row 4 could not be read"}, "unclear"),
        # Who may be injured does not run for it: "silent" would tell less.
        ({"runs": range(28, 90, 3), "unclear": "row 4 could not be read"}, "unclear"),
        ({"unclear": "row 4 could not be read"}, "no_running_record"),
        ({"runs": OFTEN, "to_check": range(12)}, "check"),
        ({"runs": OFTEN, "to_check": [3]}, "running"),
        # Three of the twelve runs of 28 days are a quarter, which is not more than one.
        ({"runs": range(1, 100, 3), "to_check": [8, 14, 20]}, "running"),
        ({"runs": range(1, 100, 3), "to_check": [8, 11, 14, 20]}, "check"),
        # Nothing of the past week can be believed: 0 km would be no fact, and no "low".
        ({"runs": range(8, 100, 3), "to_check": [3]}, "check"),
        # A mileage sheet shows that somebody ran, not that they ran after an onset within a week.
        ({"weeks": range(6, 100, 7)}, "running"),
        ({"weeks": range(6, 100, 7), "injuries": [(4, None, "thigh", "injury")]}, "injured"),
    ],
)
def test_status(records, expected):
    assert told(**records)["status"] == expected
    assert expected in STATUSES


def test_notes_say_since_when():
    injured = told(runs=range(20, 100, 3), injuries=[(20, None, "lower_leg", "injury")])
    assert injured["status_note"] == "injured since Mon 4 Nov 2024 (lower leg): not scored"
    assert injured["days_since_onset"] == 20
    modified = told(runs=[2, *range(20, 100, 3)], injuries=[KNEE])
    assert modified["status_note"] == (
        "injured since Mon 4 Nov 2024 (knee) but running, last on Fri 22 Nov 2024: not scored"
    )
    silent = told(runs=range(18, 100, 3))
    assert silent["status_note"] == "no record since Wed 6 Nov 2024, 18 days ago: not scored"
    paused = told(runs=range(30, 100, 3), answers=[0])
    assert paused["status_note"] == "no run since Fri 25 Oct 2024, 30 days ago: not scored"
    new = told(runs=[4, 0])
    assert new["status_note"] == "5 days since the first run, 28 are needed: not scored"
    assert told()["status_note"] == "no run on record up to this day: not scored"
    assert told(runs=OFTEN)["status_note"] == ""
    unread = told(runs=range(28, 90, 3), unclear="row 4 could not be read")
    assert unread["status_note"].endswith("row 4 could not be read")


def test_of_two_injuries_the_first_is_told():
    both = [(5, None, "hip", "injury"), (20, None, "knee", "injury")]
    assert "(knee)" in told(injuries=both)["status_note"]


def test_an_open_injury_of_a_forgotten_year_does_not_hold_somebody():
    assert told(answers=[0], injuries=[(365, None, "knee", "injury")])["status"] != "injured"


@pytest.mark.parametrize(
    ("written", "status"),
    [("scored", "running"), ("too_short_history", "newcomer"), ("check", "check")],
)
def test_words_of_earlier_archives(written, status):
    assert status_now(written) == status


def test_the_silence_that_features_believe_is_the_one_after_which_an_athlete_is_silent():
    table = tables(runs=range(12, 100, 3))
    believed = FeatureSettings(silence_days=12)
    assert status_on(table, AS_OF, FeatureSettings()).iloc[0]["status"] == "silent"
    assert status_on(table, AS_OF, believed).iloc[0]["status"] == "running"


def test_logged_days_at_hand_count_up_to_the_day_itself():
    # A record of the day breaks a silence of 20 days; one of tomorrow does not.
    table = tables(runs=range(20, 100, 3))
    for days, status in ((0, "running"), (-1, "silent")):
        logged = dated([(99,), (20,), (days,)], ["date"], ["date"])
        found = status_on(table, AS_OF, FeatureSettings(), StatusSettings(), logged)
        assert found.iloc[0]["status"] == status
