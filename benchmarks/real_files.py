"""Every real sample and data set: the account, and each session whose values the product changed.

    python -m benchmarks.real_files --json [--seed N]

Reads the samples and PMData beside the checkout (`STRIDECAST_SHARED`) and prints one object:

- `samples`: per file the account (read = accepted + repaired + rejected), and the sessions whose
  minutes or kilometres are not what another decoder (fitdecode, lxml) reads in the file;
- `pmdata`: the same against the Fitbit lists as plain JSON, and per person the hours and kilometres
  of running by the watch alone and as the product holds them (answers that no watch recorded are
  counted apart);
- `changed`, `changed_without_reason`: how many values differ, and of how many nothing says why.

Nothing is drawn at random, `--seed` is taken for the sake of one form of all benchmarks.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

from benchmarks.real_parts.changes import UNEXPLAINED
from benchmarks.real_parts.device_files import device_files
from benchmarks.real_parts.watch_logs import people

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("STRIDECAST_SHARED", ROOT.parent / "shared"))


def measured(shared: Path) -> dict[str, Any]:
    """Return what the module's docstring names; a part whose files are not there is null."""
    samples, logs = shared / "samples", shared / "data" / "pmdata"
    parts = {
        "samples": device_files(samples) if samples.is_dir() else None,
        "pmdata": people(ROOT / "data" / "raw" / "pmdata", logs) if logs.is_dir() else None,
    }
    changed = [change for part in parts.values() if part for change in part["changed"]]
    bare = [change for change in changed if change["reasons"] == [UNEXPLAINED]]
    return {**parts, "changed": len(changed), "changed_without_reason": len(bare)}


def main() -> None:
    """Print the object."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one object on one line")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    print(json.dumps(measured(SHARED), indent=None if arguments.json else 1))


if __name__ == "__main__":
    main()
