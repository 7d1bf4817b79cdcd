"""The week in words: what a coach reads beside the number."""

import dataclasses
import re

import pandas as pd
import pytest

from common.text.plain_words import out_of, probability_words
from forecasting.settings import BandSettings
from models.evidence.figures import packaged
from reporting.charts.load import recent_spike
from reporting.languages.messages import band_words, full_bar, odds_words
from reporting.languages.this_week import this_week
from reporting.weekly.page import render_page

SUNDAY = pd.Timestamp("2025-11-23")


def weeks_of(*distances, known=7, longest=42.2, days_ago=0):
    """Weeks, the one just ended first."""
    return [
        {"week": at, "distance_km": float(km), "known_days": known if at == 0 else 7,
         "longest_run_km": longest, "longest_days_ago": 7 * at + days_ago,
         "week_end": SUNDAY - pd.Timedelta(days=7 * at)}
        for at, km in enumerate(distances)
    ]  # fmt: skip


def spike(days_ago, km=50.5, rise=0.38):
    return {"days_ago": days_ago, "longest_run_km": km, "rise": rise,
            "date": SUNDAY - pd.Timedelta(days=days_ago)}  # fmt: skip


def test_the_week_stands_beside_the_two_before_the_usual_and_its_longest_run():
    assert this_week(weeks_of(117, 80, 40, 44, 45, days_ago=1), []).words == (
        "117 km in the past 7 days, 80 km the week before, 40 km the one before that; "
        "usual (median) week 44 km; longest run 42.2 km on Sat 22 Nov 2025"
    )


def test_a_partly_logged_week_is_told_as_such_and_an_unknown_one_not_at_all():
    told = this_week(weeks_of(30, 40, known=4), []).words
    assert told.startswith("30 km in the past 7 days (4 of them logged); usual (median) week 40 km")
    assert this_week(weeks_of(0, 40, known=0), []).words == ""
    assert "longest run" not in this_week(weeks_of(0, 40, 40, longest=0.0), []).words


@pytest.mark.parametrize(
    ("distances", "days_ago", "grounds"),
    [
        ((60, 50, 40, 40), 9, {"risen_week"}),
        # 43 against 40 km is no rise worth advice.
        ((43, 40, 40, 40), 9, set()),
        # Above the usual and yet falling: the week before had 90 km.
        ((60, 90, 40, 40, 40), 6, {"longer_run"}),
        ((60, 40, 40), 0, {"risen_week", "longer_run"}),
    ],
)
def test_only_a_week_clearly_above_the_usual_and_still_rising_is_a_ground_for_advice(
    distances, days_ago, grounds
):
    assert this_week(weeks_of(*distances), [spike(days_ago)]).grounds == grounds


def test_the_limit_after_a_spike_is_a_tenth_above_the_run_before_it_and_never_rounded_up():
    # 26.45 x 1.1 is 29.095: rounded up, the limit would permit more than it says.
    told = this_week(weeks_of(60, 40, 40), [spike(0)], (26.45, SUNDAY))
    assert told.figures == {
        "usual_week_km": "40", "before_spike_km": "26.4", "limit_km": "29.0", "spike_day": "23 Nov",
    }  # fmt: skip
    assert this_week(weeks_of(60), [spike(0)], (20.0, SUNDAY)).figures["limit_km"] == "22.0"
    assert "limit_km" not in this_week(weeks_of(60, 40, 40), [spike(0)]).figures


def test_only_the_past_weeks_spikes_are_told_the_largest_rise_first():
    assert recent_spike(weeks_of(40), [spike(7), spike(130)]) == ""
    assert recent_spike(weeks_of(40), [spike(7, rise=2.0), spike(6, 31.0, 0.6), spike(1)]) == (
        "Spike in the past 7 days: 31.0 km on Mon 17 Nov 2025, "
        "60 % above the longest run of the 30 days before"
    )


def test_a_spike_of_the_longest_run_is_told_once():
    weeks, spikes = weeks_of(60, 40, 40), [spike(0, 42.2, 0.6)]
    assert recent_spike(weeks, spikes) == ""
    assert this_week(weeks, spikes).words.endswith(
        "longest run 42.2 km on Sun 23 Nov 2025, 60 % above the longest of the 30 days before"
    )


def test_weeks_off_do_not_make_nothing_the_usual():
    # After a month off the median of all weeks is 0, and any run would be a rise.
    assert "usual (median) week 54 km" in this_week(weeks_of(58, 54, 0, 0, 0, 0), []).words


@pytest.mark.parametrize("probability", [0.01, 0.11, 0.5])
def test_the_factor_on_the_odds_is_told_by_the_chances_it_leads_between(probability):
    without = 1 / (1 + 1.5 * (1 - probability) / probability)
    told = float(re.search(r"about ([\d.]+) times", odds_words(probability))[1])
    # The page shows one decimal.
    assert told == pytest.approx(probability / without, abs=0.051)


def test_bands_are_told_as_they_are_set():
    told = band_words(BandSettings(raised=1.5, high=3, very_high=6.5))
    assert told == (
        "low: below 1.5 × the base rate; raised: from 1.5 ×; high: from 3 ×; very high: above 6.5 ×"  # noqa: RUF001
    )


@pytest.mark.parametrize("highest", [0.004, 0.05, 0.11, 0.49, 0.97])
def test_no_chance_overflows_its_bar(highest):
    assert highest <= full_bar(highest) <= 1


def texts(html):
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", html))


def test_the_top_of_the_page_says_how_many_stay_healthy_and_what_the_base_rate_is(context):
    leading = context.scores.query("outcome == 'any' and band == 'very high'")["probability"]
    assert len(leading)
    text = texts(render_page(context))
    glance = text.split("The team Find", 1)[0]
    highest = probability_words(leading.max())
    count, of = out_of(leading.max())
    assert (
        f"Even at the highest chance of the team, {highest}, about {of - count:,} of {of:,} weeks "
        "end without a new injury."
    ) in glance
    assert "Base rate: any injury 1.9 %, knee injury 0.8 % in 7 days: how often a new" in glance
    assert "very high: above 4" in glance
    published = texts(render_page(dataclasses.replace(context, evidence_only=True)))
    hours = packaged().baseline.levels["recreational"].hours
    assert f"who runs {hours} h a week" in published.split("The team Find", 1)[0]


def test_each_flagged_athlete_has_one_sentence_of_what_to_do(context):
    first = render_page(context).split("Look at first", 1)[1].split("</ol>", 1)[0]
    assert first.count("To do:") == first.count("<li>") > 0


def test_a_week_with_a_run_of_unknown_distance_is_at_least_so_long():
    told = this_week(weeks_of(30, 40, 50), [], None, {"runs_without_km_7d": 1}).words
    assert told.startswith("at least 30 km in the past 7 days, 40 km the week before, 50 km")


def test_advice_puts_plain_words_before_figures(context):
    advice = re.findall(r'<div class="advice">.*?</div>', render_page(context), flags=re.DOTALL)
    assert advice
    for block in advice:
        for entry in block.split("<li>")[1:]:
            plain, small = entry.split("<small>")
            assert not re.search(r"[Rr]atio|\d\.\d(?! km)", plain)
            assert "<cite>" in small
