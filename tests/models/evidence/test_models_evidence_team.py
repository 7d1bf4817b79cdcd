"""Which weeks of a team are learnt from: at risk, on record, and known on the day."""

import numpy as np
import pandas as pd
import pytest

from features.injuries.settings import InjuryRules
from forecasting.evidence.team_forecaster import evidence_forecaster
from models.evidence.team import SPANS, learnable, published_evidence, team_evidence
from models.settings.outcomes import OutcomeSettings

DAY = pd.Timestamp
SUNDAYS = pd.date_range("2023-01-01", periods=40, freq="7D")
AS_OF = SUNDAYS[-1]


def weeks(*athletes):
    return pd.DataFrame(
        {
            "athlete": np.repeat(athletes, len(SUNDAYS)),
            "date": np.tile(SUNDAYS, len(athletes)),
            "hours_28d": 10.0,
        }
    )


def injury(athlete, onset, back, region="knee"):
    return {
        "athlete": athlete,
        "onset_date": DAY(onset),
        "return_date": DAY(back),
        "region": region,
        "side": "left",
        "diagnosis": "pfps",
    }


def tables(*injuries, **more):
    athletes = pd.DataFrame({"athlete": ["a", "b"], "observed_to": DAY("2024-12-29")})
    columns = ["athlete", "onset_date", "return_date", "region", "side", "diagnosis"]
    frame = pd.DataFrame(list(injuries), columns=columns)
    kinds = {"onset_date": "datetime64[ns]", "return_date": "datetime64[ns]"}
    return {"athletes": athletes, "injuries": frame.astype(kinds)} | more


def rows_of(given, rows=None, as_of=AS_OF):
    table = weeks("a", "b") if rows is None else rows
    return learnable(table, given, as_of, OutcomeSettings(), InjuryRules())


FIRST = injury("a", "2023-02-01", "2023-03-01")


def test_without_an_injury_list_nothing_is_learnt():
    assert rows_of(tables()).empty
    team = team_evidence(weeks("a", "b"), tables(), AS_OF, OutcomeSettings(), InjuryRules())
    assert team.models["any"].counts.rows == 0
    assert "published studies alone" in evidence_forecaster(team, "any").origin


def test_a_list_counts_from_its_first_onset_on_and_that_one_is_no_event():
    found = rows_of(tables(FIRST, injury("b", "2023-05-03", "2023-06-01", "lower_leg")))
    assert found["date"].min() == DAY("2023-02-05")
    assert found["event_any"].sum() == 1
    assert found["event_knee"].sum() == 0


def test_weeks_while_injured_and_those_without_hours_are_left_out():
    rows = weeks("a", "b")
    rows.loc[rows["athlete"] == "b", "hours_28d"] = np.nan
    team = team_evidence(rows, tables(FIRST), AS_OF, OutcomeSettings(), InjuryRules())
    # From 5 March on (injured until 1 March): 31 Sundays to 1 October less the last, whose week
    # runs past the day of the forecast.
    assert team.models["any"].counts.rows == len(
        pd.date_range("2023-03-05", "2023-09-24", freq="7D")
    )
    assert team.models["any"].counts.athletes == 1


def run_on(athlete, *days):
    return pd.DataFrame(
        {"athlete": athlete, "local_date": pd.to_datetime(days), "sport": "run", "duration_min": 60}
    )


def test_who_does_not_run_again_is_not_back_where_nobody_wrote_a_return():
    open_injury = injury("a", "2023-03-01", None)
    weekly = pd.date_range("2023-01-01", "2023-02-26", freq="7D")
    before = run_on("a", *weekly)
    back = run_on("a", *pd.date_range("2023-07-02", "2023-09-24", freq="7D"))
    at_risk = {}
    for name, runs in {"silent": before, "back": pd.concat([before, back])}.items():
        found = rows_of(tables(injury("b", "2023-01-01", "2023-01-02"), open_injury, sessions=runs))
        at_risk[name] = found.loc[found["athlete"] == "a", "date"]
    assert at_risk["silent"].max() == DAY("2023-02-26")
    # Two of the four weekly runs of before are half of the running of before.
    later = at_risk["back"][at_risk["back"] > DAY("2023-03-01")]
    assert later.min() == DAY("2023-07-09")


def test_runs_after_the_day_end_no_injury():
    early = DAY("2023-07-02")
    runs = run_on("a", *pd.date_range("2023-01-01", "2023-02-26", freq="7D"))
    later = run_on("a", *pd.date_range("2023-07-03", "2023-07-30", freq="1D"))
    given = tables(injury("b", "2023-01-01", "2023-01-02"), injury("a", "2023-03-01", None))
    without, with_later = (
        rows_of(given | {"sessions": sessions}, as_of=early)
        for sessions in (runs, pd.concat([runs, later]))
    )
    pd.testing.assert_frame_equal(without, with_later)


def test_nothing_later_than_the_day_is_used():
    early = DAY("2023-06-04")
    later = injury("b", "2023-07-12", "2023-08-01")
    alone, with_later = (rows_of(t, as_of=early) for t in (tables(FIRST), tables(FIRST, later)))
    kept = [t[t["date"] <= early] for t in (alone, with_later)]
    pd.testing.assert_frame_equal(*(k.reset_index(drop=True) for k in kept))
    assert (with_later["date"] <= early - pd.Timedelta(days=7)).all()


def test_where_spans_say_when_a_list_was_kept_they_decide():
    span = {"athlete": "a", "known_from": DAY("2023-04-02"), "known_to": DAY("2023-05-14")}
    spans = pd.DataFrame([span | {"source": "register"}])
    found = rows_of(tables(FIRST, **{SPANS: spans}))
    assert set(found["athlete"]) == {"a"}
    # The last row's week has to end inside the span.
    assert (found["date"].min(), found["date"].max()) == (DAY("2023-04-02"), DAY("2023-05-07"))


def test_a_span_without_an_end_is_still_kept():
    span = {"athlete": "b", "known_from": DAY("2023-08-06"), "known_to": pd.NaT}
    found = rows_of(tables(FIRST, **{SPANS: pd.DataFrame([span | {"source": "register"}])}))
    assert found["date"].max() == DAY("2023-09-24")


def test_a_sentence_tells_how_much_comes_from_where():
    later = [injury("b", f"2023-0{m}-15", f"2023-0{m}-25") for m in (4, 6, 8)]
    team = team_evidence(
        weeks("a", "b"), tables(FIRST, *later), AS_OF, OutcomeSettings(), InjuryRules()
    )
    forecaster = evidence_forecaster(team, "knee")
    first = forecaster.origin.split(". ")[0]
    numbers = [int(word) for word in first.replace(",", "").split() if word.isdigit()]
    published, own, injuries, weeks_seen = numbers
    assert published + own == 100
    assert injuries == 3
    assert weeks_seen == team.models["knee"].counts.rows
    # The label stays, or no week could be compared with the one before.
    assert forecaster.label == "published evidence"


def test_bands_are_measured_against_the_teams_own_expected_rate():
    team = team_evidence(
        weeks("a", "b").assign(hours_28d=80.0),
        tables(FIRST),
        AS_OF,
        OutcomeSettings(),
        InjuryRules(),
    )
    forecaster = evidence_forecaster(team, "any")
    assert forecaster.base_rate == pytest.approx(
        team.models["any"].predict_proba(team.recent)[:, 1].mean()
    )
    assert forecaster.population_rate == pytest.approx(
        published_evidence(7).models["any"].reference_probability
    )
    assert forecaster.base_rate > forecaster.population_rate


def test_a_longer_horizon_holds_more_risk():
    week, month = (published_evidence(days).models["any"] for days in (7, 28))
    hazards = [-np.log1p(-model.reference_probability) for model in (week, month)]
    assert hazards[1] == pytest.approx(4 * hazards[0])
