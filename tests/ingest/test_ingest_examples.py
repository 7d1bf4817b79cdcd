import doctest
import importlib
import pkgutil

import pytest

import ingest

MODULES = sorted(one.name for one in pkgutil.walk_packages(ingest.__path__, "ingest."))


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder()
    modules = [importlib.import_module(name) for name in MODULES]
    assert sum(bool(test.examples) for module in modules for test in finder.find(module)) >= 4
