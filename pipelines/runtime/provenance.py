"""Where a run came from: commit, experiment, and the hashes DVC keeps of its data."""

import hashlib
import os
import subprocess
from pathlib import Path
from typing import Any, Final

import yaml

from common.errors import StridecastError
from common.yaml_file import load_packaged_yaml

PREDICTIONS_TAG: Final = "predictions_md5"
"""Tag of an MLflow run: MD5 of its forecasts' file, the name of its content in DVC's cache."""
_WRITTEN_BY_DVC: Final = ("--", ".", ":(exclude,glob)**/dvc.lock")
"""`dvc repro` itself changes the lock files: they say nothing of the user's changes."""


def provenance(root: Path, dataset: str) -> dict[str, str]:
    """Return the tags of a run.

    Parameters
    ----------
    root : pathlib.Path
        Folder the stage runs in; within a queued experiment its temporary copy of the project.
    dataset : str
        Whose hashes are looked up in ``dvc.lock``.

    Returns
    -------
    dict of str to str
        git_commit, git_commit_is_baseline (inside an experiment the commit is the one it started
        from), git_has_local_changes (any file but DVC's locks differs from it, so always with
        `-S`), dvc_exp_name, data_md5 (raw files) and features_md5: DVC's content hashes, empty
        where DVC does not know the stage.
    """
    experiment = os.environ.get("DVC_EXP_NAME", "")
    baseline = os.environ.get("DVC_EXP_BASELINE_REV", "")
    locked = _locked(root / "dvc.lock")
    return {
        # In a queued experiment HEAD is DVC's own temporary commit, which nobody finds later.
        "git_commit": baseline or _git(root, "rev-parse", "HEAD") or "none",
        "git_commit_is_baseline": str(bool(experiment)).lower(),
        "git_has_local_changes": str(_is_changed(root)).lower(),
        "dvc_exp_name": experiment,
        "data_md5": locked.get(f"data/raw/{dataset}", ""),
        "features_md5": locked.get(f"data/features/{dataset}", ""),
    }


def run_name(root: Path) -> str:
    """Return a run's name: the DVC experiment's, else ``branch@commit``, empty without git.

    ``-changed`` follows where files differ from that commit: the name alone does not bring such a
    run back.
    """
    experiment = os.environ.get("DVC_EXP_NAME", "")
    commit = _git(root, "rev-parse", "--short", "HEAD")
    if experiment or not commit:
        return experiment
    branch = _git(root, "rev-parse", "--abbrev-ref", "HEAD")
    return f"{branch}@{commit}{'-changed' if _is_changed(root) else ''}"


def content_md5(path: Path) -> str:
    """Return the digest under which DVC keeps a file."""
    # MD5 because DVC's cache is addressed by it; it protects nothing here.
    return hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()


def _is_changed(root: Path) -> bool:
    return bool(_git(root, "status", "--porcelain", *_WRITTEN_BY_DVC))


def _locked(path: Path) -> dict[str, str]:
    """Return the hash of every dependency and output that ``dvc.lock`` names."""
    if not path.exists():
        return {}
    try:
        content: dict[str, Any] = load_packaged_yaml(path) or {}
    except (yaml.YAMLError, ValueError):
        remedy = "`git checkout dvc.lock` brings it back"
        raise StridecastError(f"{path}: not YAML", remedy) from None
    return {
        entry["path"]: entry.get("md5", "")
        for stage in content.get("stages", {}).values()
        for entry in [*stage.get("deps", []), *stage.get("outs", [])]
    }


def _git(root: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - fixed arguments
            ["git", "-C", str(root), *arguments],  # noqa: S607 - the user's own git
            capture_output=True, text=True, check=False,
        )  # fmt: skip
    # Not every computer has git; a run without it still gets its other tags.
    except FileNotFoundError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
