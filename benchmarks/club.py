"""A real club's folder against the truth about it, Monday by Monday, as a coach would run it.

    python benchmarks/club.py --club FOLDER --json [--seed N]
    python benchmarks/club.py --table

FOLDER holds a builder (`build*.py`, which writes the club's folder of a Monday) and `truth.json`;
by default the folder `club` beside the checkout's shared data (`STRIDECAST_SHARED`). Every Monday's
folder is built, set up with `--yes`, scored as of the Sunday before, and compared. Keys, over all
person-weeks of the truth:

- `people`, `people_right`, `phantoms`: people of that Monday, those found exactly once, and
  athletes of the product who are nobody or somebody a second time;
- `status_right_share`; `stated_share`: of those who run, with every figure stated;
- `injuries_told_share`: injuries of the truth counted, or their athlete told as unclear, and
  `injuries_false`: injuries stated that the truth does not hold;
- `hours_right_share`, `km_right_share`, `longest_right_share`, `sessions_right_share`;
- `spikes_false`; `unread_untold`: files with content that was not read and is in no to-do;
- `screens`, `questions_single`: of a first set-up, the largest of all Mondays.

Null stands where the product writes nothing that the key could be read from.
"""

import argparse
import json
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.club_parts.club_files import FileRow, file_rows
from benchmarks.club_parts.club_truth import ABSENT, Verdict, judge, person_of
from benchmarks.club_parts.club_week import ROOT, ClubWeek, build, run_week, screens_and_singles

# Beside the checkout: files of real people must never get into the repository.
SHARED = Path(os.environ.get("STRIDECAST_SHARED", ROOT.parent / "shared"))
SHARES = {
    "status_right_share": "status",
    "stated_share": "stated",
    "injuries_told_share": "injuries_told",
    "hours_right_share": "hours",
    "km_right_share": "km",
    "longest_right_share": "longest",
    "sessions_right_share": "sessions",
}


@dataclass(frozen=True)
class Monday:
    """One Monday's result."""

    week: ClubWeek
    verdicts: list[Verdict]
    people: int
    people_right: int
    phantoms: list[str]
    files: list[FileRow]


def compare(week: ClubWeek, truth: dict[str, Any]) -> Monday:
    """Compare what the product wrote on a Monday with the truth."""
    roster = truth["roster"]
    people = truth["weeks"][week.monday]
    by_person: dict[str, list[dict[str, Any]]] = {}
    phantoms = []
    for athlete in week.scores.get("athletes", []):
        name = week.names.get(athlete["athlete"], athlete["athlete"])
        person = person_of(name, roster)
        # Twice is a phantom too: a coach would see one person on two lines.
        if person is None or person in by_person:
            phantoms.append(name)
        if person is not None:
            by_person.setdefault(person, []).append(athlete)
    # Somebody who joins later is nobody's fault before.
    there = [name for name, entry in people.items() if entry["status"]["is"] != ABSENT]
    named_people = _people_in_to_do(week, roster)
    return Monday(
        week,
        [
            judge(week.monday, n, p, (by_person.get(n) or [None])[0], named_people)
            for n, p in people.items()
        ],
        people=len(there),
        people_right=sum(len(by_person.get(name, [])) == 1 for name in there),
        phantoms=phantoms,
        files=list(file_rows(week)),
    )


def _people_in_to_do(week: ClubWeek, roster: list[dict[str, Any]]) -> set[str]:
    """Return the people whom a to-do about something not read names."""
    codes = {
        str(who) for entry in week.scores.get("not_read", []) for who in entry.get("athletes", [])
    }
    named = {person_of(week.names.get(code, code), roster) for code in codes}
    return {name for name in named if name}


def summary(mondays: Sequence[Monday]) -> dict[str, Any]:
    """Return the keys of the benchmark over all Mondays."""
    verdicts = [verdict for monday in mondays for verdict in monday.verdicts]
    asked = [screens_and_singles(monday.week.questions) for monday in mondays]
    known = [pair for pair in asked if pair is not None]
    return {
        "people": sum(monday.people for monday in mondays),
        "people_right": sum(monday.people_right for monday in mondays),
        "phantoms": sum(len(monday.phantoms) for monday in mondays),
        **{name: share(verdicts, key) for name, key in SHARES.items()},
        "spikes_false": sum(v.right.get("spike") is False for v in verdicts),
        "injuries_false": sum(key == "injuries_false" for v in verdicts for key, _ in v.wrong),
        "unread_untold": sum(bool(row.untold) for monday in mondays for row in monday.files),
        "screens": max(screens for screens, _ in known) if known else None,
        "questions_single": max(singles for _, singles in known) if known else None,
        "commands_failed": sum(not monday.week.scores for monday in mondays),
    }


def share(verdicts: Sequence[Verdict], key: str) -> float | None:
    """Return the share of person-weeks in which a key is right, of those it applies to."""
    judged = [verdict.right[key] for verdict in verdicts if key in verdict.right]
    return round(sum(judged) / len(judged), 4) if judged else None


def print_table(mondays: Sequence[Monday]) -> None:
    """Print the files of the last Monday, and every wrong person-week with its causes."""
    print(f"{'file':<62} {'read as':<28} {'read':>5} {'acc':>5} {'rep':>5} {'rej':>5}  told")
    for row in mondays[-1].files:
        end = row.untold and f"UNTOLD: {row.untold}"
        counts = f"{row.read:>5} {row.accepted:>5} {row.repaired:>5} {row.rejected:>5}"
        end = end or ("told" if row.is_accounted else "ok")
        print(f"{row.file:<62} {row.kind:<28} {counts}  {end}")
    for monday in mondays:
        codes = ", ".join(f"{name} {code}" for name, code in monday.week.exit_codes.items())
        print(f"\n{monday.week.monday}: exit {codes}; phantoms: {monday.phantoms or 'none'}")
        if monday.week.stderr:
            print(monday.week.stderr)
        for verdict in monday.verdicts:
            for key, cause in _once(verdict):
                print(f"  {verdict.name:<20} {key:<15} {cause}")
    kinds = Counter(key for m in mondays for v in m.verdicts for key, _ in v.wrong)
    print("\nwrong by key:", ", ".join(f"{key} {n}" for key, n in kinds.most_common()))


def _once(verdict: Verdict) -> list[tuple[str, str]]:
    """Return the causes, a figure that is not stated once instead of under every key."""
    if ("status", "nobody of this name") in [(k, c.split(",")[0][3:]) for k, c in verdict.wrong]:
        return [cause for cause in verdict.wrong if cause[0] == "status"]
    return [(k, c) for k, c in verdict.wrong if k == "stated" or " not stated" not in c]


def run(options: argparse.Namespace, work: Path) -> list[Monday]:
    """Build, run and compare every Monday, two at a time."""
    truth = json.loads((options.club / "truth.json").read_text(encoding="utf-8"))
    shared = options.club.parent if (options.club.parent / "samples").is_dir() else SHARED
    # The time zone is asked of a coach; a benchmark has nobody to ask and takes it from the text.
    zone = re.search(r"\b[A-Z][a-z]+/[A-Z][A-Za-z_]+\b", str(truth.get("how", "")))
    wanted = options.monday or truth["mondays"]

    def compare_monday(monday: str) -> Monday:
        folder = work / "weeks" / monday / "club"
        shutil.rmtree(work / "out" / monday, ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(parents=True, exist_ok=True)
        build(options.club, shared, folder, monday, options.seed)
        return compare(run_week(folder, monday, zone[0] if zone else "UTC", work), truth)

    with ThreadPoolExecutor(options.jobs) as pool:
        return list(pool.map(compare_monday, wanted))


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--club", type=Path, default=SHARED / "club")
    parser.add_argument("--json", action="store_true", help="print the keys as JSON")
    parser.add_argument("--table", action="store_true", help="print files and wrong person-weeks")
    parser.add_argument("--seed", type=int, help="for builders that take one")
    parser.add_argument("--monday", nargs="+", help="only these Mondays of the truth")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), help="Mondays side by side")
    parser.add_argument("--work", type=Path, help="folder to keep, with the parse cache")
    options = parser.parse_args()
    with TemporaryDirectory() as temporary:
        work = (options.work or Path(temporary)).resolve()
        mondays = run(options, work)
    if options.table:
        print_table(mondays)
    figures = summary(mondays)
    if options.json:
        print(json.dumps(figures, indent=2))
    elif not options.table:
        for name, value in figures.items():
            print(f"{name:<22} {value}")


if __name__ == "__main__":
    main()
