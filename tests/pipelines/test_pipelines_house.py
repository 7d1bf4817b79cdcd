"""The house itself: imports run downward, and dvc.yaml names what exists."""

import ast
import subprocess
import sys
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from pipelines.runtime.params import Params

ROOT = Path(__file__).parents[2]
FLOORS = (
    "pipelines", "reporting", "forecasting", "models", "features", "simulation", "ingest", "common",
)  # fmt: skip
EMPTY_NAMES = {"told", "one", "found", "kept", "held", "said", "given"}
"""Names that say nothing of what they hold."""
MODULES = sorted(path for floor in FLOORS for path in (ROOT / floor).rglob("*.py"))


@cache
def imports(path: Path) -> list[ast.Import | ast.ImportFrom]:
    nodes = ast.walk(ast.parse(path.read_text()))
    return [node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom)]


def imported_floors(path: Path) -> set[str]:
    names: set[str] = set()
    for node in imports(path):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
    return {name.split(".")[0] for name in names} & set(FLOORS)


def bound_names(tree: ast.AST) -> set[str]:
    """Return the names of functions, classes, parameters and variables that a module makes."""
    nodes = list(ast.walk(tree))
    made = {n.name for n in nodes if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    made |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return made | {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def test_the_names_of_a_module_are_seen():
    tree = ast.parse("def told(one):\n    found = one\n    for kept in found: pass")
    assert bound_names(tree) & EMPTY_NAMES == {"told", "one", "found", "kept"}


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_no_name_says_nothing(path):
    empty = {n for n in bound_names(ast.parse(path.read_text())) if n.strip("_") in EMPTY_NAMES}
    assert not empty, f"{path}: name what they hold: {', '.join(sorted(empty))}"


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_imports_run_only_downward(path):
    floor = path.relative_to(ROOT).parts[0]
    allowed = set(FLOORS[FLOORS.index(floor) :])
    if floor not in {"pipelines", "simulation"}:
        allowed.discard("simulation")
    assert imported_floors(path) <= allowed


def wings_below(folder: Path) -> dict[str, set[str]]:
    """Child of a package -> the other children that its modules import."""
    prefix = ".".join(folder.relative_to(ROOT).parts)
    edges: dict[str, set[str]] = {}
    for path in folder.rglob("*.py"):
        child = path.relative_to(folder).parts[0].removesuffix(".py")
        nodes = [node for node in imports(path) if isinstance(node, ast.ImportFrom)]
        names = [n.module for n in nodes if (n.module or "").startswith(f"{prefix}.")]
        used = {name.removeprefix(f"{prefix}.").split(".")[0] for name in names}
        edges.setdefault(child, set()).update(used - {child})
    edges.pop("__init__", None)
    return edges


PACKAGES = [path.parent for path in MODULES if path.name == "__init__.py"]


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_wings_import_only_downward(folder):
    """Of the parts of a package there is an order in which each imports only lower ones."""
    edges = wings_below(folder)
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as circle:
        pytest.fail(" imports ".join(reversed(circle.args[1])))


@pytest.mark.parametrize("folder", PACKAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_a_folder_can_be_taken_in_at_a_glance(folder):
    assert len(list(folder.glob("*.py"))) <= MOST_FILES
    lines = ast.get_docstring(ast.parse((folder / "__init__.py").read_text())) or ""
    assert lines, f"{folder.name}/__init__.py says what lives there"


MOST_FILES = 22


LIGHT = {
    "collect": ("numpy", "pandas", "pyarrow", "sklearn", "lightgbm", "numba", "scipy", "pandera"),
    "nested": ("numpy", "pandas", "pyarrow", "sklearn", "lightgbm", "numba", "scipy"),
    "own": ("numpy", "pandas", "pyarrow", "sklearn", "lightgbm", "numba", "scipy"),
    "card": ("sklearn", "lightgbm", "numba", "scipy"),
    "report": ("sklearn", "lightgbm", "numba", "scipy", "openpyxl"),
    "featurize": ("sklearn", "lightgbm"),
    "ingest": ("sklearn", "lightgbm", "numba", "scipy", "pandera", "openpyxl", "ezc3d"),
    "weekly.score_folder": ("sklearn", "lightgbm", "scipy", "pandera", "openpyxl", "ezc3d"),
    "cli": ("numpy", "pandas", "sklearn", "lightgbm", "numba", "scipy"),
}
"""What an entry point does not load: it fits nothing, or answers `--help` first."""


@pytest.mark.parametrize("name", LIGHT)
def test_a_stage_loads_only_what_it_uses(name):
    code = f"import sys, pipelines.{name}; print(*sys.modules)"
    told = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert not set(LIGHT[name]) & set(told.stdout.split())


def test_importing_a_stage_changes_nothing_in_the_process():
    code = (
        "import os, sys; before = dict(os.environ), sys.excepthook; import pipelines.collect;"
        "assert (dict(os.environ), sys.excepthook) == before"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def stages(*folders: str) -> dict:
    """Every stage by name: of the root and of the data (`simulate`)."""
    files = [ROOT / folder / "dvc.yaml" for folder in folders or ("", "data")]
    return {k: v for file in files for k, v in yaml.safe_load(file.read_text())["stages"].items()}


def pipeline_modules(name: str) -> set[str]:
    """The stage's module and the modules of `pipelines` it imports, one through another."""
    found, open_ = set(), {name}
    while open_:
        module = open_.pop()
        found.add(module)
        tree = ast.parse(source_of(module).read_text())
        imported = [n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)]
        used = {m.removeprefix("pipelines.") for m in imported if m.startswith("pipelines.")}
        open_ |= used - found - PLUMBING
    return found


def source_of(module: str) -> Path:
    return ROOT / "pipelines" / f"{module.replace('.', '/')}.py"


PLUMBING = {
    f"runtime.{name}" for name in ("stage", "params", "workspace", "lock", "progress", "entry")
}
"""Modules every stage passes through; a change of them is no change of a result."""


def sections_read(module: str) -> set[str]:
    """Sections of params.yaml that a module reads, as `params.<section>`.

    What runs by outcome reads `outcomes`.
    """
    source = source_of(module).read_text()
    by_outcome = {"outcomes"} if "run_stage_by_outcome(main" in source else set()
    tree = ast.parse(source)
    attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    return by_outcome | {
        node.attr
        for node in attributes
        if getattr(node.value, "attr", getattr(node.value, "id", "")) == "params"
    } & set(Params.model_fields)


@pytest.mark.parametrize("name", stages())
def test_a_stage_runs_its_module_and_depends_on_code_that_exists(name):
    stage = stages()[name]
    assert stage["cmd"].split(" --")[0] == f"python -m pipelines.{name}"
    code = [dep for dep in stage["deps"] if not dep.startswith(("data/", "artifacts/", "reports"))]
    for module in pipeline_modules(name):
        assert source_of(module).relative_to(ROOT).as_posix() in code
    for dependency in code:
        assert (ROOT / dependency).exists(), dependency


@pytest.mark.parametrize("name", [name for name in stages() if name != "track"])
def test_a_stage_reruns_for_the_parameters_it_reads_and_for_no_others(name):
    """`dataset` is in the paths of the stages; `track` logs all, and reruns for other results."""
    read = {section for module in pipeline_modules(name) for section in sections_read(module)}
    told = set(stages()[name].get("params", []))
    assert told - {"dataset"} == read - {"dataset"}


@pytest.mark.parametrize("name", stages())
def test_a_stage_depends_on_every_package_it_imports(name):
    """A stage that leaves out code it imports would not run again when that code changes."""
    dependencies = {dep.split("/")[0] for dep in stages()[name]["deps"]}
    imported = imported_floors(ROOT / "pipelines" / f"{name}.py") - {"pipelines", "ingest"}
    assert imported <= dependencies


def test_the_picture_of_the_readme_is_the_pipeline():
    """Arrows of the README: what each stage needs from others, as few as tell the order."""
    text = (ROOT / "README.md").read_text()
    chart = text.split("```mermaid")[1].split("```")[0]
    drawn = set()
    for line in chart.splitlines():
        names = [name.strip() for name in line.split("-->")]
        drawn |= set(pairwise(names)) if len(names) > 1 else set()
    assert drawn == reduced(needs())


def needs() -> dict[str, set[str]]:
    """Stage -> stages whose output it depends on, without the studies."""
    pipeline = stages("", "data")
    return {
        name: {
            other
            for other, made in pipeline.items()
            for out in outputs(made)
            for dep in stage["deps"]
            if other != name and is_within(dep, out)
        }
        for name, stage in pipeline.items()
    }


def outputs(stage: dict) -> list[str]:
    found = [*stage.get("outs", []), *stage.get("metrics", [])]
    return [out.replace("/demo", "/${dataset}") for out in found]


def is_within(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def reduced(needed: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Edges that no longer path replaces."""

    def behind(name: str) -> set[str]:
        return needed[name] | {far for near in needed[name] for far in behind(near)}

    return {
        (near, name)
        for name, direct in needed.items()
        for near in direct
        if not any(near in behind(other) for other in direct - {near})
    }


def test_only_the_pipeline_and_its_data_have_a_dvc_yaml():
    """`dvc status` looks into every dvc.yaml: a study that was not run would show as changed."""
    listed = subprocess.run(
        ["git", "ls-files", "*dvc.yaml"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(listed.stdout.split()) <= {"dvc.yaml", "data/dvc.yaml"}
