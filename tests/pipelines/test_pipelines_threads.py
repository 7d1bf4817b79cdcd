"""A stage has one thread for linear algebra, and loads LightGBM, whatever the shell says."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def run(folder: Path, threads: str, *arguments: str) -> str:
    asked = {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder, env=os.environ | asked, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_linear_algebra_has_one_thread_in_a_stage(tmp_path):
    """What it learns is then the same: `test_pipelines_side_by_side` trains with both numbers."""
    code = (
        "from pipelines.runtime.entry import enter; enter();"
        "import pipelines.train, threadpoolctl;"
        "print({pool['num_threads'] for pool in threadpoolctl.threadpool_info()"
        " if pool['user_api'] == 'blas'})"
    )
    assert run(tmp_path, "2", "-c", code).strip() == "{1}"


@pytest.mark.parametrize("stage", ["train", "comparators"])
def test_stages_that_learn_give_memory_of_files_back(tmp_path, stage):
    code = (
        "import sys, runpy; sys.argv = ['stage', '--help']\n"
        f"try: runpy.run_module('pipelines.{stage}', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "import pyarrow; print(pyarrow.default_memory_pool().backend_name)"
    )
    assert run(tmp_path, "1", "-c", code).split()[-1] == "system"


@pytest.mark.parametrize("own_file", [False, True])
def test_boosters_come_alone_unless_somebody_has_files_of_their_own(tmp_path, own_file):
    """`LGBMClassifier` of somebody's own estimator works; without one scikit-learn stays out."""
    (tmp_path / "estimators").mkdir()
    if own_file:
        (tmp_path / "estimators" / "mine.py").write_text("ESTIMATORS = ()\n")
    code = (
        f"import os; os.environ['STRIDECAST_EXTENSIONS'] = {str(tmp_path)!r};"
        "from pipelines.runtime.entry import enter; enter(boosters_alone=True);"
        "import models.store.artifact, sys; from lightgbm.compat import SKLEARN_INSTALLED;"
        "print(SKLEARN_INSTALLED, 'sklearn' in sys.modules)"
    )
    assert run(tmp_path, "1", "-c", code).strip() == f"{own_file} {own_file}"
