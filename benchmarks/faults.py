"""What becomes of a team's data when things go wrong, done to a real installation.

    python benchmarks/faults.py --json [--full] [--seed N] [--kills N] [--only TEXT]

An invented team with three weeks of history is copied for every fault. Commands and stages are
killed (SIGKILL) at random moments; the disk is full; folders are read-only or unreadable; the clock
was set back; two runs start at once; each file of the history, the settings and the exports is
damaged; thousands of small files lie in the folder; a file changes while it is read. Afterwards the
same command runs again, undisturbed. Keys:

- `kills`: how many commands were killed while they ran; those that ended before their moment are
  not counted, and another moment is drawn;
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
import shutil
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
MOST_DRAWS = 6
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
    ended_first: int = 0
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
            self.notes += [f"{name} lost: {entry}" for entry in sorted(gone)]
        exports: dict[str, bytes] = after["exports"]  # type: ignore[assignment] # as state() makes it
        for name, content in before["exports"].items():  # type: ignore[attr-defined] # the same
            if exports.get(name) != content:
                self.lost += 1
                self.notes.append(f"export lost or changed: {name}")
        if "scores" in names and before["scores"] and not after["scores"]:
            self.lost += 1
            self.notes.append("the last good scores are gone")


@dataclass(frozen=True)
class Undisturbed:
    """A run that nothing disturbed: how long it took, and the state that it left."""

    seconds: float
    left: dict[str, object]


def killed(
    source: Team, name: str, place: Path, draw: random.Random, undisturbed: Undisturbed
) -> Outcome:
    """Kill a command, look at what is left, and run it again to its end.

    The moment is drawn evenly over the command's length. How long it takes varies from run to run,
    so that one may end before its moment: that run is no kill, and another one meets a moment
    within the shorter length.
    """
    longest = undisturbed.seconds
    for number in range(MOST_DRAWS):
        at = draw.uniform(0.02, 1) * longest
        outcome = Outcome(f"kill {name} after {at:.2f} s", ended_first=number)
        team_copy = source.copy(place / str(number))
        before = _state_before(name, team_copy)
        run = team_copy.run(*COMMANDS[name], kill_after=at)
        outcome.killed = run.status < 0
        if outcome.killed or run.status not in {0, 3}:
            break
        longest = run.seconds
        shutil.rmtree(team_copy.place)
    outcome.saw(run)
    _whole(outcome, team_copy)
    outcome.judge(before, state(team_copy.place), {"scores"})
    again = team_copy.run(*COMMANDS[name])
    outcome.saw(again)
    # Killed after its last step, a removal finds nobody of that name, a set-up that it is done.
    if again.status not in ({0, 1, 3} if name in {_FORGETS, "data init"} else {0, 3}):
        outcome.wrong += 1
        outcome.notes.append(f"the next run: {again.text[-300:]}")
    after = state(team_copy.place)
    _whole(outcome, team_copy)
    outcome.judge(before, after, {"scores"})
    compared = ("scores", "weeks", "actions", "tables", "results")
    wanted = undisturbed.left
    if name == _FORGETS:  # the record of a removal counts the files that this run found
        compared = (*compared, "exports")
        after, wanted = (
            known | {"exports": _without_record(known["exports"])} for known in (after, wanted)
        )
    for key in compared:
        if after[key] != wanted[key]:
            outcome.wrong += 1
            outcome.notes.append(f"{key} differ from those of an undisturbed run")
    return outcome


def _state_before(name: str, team_copy: Team) -> dict[str, object]:
    before = state(team_copy.place)
    if name == _FORGETS:  # what was theirs is meant to go, and compared with an undisturbed run
        before |= {"actions": [], "exports": {}, "scores": ""}
    return before


def _without_record(exports: object) -> dict[str, bytes]:
    by_name: dict[str, bytes] = exports  # type: ignore[assignment] # as state() makes it
    return {name: content for name, content in by_name.items() if name != "club/forgotten.json"}


def _whole(outcome: Outcome, team_copy: Team) -> None:
    broken = [
        path for name in ("out", "club", "project") for path in unreadable(team_copy.place / name)
    ]
    outcome.wrong += len(broken)
    outcome.notes += [f"not whole: {path}" for path in broken]


def kills(
    source: Team, place: Path, count: int, draw: random.Random, only: str
) -> Iterator[Callable[[], Outcome]]:
    """Yield the kills, shared out among the commands, at moments over their whole length."""
    names = [name for name in COMMANDS if only in f"kill {name}"]
    for number, name in enumerate(names if count else ()):
        whole = source.copy(place / f"whole {name}")
        run = whole.run(*COMMANDS[name])
        undisturbed = Undisturbed(run.seconds, state(whole.place))
        for at in range(number, count, len(names)):
            spot, own_draw = place / f"{name} {at}", random.Random(draw.random())  # noqa: S311 - faults
            yield lambda name=name, spot=spot, own_draw=own_draw, undisturbed=undisturbed: killed(
                source, name, spot, own_draw, undisturbed
            )


def judged(source: Team, fault: str, place: Path, do: Callable[[Team], list[Run]]) -> Outcome:
    """Do a fault to a copy of the team, then score it undisturbed and see what is left."""
    outcome = Outcome(fault)
    team_copy = source.copy(place)
    before = state(team_copy.place)
    for run in do(team_copy):
        outcome.saw(run)
    after = state(team_copy.place)
    allowed = {"exports"} if fault.startswith("changed") else set()
    if "exports" in allowed:
        before["exports"] = {}
    if not fault.startswith("damaged"):
        outcome.judge(before, after, {"scores"})
        _whole(outcome, team_copy)
    return outcome


def main() -> None:
    """Run every fault and print what became of the data."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--full", action="store_true", help="more of everything")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=None, help="how many commands are killed")
    parser.add_argument("--only", default="", help="only faults whose name holds this")
    options = parser.parse_args()
    begin = time.monotonic()
    draw = random.Random(options.seed)  # noqa: S311 - faults, not secrets
    count = options.kills if options.kills is not None else (KILLS_FULL if options.full else KILLS)
    with tempfile.TemporaryDirectory(prefix="stridecast-faults-") as scratch:
        place = Path(scratch)
        place.chmod(0o755)
        source = team(place / "team", draw)
        faults = [
            *disk_faults(options.full), *together(), *damaged_files(source, draw, options.full),
            *small_files(options.full),
        ]  # fmt: skip
        work = [
            lambda name=name, number=number, do=do: judged(
                source, name, place / f"fault {number}", do
            )
            for number, (name, do) in enumerate(faults)
            if options.only in name
        ]
        killing = kills(source, place, count, draw, options.only)
        with ThreadPoolExecutor(WORKERS) as pool:
            outcomes = list(pool.map(_reported, [*killing, *work]))
    _print(outcomes, time.monotonic() - begin, as_json=options.json)


def _reported(work: Callable[[], Outcome]) -> Outcome:
    """Do a fault, and tell at once if something was lost or wrong."""
    outcome = work()
    if outcome.lost or outcome.wrong or outcome.tracebacks:
        print(outcome.fault, *outcome.notes, sep="\n    ", file=sys.stderr, flush=True)
    return outcome


def _print(outcomes: list[Outcome], seconds: float, *, as_json: bool) -> None:
    totals = {
        "kills": sum(outcome.killed for outcome in outcomes),
        "lost": sum(outcome.lost for outcome in outcomes),
        "wrong": sum(outcome.wrong for outcome in outcomes),
        "tracebacks": sum(outcome.tracebacks for outcome in outcomes),
    }
    bad = [
        asdict(outcome)
        for outcome in outcomes
        if outcome.lost or outcome.wrong or outcome.tracebacks
    ]
    if as_json:
        report = totals | {"faults": len(outcomes), "seconds": round(seconds), "cases": bad}
        print(json.dumps(report, indent=2))
        return
    for case in bad:
        print(case["fault"], *case["notes"], sep="\n    ")
    print(
        ", ".join(f"{name} {value}" for name, value in totals.items()), f"of {len(outcomes)} faults"
    )


if __name__ == "__main__":
    main()
