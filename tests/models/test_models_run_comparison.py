"""Two runs on the same rows: differences by hand, and refusals where no difference is defined."""

import numpy as np
import pandas as pd
import pytest

from common.errors import StridecastError
from models.evaluation.run_comparison import SAME, paired
from models.settings.evaluation import IntervalSettings

SETTINGS = IntervalSettings(replicates=60, seed=3)


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """40 athletes of 10 weeks; the injured are told apart by `sharp` and hardly by `dull`."""
    rng = np.random.default_rng(5)
    event = rng.random(400) < 0.2
    return pd.DataFrame(
        {
            "athlete": np.repeat([f"a{i:02}" for i in range(40)], 10),
            "date": np.tile(pd.date_range("2024-01-07", periods=10, freq="7D"), 40),
            "event": event.astype(float),
            "sharp": np.clip(0.2 + 0.3 * (event - 0.2) + rng.normal(0, 0.05, 400), 0.01, 0.99),
            "dull": np.clip(0.2 + rng.normal(0, 0.05, 400), 0.01, 0.99),
        }
    )


def run(rows: pd.DataFrame, forecast: str) -> pd.DataFrame:
    return rows[["athlete", "date", "event"]].assign(risk=rows[forecast])


def test_the_difference_is_the_second_run_minus_the_first(rows):
    table = paired(run(rows, "dull"), run(rows, "sharp"), "risk", SETTINGS).set_index("metric")
    brier = [((rows["event"] - rows[name]) ** 2).mean() for name in ("dull", "sharp")]
    assert table.loc["brier", ["one", "other"]].tolist() == pytest.approx(brier)
    assert table.loc["brier", "difference"] == pytest.approx(brier[1] - brier[0])
    # A lower Brier score is better: the whole interval must lie below 0.
    assert table.loc["brier", "high"] < 0
    assert table.loc[["auroc", "brier"], "verdict"].tolist() == ["better", "better"]
    # The other way round, which a verdict by the sign alone would get wrong.
    back = paired(run(rows, "sharp"), run(rows, "dull"), "risk", SETTINGS).set_index("metric")
    assert back.loc[["auroc", "brier"], "verdict"].tolist() == ["worse", "worse"]
    assert back.loc["brier", "difference"] == pytest.approx(-table.loc["brier", "difference"])


def test_the_order_of_rows_does_not_matter_and_a_run_equals_itself(rows):
    shuffled = run(rows, "sharp").sample(frac=1, random_state=1)
    table = paired(run(rows, "sharp"), shuffled, "risk", SETTINGS)
    assert (table["difference"].dropna() == 0).all()
    assert {"auroc", "brier", "ipa"} <= set(table.dropna()["metric"])
    assert (table["verdict"] == SAME).all()


def spread(rows: pd.DataFrame, factor: float) -> pd.DataFrame:
    """Return forecasts whose log-odds are stretched: the calibration slope is divided by it."""
    signal = np.random.default_rng(7).normal(rows["event"], 1.0)
    log_odds = -1.9 + signal
    return rows[["athlete", "date", "event"]].assign(risk=1 / (1 + np.exp(-factor * log_odds)))


def test_a_slope_is_judged_by_its_distance_from_1(rows):
    flat, flatter = spread(rows, 0.5), spread(rows, 0.25)
    table = paired(flatter, flat, "risk", SETTINGS).set_index("metric").loc["calibration_slope"]
    assert table["one"] == pytest.approx(2 * table["other"], rel=1e-4)
    assert table["other"] > 1.5  # too flat forecasts: the less flat ones are nearer 1
    assert table["high"] < 0
    assert table["verdict"] == "nearer 1"
    back = paired(flat, flatter, "risk", SETTINGS).set_index("metric")
    assert back.loc["calibration_slope", "verdict"] == "further from 1"


def test_every_interval_without_0_has_a_verdict_and_no_other(rows):
    """Slopes on both sides of 1 at the same distance: they differ, and neither is better."""
    log_odds = np.log(rows["dull"] / (1 - rows["dull"])).to_numpy()
    truth = 1 / (1 + np.exp(-log_odds - np.random.default_rng(1).normal(0, 0.1, len(rows))))
    runs = [
        rows[["athlete", "date", "event"]].assign(
            risk=1 / (1 + np.exp(-factor * log_odds)), true_probability=truth
        )
        # Slopes of 1.2 and 0.8: both are 0.2 away from 1.
        for factor in (1 / 1.2, 1 / 0.8)
    ]
    table = paired(*runs, "risk", SETTINGS).set_index("metric")
    assert table.loc["slope_true", ["one", "other"]].tolist() == pytest.approx([1.2, 0.8], rel=0.05)
    assert table.loc["slope_true", "verdict"] == "differs"
    excludes_0 = (table["low"] > 0) | (table["high"] < 0)
    assert ((table["verdict"] != "") == excludes_0).all()


def test_the_interval_is_paired(rows):
    """Both runs share the luck of the rows: their difference varies less than either alone."""
    # One per cent apart: an interval that draws each run on its own would be several times wider.
    nudged = run(rows, "sharp").assign(risk=lambda t: t["risk"] * 0.99)
    table = paired(run(rows, "sharp"), nudged, "risk", SETTINGS).set_index("metric")
    assert table.loc["brier", "high"] - table.loc["brier", "low"] < 0.005


def test_other_rows_are_refused_with_their_number_unless_told(rows):
    half = run(rows, "sharp").iloc[:200]
    with pytest.raises(StridecastError, match=r"different rows \(400 and 200, of which 200"):
        paired(run(rows, "dull"), half, "risk", SETTINGS)
    table = paired(run(rows, "dull"), half, "risk", SETTINGS, common=True).set_index("metric")
    expected = ((rows["event"] - rows["dull"]) ** 2).iloc[:200].mean()
    assert table.loc["brier", "one"] == pytest.approx(expected)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda t: t.assign(athlete="x" + t["athlete"]), "share no row"),
        (lambda t: t.assign(event=1 - t["event"]), "different outcomes: 400 of 400"),
        (lambda t: t.rename(columns={"risk": "logistic"}), "second run has no forecasts of 'risk'"),
    ],
)
def test_what_cannot_be_compared_is_refused(rows, change, told):
    other = change(run(rows, "sharp"))
    with pytest.raises(StridecastError, match=told):
        paired(run(rows, "dull"), other, "risk", SETTINGS, common=True)


def test_a_single_outcome_defines_no_difference(rows):
    quiet = run(rows, "sharp").assign(event=0.0)
    with pytest.raises(StridecastError, match="same outcome"):
        paired(quiet, quiet, "risk", SETTINGS)
