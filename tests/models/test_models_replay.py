"""A replay trains on what was known on the day: windows, returns, retraining, refusals."""

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from features.injuries.known_running import known_runs
from features.injuries.settings import InjuryRules
from models.evaluation.replay import Known, replay, season
from models.settings.outcomes import OutcomeSettings

SUNDAYS = pd.date_range("2024-01-07", periods=8, freq="7D")
DAY = pd.Timestamp


def table(injuries):
    """From (athlete, onset, return or None)."""
    return pd.DataFrame(
        [
            {
                "athlete": who,
                "onset_date": DAY(onset),
                "return_date": pd.NaT if back is None else DAY(back),
                "region": region,
                "side": "left",
                "diagnosis": "unknown",
            }
            for who, onset, back, region in injuries
        ]
    ).astype({"return_date": "datetime64[ns]", "onset_date": "datetime64[ns]"})


INJURIES = table(
    [
        ("a", "2024-01-10", "2024-03-20", "foot"),
        ("b", "2024-01-16", "2024-01-24", "foot"),
        ("b", "2024-02-14", None, "knee"),
        ("c", "2024-02-06", "2024-02-14", "knee"),
    ]
)
ATHLETES = pd.DataFrame({"athlete": list("abc"), "observed_to": DAY("2024-03-31")})
ROWS = pd.DataFrame(
    [{"athlete": a, "date": d, "x": float(i)} for a in "abc" for i, d in enumerate(SUNDAYS)]
)


def known(outcome="any", horizon=7):
    rules = InjuryRules(recurrence_gap_days=0)
    return Known(INJURIES, ATHLETES, outcome, OutcomeSettings(horizon_days=horizon), rules)


class Spy:
    """Keeps what it was trained on and forecasts the training's event rate."""

    def __init__(self):
        self.trained = []

    def __call__(self, train):
        self.trained.append(train)
        rate = train["event"].mean()
        return {"rate": lambda rows: np.full(len(rows), rate)}


def run(days, spy, every=1, **changes):
    options = {"retrain_every": every, "least_events": 0}
    return pd.concat(replay(ROWS, known(), days, spy, **(options | changes)))


def test_only_rows_whose_window_has_ended_are_trained_on():
    spy = Spy()
    run(SUNDAYS[3:5], spy)
    first, second = spy.trained
    # On 28 Jan the window of 21 Jan has just ended; that of 28 Jan has not.
    assert first["date"].max() == SUNDAYS[2]
    assert second["date"].max() == SUNDAYS[3]
    events = first[first["event"] == 1][["athlete", "date"]].to_numpy().tolist()
    assert events == [["a", SUNDAYS[0]], ["b", SUNDAYS[1]]]


def test_a_return_that_lies_ahead_is_not_known_and_the_default_stands_in():
    spy = Spy()
    run([SUNDAYS[6]], spy)
    # a's foot of 10 Jan: on 18 Feb nobody knows of 20 March, and 28 days are the default.
    assert set(spy.trained[0].query("athlete == 'a'")["date"]) == {SUNDAYS[0], SUNDAYS[5]}
    later = known().labels(ROWS[["athlete", "date"]], DAY("2024-03-31"))
    back = later[(later["athlete"] == "a") & later["at_risk"]]["date"]
    # Known by now, but not on those Sundays: what came later decides about no row.
    assert set(back) == {SUNDAYS[0], *SUNDAYS[5:]}


def test_labels_of_a_day_do_not_see_what_follows():
    day = SUNDAYS[5]
    found = known().labels(ROWS[["athlete", "date"]], day)
    assert found.loc[found["date"] > day - pd.Timedelta(days=7), "event"].isna().all()
    assert (found["onset_date"].dropna() <= day).all()
    knee = known("knee").labels(ROWS[["athlete", "date"]], DAY("2024-03-31"))
    assert knee["event"].sum() == 2
    assert knee["related"].sum() == 4


def test_models_are_kept_between_trainings():
    spy = Spy()
    found = run(SUNDAYS[2:7], spy, every=3)
    assert len(spy.trained) == 2
    trained_on = found.drop_duplicates("date").set_index("date")["trained_on"]
    assert trained_on.tolist() == [SUNDAYS[2]] * 3 + [SUNDAYS[5]] * 2
    assert len(found) == 5 * 3


def test_the_season_is_the_latest_weeks_whose_outcome_is_known():
    dates = ROWS["date"]
    assert season(dates, 2, SUNDAYS[6]).tolist() == SUNDAYS[5:7].tolist()
    assert season(dates, None, SUNDAYS[7]).tolist() == SUNDAYS[4:].tolist()
    long = pd.Series(pd.date_range("2020-01-05", periods=300, freq="7D"))
    assert len(season(long, None, long.max())) == 52
    for weeks in (8, 9):
        with pytest.raises(StridecastError, match=f"{weeks} weeks are to be replayed"):
            season(dates, weeks, SUNDAYS[7])


def test_too_few_injuries_are_refused_with_their_number():
    with pytest.raises(StridecastError, match=r"2 injuries \(any\) were known on 2024-01-28"):
        run(SUNDAYS[3:], Spy(), least_events=3)


def test_who_does_not_run_again_is_not_at_risk_and_later_runs_are_not_seen():
    hurt = INJURIES.iloc[:1].assign(
        athlete="a", onset_date=DAY("2023-02-01"), return_date=pd.NaT, region="foot"
    )
    runs = pd.DataFrame(
        {"athlete": "a", "sport": "run", "duration_min": 60.0}
        | {"local_date": pd.to_datetime(["2023-01-20", "2023-12-01"])}
    )
    runs["known_on"] = runs["local_date"]
    given = hurt, ATHLETES, "any", OutcomeSettings(), InjuryRules()
    row = pd.DataFrame({"athlete": ["a"], "date": [DAY("2023-06-04")]})
    late_row = row.assign(date=DAY("2023-12-03"))
    for day in (DAY("2023-06-30"), DAY("2024-03-01")):
        assert Known(*given).labels(row, day)["at_risk"].all()
        assert not Known(*given, runs).labels(row, day)["at_risk"].any()
    assert Known(*given, runs).labels(late_row, DAY("2024-03-01"))["at_risk"].all()


def test_a_week_of_mileage_is_not_seen_before_its_last_day():
    """A week from Wednesday to Tuesday tells nothing on the Sunday between."""
    hurt = INJURIES.iloc[:1].assign(
        athlete="a", onset_date=DAY("2023-02-01"), return_date=pd.NaT, region="foot"
    )
    none = pd.DataFrame(
        {"athlete": pd.Series(dtype=str), "sport": pd.Series(dtype=str)}
        | {"local_date": pd.to_datetime([]), "duration_min": pd.Series(dtype=float)}
    )
    weeks = pd.DataFrame({"athlete": ["a"], "date": [DAY("2023-05-31")]})
    tables = {"sessions": none, "mileage": weeks.assign(days=7, distance_km=40.0)}
    runs = known_runs(tables, DAY("2024-03-01"))
    known = Known(hurt, ATHLETES, "any", OutcomeSettings(), InjuryRules(), runs)
    row = pd.DataFrame({"athlete": ["a"], "date": [DAY("2023-06-04")]})
    assert not known.labels(row, DAY("2023-06-04"))["at_risk"].any()
    later = row.assign(date=DAY("2023-06-11"))
    assert known.labels(later, DAY("2023-06-11"))["at_risk"].all()
