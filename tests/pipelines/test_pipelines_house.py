"""The house itself: imports run downward, and dvc.yaml names what exists."""

import ast
from pathlib import Path

import pytest
import yaml

from pipelines.params import Params

ROOT = Path(__file__).parents[2]
FLOORS = ("pipelines", "reporting", "forecasting", "models", "features", "simulation", "ingest")
MODULES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


def imported_floors(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
    return {name.split(".")[0] for name in names} & set(FLOORS)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_run_only_downward(path):
    floor = path.relative_to(ROOT).parts[0]
    allowed = set(FLOORS[FLOORS.index(floor) :])
    if floor not in {"pipelines", "simulation"}:
        allowed.discard("simulation")
    assert imported_floors(path) <= allowed


def stages() -> dict:
    return yaml.safe_load((ROOT / "dvc.yaml").read_text())["stages"]


@pytest.mark.parametrize("name", stages())
def test_a_stage_runs_its_module_and_depends_on_code_that_exists(name):
    stage = stages()[name]
    assert stage["cmd"].split(" --")[0] == f"python -m pipelines.{name}"
    code = [dep for dep in stage["deps"] if not dep.startswith(("data/", "artifacts/", "reports"))]
    assert f"pipelines/{name}.py" in code
    for dependency in code:
        assert (ROOT / dependency).exists(), dependency
    for section in stage.get("params", []):
        assert section in Params.model_fields


@pytest.mark.parametrize("name", stages())
def test_a_stage_depends_on_every_package_it_imports(name):
    """A stage that leaves out code it imports would not run again when that code changes."""
    dependencies = {dep.split("/")[0] for dep in stages()[name]["deps"]}
    imported = imported_floors(ROOT / "pipelines" / f"{name}.py") - {"pipelines", "ingest"}
    assert imported <= dependencies
