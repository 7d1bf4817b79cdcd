"""The invented team of the fault benchmark: its folder, its commands, and how a run is judged."""

import ctypes
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).parents[2]
_PR_CAPBSET_DROP, _DAC_OVERRIDE, _DAC_READ_SEARCH = 24, 1, 2
"""Numbers of Linux: how a superuser gives up passing over permissions."""
LONGEST_S = 600.0


@dataclass(frozen=True)
class Run:
    """How a command ended: exit status (-9 for a kill), both outputs, seconds."""

    status: int
    text: str
    seconds: float

    @property
    def is_clean(self) -> bool:
        """Done, or one line that says why not."""
        return self.status in {0, 1, 2, 3, -9} and not self.traceback

    @property
    def traceback(self) -> bool:
        """Whether the output has a traceback or the report of an unexpected error."""
        marks = ("Traceback (most recent call last)", "fault of the program")
        return any(mark in self.text for mark in marks)


@dataclass
class Team:
    """A folder of exports and one of forecasts, in a place of their own.

    Parameters
    ----------
    place : Path
        Holds `club`, `out`, `more` (exports to be added), `key`, `cache` and `project`.
    """

    place: Path
    environment: dict[str, str] = field(default_factory=dict)

    def run(
        self,
        *words: str,
        kill_after: float | None = None,
        before: Callable[[], None] | None = None,
    ) -> Run:
        """Run a command of the product in this place, or kill it after some seconds.

        Stages of the pipeline run in the project, as DVC runs them.
        """
        begin = time.monotonic()
        where = self.place if words[0] == COMMAND_LINE else self.place / "project"
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=where, text=True, errors="replace",
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
            preexec_fn=before, env=self._variables(),  # noqa: PLW1509 - no threads hold locks here
        )  # fmt: skip
        try:
            text, _ = process.communicate(timeout=LONGEST_S if kill_after is None else kill_after)
        except subprocess.TimeoutExpired:
            # The whole group: workers that outlive the command would go on writing.
            os.killpg(process.pid, signal.SIGKILL)
            text, _ = process.communicate()
        return Run(process.returncode, text, time.monotonic() - begin)

    def copy(self, place: Path) -> "Team":
        """Return a team of the same content elsewhere."""
        shutil.copytree(self.place, place, symlinks=True)
        return Team(place, self.environment)

    def _variables(self) -> dict[str, str]:
        # Started by DVC, the commands would take the benchmark's own project for theirs.
        inherited = {name: value for name, value in os.environ.items() if name != "DVC_ROOT"}
        return inherited | {
            "PYTHONPATH": str(ROOT),
            "STRIDECAST_KEY_FILE": str(self.place / "key"),
            "STRIDECAST_CACHE": str(self.place / "cache"),
            "STRIDECAST_EXTENSIONS": str(ROOT / "extensions"),
            "HOME": str(self.place),
            "XDG_CACHE_HOME": str(self.place / "home-cache"),
            "XDG_STATE_HOME": str(self.place / "state"),
            "TMPDIR": str(self.place / "tmp"),
        } | self.environment  # fmt: skip


COMMAND_LINE = "pipelines.cli"
SCORE = (COMMAND_LINE, "score", "club", "--out", "out", "--project", "project")
MONITOR = (COMMAND_LINE, "monitor", "club", "--out", "out", "--project", "project")
ACT = (COMMAND_LINE, "act", "--csv", "actions.csv", "--out", "out", "--data", "club")
ADD = (COMMAND_LINE, "data", "add", "more", "--to", "club")
PLAN = (COMMAND_LINE, "plan", "club", "--out", "out", "--project", "project")
CHECK = (COMMAND_LINE, "data", "check", "club")
DOCTOR = (COMMAND_LINE, "doctor", "club", "--out", "out", "--project", "project")
_RIGHTS = ("Runner B", "club", "--out", "out", "--project", "project")
REPORT = (COMMAND_LINE, "privacy", "report", *_RIGHTS)
FORGET = (COMMAND_LINE, "privacy", "forget", *_RIGHTS, "--yes")
EXPORT = (COMMAND_LINE, "privacy", "export", *_RIGHTS, "--to", "copy.zip")
INIT = (COMMAND_LINE, "data", "init", "fresh", "--yes", "--name", "fresh", "--time-zone", "UTC")
_BY_OUTCOME = ("train", "comparators", "nested", "own", "evaluate", "explain")
STAGES = {
    f"stage {name}": (f"pipelines.{name}", *(("--outcome", "any") if name in _BY_OUTCOME else ()))
    for name in (
        "ingest", "featurize", "audit", "train", "comparators", "nested", "own", "evaluate",
        "collect", "explain", "score", "report", "card", "track",
    )
}  # fmt: skip
"""In the order in which DVC runs them."""
COMMANDS = {
    "score": SCORE, "monitor": MONITOR, "act": ACT, "data add": ADD, "data init": INIT,
    "plan": PLAN, "privacy forget": FORGET, "privacy export": EXPORT,
} | STAGES  # fmt: skip
"""The commands and stages that write, which are killed."""
AFTER_DAMAGE = {
    "monitor": MONITOR, "act": ACT, "plan": PLAN, "data check": CHECK, "doctor": DOCTOR,
    "privacy report": REPORT,
}  # fmt: skip
"""What a coach runs beside `score` on a folder with a damaged file."""


def team(place: Path, draw: random.Random, athletes: int = 8, days: int = 90) -> Team:
    """Make a team with two weeks of history and one action."""
    for name in ("club", "more", "project", "tmp"):
        (place / name).mkdir(parents=True)
    last = date.today() - timedelta(days=1)  # noqa: DTZ011 - the product's own today
    who = [f"Runner {letter}" for letter in "ABCDEFGHIJKLMNOP"[:athletes]]
    _write(
        place / "club/roster.csv", [{"athlete": person, "level": "recreational"} for person in who]
    )
    runs = [
        {
            "athlete": person,
            "date": last - timedelta(days=back),
            "start": "07:00",
            "sport": "run",
            "duration_min": 30 + 5 * draw.randrange(8),
            "distance_km": round(5 + 1.1 * draw.randrange(8), 1),
            "rpe": draw.randrange(2, 9),
        }
        for person in who
        for back in range(0, days, 2)
    ]
    _write(place / "club/sessions.csv", runs)
    nights = [
        {"athlete": person, "date": last - timedelta(days=back), "sleep_h": 7.5}
        for person in who
        for back in range(days)
    ]
    _write(place / "club/wellness.csv", nights)
    hurt = {
        "athlete": who[0],
        "onset_date": last - timedelta(days=40),
        "return_date": last - timedelta(days=25),
        "region": "knee",
    }
    _write(place / "club/injuries.csv", [hurt])
    (place / "club/dataset.yaml").write_text(
        f"name: club\ntime_zone: UTC\nobserved_from: {last - timedelta(days=days)}\n"
    )
    later = [{**run, "date": last, "start": "18:00"} for run in runs[:40:5]]
    _write(place / "more/evening.csv", later)
    done = [{"athlete": person, "date": last, "did": f"rest {person}"} for person in who]
    _write(place / "actions.csv", done)
    made = Team(place)
    shutil.copytree(place / "club", place / "project/data/raw/club")
    (place / "fresh").mkdir()
    for name in ("sessions.csv", "wellness.csv", "injuries.csv"):
        shutil.copy(place / "club" / name, place / "fresh" / name)
    # With one outcome every stage runs within seconds; a second one goes the same ways.
    (place / "project/params.yaml").write_text("dataset: club\noutcomes: [any]\n")
    weeks = [(*SCORE, "--as-of", str(last - timedelta(days=back))) for back in (14, 7, 0)]
    for words in (*weeks, *STAGES.values()):
        run = made.run(*words)
        if run.status not in {0, 3}:
            raise RuntimeError(run.text)
    return made


def _write(path: Path, rows: list[dict[str, object]]) -> None:
    pd.DataFrame(rows).to_csv(path, index=False)


def limit_file_size(most: int) -> Callable[[], None]:
    """Return what makes every write past `most` bytes of a file fail, as on a full disk."""

    def limit() -> None:
        # Ignored, the limit makes a write fail with an error, as a full disk does; else it kills.
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return limit


def without_override() -> Callable[[], None] | None:
    """Return what makes permissions hold for a superuser's process too; None for other users.

    Capabilities that are dropped from the bounding set are gone after the next `exec`.
    """
    if os.geteuid() != 0:
        return None
    libc = ctypes.CDLL(None)

    def drop() -> None:
        for capability in (_DAC_OVERRIDE, _DAC_READ_SEARCH):
            libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0)

    return drop


def unreadable(place: Path) -> list[str]:
    """Return the visible files below a folder that are no whole files of their kind."""
    return [
        str(path.relative_to(place))
        for path in sorted(place.rglob("*"))
        if path.is_file() and not _is_hidden(path.relative_to(place)) and not _is_whole(path)
    ]


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _is_whole(path: Path) -> bool:
    try:
        if path.suffix == ".json":
            json.loads(path.read_text(encoding="utf-8"))
        elif path.suffix == ".jsonl":
            [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        elif path.suffix == ".parquet":
            pd.read_parquet(path)
        elif path.suffix == ".html":
            return path.read_text(encoding="utf-8").rstrip().endswith("</html>")
    except Exception:  # noqa: BLE001 - however it fails, it is not whole
        return False
    return True


def state(place: Path) -> dict[str, object]:
    """Return what must not be lost or changed: tables, results, scores, weeks, actions, exports."""
    out = place / "out"
    weeks = sorted(path.name for path in (out / "history/club/forecasts").glob("*.parquet"))
    log = out / "history/club/actions.jsonl"
    scores = out / "scores.csv"
    return {
        "tables": {
            path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted((place / "project/data").rglob("*.parquet"))
        },
        "results": {
            str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest()
            for name in ("project/reports", "project/artifacts", "fresh")
            for path in sorted((place / name).rglob("*"))
            if path.is_file() and not _is_hidden(path.relative_to(place))
        },
        "scores": scores.read_text(encoding="utf-8") if scores.exists() else "",
        "weeks": weeks,
        "actions": sorted(log.read_text(encoding="utf-8").splitlines()) if log.exists() else [],
        "exports": {
            str(path.relative_to(place)): path.read_bytes()
            for path in sorted((place / "club").rglob("*"))
            if path.is_file() and not path.name.startswith(".")
        },
    }
