"""Parts of one session are joined through each other, in whatever order they were written."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from ingest.sessions.restarts import _connected
from tests.ingest.session_frames import harmonised, load, recording


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 14).flatmap(lambda n: st.tuples(
    st.just(n), st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=20)
)))  # fmt: skip
def test_groups_are_the_connected_components_in_the_order_of_their_first(case):
    size, pairs = case
    left, right = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    edges = coo_array((np.ones(len(left)), (left, right)), shape=(size, size))
    _, expected = connected_components(edges, directed=False)
    found = _connected(size, left, right)
    np.testing.assert_array_equal(np.unique(found, return_inverse=True)[1], expected)
    assert (found <= np.arange(size)).all()


def test_a_long_chain_of_parts_in_the_worst_order_is_one_session():
    size = 5000
    # Backwards, so that each join moves the whole chain made so far.
    left = np.arange(size - 1)[::-1]
    assert set(_connected(size, left, left + 1)) == {0}


A, B = (8.0, 20.0, 4.0), (8 + 22 / 60, 40.0, 8.0)
"""Hour, minutes and kilometres of the two parts of a run."""


def _file(part, name, *, late=0.0, share=1.0):
    hour, minutes, km = part
    return recording(0, hour + late / 60, minutes, source=name, distance_km=km * share)


@pytest.mark.parametrize(
    "files",
    [
        [_file(A, "a.fit"), _file(B, "b.fit")],
        [_file(A, "a.fit"), _file(B, "b.fit"), _file(A, "a.gpx"), _file(B, "b.gpx")],
        [_file(A, "a.fit"), _file(B, "b.fit"), _file(A, "c.gpx", late=1, share=1.05),
         _file(B, "d.gpx", late=1, share=1.05)],
        [_file(A, "a.fit"), _file(A, "a.gpx", share=1.05), _file(B, "phone.gpx")],
        [_file(A, "a.fit"), _file(B, "b.fit"), _file(A, "list.csv"), _file(B, "list.csv"),
         recording(3, 9.0, source="list.csv", distance_km=10.0)],
        [_file(A, "a.fit"), _file(B, "b.fit"), _file((8 + 20.5 / 60, 15.0, 3.0), "c.gpx")],
    ],
    ids=["one export", "two exports", "late", "phone", "a list", "inside"],
)  # fmt: skip
def test_parts_in_files_of_their_own_count_once_in_however_many_exports(files):
    """A run stopped and started again was twice as long where Garmin and Strava both told it."""
    km = load(harmonised(files))["distance_km"].iloc[0]
    assert 12.0 <= km <= 12.0 * 1.05


def test_parts_of_a_watch_are_one_run_also_beside_their_copies():
    copied = [_file(A, "a.fit"), _file(B, "b.fit"), _file(A, "a.gpx"), _file(B, "b.gpx")]
    assert len(harmonised(copied).sessions) == 1


@pytest.mark.parametrize(
    ("minutes", "km", "counted"),
    # Behind the watch's 6 km in 30 min the phone went on at 12, 19.5, 20 and 0.5 km/h.
    [(50.0, 10.0, 10.0), (50.0, 12.5, 6.0), (45.0, 11.0, 6.0), (85.0, 6.5, 6.0)],
    ids=["went on", "bike", "car", "walk"],
)
def test_a_phone_goes_on_for_a_dead_watch_on_foot_alone(minutes, km, counted):
    """The way home by bike at 20 km/h was five kilometres more of running."""
    watch = recording(0, 6.0, 30.0, source="a.fit", distance_km=6.0, moving_min=30.0,
                      hr_mean=150.0, cadence_spm=170.0)  # fmt: skip
    phone = recording(0, 6.0, minutes, source="p.gpx", distance_km=km, moving_min=minutes)
    (session,) = harmonised([watch, phone]).sessions.itertuples()
    assert session.distance_km == counted


@pytest.mark.parametrize(("overlap_min", "count"), [(0.9, 1), (1.5, 2)])
def test_parts_may_overlap_by_what_clocks_are_rounded_by(overlap_min, count):
    second = 17 + (20 - overlap_min) / 60
    parts = [
        recording(0, 17, 20, distance_km=4.0, record="1"),
        recording(0, second, 40, distance_km=8.0, record="2"),
    ]
    assert len(harmonised(parts).sessions) == count


def test_a_phone_that_was_stopped_a_few_minutes_later_went_on_for_no_dead_watch():
    watch = recording(0, 6.0, 100.0, source="a.fit", distance_km=20.0, moving_min=100.0,
                      hr_mean=150.0, cadence_spm=170.0)  # fmt: skip
    phone = recording(0, 6.0, 106.0, source="p.gpx", distance_km=21.2, moving_min=106.0)
    (session,) = harmonised([watch, phone]).sessions.itertuples()
    assert session.distance_km == 20.0
