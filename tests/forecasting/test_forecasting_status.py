import pandas as pd
import pytest

from forecasting.settings import StatusSettings
from forecasting.status.athlete_status import athlete_status

AS_OF = pd.Timestamp("2024-11-24")


def ago(days):
    return AS_OF - pd.Timedelta(days=days)


def status_of(first, last, injuries=(), settings=None):
    athletes = pd.DataFrame({"athlete": ["a"], "team": ["Track"]})
    spans = pd.DataFrame(
        {"athlete": ["a"], "first_record": [first], "last_record": [last]}
    ).dropna()
    spans = spans.astype({"first_record": "datetime64[ns]", "last_record": "datetime64[ns]"})
    hurt = pd.DataFrame(
        [("a", *injury) for injury in injuries],
        columns=["athlete", "onset_date", "end_date", "region"],
    ).astype({"onset_date": "datetime64[ns]", "end_date": "datetime64[ns]"})
    table = athlete_status(athletes, spans, hurt, AS_OF, settings or StatusSettings())
    return table.iloc[0]


@pytest.mark.parametrize(
    ("first", "last", "injuries", "expected"),
    [
        (ago(100), ago(0), [], "scored"),
        (ago(100), ago(10), [], "scored"),
        (ago(100), ago(11), [], "silent"),
        (ago(27), ago(0), [], "scored"),
        (ago(26), ago(0), [], "too_short_history"),
        (ago(26), ago(15), [], "silent"),
        (None, None, [], "no_data"),
        (ago(100), ago(0), [(ago(20), ago(-8), "knee")], "injured"),
        (ago(100), ago(15), [(ago(20), ago(-8), "knee")], "injured"),
        # On the day of return an athlete is at risk again.
        (ago(100), ago(0), [(ago(20), ago(0), "knee")], "scored"),
        (ago(100), ago(0), [(ago(0), ago(-8), "knee")], "injured"),
        (ago(100), ago(0), [(ago(-1), ago(-8), "knee")], "scored"),
    ],
)
def test_status(first, last, injuries, expected):
    assert status_of(first, last, injuries)["status"] == expected


def test_notes_say_since_when():
    injured = status_of(ago(100), ago(0), [(ago(20), ago(-8), "lower_leg")])
    assert injured["status_note"] == "injured since Mon 4 Nov 2024 (lower leg): not scored"
    assert injured["days_since_onset"] == 20
    assert injured["return_note"].startswith(
        "day 20 since onset; half of injured runners are back within 56 days"
    )
    silent = status_of(ago(100), ago(18))
    assert silent["return_note"] == ""
    assert silent["status_note"] == "no record since Wed 6 Nov 2024, 18 days ago: not scored"
    assert silent["days_since_record"] == 18
    new = status_of(ago(4), ago(0))
    assert new["status_note"] == "5 days of records, 28 are needed: not scored"
    assert status_of(None, None)["status_note"] == "no record up to this day: not scored"
    assert status_of(ago(100), ago(0))["status_note"] == ""


def test_of_two_injuries_the_first_is_told():
    both = [(ago(5), ago(-9), "hip"), (ago(20), ago(-9), "knee")]
    assert "(knee)" in status_of(ago(100), ago(0), both)["status_note"]
