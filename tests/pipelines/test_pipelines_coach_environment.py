"""A coach's environment: small, locked, and the weekly commands import nothing beyond it."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parents[2]
RESEARCH = {"dvc", "mlflow", "optuna", "ruamel-yaml-clib", "scikit-learn", "shap"}
DEVELOPMENT = {"pandera", "pytest", "ruff", "mypy", "sphinx", "polars", "statsmodels", "playwright"}

WEEKLY = (
    "pipelines.cli",
    "pipelines.weekly.score_folder",
    "pipelines.weekly.plan_folder",
    "pipelines.weekly.monitor_folder",
    "pipelines.weekly.act",
    "pipelines.commands.set_up",
    "pipelines.commands.data_check",
    "pipelines.commands.data_files",
    "pipelines.commands.questions",
    "pipelines.commands.recalibrate",
    "pipelines.promotion.promote",
    "pipelines.promotion.recalibrate",
    "pipelines.promotion.transport",
    "pipelines.studies.backtest",
    "ingest.setup.answers",
    "pipelines.upkeep.club",
    "pipelines.upkeep.doctor",
    "pipelines.upkeep.privacy",
    "pipelines.upkeep.rights",
)

WITHOUT = """
import importlib, sys

class Without:
    def __init__(self, finder):
        self.finder = finder

    def __getattr__(self, name):
        return getattr(self.finder, name)

    def find_spec(self, name, path=None, target=None):
        hidden = name.split(".")[0] in sys.argv[1:]
        return None if hidden else self.finder.find_spec(name, path, target)

sys.meta_path[:] = [Without(one) for one in sys.meta_path]
"""


def pinned(name: str) -> dict[str, str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))


def named(requirements: list[str]) -> set[str]:
    return {_plain(re.split(r"[<>=\[; ]", requirement)[0]) for requirement in requirements}


def test_the_coachs_lock_is_small_and_agrees_with_the_whole():
    coach, whole = pinned("requirements-coach.lock"), pinned("requirements.lock")
    assert not set(coach) & (RESEARCH | DEVELOPMENT)
    assert {name: coach[name] for name in coach} == {name: whole.get(name) for name in coach}
    assert len(coach) < 50 < len(whole)


def test_every_pinned_package_has_a_hash_and_no_address():
    for name in ("requirements-coach.lock", "requirements.lock", "requirements-uv.lock"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        # A package has a hash for each of its files, and one at least.
        assert text.count("==") <= text.count("--hash=sha256:")


def test_the_coachs_lock_holds_every_dependency():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    assert named(extras["research"]) == RESEARCH
    needed = named(project["dependencies"]) | named(extras["install"])
    assert needed <= set(pinned("requirements-coach.lock"))


def test_the_weekly_commands_need_nothing_beyond_the_lock():
    """What a coach does not have is refused on import: a clean environment in one process."""
    has = set(pinned("requirements-coach.lock"))
    beyond = sorted(
        module
        for module, packages in packages_distributions().items()
        if "-" not in module
        and not {_plain(package) for package in packages} & (has | {"stridecast"})
    )
    assert {"dvc", "mlflow", "pandera", "pytest", "sklearn"} <= set(beyond)
    code = f"{WITHOUT}\nfor name in {WEEKLY!r}: importlib.import_module(name)\n"
    done = subprocess.run(
        [sys.executable, "-c", code, *beyond], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def _plain(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()
