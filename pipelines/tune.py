"""Stage `tune`: search for the risk model's settings inside the training part.

It is off the default path.
`python -m pipelines.tune --outcome any --trials 30` continues the study that is stored under
`artifacts/tuning/`; what it finds is put into `params.yaml` by hand, and seen by git.
"""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

import argparse
import hashlib
import json
import sys
from pathlib import Path

from common.frame_files import read_frame
from common.store import read_json, write_json
from models.estimators.tuning import Judge, tune
from pipelines.runtime.one_line import tell
from pipelines.runtime.params import load_params
from pipelines.runtime.stage import Stage
from pipelines.runtime.workspace import Workspace
from pipelines.stage_parts.model_features import model_features


def main(stage: Stage, trials: int) -> None:
    """Write artifacts/tuning/<dataset>/<outcome>.json and the study beside it."""
    params, workspace = stage.params, stage.workspace
    folder = workspace.model(stage.outcome)
    split = read_frame(folder / "split.parquet")
    # The training part alone: settings that saw the test part would flatter its figures.
    chosen = (split["part"] == "train") & split["event"].notna()
    entries = model_features(params, stage.outcome_name)
    names = [f.name for f in entries]
    directions = {f.name: f.monotone for f in entries if f.monotone}
    # As in the split: a shorter gap would let an outcome reach into the training rows.
    gap_days = max(params.split.gap_days, params.outcome.reach_days)
    rows = read_frame(workspace.features, ["athlete", "date", *names], rows=chosen.to_numpy())
    judge = Judge(
        rows[names],
        split.loc[chosen, "event"].to_numpy(dtype=float),
        split.loc[chosen, "related"].to_numpy(dtype=float),
        rows,
        directions,
        gap_days,
        params.tune,
    )
    digest = read_json(folder / "split.json")["digest"][:12]
    how = json.dumps([names, directions, gap_days, params.tune.model_dump(mode="json")])
    judged = hashlib.sha256(how.encode()).hexdigest()
    place = workspace.root / "artifacts" / "tuning" / params.dataset
    tuned = tune(
        judge,
        params.risk,
        place / "studies.db",
        # Rows, columns and folds in the name: losses of others cannot be compared.
        f"{params.dataset}/{stage.outcome}/{digest}/{judged[:12]}",
        trials,
        params.tune.seed,
        lambda number, loss: print(f"trial {number}: log-loss {loss:.6f}"),
    )
    write_json(place / f"{stage.outcome}.json", tuned)
    print(
        f"{stage.outcome}: {tuned['trials']} trials, log-loss {tuned['start_loss']:.6f} as it is, "
        f"{tuned['best_loss']:.6f} with {tuned['best']}\n"
        f"gain {tuned['gain']:.6f}, standard error {tuned['gain_error']:.6f}: keep {tuned['keep']}"
    )


def run() -> None:
    """Run the stage in the current folder; on bad input exit 1 with one line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--outcome", required=True)
    parser.add_argument("--trials", type=int, default=30, help="further trials of the study")
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    options = parser.parse_args()
    try:
        params = load_params(Path("params.yaml"))
        main(Stage(params, Workspace(Path.cwd(), params.dataset), options.outcome), options.trials)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told in one line
        sys.exit(tell(error, debug=options.debug))


if __name__ == "__main__":
    run()
