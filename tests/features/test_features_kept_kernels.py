"""Kept kernels are compiled again when anything that is built into them has changed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CALLED = """
from features.kernels.jit import kernel

FACTOR = {factor}

@kernel
def scaled(x):
    return {more} * x
"""
CALLING = """
from features.kernels.jit import kernel
from kernel_called import FACTOR, scaled

@kernel
def answer(x):
    return FACTOR * scaled(x)
"""
ASK = "from kernel_calling import answer; print(answer(2.0))"


def written(folder: Path, factor: float, more: float) -> None:
    (folder / "kernel_called.py").write_text(CALLED.format(factor=factor, more=more))


def answer(folder: Path) -> float:
    """Ask in a process of its own, whose kernels are kept in the folder."""
    environment = os.environ | {
        "NUMBA_CACHE_DIR": str(folder / "kept"),
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    done = subprocess.run(
        [sys.executable, "-c", ASK], cwd=folder, env=environment, check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return float(done.stdout)


@pytest.mark.parametrize(("factor", "more"), [(10.0, 3.5), (7.25, 1.5)], ids=["kernel", "constant"])
def test_a_change_in_another_file_is_seen(tmp_path, factor, more):
    written(tmp_path, 10.0, 1.5)
    (tmp_path / "kernel_calling.py").write_text(CALLING)
    assert answer(tmp_path) == 30
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "kept").rglob("*.nbc")}
    assert answer(tmp_path) == 30
    assert {path: path.stat().st_mtime_ns for path in before} == before  # loaded, not compiled
    written(tmp_path, factor, more)
    assert answer(tmp_path) == factor * more * 2


WARM = """
import sys
from features.warm_up import warm_up
warm_up()
print("scipy.linalg" in sys.modules)
"""


def test_kept_kernels_are_loaded_without_what_only_compiling_needs():
    """Whoever adds a kernel sees here if its kept code asks for all of numba, as a search does."""
    loaded = [
        subprocess.run(
            [sys.executable, "-c", WARM], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout.strip()
        for _ in range(2)  # the first compiles what is not kept yet
    ]
    assert loaded[1] == "False"
