"""The week ahead on an athlete's card: what a coach asks first stands first."""

from html import unescape
from types import SimpleNamespace

import numpy as np
import pytest

from forecasting.planning import outlook
from forecasting.planning.outlook import LineOf, OfLength
from reporting.athlete.view import athlete_views
from reporting.planning.terminal_text import ahead_lines
from reporting.weekly.page import render_page
from tests.reporting.test_reporting_own_page import ahead

LINE = LineOf(21.4, 17.3, 27.9, "crosses")
HOLDS = "If the advice above asks for less, follow the advice"


def test_the_chance_by_kilometres_is_first_then_the_line_of_the_week():
    weeks = (OfLength(km=40.0, risk=0.012), OfLength(km=60.0, risk=0.0149))
    told = ahead_lines({"a": ahead("a", LINE, by_km=weeks)}, "a")
    assert told[0] == "chance by the km of the week: 40 km 1.2\u00a0%, 60 km 1.5\u00a0%"
    assert told[1] == "load line of the week (high): 52.0 km (40.0 to 66.5)"
    assert told[2] == "load line of the longest run (high): 21.4 km (17.3 to 27.9)"
    assert any("10 % rule: at most 41.8 km after 38.0 km" in line for line in told)
    told = ahead_lines({"a": ahead("a", LINE)}, "a", by_time=True)
    assert any("after about 38.0 km (runs without distance counted" in line for line in told)


def test_a_week_longer_than_any_of_the_record_is_told_apart():
    weeks = (OfLength(km=40.0, risk=0.012), OfLength(km=60.0, risk=0.0149, is_seen=False))
    told = ahead_lines({"a": ahead("a", LINE, by_km=weeks)}, "a")
    assert told[0] == (
        "chance by the km of the week: 40 km 1.2\u00a0%; longer than any week or run of the past "
        "half year: 60 km 1.5\u00a0%"
    )


def test_where_every_week_is_longer_than_the_record_that_is_told():
    weeks = (OfLength(km=40.0, risk=0.012, is_seen=False),)
    told = ahead_lines({"a": ahead("a", LINE, by_km=weeks)}, "a")
    assert told[0] == (
        "chance by the km of the week, all longer than any week or run of the past half year: "
        "40 km 1.2\u00a0%"
    )


@pytest.mark.parametrize(
    ("week_km", "run_km", "seen"),
    # The plan of 40 km has a run of 12: weeks of 20, 40 and 60 km have runs of 6, 12 and 18.
    [(40.0, 12.0, [True, True, False]), (60.0, 10.0, [True, False, False]),
     (0.0, 0.0, [False, False, False]), (60.0, 0.0, [False, False, False])],
)  # fmt: skip
def test_a_week_was_seen_where_the_record_holds_a_week_and_a_run_as_long(
    monkeypatch, week_km, run_km, seen
):
    monkeypatch.setattr(outlook, "round_weeks", lambda _: [20.0, 40.0, 60.0])
    monkeypatch.setattr(outlook, "risks_of_weeks", lambda *_: np.array([[0.01, 0.02, 0.03]]))
    team = SimpleNamespace(seen=SimpleNamespace(longest_week_km=[week_km], longest_run_km=[run_km]))
    week = SimpleNamespace(week_km=[40.0], longest=[12.0])
    assert [length.is_seen for length in outlook._by_km(team, 0, None, week)] == seen


def test_no_line_is_empty_and_nothing_is_counted_from_a_week_without_running():
    told = ahead_lines({"a": ahead("a", LINE, last_week_km=0.0, ten_percent_km=0.0)}, "a")
    assert all(told)
    assert not any("10 %" in line or "chance by" in line for line in told)


@pytest.mark.parametrize("asks_for_less", [True, False])
def test_where_advice_and_line_differ_the_card_says_which_holds(make_context, asks_for_less):
    plain = make_context()
    views = [view for view in athlete_views(plain) if view.chances]
    one = next(view for view in views if bool(view.to_do.figures) == asks_for_less)
    html = unescape(render_page(make_context(outlooks={one.code: ahead(one.code, LINE)})))
    card = html.split(f'id="{one.key}"')[1].split("</details>")[0]
    assert "Load line of the week (high): 52.0 km" in card
    assert (HOLDS in card) == asks_for_less
