"""No library chokes on a feature's name."""

import keyword

import pytest

from common.errors import StridecastError
from features.catalogue.entry import Feature
from features.catalogue.names import checked_names, is_safe
from features.matrix import catalogue


def entry(name):
    return Feature(
        name=name, block="load", label="", unit="", formula="", source="", changeable=True
    )


def test_every_built_in_name_is_safe():
    assert all(is_safe(one.name) for one in catalogue())
    assert not any(keyword.iskeyword(one.name) for one in catalogue())


@pytest.mark.parametrize(
    "name", ["HSR (m)", "a[0]", "a<b", "a:b", '"a"', "7d", "a.b", "class", "event", "a__b", ""]
)
def test_a_name_that_a_library_refuses_is_refused(name):
    with pytest.raises(StridecastError, match="every library"):
        checked_names([entry(name)])


def test_a_name_that_stands_twice_is_refused():
    with pytest.raises(StridecastError, match="twice"):
        checked_names([entry("a"), entry("a")])
