"""What holds for every test: no speed is asserted, and a busy machine fails nothing."""

import gc
import os
import shutil
import tempfile

import pytest
from hypothesis import settings

from pipelines.runtime.entry import one_thread

one_thread()
_CACHE = tempfile.mkdtemp(prefix="stridecast-test-cache-")
os.environ["STRIDECAST_CACHE"] = _CACHE
"""Tests leave nothing in the cache of whoever runs them."""

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("explore", deadline=None, max_examples=400)
settings.load_profile("steady")
# The suite draws the same examples every time: a red test is the change's own. New examples are
# sought on purpose, with `pytest --hypothesis-profile explore`.


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the long files, so that at the end no process waits for another's last one."""
    long_files = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in long_files)


def pytest_collection_finish() -> None:
    """Look for cycles seldom, and not among the modules and tests, which live until the end.

    Hundreds of thousands of them were walked through each time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, *gc.get_threshold()[1:])


def pytest_unconfigure() -> None:
    shutil.rmtree(_CACHE, ignore_errors=True)
