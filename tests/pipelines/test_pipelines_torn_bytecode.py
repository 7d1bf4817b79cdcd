"""A full disk may tear what Python compiled: the next command says so, and the one after works."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_a_torn_compiled_module_is_removed_and_told_in_one_line(tmp_path):
    environment = os.environ | {"PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONPATH": str(ROOT)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "pipelines.cli", "privacy", "report", "Ann", "nowhere"]

    def run():
        return subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )

    whole = run()
    source = importlib.util.find_spec("pipelines.upkeep.places").origin
    compiled = Path(f"{tmp_path}{Path(source).parent}") / (
        f"{Path(source).stem}.{sys.implementation.cache_tag}.pyc"
    )
    content = compiled.read_bytes()
    compiled.write_bytes(content[: len(content) // 2])
    torn = run()
    assert torn.returncode == 1
    assert "\n" not in torn.stderr.strip()
    assert f"{compiled}: this compiled part of the program was torn" in torn.stderr
    again = run()
    assert (again.returncode, again.stderr) == (whole.returncode, whole.stderr)
