"""Two clones, two branches, one remote: the documented commands end with a clean `dvc status`."""

import subprocess
import sys

import pytest

from pipelines.studies.experiment_queue import dvc

STAGES = """stages:
  first:
    cmd: {python} work.py a
    deps: [work.py]
    params: [a]
    outs: [a.txt]
  second:
    cmd: {python} work.py b
    deps: [work.py]
    params: [b]
    outs: [b.txt]
  both:
    cmd: {python} work.py ab
    deps: [work.py]
    params: [a, b]
    outs: [ab.txt]
"""
WORK = """import sys, yaml
keys = sys.argv[1]
print(f"worked on {keys}.")
with open("params.yaml") as file, open(f"{keys}.txt", "w") as out:
    params = yaml.safe_load(file)
    out.write("".join(str(params[key]) for key in keys))
"""
PARAMS = "a: {a}\n# a line\n# between\n# the two\nb: {b}\n"


def git(folder, *arguments, ok=True):
    own = ["-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    done = subprocess.run(["git", *own], cwd=folder, capture_output=True, text=True, check=False)
    assert not ok or done.returncode == 0, done.stderr
    return done.stdout


def run(folder, *arguments):
    ended = dvc(arguments, folder)
    assert ended.code == 0, ended.output
    return ended.output


def commit(folder, text):
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", text)


@pytest.fixture
def clones(tmp_path):
    """Two clones of one project, which share a folder as DVC's remote."""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "origin.git")
    one, other = tmp_path / "one", tmp_path / "other"
    git(tmp_path, "clone", "-q", "origin.git", "one")
    git(one, "checkout", "-q", "-b", "main")
    run(one, "init", "-q")
    run(one, "remote", "add", "-q", "-d", "store", str(tmp_path / "store"))
    (one / "dvc.yaml").write_text(STAGES.format(python=sys.executable))
    (one / "work.py").write_text(WORK)
    (one / "params.yaml").write_text(PARAMS.format(a=1, b=1))
    run(one, "repro", "-q")
    commit(one, "first")
    git(one, "push", "-q", "origin", "main")
    run(one, "push", "-q", "--run-cache")
    git(tmp_path, "clone", "-q", "origin.git", "other")
    return one, other


def test_a_pull_gives_the_files_and_a_merge_of_two_branches_is_clean(clones):
    one, other = clones
    run(other, "pull", "-q")
    assert (other / "a.txt").read_text() == "1"
    (one / "params.yaml").write_text(PARAMS.format(a=2, b=1))
    run(one, "repro", "-q")
    commit(one, "a is 2")
    git(one, "push", "-q", "origin", "main")
    run(one, "push", "-q", "--run-cache")
    (other / "params.yaml").write_text(PARAMS.format(a=1, b=3))
    run(other, "repro", "-q")
    commit(other, "b is 3")
    git(other, "pull", "-q", "--no-rebase", "origin", "main", ok=False)
    assert "UU dvc.lock" in git(other, "status", "--porcelain")
    git(other, "checkout", "--ours", "dvc.lock")
    run(other, "pull", "-q", "--run-cache")
    again = run(other, "repro", "--pull")
    assert "worked on ab." in again
    assert "worked on a." not in again  # it was computed in the other clone
    git(other, "add", "dvc.lock")
    git(other, "commit", "-q", "--no-edit", ok=False)
    assert (other / "params.yaml").read_text() == PARAMS.format(a=2, b=3)
    assert ((other / "a.txt").read_text(), (other / "b.txt").read_text()) == ("2", "3")
    assert "up to date" in run(other, "status")
    assert git(other, "status", "--porcelain").strip() == ""
