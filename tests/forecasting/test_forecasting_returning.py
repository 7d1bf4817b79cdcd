"""Times to return: published figures, the club's own, and what is said of them."""

import re

import numpy as np
import pandas as pd
import pytest

from forecasting.returning.blend import Blend, OwnReturns, no_returns
from forecasting.returning.figures import published, published_for
from forecasting.returning.kaplan_meier import kaplan_meier
from forecasting.returning.messages import OVERDUE, distribution_message, standing_message
from forecasting.returning.outlook import outlooks
from forecasting.returning.stages import Stage, position, texts, tissue_of

AS_OF = pd.Timestamp("2024-06-30")


def test_kaplan_meier_agrees_with_lifelines():
    lifelines = pytest.importorskip("lifelines")
    rng = np.random.default_rng(3)
    days = rng.integers(3, 120, 60).astype(float)
    back = rng.random(60) < 0.7
    found = kaplan_meier(days, back)
    oracle = lifelines.KaplanMeierFitter().fit(days, back)
    expected = oracle.survival_function_at_times(found.days).to_numpy()
    np.testing.assert_allclose(found.not_back, expected, atol=1e-12)
    bounds = oracle.confidence_interval_.loc[found.days[:-1]].to_numpy()
    np.testing.assert_allclose(found.low[:-1], bounds[:, 0], atol=1e-9)
    np.testing.assert_allclose(found.high[:-1], bounds[:, 1], atol=1e-9)


def test_a_worked_example():
    """Of 6 injuries, days 5, 8, 8+, 12, 20+, 30: 5/6, then 4/5 of it, then 2/3, then 0."""
    found = kaplan_meier([5, 8, 8, 12, 20, 30], [True, True, False, True, False, True])
    assert found.days.tolist() == [5, 8, 12, 30]
    np.testing.assert_allclose(found.not_back, [5 / 6, 4 / 6, 4 / 9, 0])
    assert found.back_by(0.5) == 12
    assert kaplan_meier([5, 9], [False, False]).back_by(0.5) is None


def test_a_figure_whose_source_was_not_read_again_is_twice_as_wide():
    bone = published()["bone_stress"]
    as_read = bone.model_copy(update={"is_read": True})
    assert bone.log_sd == pytest.approx(2 * as_read.log_sd)
    assert np.exp(published_for("pfps", "knee").log_median) == pytest.approx(49)


@pytest.mark.parametrize(
    ("told", "who"),
    [
        (("pfps", "knee", None, None), "runners with patellofemoral pain"),
        (("bone_stress", "lower_leg", None, None), "women with a tibial stress fracture"),
        (("bone_stress", "foot", None, None), "collegiate runners with a stress fracture"),
        (("muscle_strain", "thigh", "minor", None),
         "football players with a hamstring strain of grade 1"),
        (("muscle_strain", "lower_leg", None, None), "injured recreational runners"),
        ((None, "ankle", None, "novice"), "injured novice runners"),
    ],
)  # fmt: skip
def test_the_most_telling_figure_is_taken(told, who):
    assert published_for(*told).who == who


def own(days, back, name="pfps"):
    figure = published_for(name, "knee")
    count = len(days)
    return OwnReturns(
        np.asarray(days, float), np.asarray(back, bool),
        np.full(count, figure.log_median), np.full(count, figure.log_sd),
    )  # fmt: skip


PFPS = published_for("pfps", "knee")


def test_without_own_returns_the_published_median_stands():
    blend = Blend.of(no_returns())
    assert blend.back_by(0.5, PFPS) == pytest.approx(49, rel=0.03)
    assert (blend.own_weight, blend.factor) == (pytest.approx(0, abs=0.02), pytest.approx(1))
    not_back = blend.not_back(np.array([1.0, 20, 49, 200]), PFPS)
    assert (np.diff(not_back) < 0).all()


def test_own_returns_move_the_curve_by_their_weight():
    few, many = Blend.of(own([98] * 3, [True] * 3)), Blend.of(own([98] * 60, [True] * 60))
    assert 1 < few.factor < many.factor < 2.05
    assert 0 < few.own_weight < many.own_weight <= 1
    assert many.back_by(0.5, PFPS) > 1.7 * 49


def test_an_open_injury_counts_as_not_back_yet():
    closed, open_ = Blend.of(own([10] * 8, [True] * 8)), Blend.of(own([10] * 8, [False] * 8))
    assert closed.factor < 1 < open_.factor


def test_who_is_still_out_looks_at_those_who_were_still_out_then():
    blend = Blend.of(no_returns())
    later = [blend.back_by(0.5, PFPS, day) for day in (0, 30, 90, 200)]
    assert later == sorted(later)
    assert all(by > day for by, day in zip(later, (0, 30, 90, 200), strict=True))


def log(*rows):
    """Rows are (days ago, sport, minutes)."""
    return pd.DataFrame(
        {"athlete": "a", "local_date": [AS_OF - pd.Timedelta(days=r[0]) for r in rows],
         "sport": [r[1] for r in rows], "duration_min": [float(r[2]) for r in rows]}
    ).astype({"local_date": "datetime64[ns]"})  # fmt: skip


NO_PAIN = pd.DataFrame({"athlete": [], "date": [], "region": [], "pain_0_10": []}).astype(
    {"date": "datetime64[ns]"}
)
USUAL = [(day, "run", 60) for day in range(41, 68, 3)]  # 9 runs in the 4 weeks before day 40


@pytest.mark.parametrize(
    ("recent", "stage"),
    [
        ([], None),
        ([(3, "walk", 40), (2, "strength", 30)], Stage.WALKING),
        ([(3, "run", 15), (2, "run", 15)], Stage.WALK_RUN),
        ([(3, "run", 30)], Stage.EASY_RUNNING),
        ([(3, "run", 60), (2, "run", 60)], Stage.BUILDING),
        ([(day, "run", 60) for day in (1, 4, 7, 10)], Stage.FULL),
        ([(15, "run", 60)], None),  # longer ago than two weeks
    ],
)
def test_where_an_athlete_stands(recent, stage):
    found = position(log(*USUAL, *recent), NO_PAIN, AS_OF - pd.Timedelta(days=40), "knee", AS_OF)
    assert found.stage == stage


UNKNOWN = float("nan")
KM_ALONE = [(day, "run", UNKNOWN) for day in range(41, 68, 3)]
FULLY = [(day, "run", 60) for day in (1, 4, 7, 10)]


@pytest.mark.parametrize(
    ("before", "recent", "stage"),
    [
        (USUAL, [(day, "run", UNKNOWN) for day in (1, 4, 7)], None),  # kilometres alone
        ([], FULLY, None),  # the log began after the injury
        (KM_ALONE, FULLY, None),
        # One length of four is missing: what is known is 3 x 60 of 270 minutes a fortnight.
        (USUAL, [*FULLY[:3], (12, "run", UNKNOWN)], Stage.BUILDING),
        # 8 x 60 + one unknown before: 4 x 50 of 270 are three quarters, and not 4 x 50 of 240.
        ([*USUAL[:8], (65, "run", UNKNOWN)], [(day, "run", 50) for day in (1, 4, 7, 10)],
         Stage.BUILDING),
        ([], [(3, "walk", 40)], Stage.WALKING),
    ],
)  # fmt: skip
def test_without_lengths_or_the_running_before_no_stage_is_claimed(before, recent, stage):
    onset = AS_OF - pd.Timedelta(days=40)
    found = position(log(*before, *recent), NO_PAIN, onset, "knee", AS_OF)
    assert found.stage == stage
    told = standing_message(found, "joint")
    assert told.startswith("the training log does not show the stage") == (stage is None)


def test_every_stage_of_every_tissue_has_its_text():
    known = texts()
    assert len(known.names) == len(Stage)
    assert set(known.next) == set(known.pain_rules)
    assert all(len(needs) == len(Stage) for needs in known.next.values())
    words = " ".join(str(known.model_dump()).split()).lower()
    for passive in ("massage", "laser", "shockwave", "needling", "injection", "ultrasound"):
        assert passive not in words


@pytest.mark.parametrize(
    ("diagnosis", "region", "tissue"),
    [("bone_stress", "foot", "bone"), (None, "achilles", "tendon"), ("itbs", "knee", "joint"),
     ("muscle_strain", "thigh", "muscle"), (None, "hip", "other")],
)  # fmt: skip
def test_tissues(diagnosis, region, tissue):
    assert tissue_of(diagnosis, region) == tissue


def test_the_outlook_tells_a_distribution_stages_and_no_date():
    onset = AS_OF - pd.Timedelta(days=40)
    injuries = pd.DataFrame(
        {"athlete": ["a"], "onset_date": [onset], "return_date": [pd.NaT], "region": ["lower_leg"],
         "diagnosis": ["bone_stress"], "severity": ["unknown"]}
    )  # fmt: skip
    tables = {
        "injuries": injuries, "sessions": log(*USUAL, (3, "walk", 40)), "pain": NO_PAIN,
        "athletes": pd.DataFrame({"athlete": ["a"], "level": [None]}),
    }  # fmt: skip
    found = outlooks(tables, injuries, AS_OF)["a"]
    assert found["stage"] == Stage.WALKING
    assert 40 < found["half_by_days"] < found["quarter_longer_than_days"]
    shares = [share for _, share in found["curve"]]
    assert shares == sorted(shares)
    # The curve begins today: nobody of those not back yet is back, and it crosses a half when told.
    assert found["curve"][0] == [40, 0.0]
    by_day = dict(found["curve"])
    before = max(day for day in by_day if day <= found["half_by_days"])
    after = min(day for day in by_day if day >= found["half_by_days"])
    assert by_day[before] <= 0.5 + 1e-2
    assert by_day[after] >= 0.5 - 1e-2
    told = " ".join(found["sentences"].values())
    for words in ("half are back by week", "one in four", "not read in the original",
                  "needs a clinician", "no pain at all", "raised risk"):  # fmt: skip
        assert words in told
    assert not re.search(r"\d{4}-\d\d|\d (Jun|Jul|Aug|Sep) ", told)


@pytest.mark.parametrize("so_far", [1, 9, 20, 27, 140])
@pytest.mark.parametrize("ahead", [3, 17, 36, 200])
def test_the_week_and_how_far_it_lies_ahead_fit_each_other(so_far, ahead):
    told = distribution_message(so_far, so_far + ahead, so_far + 2 * ahead)
    week, soon = map(int, re.search(r"by week (\d+), (\d+) weeks? from now", told).groups())
    assert abs(so_far + 7 * soon - 7 * week) <= 7  # "1 week" is said of less, too
    assert (" 1 week from" in told) == (soon == 1)


def test_beyond_twice_the_usual_half_it_is_long_overdue():
    at, after = (distribution_message(OVERDUE * 49 + days, 150, 200, 49) for days in (0, 1))
    assert "longer than usual" not in at
    assert after.startswith(
        "day 99 since onset, which is much longer than usual: half of all are back by week 7"
    )
    assert "have it looked at again" in after
