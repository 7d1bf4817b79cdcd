"""The documentation is built from the repository without a warning, and its examples are true."""

import doctest
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("ingest", "simulation", "features", "models", "forecasting", "reporting", "pipelines")
WITH_EXAMPLES = sorted(
    path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    for package in PACKAGES
    for path in (ROOT / package).rglob("*.py")
    if ">>> " in path.read_text(encoding="utf-8")
)


@pytest.mark.parametrize("name", WITH_EXAMPLES)
def test_the_examples_in_docstrings_are_true(name):
    found = doctest.testmod(importlib.import_module(name))
    assert found.attempted > 0
    assert found.failed == 0


def test_the_documentation_is_built_without_a_warning(tmp_path):
    command = ["-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    folders = ["-d", str(tmp_path / "doctrees"), str(ROOT / "docs"), str(tmp_path / "site")]
    done = subprocess.run(
        [sys.executable, *command, *folders], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert 'id="stridecast-score"' in (tmp_path / "site/reference/commands.html").read_text()


def test_every_package_is_typed():
    for package in PACKAGES:
        assert (ROOT / package / "py.typed").exists(), package


def test_every_page_of_the_documentation_can_be_reached():
    contents = (ROOT / "docs" / "index.md").read_text(encoding="utf-8").splitlines()
    pages = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs").rglob("*.md")}
    found = {page.with_suffix("").as_posix() for page in pages} - {"index"}
    assert found <= set(contents)


def test_the_readme_says_on_its_first_screen_what_is_not_claimed_why_and_how_to_help():
    first = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split("```")[0].split())
    assert "No claim about real injuries is made yet." in first
    assert "no public prospective data set of runners that is large enough" in first
    assert "`stridecast backtest` replays that season" in first


def test_what_is_unfavourable_stands_where_the_promise_stands():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    promise = readme.split("- **Honest numbers.**")[1].split("- **No leakage.**")[0]
    assert "**That is not shown yet.**" in promise
    assert "unfavourable" in promise


@pytest.mark.parametrize("column", ["share_of_oracle", "auroc_share"])
def test_code_that_tells_the_share_of_the_ranking_tells_that_of_the_information(column):
    """A forecast can have the order and little of the information: neither stands alone."""
    folders = ("benchmarks", "models", "notebooks", "pipelines", "reporting")
    files = [
        path
        for folder in folders
        for path in (ROOT / folder).rglob("*")
        if path.suffix in {".py", ".ipynb", ".j2"} and column in path.read_text(encoding="utf-8")
    ]
    assert files
    assert [path.name for path in files if "information" not in path.read_text("utf-8")] == []
