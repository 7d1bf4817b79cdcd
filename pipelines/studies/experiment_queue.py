"""Run the points of a study one after the other, each in a copy of the project; resume at will.

DVC's own queue needs a worker in the background, which has died beside `dvc queue status` (its
broker then finds half a message). Here the loop is this process: it stops when it is stopped, and
begins again with the points that no experiment holds yet. Each point runs by `dvc exp run --temp`,
so that `params.yaml` of the workspace is never rewritten.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from common.errors import StridecastError
from pipelines.studies.experiment_points import Point

LOGS: Final = Path(".dvc/tmp/stridecast")
_STAGE_FAILED: Final = re.compile(r"^ERROR: failed to reproduce")
_NOISE: Final = re.compile(r"^(?:Running stage|> |Reproducing|Stage '|\s*$)")
_LONGEST: Final = 300
Say = Callable[[str], None]


class Ended(NamedTuple):
    """How a command ended: its exit code and all it said."""

    code: int
    output: str


class Result(NamedTuple):
    """What became of the points: names of those that were complete before, are now, and failed."""

    before: list[str]
    complete: list[str]
    failed: dict[str, str]


Run = Callable[[Sequence[str], Path], Ended]


def run_points(points: Sequence[Point], project: Path, say: Say, run: Run | None = None) -> Result:
    """Run every point that no experiment of the present commit holds.

    Parameters
    ----------
    points : sequence of Point
        From :func:`pipelines.studies.experiment_points.load_points`.
    project : pathlib.Path
        Root of the project.
    say : callable
        Called with one line per point.
    run : callable, optional
        Runs a DVC command in a folder; by default DVC itself.

    Returns
    -------
    Result
        One point that fails does not stop the others; its reason is one line, and all that it said
        lies in `.dvc/tmp/stridecast/<name>.log`.

    Raises
    ------
    StridecastError
        If the folder is no DVC project.
    """
    run = run or dvc
    # Asked of DVC itself: a list of our own would be wrong after an experiment was removed.
    known = set(_experiments(project, run))
    result = Result([], [], {})
    for at, point in enumerate(points, start=1):
        where = f"{at}/{len(points)} {point.name} ({point.settings_line})"
        if point.name in known:
            result.before.append(point.name)
            say(f"{where}: was complete before")
            continue
        ended = run(_command(point), project)
        # Before the verdict, so that the whole output is there whatever became of the point.
        _keep(project, point, ended)
        if ended.code:
            result.failed[point.name] = reason(ended.output)
            say(f"{where}: failed: {result.failed[point.name]}")
        else:
            result.complete.append(point.name)
            say(f"{where}: complete")
    return result


def dvc(arguments: Sequence[str], project: Path) -> Ended:
    """Run a DVC command in a folder."""
    # DVC of this environment, and not whichever `dvc` comes first on the PATH.
    done = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-m", "dvc", *arguments],
        cwd=project,
        env=os.environ | {"DVC_NO_ANALYTICS": "1"},
        stdout=subprocess.PIPE,
        # One stream: the stage's sentence and DVC's error stay in their order.
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    return Ended(done.returncode, done.stdout)


def reason(output: str) -> str:
    """Return the line that says why a run failed: the stage's own, or DVC's.

    Examples
    --------
    >>> said = ["> python -m pipelines.train", "params.yaml: risk.trees is -1"]
    >>> reason(chr(10).join([*said, "ERROR: failed to reproduce 'train': failed to run"]))
    'params.yaml: risk.trees is -1 (train)'
    """
    lines = [line.strip() for line in output.splitlines()]
    failed_at = next((at for at, line in enumerate(lines) if _STAGE_FAILED.match(line)), None)
    if failed_at is None:
        errors = [line for line in lines if line.startswith("ERROR")]
        last = next((line for line in reversed(lines) if line), "it said nothing")
        return (errors[0].removeprefix("ERROR: ") if errors else last)[:_LONGEST]
    stage = re.search(r"'([^']+)'", lines[failed_at])
    before = [line for line in lines[:failed_at] if not _NOISE.match(line)]
    why = before[-1] if before else lines[failed_at]
    return f"{why[:_LONGEST]} ({stage.group(1)})" if stage else why[:_LONGEST]


def _command(point: Point) -> list[str]:
    changes = [part for item in point.settings.items() for part in ("-S", "=".join(item))]
    return ["exp", "run", "--temp", "--name", point.name, *changes]


def _experiments(project: Path, run: Run) -> list[str]:
    ended = run(["exp", "list", "--name-only"], project)
    if ended.code:
        raise StridecastError(
            f"{project.resolve()}: {reason(ended.output)}",
            "run from the root of a DVC project with a commit, or pass --project",
        )
    return ended.output.split()


def _keep(project: Path, point: Point, ended: Ended) -> None:
    folder = project / LOGS
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{point.name}.log").write_text(ended.output, encoding="utf-8")
