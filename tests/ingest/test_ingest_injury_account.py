"""The account of the injury record: every entry with its sentence, and rates worked by hand."""

import pandas as pd

from common.contracts import conform, empty
from ingest.injuries.account import injury_account, injury_rates

DAY = pd.Timestamp("2024-03-01")


def on(at):
    return DAY + pd.Timedelta(days=at)


def tables():
    entries = [
        # athlete, days, region, class, reason
        ("a", 10, "knee", "injury", "days_lost"),
        ("a", 40, "arm", "not_running", "region"),
        ("a", 400, "foot", "injury", "listed"),  # after the last run
        ("b", 5, "foot", "complaint", "niggle"),
        ("b", 6, "unknown", None, "place_unknown"),
    ]
    injuries = pd.DataFrame(
        {"athlete": [e[0] for e in entries], "onset_date": [on(e[1]) for e in entries],
         "region": [e[2] for e in entries], "class": [e[3] for e in entries],
         "class_reason": [e[4] for e in entries], "source": "list.xlsx"}
    )  # fmt: skip
    complaints = pd.DataFrame(
        {"athlete": ["a", "a"], "date": [on(20)] * 2, "region": ["hip", "knee"],
         "severity": "minor", "kind": ["questionnaire", "pain_answer"], "source": "answers"}
    )  # fmt: skip
    days = [(who, at) for who in ("a", "b") for at in range(0, 100, 10)]
    sessions = pd.DataFrame(
        {"athlete": [d[0] for d in days], "local_date": [on(d[1]) for d in days],
         "start": [on(d[1]).tz_localize("UTC") for d in days],
         "sport": "run", "duration_min": 60.0, "source": "watch", "source_hash": "0"}
    )  # fmt: skip
    return {
        "injuries": conform("injuries", injuries),
        "complaints": conform("complaints", complaints),
        "sessions": conform("sessions", sessions),
    }


def test_every_entry_has_class_and_sentence():
    account = injury_account(tables())
    assert len(account) == 6  # a rating of pain is no entry
    told = account.set_index("region")["sentence"]
    assert told["knee"] == "running was restricted for a day or longer: an injury"
    assert told["arm"] == "this body part is not injured by running"
    assert told["hip"].startswith("it is called minor")
    assert (account["sentence"] != "").all()


def test_rates_count_injuries_of_the_time_that_was_logged():
    """20 runs of an hour; one injury and four further entries between first and last run."""
    rates = injury_rates(tables())
    assert rates["running_hours"] == 20.0
    assert rates["entries"] == {"injury": 2, "complaint": 2, "not_running": 1, "not told": 1}
    assert rates["injuries_per_1000_h"] == 50.0
    assert rates["every_entry_per_1000_h"] == 250.0


def test_without_running_there_is_no_rate():
    nothing = tables() | {"sessions": empty("sessions")}
    assert injury_rates(nothing)["injuries_per_1000_h"] is None
