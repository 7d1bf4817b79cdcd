"""The how-tos of CONTRIBUTING.md, applied as they stand to a copy: linted, and their tests run."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(
    r"^```python (file|add)=(\S+)(?: after=\"(.*?)\")?( before=yes)?\n(.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def how_tos() -> list[tuple[str, str, str, bool, str]]:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return [
        (kind, path, line, bool(before), code)
        for kind, path, line, before, code in BLOCK.findall(text)
    ]


def apply(copy: Path, kind: str, name: str, line: str, code: str, *, before: bool) -> None:
    path = copy / name
    if kind == "file":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(code, encoding="utf-8")
        return
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = lines.index(f"{line}\n") + (0 if before else 1)
    path.write_text("".join([*lines[:at], code, *lines[at:]]), encoding="utf-8")


def the_map() -> str:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    return text.split("## The map")[1].split("## Work on it")[0]


def test_every_file_of_the_map_exists_in_the_wing_whose_row_names_it():
    for row in the_map().splitlines():
        if not row.startswith("| `") and not row.startswith("| other"):
            continue
        package = re.findall(r"`([a-z_]+/)", row)[0]
        here = [path.relative_to(ROOT) for path in (ROOT / package).rglob("*") if path.is_file()]
        for name in re.findall(r"`([\w/]+\.(?:py|yaml|j2))`", row.replace("params.yaml", "")):
            in_package = any(path.as_posix().endswith(f"/{name}") for path in here)
            in_common = (ROOT / name).exists()
            assert in_package or in_common or name == "dataset.yaml", f"{package}: {name}"


def test_every_wing_stands_in_the_map():
    folders = {path.parent for path in ROOT.glob("*/*/__init__.py")} - {ROOT / "docs"}
    wings = {f for f in folders if f.parent.name in {
        "pipelines", "reporting", "forecasting", "models", "features", "ingest",
    }}  # fmt: skip
    missing = {
        f"{wing.parent.name}/{wing.name}" for wing in wings if f"{wing.name}/`" not in the_map()
    }
    assert not missing


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    folder = tmp_path_factory.mktemp("clone")
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.split()
    if not listed:
        pytest.skip("not a git checkout: there is nothing to clone")
    for name in listed:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    for kind, path, line, before, code in how_tos():
        apply(folder, kind, path, line, code, before=before)
    return folder


def run(folder: Path, *arguments: str) -> None:
    surroundings = os.environ | {"PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder, env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_five_how_tos_are_there():
    headings = re.findall(r"^## (An? .*)$", (ROOT / "CONTRIBUTING.md").read_text(), re.MULTILINE)
    assert len(headings) == 5


def test_what_they_add_passes_the_linter(copy):
    changed = sorted({path for _, path, *_ in how_tos()})
    run(copy, "ruff", "check", *changed)


def test_their_own_tests_pass(copy):
    tests = [path for kind, path, *_ in how_tos() if kind == "file" and path.startswith("tests/")]
    run(copy, "pytest", "-q", "-p", "no:cacheprovider", *tests)
