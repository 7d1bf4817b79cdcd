import re

import numpy as np
import pandas as pd
import pytest

from forecasting.planning.outlook import LineOf, Outlook
from reporting.athlete.weekly_load import spike_runs, weekly_load
from reporting.charts.ahead import ahead_chart
from reporting.charts.blocks import block_chart, times
from reporting.charts.calibration import calibration_plot
from reporting.charts.load import load_chart, ticks
from reporting.charts.palette import BAND_COLOURS, TEXT_PAIRS, contrast, luminance
from reporting.charts.svg import px
from reporting.languages.messages import forecast_period, freshness, metric_words, natural_frequency
from reporting.languages.plain_rows import rows_by_athlete

AS_OF = pd.Timestamp("2024-03-31")


def daily(*rows, athlete="a"):
    """Rows of (days ago, km, longest, reference, spike)."""
    ago, km, longest, reference, spike = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "athlete": athlete,
            "date": [AS_OF - pd.Timedelta(days=d) for d in ago],
            "distance_km": np.array(km, dtype=float),
            "longest_run_km": np.array(longest, dtype=float),
            "reference_30d_km": np.array(reference, dtype=float),
            "is_spike": spike,
        }
    )


@pytest.fixture
def days():
    nan = np.nan
    return daily(
        (14, nan, nan, nan, False),
        (13, 0, 0, 9, False),
        (9, 12, 8, 10, False),
        (7, 5, 5, 10, False),
        (6, 14, 14, 10, True),
        (0, 6, 6, 14, False),
    )


def drawn_load(key, name, table):
    weeks = rows_by_athlete(weekly_load(table, AS_OF))["a"]
    return load_chart(key, name, weeks, rows_by_athlete(spike_runs(table, AS_OF))["a"])


def test_weeks_end_on_the_as_of_day(days):
    table = weekly_load(days, AS_OF)
    assert table["week"].tolist() == [2, 1, 0]
    assert table["week_end"].dt.strftime("%m-%d").tolist() == ["03-17", "03-24", "03-31"]
    assert table["distance_km"].tolist()[1:] == [17, 20]
    assert np.isnan(table["distance_km"][0])
    assert table["longest_run_km"].tolist()[1:] == [8, 14]
    assert table["longest_days_ago"].tolist()[1:] == [9, 6]
    assert table["known_days"].tolist() == [0, 3, 2]


def test_weeks_beyond_the_chart_are_left_out(days):
    assert weekly_load(days, AS_OF, weeks=2)["week"].tolist() == [1, 0]


def test_spikes_keep_how_far_they_rose(days):
    table = spike_runs(days, AS_OF)
    assert table[["days_ago", "longest_run_km"]].to_numpy().tolist() == [[6, 14]]
    assert table["rise"].tolist() == pytest.approx([0.4])


def test_the_load_chart_draws_each_week_and_tells_it_in_words(days):
    chart = drawn_load("l1", "Ann <b>", days)
    assert "Running of Ann &lt;b&gt;, 26 weeks" in chart
    assert "Week just ended: 20.0 km." in chart
    assert "Spikes: Mon 25 Mar 2024 14.0 km, 40 % above." in chart
    drawn = dict(re.findall(r'<path class="(\w+)" d="([^"]*)"', chart))
    assert drawn["now"].count("z") == 1
    assert drawn["part"].count("z") == 1
    assert drawn["gap"].count("M") == 1
    assert drawn["spike"].count("z") == 1
    assert drawn["dots"].count("h0") == 1
    assert "bar" not in drawn


def test_a_bar_is_as_high_as_its_kilometres():
    whole = daily(*[(ago, 5, 5, 5, False) for ago in range(14)])
    chart = drawn_load("l", "A", whole)
    (top,) = re.findall(r'class="bar" d="M[\d.]+ 212V([\d.]+)h', chart)
    # 35 km of 40 on an axis from 212 up to 30
    assert float(top) == pytest.approx(212 - 35 / 40 * 182, abs=0.06)
    assert "Median of the earlier weeks with running: 35.0 km." in chart


def test_without_any_known_day_a_sentence_stands_in(days):
    nothing = days.assign(distance_km=np.nan, longest_run_km=np.nan, is_spike=False)
    chart = drawn_load("l", "A", nothing)
    assert "No running logged" in chart
    assert "<svg" not in chart


@pytest.mark.parametrize(
    ("highest", "expected"),
    [
        (0, [0, 1, 2]),
        (3, [0, 1, 2, 3]),
        (37, [0, 10, 20, 30, 40]),
        (40, [0, 10, 20, 30, 40]),
        (41, [0, 20, 40, 60]),
        (1999, [0, 500, 1000, 1500, 2000]),
    ],
)
def test_ticks_are_round_and_reach_the_highest(highest, expected):
    assert ticks(highest) == expected


def test_the_block_chart_points_both_ways_and_leaves_the_base_out():
    blocks = pd.DataFrame(
        {
            "block": ["base", "load", "history"],
            "contribution_log_odds": [-4.0, np.log(2), -np.log(4)],
        }
    )
    chart = block_chart("b", "Ann", blocks.to_dict("records"))
    widths = dict(re.findall(r'class="(for|against)" d="M190 \d+h(-?[\d.]+)v16', chart))
    assert {k: float(v) for k, v in widths.items()} == {"for": 44, "against": -88}
    assert "Odds: Load \u00d72.0; Past injuries \u00d70.25." in chart


def test_small_effects_look_small():
    blocks = pd.DataFrame({"block": ["load"], "contribution_log_odds": [0.01]})
    (width,) = re.findall(
        r'class="for" d="M190 6h([\d.]+)v', block_chart("b", "A", blocks.to_dict("records"))
    )
    assert float(width) < 2


def test_factors_on_the_odds():
    assert times(np.log(1.44)) == "\u00d71.4"
    assert times(-np.log(2)) == "\u00d70.50"


def test_the_calibration_plot_puts_agreement_on_the_line():
    points = pd.DataFrame(
        {"predicted": [0.01], "observed": [0.01], "low": [0.005], "high": [0.019]}
    )
    chart = calibration_plot("c", "any", points)
    ((x, y),) = re.findall(r'class="point" d="M([\d.]+) ([\d.]+)h0"', chart)
    assert float(x) - 48 == pytest.approx(264 - float(y))
    assert float(x) == 48 + 240 / 2
    assert "forecast 1.0 %, happened 1.0 %" in chart


@pytest.mark.parametrize("pair", [*TEXT_PAIRS, *((t, g) for g, t in BAND_COLOURS.values())])
def test_text_keeps_contrast_aa(pair):
    assert contrast(*pair) >= 4.5


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_bands_darken_from_low_to_very_high():
    grounds = [luminance(ground) for ground, _ in BAND_COLOURS.values()]
    assert grounds[1:] == sorted(grounds[1:], reverse=True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            natural_frequency(0.042),
            "Of 1,000 weeks like this one, about 42 end with a new injury and 958 do not.",
        ),
        (freshness(0), "day of the forecast"),
        (freshness(1), "1 day before"),
        (freshness(5), "5 days before"),
        (forecast_period(AS_OF, 7), "Mon 1 Apr 2024 to Sun 7 Apr 2024"),
        (metric_words("new_metric"), "new metric"),
        (px(-0.04), "0"),
        (px(0.0), "0"),
        (px(100.0), "100"),
    ],
)
def test_small_words(words, expected):
    assert words == expected


def ahead(**changes):
    line = LineOf(km=18.0, low=14.0, high=24.0, state="crosses")
    given = {
        "athlete": "a", "source": "plan", "risk": 0.03, "low": 0.02, "high": 0.05,
        "risk_without": 0.03, "risk_usual": 0.02, "band": "raised", "km": 40.0, "longest_km": 16.0,
        "longest_on": pd.Timestamp("2024-12-01"), "days": (), "run_line": line, "week_line": line,
        "reference_km": 15.0, "last_week_km": 36.0, "ten_percent_km": 39.6, "others": (),
        "warnings": (),
    }  # fmt: skip
    return Outlook(**(given | changes))


def test_the_week_ahead_draws_the_load_line_and_the_ten_percent_rule():
    drawn = str(ahead_chart("w1", "A <b>", ahead()))
    assert "A &lt;b&gt;" in drawn
    assert drawn.count('class="spike"') == 2
    assert drawn.count('class="bar"') == 2
    # The axis ends at 40 km: 39.6 km of the rule lie at 46 + 39.6 / 40 * 574 = 614.3.
    assert 'class="usual" d="M614.3 ' in drawn
    # The run of 16 km ends at 46 + 16 / 40 * 574 = 275.6.
    assert "H275.6v" in drawn


def test_a_week_of_which_nothing_is_known_is_not_drawn_and_no_line_is_made_up():
    assert ahead_chart("w1", "A", ahead(risk=None)) == ""
    never = LineOf(km=60.0, low=None, high=None, state="never")
    drawn = str(ahead_chart("w1", "A", ahead(run_line=never, week_line=never)))
    assert 'class="spike"' not in drawn
