"""A forked process has its own folder, environment and exit code, as one that Python starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pipelines.fork_server import run_module

ROOT = Path(__file__).parents[2]
PROBE = """
import os, sys
print(os.getcwd(), sys.argv[1:], os.environ.get("PROBE"), __name__, sys.stdin.read())
print("said", file=sys.stderr)
sys.exit(int(sys.argv[1]) if sys.argv[1].isdigit() else sys.argv[1])
"""


@pytest.mark.parametrize("ending", ["0", "3", "a sentence"])
def test_it_ends_as_a_process_that_python_starts(tmp_path, ending):
    (tmp_path / "probe.py").write_text(PROBE)
    environment = os.environ | {"PROBE": "here", "PYTHONPATH": str(ROOT)}
    forked = run_module(tmp_path, "probe", ending, "ü", environment=environment)
    started = subprocess.run(
        [sys.executable, "-m", "probe", ending, "ü"], cwd=tmp_path, env=environment,
        stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False,
    )  # fmt: skip
    for name in ("returncode", "stdout", "stderr"):
        assert getattr(forked, name) == getattr(started, name), name


def test_nothing_of_one_process_is_left_in_the_next(tmp_path):
    (tmp_path / "mark.py").write_text("import os, sys; sys.marked = os.environ['MARK'] = 'x'")
    (tmp_path / "look.py").write_text(
        "import os, sys; print(hasattr(sys, 'marked'), 'MARK' in os.environ, 'mark' in sys.modules)"
    )
    assert run_module(tmp_path, "mark").returncode == 0
    assert run_module(tmp_path, "look").stdout == "False False False\n"
