import dataclasses
from contextlib import nullcontext

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from forecasting.reasons.families import family_contributions
from forecasting.reasons.ranked import REASON_COLUMNS, block_contributions, reasons
from forecasting.reasons.sentences import ReasonContext, Spike
from forecasting.scoring.guard import refuse_simulated
from forecasting.scoring.week import SCORE_COLUMNS, score_week
from forecasting.settings import ReasonSettings


@pytest.fixture
def scored(rows, forecaster, status, as_of, catalogue):
    return score_week(rows, forecaster, status, as_of, catalogue, data_simulated=True)


def test_scores_are_ranked_and_complete(scored):
    table = scored.scores
    assert list(table.columns) == list(SCORE_COLUMNS)
    assert table["athlete"].tolist() == ["anna", "cy", "bo", "dee"]
    assert table["rank"].dropna().tolist() == [1, 2, 3]
    anna = 1.38 + 0.42 - 1.2 + 1.0 - 0.034 - 4
    assert table["probability"][0] == pytest.approx(1 / (1 + np.exp(-anna)))
    assert table["ratio_to_base"][0] == pytest.approx(table["probability"][0] / 0.02)
    assert table["band"].dropna().tolist() == ["high", "high", "low"]  # 4.0, 2.x and below 1 x


def test_an_injured_athlete_is_listed_without_a_number(scored):
    dee = scored.scores.set_index("athlete").loc["dee"]
    assert dee["status"] == "injured"
    assert dee[["probability", "ratio_to_base", "band", "rank", "main_reason"]].isna().all()
    assert "dee" not in set(scored.reasons["athlete"])


def test_a_ready_athlete_without_a_row_that_day_has_no_running_record(
    rows, forecaster, status, as_of, catalogue
):
    rows.loc[0, "date"] = as_of - pd.Timedelta(days=7)
    found = score_week(rows, forecaster, status, as_of, catalogue, data_simulated=True).scores
    anna = found.set_index("athlete").loc["anna"]
    assert anna["status"] == "no_running_record"
    assert np.isnan(anna["probability"])


def test_the_main_reason_is_the_strongest_reason_for(scored):
    told = scored.scores.set_index("athlete")["main_reason"]
    assert told["anna"].startswith("A run of the past 7 days was 38 % above")


def test_an_athlete_without_a_reason_for_says_so(rows, forecaster, status, as_of, catalogue):
    lowered = dataclasses.replace(
        forecaster, contributions=lambda r: -forecaster.contributions(r).abs()
    )
    found = score_week(rows, lowered, status, as_of, catalogue, data_simulated=True).scores
    assert found["main_reason"].dropna().unique().tolist() == [
        "nothing on record is associated with a higher forecast"
    ]


def test_nobody_to_score_gives_a_table_all_the_same(rows, forecaster, status, as_of, catalogue):
    away = status.assign(status="silent", status_note="away").astype({"status": "str"})
    found = score_week(rows, forecaster, away, as_of, catalogue, data_simulated=True)
    assert len(found.scores) == 4
    assert found.scores["rank"].isna().all()
    assert found.reasons.empty
    assert found.blocks.empty
    assert list(found.reasons.columns) == list(REASON_COLUMNS)


def test_blocks_and_base_sum_to_the_log_odds(scored):
    sums = scored.blocks.groupby("athlete")["contribution_log_odds"].sum()
    p = scored.scores.set_index("athlete")["probability"].dropna()
    assert sums.to_dict() == pytest.approx(np.log(p / (1 - p)).to_dict())
    base = scored.blocks.query("block == 'base'")["contribution_log_odds"]
    assert base.to_numpy() == pytest.approx([-4, -4, -4])


def test_reasons_keep_log_odds_and_say_direction(scored):
    anna = scored.reasons.query("athlete == 'anna'").set_index("feature")
    assert anna.loc["injuries_12m", "contribution_log_odds"] == pytest.approx(1.0)
    assert anna.loc["injuries_12m", "odds_factor"] == pytest.approx(np.e)
    assert not anna.loc["injuries_12m", "changeable"]
    assert anna["direction"].to_dict() == {
        "longest_run_spike": "for",
        "injuries_12m": "for",
        "distance_7d_km": "for",
        "sleep_h_7d": "against",
    }
    assert anna.index.tolist()[0] == "longest_run_spike"


def test_windows_of_one_measure_are_one_reason(catalogue):
    wider = dataclasses.replace(catalogue[3], name="injuries_24m")
    rows = pd.DataFrame({"athlete": ["anna"], "injuries_12m": [1.0], "injuries_24m": [3.0]})
    effects = pd.DataFrame({"injuries_12m": [-0.1], "injuries_24m": [0.5]})
    told = reasons(rows, effects, (*catalogue, wider), "any")
    assert told["family"].tolist() == ["injuries"]
    assert told["feature"].tolist() == ["injuries_24m"]
    assert told["sentence"].tolist() == ["3 injuries in the past 24 months"]
    assert told["contribution_log_odds"].tolist() == pytest.approx([0.4])


def test_families_keep_the_sum(rows, forecaster):
    effects = forecaster.contributions(rows)
    effects["sleep_h_latest"] = 0.3
    joined = family_contributions(effects)
    assert joined.sum(axis=1).tolist() == pytest.approx(effects.sum(axis=1).tolist())
    assert joined["sleep_h"].tolist() == pytest.approx((effects["sleep_h_7d"] + 0.3).tolist())


def test_few_and_small_reasons_are_cut(rows, forecaster, catalogue):
    effects = forecaster.contributions(rows)
    effects.loc[0, "injuries_12m"] = 5.0
    few = reasons(rows, effects, catalogue, "any", settings=ReasonSettings(most_each_way=1))
    kinds = few.groupby(["athlete", "direction", "changeable"]).size()
    assert (kinds == 1).all()
    # anna's injuries weigh more than her spike, and yet the spike is told.
    higher = few[(few["athlete"] == "anna") & (few["direction"] == "for")]
    assert higher["feature"].tolist() == ["injuries_12m", "longest_run_spike"]
    large = reasons(rows, effects, catalogue, "any", settings=ReasonSettings(least_log_odds=0.9))
    assert (large["contribution_log_odds"].abs() >= 0.9).all()
    none = reasons(rows, effects * 0, catalogue, "any", settings=ReasonSettings(least_log_odds=0))
    assert none.empty


def test_a_spike_of_the_daily_history_is_told_exactly(rows, forecaster, catalogue, as_of):
    spikes = {"anna": Spike(day=as_of, run_km=18.2, reference_km=13.2)}
    context = ReasonContext(spikes=spikes)
    told = reasons(rows, forecaster.contributions(rows), catalogue, "any", context=context)
    words = told.query("feature == 'longest_run_spike'").set_index("athlete")["sentence"]
    assert words["anna"].startswith("Longest run 18.2 km on 24 Nov, 38 % above")
    assert words["bo"].startswith("A run of the past 7 days")


def test_no_sentence_claims_a_cause(scored):
    told = " ".join(scored.reasons["sentence"]).lower()
    assert "because" not in told
    assert "cause" not in told


def test_a_feature_outside_the_catalogue_is_an_error(rows, forecaster, catalogue):
    effects = forecaster.contributions(rows).assign(mystery=1.0)
    with pytest.raises(ValueError, match="mystery"):
        reasons(rows, effects, catalogue, "any")
    with pytest.raises(ValueError, match="mystery"):
        block_contributions(rows, effects, np.full(3, 0.1), catalogue, "any")


def test_a_simulated_model_refuses_real_athletes(rows, forecaster, status, as_of, catalogue):
    with pytest.raises(StridecastError, match="simulated athletes"):
        score_week(rows, forecaster, status, as_of, catalogue, data_simulated=False)


@pytest.mark.parametrize(
    ("model", "data", "refused"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_the_guard_refuses_only_simulated_models_on_real_data(model, data, refused):
    expected = pytest.raises(StridecastError, match="evidence model") if refused else nullcontext()
    with expected:
        refuse_simulated(model_simulated=model, data_simulated=data)


def test_ties_are_ranked_by_name_so_that_runs_agree(rows, forecaster, status, as_of, catalogue):
    same = dataclasses.replace(forecaster, predict_proba=lambda r: np.full((len(r), 2), 0.5))
    shuffled = rows.sample(frac=1, random_state=3)
    found = score_week(shuffled, same, status, as_of, catalogue, data_simulated=True).scores
    assert found["athlete"].tolist() == ["anna", "bo", "cy", "dee"]


def test_what_is_not_recorded_is_never_the_main_reason(rows, forecaster, status, as_of, catalogue):
    blank = rows.assign(sleep_h_7d=np.nan)
    strange = dataclasses.replace(
        forecaster, contributions=lambda r: forecaster.contributions(r).assign(sleep_h_7d=3.0)
    )
    found = score_week(blank, strange, status, as_of, catalogue, data_simulated=True)
    sleep = found.reasons.query("feature == 'sleep_h_7d'")
    assert len(sleep) == 3
    assert not sleep["known"].any()
    assert not found.scores["main_reason"].str.contains("not known").any()
    # A structural null says something: bo has never been injured.
    bo = found.reasons.query("athlete == 'bo' and feature == 'days_since_return'")
    assert bo["known"].all()
