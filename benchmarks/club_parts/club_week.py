"""One Monday of a test club: build its folder, set it up, score it, and collect what was written.

Only what is written for machines is read: `scores.json`, `ingest.json`, the list of questions and
the table of codes and names. No sentence of the page or the terminal is interpreted.
"""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SECONDS_ALLOWED = 900


@dataclass(frozen=True)
class ClubWeek:
    """What the product made of a club on one Monday.

    Parameters
    ----------
    monday : str
        ISO day of the download.
    folder : Path
        The club's folder as it was built and set up.
    scores, account : dict
        `scores.json` and `ingest.json`; empty where the command failed.
    names : dict of str to str
        The roster's name of each code.
    questions : list of dict, or None
        The questions of the untouched folder; None where the product cannot list them.
    exit_codes : dict of str to int
        Of each command that was run.
    stderr : str
        The last lines of a command that failed.
    """

    monday: str
    folder: Path
    scores: dict[str, Any] = field(default_factory=dict)
    account: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    questions: list[dict[str, Any]] | None = None
    exit_codes: dict[str, int] = field(default_factory=dict)
    stderr: str = ""


def builder_of(club: Path) -> Path:
    """Return the program that builds the club.

    Raises
    ------
    SystemExit
        If the folder does not hold exactly one `build*.py`.
    """
    builders = sorted(club.glob("build*.py"))
    if len(builders) != 1:
        raise SystemExit(f"{club}: expected one build*.py, found {len(builders)}")
    return builders[0]


def build(club: Path, shared: Path, out: Path, monday: str, seed: int | None) -> None:
    """Build the folder of one Monday; a seed is passed to builders that take one."""
    command = [sys.executable, str(builder_of(club)), "--out", str(out), "--monday", monday]
    usage = subprocess.run(
        [*command[:2], "--help"], check=True, capture_output=True, text=True
    ).stdout
    # Builders are written by others and differ in their options, so their help is asked.
    command += ["--shared", str(shared)] if "--shared" in usage else []
    command += ["--seed", str(seed)] if seed is not None and "--seed" in usage else []
    subprocess.run(command, check=True, capture_output=True, text=True)


def run_week(folder: Path, monday: str, zone: str, project: Path) -> ClubWeek:
    """Set a built folder up, score it as of the Sunday before, and collect what was written."""
    out = project / "out" / monday
    codes: dict[str, int] = {}
    asked = _command("data", "questions", str(folder), "--json")
    codes["questions"] = asked.returncode
    day = (date.fromisoformat(monday) - timedelta(1)).isoformat()
    score = [
        "score", str(folder), "--yes", "--names", "--out", str(out), "--as-of", day,
        "--project", str(project),
    ]  # fmt: skip
    done = _command(*score)
    # A folder without a readable time zone refuses to be scored until it is set up.
    if not (out / "scores.json").exists():
        codes["first score"] = done.returncode
        init_run = _command("data", "init", str(folder), "--yes", "--time-zone", zone)
        codes["init"] = init_run.returncode
        done = _command(*score)
    codes["score"] = done.returncode
    return ClubWeek(
        monday=monday,
        folder=folder,
        scores=_json(out / "scores.json"),
        account=_json(out / "ingest.json"),
        names=_names(folder),
        questions=_list(asked.stdout) if asked.returncode in {0, 3} else None,
        exit_codes=codes,
        stderr="" if (out / "scores.json").exists() else done.stderr[-2000:],
    )


def _command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipelines.cli", *words],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"},
        # A question that waits for an answer would hang the benchmark instead of failing.
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS_ALLOWED,
    )


def _names(folder: Path) -> dict[str, str]:
    completed = _command("data", "names", str(folder))
    rows = csv.DictReader(io.StringIO(completed.stdout))
    return {row["athlete"]: row["name"] for row in rows if row.get("athlete") and row.get("name")}


def _json(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else {}


def _list(text: str) -> list[dict[str, Any]] | None:
    try:
        read = json.loads(text)
    except json.JSONDecodeError:
        return None
    listed = read.get("questions", []) if isinstance(read, dict) else read
    return [question for question in listed if isinstance(question, dict)]


def screens_and_singles(questions: Sequence[dict[str, Any]] | None) -> tuple[int, int] | None:
    """Return how many common screens a first set-up has, and how many questions asked singly.

    A question that may be taken together with others is `safe` or names its `screen`.
    """
    if questions is None:
        return None
    screens = {
        question.get("screen") or ("safe" if question.get("safe") else None)
        for question in questions
    }
    singles = [
        question
        for question in questions
        if not question.get("screen") and not question.get("safe")
    ]
    return len(screens - {None}), len(singles)
