"""What becomes of a team's data when things go wrong, done to a real installation.

    python benchmarks/faults.py --json [--full] [--seed N] [--kills N] [--only TEXT]

An invented team with three weeks of history is copied for every fault. Commands and stages are
killed (SIGKILL) at random moments; the disk is full; folders are read-only or unreadable; the clock
was set back; two runs start at once; each file of the history, the settings and the exports is
damaged; thousands of small files lie in the folder; a file changes while it is read. Afterwards the
same command runs again, undisturbed. Keys:

- `kills`: how many commands were killed while they ran;
- `lost`: weeks, actions, exports or last good files that were there before and are gone;
- `wrong`: exit statuses that do not fit, files that are not whole, and results that differ from
  those of an undisturbed run;
- `tracebacks`: outputs that show the program's inside.

`--full` makes 300 kills, 100,000 small files and more damages; the default stays within 20 minutes
on two idle cores. Needs Unix.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.fault_parts.faults_cases import damaged_files, disk_faults, small_files, together
from benchmarks.fault_parts.faults_team import COMMANDS, Run, Team, state, team, unreadable

KILLS, KILLS_FULL = 100, 300
WORKERS = 2
_FORGETS = "privacy forget"


@dataclass
class Outcome:
    """What one fault did; `note` says what was found, empty where nothing was."""

    fault: str
    lost: int = 0
    wrong: int = 0
    tracebacks: int = 0
    killed: bool = False
    notes: list[str] = field(default_factory=list)

    def saw(self, run: Run) -> None:
        """Count a traceback, and a status that is none of the product's."""
        self.tracebacks += run.traceback
        if not run.is_clean:
            self.wrong += not run.traceback
            self.notes.append(f"status {run.status}: {run.text[-300:]}")

    def judge(self, before: dict[str, object], after: dict[str, object], names: set[str]) -> None:
        """Count what is gone of the weeks, actions and exports, and of the scores named."""
        for name in ("weeks", "actions"):
            gone = set(before[name]) - set(after[name])  # type: ignore[call-overload] # lists of text
            self.lost += len(gone)
            self.notes += [f"{name} lost: {one}" for one in sorted(gone)]
        kept: dict[str, bytes] = after["exports"]  # type: ignore[assignment] # as state() makes it
        for name, content in before["exports"].items():  # type: ignore[attr-defined] # the same
            if kept.get(name) != content:
                self.lost += 1
                self.notes.append(f"export lost or changed: {name}")
        if "scores" in names and before["scores"] and not after["scores"]:
            self.lost += 1
            self.notes.append("the last good scores are gone")


def killed(source: Team, name: str, place: Path, at: float, wanted: dict[str, object]) -> Outcome:
    """Kill a command, look at what is left, and run it again to its end."""
    outcome = Outcome(f"kill {name} after {at:.2f} s")
    one = source.copy(place)
    before = state(one.place)
    if name == _FORGETS:  # what was theirs is meant to go, and compared with an undisturbed run
        before |= {"actions": [], "exports": {}, "scores": ""}
    run = one.run(*COMMANDS[name], kill_after=at)
    outcome.killed = run.status < 0
    outcome.saw(run)
    _whole(outcome, one)
    outcome.judge(before, state(one.place), {"scores"})
    again = one.run(*COMMANDS[name])
    outcome.saw(again)
    # Killed after the last removal, the next run finds nobody of that name.
    if again.status not in ({0, 1, 3} if name == _FORGETS else {0, 3}):
        outcome.wrong += 1
        outcome.notes.append(f"the next run: {again.text[-300:]}")
    after = state(one.place)
    _whole(outcome, one)
    outcome.judge(before, after, {"scores"})
    if name == _FORGETS:  # the record of a removal counts the files that this run found
        for found in (after, wanted):
            found["exports"] = _without_record(found["exports"])
    compared = ("scores", "weeks", "actions", "tables")
    for key in (*compared, "exports") if name == _FORGETS else compared:
        if after[key] != wanted[key]:
            outcome.wrong += 1
            outcome.notes.append(f"{key} differ from those of an undisturbed run")
    return outcome


def _without_record(exports: object) -> dict[str, bytes]:
    kept: dict[str, bytes] = exports  # type: ignore[assignment] # as state() makes it
    return {name: content for name, content in kept.items() if name != "club/forgotten.json"}


def _whole(outcome: Outcome, one: Team) -> None:
    broken = [path for name in ("out", "club", "project") for path in unreadable(one.place / name)]
    outcome.wrong += len(broken)
    outcome.notes += [f"not whole: {path}" for path in broken]


def kills(
    source: Team, place: Path, count: int, draw: random.Random, only: str
) -> Iterator[Callable[[], Outcome]]:
    """Yield the kills, shared out among the commands, at moments over their whole length."""
    names = [name for name in COMMANDS if only in f"kill {name}"]
    for name in names if count else ():
        whole = source.copy(place / f"whole {name}")
        length = whole.run(*COMMANDS[name]).seconds
        wanted = state(whole.place)
        for number in range(-(-count // len(names))):
            at = draw.uniform(0.02, 1.05) * length
            spot = place / f"{name} {number}"
            yield lambda name=name, spot=spot, at=at, wanted=wanted: killed(
                source, name, spot, at, wanted
            )


def judged(source: Team, fault: str, place: Path, do: Callable[[Team], list[Run]]) -> Outcome:
    """Do a fault to a copy of the team, then score it undisturbed and see what is left."""
    outcome = Outcome(fault)
    one = source.copy(place)
    before = state(one.place)
    for run in do(one):
        outcome.saw(run)
    after = state(one.place)
    allowed = {"exports"} if fault.startswith("changed") else set()
    if "exports" in allowed:
        before["exports"] = {}
    if not fault.startswith("damaged"):
        outcome.judge(before, after, {"scores"})
        _whole(outcome, one)
    return outcome


def main() -> None:
    """Run every fault and print what became of the data."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--full", action="store_true", help="more of everything")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=None, help="how many commands are killed")
    parser.add_argument("--only", default="", help="only faults whose name holds this")
    told = parser.parse_args()
    begin = time.monotonic()
    draw = random.Random(told.seed)  # noqa: S311 - faults, not secrets
    count = told.kills if told.kills is not None else (KILLS_FULL if told.full else KILLS)
    with tempfile.TemporaryDirectory(prefix="stridecast-faults-") as scratch:
        place = Path(scratch)
        place.chmod(0o755)
        source = team(place / "team", draw)
        faults = [
            *disk_faults(told.full), *together(), *damaged_files(source, draw, told.full),
            *small_files(told.full),
        ]  # fmt: skip
        work = [
            lambda name=name, number=number, do=do: judged(
                source, name, place / f"fault {number}", do
            )
            for number, (name, do) in enumerate(faults)
            if told.only in name
        ]
        killing = kills(source, place, count, draw, told.only)
        with ThreadPoolExecutor(WORKERS) as pool:
            found = list(pool.map(_told, [*killing, *work]))
    _print(found, time.monotonic() - begin, as_json=told.json)


def _told(work: Callable[[], Outcome]) -> Outcome:
    """Do a fault, and tell at once if something was lost or wrong."""
    outcome = work()
    if outcome.lost or outcome.wrong or outcome.tracebacks:
        print(outcome.fault, *outcome.notes, sep="\n    ", file=sys.stderr, flush=True)
    return outcome


def _print(outcomes: list[Outcome], seconds: float, *, as_json: bool) -> None:
    totals = {
        "kills": sum(one.killed for one in outcomes),
        "lost": sum(one.lost for one in outcomes),
        "wrong": sum(one.wrong for one in outcomes),
        "tracebacks": sum(one.tracebacks for one in outcomes),
    }
    bad = [asdict(one) for one in outcomes if one.lost or one.wrong or one.tracebacks]
    if as_json:
        told = totals | {"faults": len(outcomes), "seconds": round(seconds), "cases": bad}
        print(json.dumps(told, indent=2))
        return
    for one in bad:
        print(one["fault"], *one["notes"], sep="\n    ")
    print(
        ", ".join(f"{name} {value}" for name, value in totals.items()), f"of {len(outcomes)} faults"
    )


if __name__ == "__main__":
    main()
