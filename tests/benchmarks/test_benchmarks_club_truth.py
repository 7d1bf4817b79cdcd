"""What the club's benchmark calls right: hand-made person-weeks, each with its verdict."""

import pytest

from benchmarks.club_parts.club_files import file_rows
from benchmarks.club_parts.club_truth import judge, person_of, right_statuses
from benchmarks.club_parts.club_week import ClubWeek, screens_and_singles

ROSTER = [
    {"name": "José Núñez", "folder": "José Núñez", "aliases": {"form": ["José Nuñez"]}},
    {"name": "Tom Baker", "folder": "Tom Baker", "aliases": {"form": ["Tom Baker"]}},
    {"name": "Tom Fischer", "folder": "Tom Fischer", "aliases": {"form": ["Tom"]}},
    {"name": "Jürgen Müller", "folder": None, "aliases": {"injury list": ["Müller J."]}},
]


def bounds(best, apart=0.05):
    return {"best": best, "low": best * (1 - apart), "high": best * (1 + apart)}


def person(**changes):
    running = {
        "hours_7d": bounds(3), "hours_28d": bounds(12), "km_7d": bounds(30), "km_28d": bounds(120),
        "runs_without_km_7d": 0, "runs_without_km_28d": 1, "sessions_28d": bounds(12, 0),
        "longest_run_30d": {"km": bounds(18), "minutes": bounds(100),
                            "a_run_without_km_lies_in_the_window": False},
        "to_check": [],
    }  # fmt: skip
    truth = {
        "status": {"is": "running", "also_right": [], "days_without_a_run": 0},
        "running": running, "injuries": [], "complaints": [],
    }  # fmt: skip
    return truth | changes


def stated(**changes):
    figures = {
        "hours_7d": 3.0, "hours_28d": 12.0, "km_7d": 30.0, "km_28d": 120.0,
        "runs_without_km_7d": 0, "runs_without_km_28d": 1, "sessions_28d": 12,
        "longest_run_km_30d": 18.0, "longest_run_minutes_30d": 100.0,
    }  # fmt: skip
    figures |= changes.pop("figures", {})
    return {"status": "running", "figures": figures, "forecasts": []} | changes


def wrong(truth, said, told=()):
    return sorted({key for key, _ in judge("2020-02-10", "Ann Lee", truth, said, told).wrong})


def test_a_person_week_as_the_truth_has_it_is_right():
    assert wrong(person(), stated()) == []


@pytest.mark.parametrize(
    ("figures", "keys"),
    [
        ({"hours_7d": 3.3}, ["hours"]),
        ({"km_28d": 100.0}, ["km"]),
        ({"runs_without_km_28d": 0}, ["km"]),
        ({"runs_without_km_28d": None}, ["km"]),
        ({"longest_run_minutes_30d": 120.0}, ["longest"]),
        ({"sessions_28d": 13}, ["sessions"]),
        ({"hours_7d": None}, ["hours", "stated"]),
        ({"spike_run_km": 25.0}, ["spike"]),
        ({"spike_run_km": 18.0}, []),
    ],
)
def test_a_figure_counts_if_it_is_stated_and_inside_the_bounds(figures, keys):
    assert wrong(person(), stated(figures=figures)) == keys


def test_what_may_not_be_stated_is_wrong_as_a_number():
    truth = person()
    truth["running"] = truth["running"] | {"hours_7d": None}
    assert wrong(truth, stated()) == ["hours"]
    assert wrong(truth, stated(figures={"hours_7d": None})) == []


def test_figures_of_somebody_who_does_not_run_may_be_left_out_but_not_be_wrong():
    truth = person(status={"is": "silent", "also_right": [], "days_without_a_run": 40})
    nothing = dict.fromkeys(stated()["figures"])
    assert wrong(truth, stated(status="silent", figures=nothing)) == []
    assert wrong(truth, stated(status="silent", figures={"hours_7d": 9.0})) == ["hours"]


def test_nobody_of_the_name_is_wrong_in_everything_that_applies():
    assert wrong(person(), None) == ["hours", "km", "longest", "sessions", "stated", "status"]


INJURY = {
    "onset": "2020-01-20", "region": "lower_leg", "running_related": True, "text": "shin",
    "open": True,
}  # fmt: skip


def test_an_injury_is_counted_or_told_as_unclear():
    truth = person(injuries=[INJURY])
    counted = [{"onset": "2020-01-20", "region": "unknown"}]
    assert "injuries_told" in wrong(truth, stated())
    assert wrong(truth, stated(injuries=counted)) == []
    assert wrong(truth, stated(), told=["Ann Lee"]) == []
    assert wrong(person(), stated(injuries=counted)) == ["injuries_false"]


def test_who_runs_on_with_an_open_injury_may_be_modified():
    status = {"is": "injured", "also_right": [], "days_without_a_run": 2}
    assert right_statuses(person(status=status, injuries=[INJURY])) == {"injured", "modified"}
    rests = status | {"days_without_a_run": 21}
    assert right_statuses(person(status=rests, injuries=[INJURY])) == {"injured"}


def test_names_go_by_the_full_name_before_an_alias():
    assert person_of("jose nunez", ROSTER) == "José Núñez"
    assert person_of("Tom Baker", ROSTER) == "Tom Baker"
    assert person_of("Tom", ROSTER) == "Tom Fischer"
    assert person_of("Müller J.", ROSTER) == "Jürgen Müller"
    assert person_of("fitbit", ROSTER) is None


def account(file, **changes):
    counts = {"read": 4, "accepted": 4, "repaired": 0, "rejected": 0}
    return {"file": file, "kind": "strava", "ignored": "", "repairs": {}} | counts | changes


@pytest.mark.parametrize(
    ("changes", "not_read", "untold"),
    [
        ({}, [], False),
        ({"accepted": 0, "rejected": 4}, [], True),
        ({"accepted": 0, "rejected": 4}, [{"file": "a.csv"}], False),
        ({"accepted": 3, "rejected": 1}, [], True),
        ({"accepted": 3}, [], True),
        ({"repairs": {"stress_without_scale_set_null": 4}}, [], True),
        ({"ignored": "settings", "accepted": 0, "read": 0}, [], False),
    ],
)
def test_a_file_is_read_or_told_or_lost(tmp_path, changes, not_read, untold):
    (tmp_path / "a.csv").touch()
    week = ClubWeek(
        "2020-02-10", tmp_path, {"not_read": not_read}, {"files": [account("a.csv", **changes)]}
    )
    assert [bool(row.untold) for row in file_rows(week)] == [untold]


def test_screens_are_counted_once_and_uncertain_questions_singly():
    asked = [
        {"id": "1", "screen": "people"}, {"id": "2", "screen": "people"}, {"id": "3", "safe": True},
        {"id": "4", "screen": None, "safe": False},
    ]  # fmt: skip
    assert screens_and_singles(asked) == (2, 1)
    assert screens_and_singles(None) is None
