"""Whom the list at the top names: order, budget, and what it says of itself."""

from types import SimpleNamespace

import pytest

from forecasting.settings import FlagSettings
from reporting.weekly.first_screen import _available, _budget_words, flag_list


def athlete(name, probability, band, to_usual=None, changeable=None, team="a"):
    chance = SimpleNamespace(
        probability=probability, band=band, to_usual=to_usual, changeable=changeable
    )
    return SimpleNamespace(name=name, team=team, chances=(chance,))


TEAM = (
    athlete("always high", 0.09, "very high", to_usual=1.0, changeable=0.8),
    athlete("spiked", 0.05, "high", to_usual=2.2, changeable=1.9),
    athlete("tired", 0.03, "raised", to_usual=1.3, changeable=2.5),
    athlete("quiet", 0.01, "low", to_usual=0.7, changeable=0.6),
    athlete("low but doubled", 0.012, "low", to_usual=2.0, changeable=1.1),
    athlete("elsewhere", 0.02, "raised", to_usual=1.1, changeable=1.2, team="b"),
    SimpleNamespace(name="injured", team="a", chances=()),
)


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("risk", ["always high", "spiked", "elsewhere"]),
        # "always high" is as usual: a list by change leaves them out.
        ("change", ["spiked", "low but doubled", "elsewhere"]),
        ("changeable", ["tired", "spiked", "elsewhere"]),
    ],
)
def test_each_order_names_two_of_a_team(order, names):
    found = flag_list(TEAM, FlagSettings(order=order, per_team=2))
    assert [one.name for one in found] == names


def test_what_a_model_does_not_know_names_nobody():
    unknown = [athlete("a", 0.05, "high"), athlete("b", 0.09, "very high")]
    assert flag_list(unknown, FlagSettings(order="change")) == ()
    assert [one.name for one in flag_list(unknown)] == ["b", "a"]


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (
            "risk",
            "The list names at most 3 athletes per team and week, those with the highest chance.",
        ),
        ("change", "usual week"),
        ("changeable", "those whose odds depend most on things that can be changed"),
    ],
)
def test_the_page_states_the_order(order, told):
    assert told in _budget_words(FlagSettings(order=order))
    assert "at most 1 athlete per team and week, the one " in _budget_words(
        FlagSettings(order=order, per_team=1)
    )


def standing(status, days_since_run, *, complains=False, back="", lever="ask"):
    return SimpleNamespace(
        status=status, days_since_run=days_since_run, complains=complains, back=back,
        to_do=SimpleNamespace(kind=lever),
    )  # fmt: skip


def test_who_has_not_run_for_a_week_is_not_called_running_as_usual():
    team = [
        standing("running", 0), standing("running", 6), standing("running", 7),
        standing("running", None), standing("silent", 40), standing("injured", 3),
    ]  # fmt: skip
    found = [(one.words, one.count) for one in _available(team)]
    assert found == [
        ("injured", 1),
        ("silent: no run on record lately", 1),
        ("no run in the past 7 days", 1),
        ("running as usual", 3),
    ]


def test_who_runs_with_a_complaint_lately_back_or_after_a_break_is_told_apart():
    team = [
        standing("running", 1, complains=True, back="back since 4 Feb"),
        standing("running", 9, complains=True),
        standing("running", 9, back="back since 4 Feb"),
        standing("running", 1, back="back since 4 Feb", lever="after_break"),
        standing("running", 1, lever="after_break"),
        standing("running", 1),
        standing("silent", 40, complains=True),
    ]
    assert [(one.words, one.count) for one in _available(team)] == [
        ("silent: no run on record lately", 1),
        ("running with a complaint", 2),
        ("running, lately back from an injury", 1),
        ("running, in the first week after a break", 1),
        ("no run in the past 7 days", 1),
        ("running as usual", 1),
    ]
