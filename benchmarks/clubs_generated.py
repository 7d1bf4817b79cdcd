"""Clubs that nobody has seen, by number: people, sheets and folder habits against their truth.

    python -m benchmarks.clubs_generated --json [--seed N] [--clubs 500] [--minutes 18]

Every club is written by `tests/clubs` from its number (spellings, languages, layouts, scales, days,
folders, exports), read as a new user's first look reads it, and held against what was put in. Keys:

- `clubs`, `clubs_right`: clubs that were read, and those without any fault;
- `merged`, `multiplied`, `phantoms`, `lost_people`: faults about people;
- `untold`: files with something not read that nothing tells; `wrong_values`, `invented`: values
  that are not those of the file; `sessions_wrong`: people whose runs or kilometres differ;
- `needless`: files of which something certain was not read, though it was told;
- `read_share`: facts of the sheets that were read without an answer of a person;
- `singles_mean`: questions asked singly, a club; `failures`: the first of each kind, with its seed.
"""

import argparse
import json
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.clubs.build import build_club
from tests.clubs.verify import Verdict, verify

SHOWN = 40


def one_club(seed: int) -> Verdict:
    """Build, read and verify the club of a number; a crash is a fault of it."""
    with TemporaryDirectory() as place:
        folder = Path(place) / "club"
        folder.mkdir()
        truth = build_club(folder, seed)
        try:
            return verify(folder, truth)
        except Exception:  # noqa: BLE001 - whatever the product raises is a fault of this club
            verdict = Verdict()
            # The end of the trace names the fault; its beginning is the same for all.
            verdict.note("crash", traceback.format_exc()[-600:])
            return verdict


def main() -> None:
    """Run the clubs from a seed on, as many as the minutes allow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--clubs", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=18.0)
    options = parser.parse_args()
    end = time.monotonic() + 60 * options.minutes
    counts: Counter[str] = Counter()
    failures: list[dict[str, object]] = []
    clubs = right = read = asked = singles = 0
    for seed in range(options.seed, options.seed + options.clubs):
        # Cut by time and not by number: figures are shares, and every club has its own seed.
        if time.monotonic() > end:
            break
        verdict = one_club(seed)
        clubs, right = clubs + 1, right + (not verdict.faults)
        read, asked, singles = read + verdict.read, asked + verdict.asked, singles + verdict.singles
        for kind, about in verdict.faults:
            counts[kind] += 1
            failures.append({"seed": seed, "kind": kind, "about": about})
            if not options.json:
                print(f"{seed} {kind}: {about}", flush=True)
    result = {
        "clubs": clubs,
        "clubs_right": right,
        "merged": counts["merged"],
        "multiplied": counts["multiplied"],
        "phantoms": counts["phantom"] + counts["phantom asked"],
        "lost_people": counts["lost person"],
        "untold": counts["untold"],
        "wrong_values": counts["wrong value"] + counts["guessed scale"],
        "invented": counts["invented"],
        "sessions_wrong": sum(n for kind, n in counts.items() if kind.startswith("sessions")),
        "needless": counts["needless"],
        "crashes": counts["crash"],
        "read_share": round(read / max(read + asked, 1), 4),
        "singles_mean": round(singles / max(clubs, 1), 2),
        "failures": failures[:SHOWN],
    }
    print(json.dumps(result, ensure_ascii=False, indent=None if options.json else 1))


if __name__ == "__main__":
    main()
