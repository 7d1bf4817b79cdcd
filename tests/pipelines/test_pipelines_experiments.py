"""A study of twelve points with one that fails: eleven complete, one reason, and it resumes."""

import subprocess
import sys
import textwrap

import pytest

from common.errors import StridecastError
from pipelines.studies.experiment_points import load_points
from pipelines.studies.experiment_queue import LOGS, Ended, dvc, reason, run_points

GRID = """
sweep: {risk.num_leaves: [2, 3, 4], risk.lambda_l2: [10, 30, 100]}
points: [{risk.trees: 5}, {risk.trees: -1}, {split.seed: 3, dataset: demo}]
"""


@pytest.fixture
def points(tmp_path):
    (tmp_path / "my grid.yaml").write_text(GRID)
    return load_points(tmp_path / "my grid.yaml")


class Fake:
    """A DVC that keeps names, and fails where a setting is -1."""

    def __init__(self, names=()):
        self.names = list(names)
        self.runs = []

    def __call__(self, arguments, project):
        if arguments[1] == "list":
            return Ended(0, "\n".join(self.names))
        name = arguments[arguments.index("--name") + 1]
        self.runs.append(name)
        if "risk.trees=-1" in arguments:
            return Ended(
                1,
                "Running stage 'train':\n> python\nrisk.trees is -1\n"
                "ERROR: failed to reproduce 'train': no\n",
            )
        self.names.append(name)
        return Ended(0, "")


def test_one_point_fails_and_eleven_are_complete(points, tmp_path):
    lines = []
    fake = Fake()
    result = run_points(points, tmp_path, lines.append, fake)
    # 3 x 3 of the sweep and three by hand.
    assert len(points) == 12
    assert len(result.complete) == 11
    assert list(result.failed.values()) == ["risk.trees is -1 (train)"]
    assert sum("failed" in line for line in lines) == 1
    assert "risk.trees is -1" in (tmp_path / LOGS / f"{next(iter(result.failed))}.log").read_text()


def test_the_same_command_runs_only_what_is_missing(points, tmp_path):
    fake = Fake(point.name for point in points[:7])
    result = run_points(points, tmp_path, lambda _: None, fake)
    assert result.before == [point.name for point in points[:7]]
    assert fake.runs == [point.name for point in points[7:]]


def test_a_point_keeps_its_name_when_the_file_around_it_changes(points, tmp_path):
    (tmp_path / "my grid.yaml").write_text(
        "points: [{risk.lambda_l2: 30, risk.num_leaves: 4}, {x: 1}]"
    )
    names = [load_point.name for load_point in load_points(tmp_path / "my grid.yaml")]
    assert names[0] in {point.name for point in points}
    assert names[1] not in {point.name for point in points}


@pytest.mark.parametrize(
    ("content", "message"),
    [("sweep: {}", "no point"), ("sweeps: {a: [1]}", "sweeps"), ("sweep: {'a b': [1]}", "a b"),
     ("sweep: {a: [" + "1, " * 40 + "], b: [" + "2, " * 40 + "]}", "1,600 points")],
)  # fmt: skip
def test_a_file_that_is_no_study_is_one_line(tmp_path, content, message):
    (tmp_path / "a.yaml").write_text(content)
    with pytest.raises(StridecastError, match=message):
        load_points(tmp_path / "a.yaml")


def test_what_dvc_refuses_itself_is_the_reason():
    assert reason("ERROR: Key 'risk.tree' is not in struct\n") == "Key 'risk.tree' is not in struct"
    assert reason("") == "it said nothing"


def git(folder, *arguments):
    own = ["-c", "user.name=a", "-c", "user.email=a@example.org", *arguments]
    subprocess.run(["git", *own], cwd=folder, check=True, capture_output=True)


def test_dvc_itself_runs_the_points_and_leaves_params_yaml_alone(tmp_path):
    project = tmp_path / "project"
    project.mkdir()
    git(project, "init", "-q")
    assert dvc(["init", "-q"], project).code == 0
    # A tool that reads and writes YAML would lose comments and blanks.
    params = "# by hand\na:   1   # as somebody likes it\nflow: {b: 2}\n"
    (project / "params.yaml").write_text(params)
    (project / "work.py").write_text(
        textwrap.dedent("""
        import sys, yaml
        a = yaml.safe_load(open("params.yaml"))["a"]
        if a < 0: sys.exit(f"params.yaml: a is {a}; expected 0 or more")
        open("out.txt", "w").write(str(a))
        """)
    )
    (project / "dvc.yaml").write_text(
        f"stages:\n  work:\n    cmd: '{sys.executable} work.py'\n    deps: [work.py]\n"
        "    params: [a]\n    outs: [out.txt]\n"
    )
    (project / "points.yaml").write_text("sweep: {a: [3, -1]}")
    git(project, "add", "-A")
    git(project, "commit", "-qm", "all")
    points = load_points(project / "points.yaml")
    result = run_points(points, project, lambda _: None)
    assert result.complete == [points[0].name]
    assert result.failed == {points[1].name: "params.yaml: a is -1; expected 0 or more (work)"}
    assert (project / "params.yaml").read_text() == params
    again = run_points(points[:1], project, lambda _: None)
    assert again.before == [points[0].name]
