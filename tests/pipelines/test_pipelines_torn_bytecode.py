"""A full disk may tear what Python compiled: the next command says so, and the one after works."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_a_torn_compiled_module_is_removed_and_told_in_one_line(tmp_path):
    # A copy of our own modules: those of the libraries need not be compiled anew.
    for package in ROOT.glob("*/__init__.py"):
        if package.parent.name != "tests":
            shutil.copytree(package.parent, tmp_path / package.parent.name)
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    for name in ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX"):
        environment.pop(name, None)
    command = [sys.executable, "-m", "pipelines.cli", "privacy", "report", "Ann", "nowhere"]

    def run():
        return subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    whole = run()
    place = tmp_path / "pipelines/upkeep/__pycache__"
    compiled = place / f"places.{sys.implementation.cache_tag}.pyc"
    content = compiled.read_bytes()
    compiled.write_bytes(content[: len(content) // 2])
    torn = run()
    assert torn.returncode == 1
    assert "\n" not in torn.stderr.strip()
    assert f"{compiled}: this compiled part of the program was torn" in torn.stderr
    again = run()
    assert (again.returncode, again.stderr) == (whole.returncode, whole.stderr)


@pytest.mark.parametrize(
    ("package", "content", "module"),
    [
        ("typer", "raise ImportError('no such library')", "pipelines.cli"),
        ("typer", "def torn(:", "pipelines.command"),
        ("rich", "\0\0\0", "pipelines.command"),
        ("pydantic", "import a_package_that_nobody_has", "pipelines.command"),
    ],
)
def test_a_package_that_is_torn_or_missing_is_one_line(tmp_path, package, content, module):
    """The command line is being imported then; no command could catch it yet."""
    packages = tmp_path / "site-packages"
    packages.mkdir()
    (packages / f"{package}.py").write_text(content)
    start = "import sys, runpy; sys.argv[0] = 'stridecast';"
    run_it = "runpy.run_module('pipelines.cli', run_name='__main__')"
    if module == "pipelines.command":
        run_it = "from pipelines.command import main; main()"
    run = subprocess.run(
        [sys.executable, "-c", start + run_it, "data", "check", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": f"{packages}{os.pathsep}{ROOT}"},
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert run.stderr.count("\n") == 1
    assert run.stderr.startswith("stridecast: the environment is not whole (")
