"""What holds for every test: no speed is asserted, and a busy machine fails nothing."""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings

from pipelines.runtime.entry import one_thread

one_thread()
os.environ["OMP_WAIT_POLICY"] = "passive"
"""Threads of LightGBM that wait for each other on a busy machine would burn what others need."""
_CACHE = tempfile.mkdtemp(prefix="stridecast-test-cache-")
os.environ["STRIDECAST_CACHE"] = _CACHE
"""Tests leave nothing in the cache of whoever runs them."""

settings.register_profile("steady", deadline=None, derandomize=True, max_examples=40)
settings.register_profile("explore", deadline=None, max_examples=400)
settings.load_profile("steady")
# The suite draws the same examples every time: a red test is the change's own. New examples are
# sought on purpose, with `pytest --hypothesis-profile explore`.


TOGETHER = (
    ("simulation/test_simulation_cohort.py", "simulation/test_simulation_oracle.py"),
    ("pipelines/test_pipelines_to_do.py", "pipelines/test_pipelines_newcomer.py"),
    (
        "pipelines/test_pipelines_end_to_end.py",
        "pipelines/test_pipelines_backtest.py",
        "pipelines/test_pipelines_real_people.py",
        "pipelines/test_pipelines_fork_server.py",
    ),
)
"""Files of one cohort, of one team's exports, of one server: two processes would make it twice."""


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object | None:
    """Give the files that share what is costly to one process, and any other file to either."""
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    first_of = {f"tests/{file}": files[0] for files in TOGETHER for file in files}

    class ByFilesTogether(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = super()._split_scope(nodeid)
            return first_of.get(file, file)

    return ByFilesTogether(config, log)


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


@pytest.fixture(scope="session")
def empty_mlflow_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database that MLflow has set up; to be copied: its migrations take seconds."""
    from models.store import tracking

    path = tmp_path_factory.mktemp("empty") / "mlflow.db"
    with tracking.opened(f"sqlite:///{path}") as client:
        client.search_experiments()
    return path


def pytest_unconfigure() -> None:
    shutil.rmtree(_CACHE, ignore_errors=True)
