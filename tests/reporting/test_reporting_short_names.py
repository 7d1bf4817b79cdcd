"""First names on the first screen: short, and never one name for two people."""

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings

from reporting.weekly.short_names import short_names

NAMES = st.lists(
    st.lists(st.sampled_from(["Ann", "ann", "Tom", "J.", "Lee", "Li", "Zoë", "O'Dahl", "Ng,"]),
             min_size=1, max_size=3).map(" ".join),
    unique=True, max_size=8,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(NAMES)
def test_no_two_people_are_called_alike(names):
    called = short_names(names)
    assert set(called) == set(names)
    assert len(set(called.values())) == len(names)


def test_by_hand():
    # The two Toms differ in the first letter of the last name; the two Jos need the whole of it.
    names = ["Ann Lee", "Tom Baker", "tom Fischer", "Jo Ahlers", "Jo Amann", "J. Cole",
             "Müller, Ida", "María José Cruz", "a4kq", ""]  # fmt: skip
    assert list(short_names(names).values()) == [
        "Ann", "Tom B.", "tom F.", "Jo Ahlers", "Jo Amann", "J. Cole", "Müller, Ida", "María",
        "a4kq", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    # A number, a title, an initial, prefixes and a group are no first names.
    ["Runner 21", "Dr. Anna Smith", "J. Baker", "van Dyk Tom", "De la Cruz Ana", "Ann Lee (U20)"],
)
def test_what_is_no_first_name_stands_alone_for_nobody(name):
    assert short_names([name, "Runner 1", "Runner 12", "Tom Fischer"])[name] == name


def test_what_stands_in_brackets_is_no_last_name():
    names = ["Ann Lee (guest)", "Ann Wood"]
    assert short_names(names) == {"Ann Lee (guest)": "Ann Lee (guest)", "Ann Wood": "Ann W."}
