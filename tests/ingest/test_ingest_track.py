"""From record streams to totals: hand-computed streams and properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.activity.track import Pause, Track, make_track, summarise
from ingest.readers.activity.track.cadence import steps_per_minute
from ingest.readers.activity.track.climb import up_and_down
from ingest.readers.activity.track.effort import hard_work, time_mean
from ingest.readers.activity.track.motion import moving_seconds, steps_seconds, total_distance_m

NAN = float("nan")


def test_steps_leave_pauses_out() -> None:
    track = Track(np.array([0.0, 10.0, 100.0, 110.0]), {}, [Pause(20.0, 95.0)])
    # 90 s between two records, 75 of them paused.
    assert steps_seconds(track).tolist() == [0, 10, 15, 10]


def test_steps_with_a_pause_over_several_records() -> None:
    track = Track(np.array([0.0, 10.0, 20.0, 30.0]), {}, [Pause(5.0, 25.0)])
    assert steps_seconds(track).tolist() == [0, 5, 0, 5]


@pytest.mark.parametrize("pause", [Pause(-50.0, -10.0), Pause(50.0, 90.0), Pause(20.0, 10.0)])
def test_pauses_outside_the_records_or_backwards_change_nothing(pause: Pause) -> None:
    track = Track(np.array([0.0, 10.0, 20.0]), {}, [pause])
    assert steps_seconds(track).tolist() == [0, 10, 10]


def test_distance_that_the_device_sets_back_does_not_count_twice() -> None:
    track = make_track(np.arange(5.0), {"distance_m": np.array([0.0, 3.0, 0.0, 2.0, 6.0])})
    # Back to 0 and up to 2 m is a stretch that was counted before.
    assert total_distance_m(track) == 6


def test_distance_from_speed_alone() -> None:
    track = make_track(np.arange(11.0), {"speed_m_s": np.full(11, 3.0)})
    assert total_distance_m(track) == pytest.approx(30)


def test_a_gap_is_judged_by_the_distance_it_covered() -> None:
    time = np.array([0.0, 7.0, 14.0, 60.0, 67.0])
    track = make_track(time, {"distance_m": np.array([0.0, 21.0, 42.0, 44.0, 65.0])})
    # 2 m in 46 s is standing; 21 m in 7 s is running, however far the records lie apart.
    assert moving_seconds(track) == pytest.approx(7 + 7 + 7)


def test_the_mean_weighs_by_time() -> None:
    track = make_track(np.array([0.0, 1.0, 4.0]), {})
    # (100 x 1 s + 140 x 3 s) / 4 s.
    assert time_mean(track, np.array([NAN, 100.0, 140.0])) == pytest.approx(130)


def test_silence_is_not_weighed_for_hours() -> None:
    track = make_track(np.array([0.0, 10.0, 5000.0]), {})
    assert time_mean(track, np.array([NAN, 100.0, 140.0])) == pytest.approx(130)


def test_hard_work_counts_from_the_border() -> None:
    heart_rate = np.array([150.0, 160.0, 159.0, 170.0])
    track = make_track(
        np.arange(4.0) * 10, {"heart_rate": heart_rate, "distance_m": np.arange(4.0) * 30}
    )
    # The steps to 160 and to 170 beats count, 10 s and 30 m each.
    assert hard_work(track, 160.0) == pytest.approx((20 / 60, 0.06))
    assert np.isnan(hard_work(track, NAN)).all()


@pytest.mark.parametrize(
    ("cadence", "sport", "spm"),
    [(82, "run", 164), (119, "run", 238), (120, "run", 120), (165, "run", 165),
     (55, "walk", 110), (110, "walk", 110), (60, "hike", 120), (90, "ride", NAN),
     (0, "run", NAN), (NAN, "run", NAN)],
)  # fmt: skip
def test_cadence(cadence: float, sport: str, spm: float) -> None:
    assert steps_per_minute(cadence, sport) == pytest.approx(spm, nan_ok=True)


@pytest.mark.parametrize(
    ("height", "ascent", "descent"),
    [([0, 10], 10, 0), ([10, 0], 0, 10), ([0, 2, 0, 2, 0, 2], 0, 0), ([5, 5, 5], 0, 0),
     ([0, 5, 4, 10, 2], 10, 8), ([0, -2, 8], 10, 0), ([0, 4, 0, 4], 8, 4), ([3], 0, 0)],
)  # fmt: skip
def test_climb(height: list[float], ascent: float, descent: float) -> None:
    assert up_and_down(np.array(height, dtype=float), 3.0) == (ascent, descent)


@given(st.lists(st.floats(-500, 500), min_size=2, max_size=60))
def test_climb_is_bounded_by_the_line_itself(height: list[float]) -> None:
    line = np.array(height)
    ascent, descent = up_and_down(line, 3.0)
    rise = np.diff(line)
    assert 0 <= ascent <= rise[rise > 0].sum() + 1e-6
    assert 0 <= descent <= -rise[rise < 0].sum() + 1e-6
    assert ascent - descent == pytest.approx(line[-1] - line[0], abs=6.0 + 1e-6)
    assert up_and_down(line[::-1], 3.0).ascent_m == pytest.approx(descent, abs=6.0 + 1e-6)


@given(st.permutations(range(12)))
def test_the_order_of_records_does_not_matter(order: list[int]) -> None:
    time = np.arange(12.0) * 60
    distance = np.arange(12.0) * 180
    sorted_row = summarise(make_track(time, {"distance_m": distance}), "run")
    mixed = make_track(time[order], {"distance_m": distance[order]})
    assert summarise(mixed, "run") == pytest.approx(sorted_row, nan_ok=True)


def test_nothing_recorded() -> None:
    assert summarise(make_track(np.zeros(0), {}), "run") == {}


def test_one_record_is_no_session() -> None:
    row = summarise(make_track(np.array([5.0]), {"heart_rate": np.array([120.0])}), "run")
    assert np.isnan(row["duration_min"])
    assert row["hr_mean"] == 120


def test_zero_is_unknown() -> None:
    time, zero = np.arange(60.0), np.zeros(60)
    channels = dict.fromkeys(("distance_m", "heart_rate", "power_w", "cadence"), zero)
    row = summarise(make_track(time, channels), "run")
    for name in ("distance_km", "hr_mean", "hr_max", "power_w", "cadence_spm", "moving_min"):
        assert np.isnan(row[name]), name
