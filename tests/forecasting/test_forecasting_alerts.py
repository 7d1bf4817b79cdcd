"""Lists, flags that led and flags that did not, counted by hand."""

import pandas as pd
import pytest

from forecasting.monitoring.alerts import flags, injuries_of, led_injuries, on_list, weekly

SUNDAYS = pd.to_datetime(["2024-03-03", "2024-03-10", "2024-03-17", "2024-03-24"])


def season():
    """One team of four over four weeks; d is silent in the third week, a injured from there on."""
    probability = {
        "a": [0.30, 0.20, None, None],
        "b": [0.10, 0.30, 0.20, 0.10],
        "c": [0.20, 0.10, 0.30, 0.20],
        "d": [0.05, 0.05, None, 0.20],
    }
    status = {
        "a": ["running", "running", "injured", "injured"],
        "d": ["running", "running", "silent", "running"],
    }
    onsets = {("a", 1): "2024-03-12", ("d", 2): "2024-03-20", ("b", 3): "2024-03-31"}
    rows = [
        {
            "athlete": who,
            "team": "t",
            "date": day,
            "status": status.get(who, ["running"] * 4)[week],
            "probability": p[week],
            "event": None if who == "a" and week > 1 else float((who, week) in onsets),
            "onset_date": onsets.get((who, week)),
        }
        for who, p in probability.items()
        for week, day in enumerate(SUNDAYS)
    ]
    types = {"probability": float, "event": float, "onset_date": "datetime64[ns]"}
    return pd.DataFrame(rows).astype(types)


def names(frame, listed):
    return frame[listed].groupby("date")["athlete"].agg("".join).tolist()


def test_a_list_is_never_longer_than_its_places_and_ties_go_by_name():
    rows = season()
    assert names(rows, on_list(rows, 1)) == ["a", "b", "c", "c"]
    assert names(rows, on_list(rows, 2)) == ["ac", "ab", "bc", "cd"]
    assert names(rows, on_list(rows, 9)) == ["abcd", "abcd", "bc", "bcd"]


def test_every_team_has_its_own_list():
    rows = season().assign(team=lambda r: r["athlete"].map({"a": "x", "b": "x"}).fillna("y"))
    assert names(rows, on_list(rows, 1)) == ["ac", "bc", "bc", "bc"]


def test_flags_that_led_came_late_or_led_to_nothing():
    made = flags(season(), 1).set_index("date")
    assert made["athlete"].tolist() == ["a", "b", "c", "c"]
    assert made["led"].tolist() == [False, False, False, False]
    # a: flagged on the 3rd, hurt on the 12th; b: flagged on the 10th, hurt on the 31st
    assert made["late_days"].iloc[:2].tolist() == [9, 21]
    assert made["late_days"].iloc[2:].isna().all()
    two = flags(season(), 2)
    led = two[two["led"].eq(other=True)]
    assert led[["athlete", "lead_days"]].to_numpy().tolist() == [["a", 2]]
    assert two.loc[two["led"].eq(other=True), "late_days"].isna().all()


def test_every_injury_with_the_flags_before_it():
    hurt = led_injuries(season(), 2).set_index("athlete")
    assert hurt["flagged"].to_dict() == {"a": True, "d": False, "b": False}
    assert hurt["lead_days"].to_dict() == {"a": 2, "d": 3, "b": 7}
    # a on both lists before, b on those of the 10th and the 17th, d on none
    assert hurt["weeks_flagged"].to_dict() == {"a": 2, "d": 0, "b": 2}
    assert hurt["first_flag_days"].drop("d").to_dict() == {"a": 9, "b": 21}
    assert hurt.loc["d", "status"] == "silent"


def test_a_week_in_numbers():
    weeks = weekly(season(), 2).set_index("date")
    assert weeks["scored"].tolist() == [4, 4, 2, 3]
    assert weeks["injured"].tolist() == [0, 0, 1, 1]
    assert weeks["not_scored"].tolist() == [0, 0, 1, 0]
    assert weeks["flags"].tolist() == [2, 2, 2, 2]
    assert weeks["flags_that_led"].tolist() == [0, 1, 0, 0]
    assert weeks["injuries"].tolist() == [0, 1, 1, 1]
    assert weeks["injuries_unscored"].tolist() == [0, 0, 1, 0]
    assert weeks["injuries_flagged"].tolist() == [0, 1, 0, 0]
    assert weeks["expected"].tolist() == pytest.approx([0.65, 0.65, 0.5, 0.5])


def test_who_trains_with_an_injury_is_counted_as_injured():
    rows = season().replace({"status": {"injured": "modified"}})
    weeks = weekly(rows, 2)
    assert weeks["injured"].tolist() == [0, 0, 1, 1]
    assert weeks["not_scored"].tolist() == [0, 0, 1, 0]


def test_a_horizon_of_two_weeks_counts_an_injury_once():
    rows = season()
    earlier = (rows["athlete"] == "a") & (rows["date"] == SUNDAYS[0])
    rows.loc[earlier, "event"] = 1.0
    rows.loc[earlier, "onset_date"] = pd.Timestamp("2024-03-12")
    assert len(injuries_of(rows)) == 3
    assert weekly(rows, 2)["injuries"].sum() == 3
    made = flags(rows, 2)
    assert made.loc[made["athlete"] == "a", "lead_days"].tolist() == [9, 2]


@pytest.mark.parametrize(("days", "counts"), [(0, False), (1, True), (28, True), (29, False)])
def test_a_flag_counts_for_an_injury_of_the_28_days_after_it(days, counts):
    flagged, onset = SUNDAYS[0], SUNDAYS[0] + pd.Timedelta(days=days)
    rows = pd.DataFrame(
        {
            "athlete": "a",
            "team": "t",
            "date": [flagged, onset - pd.Timedelta(days=1)],
            "status": "running",
            "probability": [0.3, None],
            "event": [0.0, 1.0],
            "onset_date": [pd.NaT, onset],
        }
    )
    late = flags(rows, 1)["late_days"]
    assert late.tolist() == [days] if counts else late.isna().all()
    hurt = led_injuries(rows, 1).iloc[0]
    assert hurt["weeks_flagged"] == int(counts)
    assert (hurt["first_flag_days"] == days) == counts
