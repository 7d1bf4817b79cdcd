"""Stage `train`: label, split, fit and calibrate the models of one outcome."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter(boosters_alone=True, gives_memory_back=True)

from hashlib import sha256
from pathlib import Path
from typing import Final

import pandas as pd

from common.errors import StridecastError
from common.frame_files import read_frame, write_frame
from common.store import read_json, write_json
from common.table_files import read_table
from features.catalogue.entry import Feature
from models.estimators.additive import AdditiveRisk
from models.evidence.model import OUTCOMES
from models.metrics.sample_size import sample_size
from models.sampling.censoring import censoring_table
from models.sampling.outcomes import label, risk_set_by_parts
from models.sampling.split_manifest import account, manifest
from models.sampling.splits import summary
from models.store.artifact import Provenance, RangedModel, save
from models.store.model_facts import ModelFacts
from pipelines.runtime.stage import Stage, run_stage_by_outcome
from pipelines.runtime.workspace import AUDITS_FILE, COLUMNS_FILE, FEATURE_SETTINGS_FILE
from pipelines.stage_parts.labelled_rows import SPLIT_FILE
from pipelines.stage_parts.main_model import fit_main, main_model
from pipelines.stage_parts.model_features import (
    features_line,
    known_features,
    model_features,
    tree_features,
)
from pipelines.stage_parts.training_part import training_provenance

KEYS: Final = ("athlete", "date")
RUNS: Final = ["athlete", "local_date", "sport", "duration_min"]
"""What tells of sessions whether an injured athlete ran again."""


def main(stage: Stage) -> None:
    """Write artifacts/models/<dataset>/<outcome>: split, sample size, and models if due."""
    every = model_features(stage.params, stage.outcome_name)
    split = split_of(stage, read_frame(stage.workspace.features, [*KEYS]))
    known = split["event"].notna()
    print(summary(split.loc[known, "part"], split[known], split.loc[known, "event"]).to_string())
    chosen = known & (split["part"] == "train")
    # Of the matrix a fourth of the columns and a third of the rows: the others need no memory.
    names = [f.name for f in every]
    x = read_frame(stage.workspace.features, names, rows=chosen.to_numpy())
    # By the training rows alone: a look at the test rows would be a leak.
    entries = known_features(every, x)
    print(features_line(stage.params, every))
    if len(entries) < len(every):
        print(f"{len(every) - len(entries)} of them are known in no training row and take no place")
    _keep_audits(stage)
    free = {f.name for f in tree_features(stage.params, stage.outcome_name)}
    # The other rows go: a fit holds its own alone.
    split = split[chosen].reset_index(drop=True)
    _sample_size(stage, split, sum(f.name in free for f in entries))
    events = int(split["event"].sum())
    enough = events >= stage.params.train.min_events
    used = [f.name for f in entries] if enough else []
    # Also where no model is due: the comparators read this file.
    write_json(stage.workspace.model(stage.outcome) / COLUMNS_FILE, {"columns": used})
    _write_digests(stage)
    if not enough:
        _no_model(stage, events)
        return
    _fit(stage, x[used], split, entries)


def split_of(stage: Stage, rows: pd.DataFrame) -> pd.DataFrame:
    """Labels, part and fold of every weekly row: the frozen manifest, with its account."""
    params, folder = stage.params, stage.workspace.model(stage.outcome)
    tables = stage.workspace.tables
    injuries, athletes = (read_table(tables, name) for name in ("injuries", "athletes"))
    rules = params.features.injuries

    def runs_of(some: tuple[str, str]) -> pd.DataFrame:
        return read_frame(tables / "sessions.parquet", RUNS, athletes=some)

    spells = risk_set_by_parts(injuries, athletes, rules, runs_of)
    label_tables = (rows, injuries, athletes)
    labels = label(*label_tables, stage.outcome_name, params.outcome, rules, spells=spells)
    # What a knee model borrows from: new injuries of any region.
    related = label(*label_tables, "any", params.outcome, rules, spells=spells)["event"]
    split = manifest(
        labels.assign(related=related), params.split, reach_days=params.outcome.reach_days
    )
    write_frame(folder / SPLIT_FILE, split)
    write_json(folder / "split.json", account(split, params.split))
    censoring = censoring_table(split, athletes, params.outcome)
    write_json(folder / "censoring.json", {"rows": censoring.to_dict("records")})
    return split


def _keep_audits(stage: Stage) -> None:
    """Keep what the audits said of these data: the gates of a promotion ask for it.

    Raises
    ------
    StridecastError
        If an audit stopped, or the audits did not look at this outcome: a stage that is run by
        hand heeds them as DVC does.
    """
    audits = stage.workspace.audits(stage.outcome)
    if not audits.exists() and (stage.workspace.reports / "audit.json").exists():
        raise StridecastError(
            f"reports/audits/{audits.name} is missing: the audits ran without this outcome, or in"
            " an earlier version",
            "run `python -m pipelines.audit` again",
        )
    if audits.exists():
        verdicts = read_json(audits)
        failed = [name for name, verdict in verdicts.items() if not verdict["passed"]]
        if failed:
            raise StridecastError(
                f"reports/audit.json: {', '.join(failed)} stopped the run",
                "see reports/audit.html; mend the data or answer the audit, run the audit again",
            )
        write_json(stage.workspace.model(stage.outcome) / AUDITS_FILE, verdicts)


def _write_digests(stage: Stage) -> None:
    """Write what the comparators depend on: another risk model changes no row and no column."""
    folder = stage.workspace.model(stage.outcome)
    digests = {
        name: sha256((folder / name).read_bytes()).hexdigest()
        for name in (SPLIT_FILE, COLUMNS_FILE)
    }
    write_json(stage.workspace.rows(stage.outcome), digests)


def _sample_size(stage: Stage, train: pd.DataFrame, features: int) -> None:
    events = int(train["event"].sum())
    facts: dict[str, object] = {"rows": len(train), "events": events, "features": features}
    if 0 < events < len(train):
        requirement = sample_size(len(train), events, features)
        facts |= {
            "sentence": requirement.sentence(),
            "needed_rows": requirement.needed_rows,
            "needed_events": requirement.needed_events,
            "affordable_parameters": requirement.affordable_parameters,
            "is_enough": requirement.is_enough,
        }
    else:
        facts |= {"sentence": f"{len(train):,} rows with {events} events: nothing to learn from"}
    write_json(stage.workspace.model(stage.outcome) / "sample_size.json", facts)
    print(facts["sentence"])


def _no_model(stage: Stage, events: int) -> None:
    instead = (
        "the evidence model is used instead"
        if stage.outcome in OUTCOMES
        else "no published figures take its place, and it is not forecast"
    )
    print(
        f"no model for {stage.outcome!r}: {events} events in the training part, at least "
        f"{stage.params.train.min_events} are needed (train.min_events); {instead}"
    )


def _fit(stage: Stage, x: pd.DataFrame, split: pd.DataFrame, entries: tuple[Feature, ...]) -> None:
    params, folder = stage.params, stage.workspace.model(stage.outcome)
    provenance = training_provenance(stage, split)
    risk = main_model(params, stage.outcome_name, entries)
    additive = AdditiveRisk(params.additive)
    for model, where in ((risk, folder), (additive, stage.workspace.additive(stage.outcome))):
        facts = _fit_one(model, x, split, provenance, where)
        print(
            f"{stage.outcome}, {facts.kind}: {facts.rows:,} rows, {facts.events:,} events, "
            f"{len(facts.features)} features, calibration slope {facts.calibration_slope:.2f}, "
            f"intercept {facts.calibration_intercept:+.2f}"
        )
    write_json(folder / FEATURE_SETTINGS_FILE, params.features.model_dump(mode="json"))


def _fit_one(
    model: RangedModel, x: pd.DataFrame, split: pd.DataFrame, provenance: Provenance, folder: Path
) -> ModelFacts:
    """Fit, calibrate, refit on resampled athletes; write model and out-of-fold predictions."""
    y, athletes, related = split["event"], split["athlete"], split["related"]
    if isinstance(model, AdditiveRisk):
        model.fit(x, y, athletes, related=related, folds=split["fold"])
    else:
        fit_main(model, x, split)
    model.fit_range(x, y, athletes, related=related)
    if len(model.out_of_fold_):
        out_of_fold = split[["athlete", "date", "event", "fold"]].assign(
            probability=model.out_of_fold_
        )
        write_frame(folder / "out_of_fold.parquet", out_of_fold)
    return save(model, provenance, folder)


if __name__ == "__main__":
    run_stage_by_outcome(main)
