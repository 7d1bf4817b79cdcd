"""What holds for every test: no speed is asserted, and a busy machine fails nothing."""

import os
import shutil
import tempfile

from hypothesis import settings

from pipelines.runtime.entry import one_thread

one_thread()
_CACHE = tempfile.mkdtemp(prefix="stridecast-test-cache-")
os.environ["STRIDECAST_CACHE"] = _CACHE
"""Tests leave nothing in the cache of whoever runs them."""

settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None)
settings.load_profile("steady")
# The suite draws the same examples every time: a red test is the change's own. New examples are
# sought on purpose, with `pytest --hypothesis-profile explore`.


def pytest_unconfigure() -> None:
    shutil.rmtree(_CACHE, ignore_errors=True)
