"""`stridecast promote`: a model through its gates into `artifacts/champion/`, and back again."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from common.errors import StridecastError
from common.frame_files import read_frame
from common.store import write_json
from models.comparators.evidence import evidence_probabilities
from models.comparators.names import BASE_RATE, EVIDENCE_MODEL
from models.comparators.rules import fit_rules, rule_probabilities
from models.estimators.evidence_risk import EvidenceRisk
from models.evaluation.model_table import Evaluation
from models.store.champion import Entry, add_champion, champion_folder, read_pointer, roll_back
from models.store.gates import Gate, GateInputs, judge
from models.store.registry import note_gates, point_champion
from models.store.tracking import default_uri
from models.store.tracking_record import registered_name
from pipelines.promotion.candidates import Candidate, Matrix, candidate, matrix_of, read_candidate
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.lock import only_writer
from pipelines.runtime.params import Params
from pipelines.runtime.workspace import Workspace, original_root

Say = Callable[[str], None]
METRICS_FILE: Final = "metrics.json"
CHAMPION: Final = "champion"
KEYS: Final = ["athlete", "date"]


@dataclass(frozen=True)
class Promotion:
    """What is asked for.

    Parameters
    ----------
    params : Params
        Of the project.
    workspace : Workspace
        Paths of the dataset.
    outcome : str
        ``any`` or ``knee``.
    candidate : str
        Which model.
    dry_run : bool
        Whether the gates are told and nothing is moved.
    """

    params: Params
    workspace: Workspace
    outcome: str
    candidate: str = "risk"
    dry_run: bool = False

    @property
    def name(self) -> str:
        """Dataset and outcome, as they are told."""
        return f"{self.workspace.dataset}/{self.outcome}"


def promote(request: Promotion, say: Say) -> bool:
    """Judge a candidate and, if every gate lets it through, make it the champion.

    Parameters
    ----------
    request : Promotion
        What is asked for.
    say : callable
        Called with the verdicts, one line each.

    Returns
    -------
    bool
        Whether every gate let it through.

    Raises
    ------
    StridecastError
        If there is no such model, a file is damaged, or another run promotes at this moment.
    """
    home = request.workspace.champion(request.outcome)
    chosen = candidate(request.workspace, request.outcome, request.candidate)
    stack = read_pointer(home).stack
    # A second copy on top of the stack would make --rollback lead to the same model.
    if stack and stack[-1].model_sha256 == chosen.facts.model_sha256:
        # It checks the digests: a champion whose file was changed is an error, and not "already".
        champion_folder(home)
        say(f"{request.name}: the {_called(chosen)} is the champion already")
        # The registry may not have answered at the promotion: its alias is moved now.
        return request.dry_run or _point(request, stack[-1], say)
    gates, evaluation = judged(request, chosen)
    failed = [gate for gate in gates if not gate.passed]
    for gate in gates:
        say(f"  {'passed' if gate.passed else 'FAILED'}  {gate.gate}: {gate.sentence}")
    if not request.dry_run:
        _report(request, chosen, gates)
    if failed:
        reasons = "; ".join(gate.sentence for gate in failed)
        say(f"{request.name}: the {_called(chosen)} is not promoted: {reasons}")
        if not request.dry_run:
            _note_failure(request, chosen, failed, say)
    elif request.dry_run:
        say(f"{request.name}: the {_called(chosen)} would be promoted (dry run)")
    else:
        _point(request, _export(request, chosen, gates, evaluation), say)
    return not failed


def go_back(request: Promotion, say: Say) -> None:
    """Make the champion before the champion again.

    Raises
    ------
    StridecastError
        If there is none before it.
    """
    home = request.workspace.champion(request.outcome)
    stack = read_pointer(home).stack
    if request.dry_run and len(stack) > 1:
        say(f"{request.name}: would go back from {stack[-1].version} to {stack[-2].version}")
        return
    with only_writer(home):
        former, entry = roll_back(home, _now())
    say(f"{request.name}: back from version {former.version} to {_described(entry)}")
    _point(request, entry, say)


def judged(request: Promotion, chosen: Candidate) -> tuple[list[Gate], Evaluation]:
    """Return the gates' verdicts on a candidate, and the measures of the test rows behind them."""
    params, workspace = request.params, request.workspace
    matrix = matrix_of(workspace, params)
    # The frozen split of `train`: an estimator of one's own is judged on the same rows.
    train, test = _labelled(request)
    incumbent, by_incumbent = _incumbent(request, train, test, matrix)
    rules = _rules(matrix(params.features), train, test)
    by_others = rules | {incumbent: by_incumbent}
    evidence = GateInputs(
        audits=chosen.audits(),
        out_of_fold=chosen.out_of_fold(),
        recalibrates=chosen.name != "recalibrated",
        tested=test,
        predictions={chosen.name: chosen.probability(test, matrix)} | by_others,
        candidate=chosen.name,
        rules=tuple(rules),
        incumbent=incumbent,
        model_simulated=chosen.facts.simulated,
        data_simulated=read_dataset(workspace).simulated,
        learns_freely=_learns_freely(chosen),
    )
    return judge(evidence, params.promotion, params.evaluation)


def _learns_freely(chosen: Candidate) -> bool:
    """Say whether a model learns what the data say: not where published evidence holds it all."""
    return not isinstance(chosen.model, EvidenceRisk) or chosen.model.has_trees


def _labelled(request: Promotion) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return athlete, date and event of the training and of the test part."""
    split = read_frame(request.workspace.model(request.outcome) / "split.parquet")
    known = split[split["event"].notna()]
    return known[known["part"] == "train"], known[known["part"] == "test"]


def _rules(rows: pd.DataFrame, train: pd.DataFrame, test: pd.DataFrame) -> dict[str, Floats]:
    learnt, judged = _with_features(train, rows), _with_features(test, rows)
    rules = fit_rules(learnt, learnt["event"])
    return rule_probabilities(rules, judged, float(learnt["event"].mean()))


def _with_features(labelled: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    outcomes = labelled[[*KEYS, "event", "related"]]
    return outcomes.merge(rows, on=KEYS, how="left", validate="1:1")


def _incumbent(
    request: Promotion, train: pd.DataFrame, test: pd.DataFrame, matrix: Matrix
) -> tuple[str, Floats]:
    """Return the name and the forecasts of what scores now; the base rate if nothing does."""
    folder = champion_folder(request.workspace.champion(request.outcome))
    if folder is not None:
        return CHAMPION, read_candidate(folder, CHAMPION).probability(test, matrix)
    rows, horizon = matrix(request.params.features), request.params.outcome.horizon_days
    learnt, asked = _with_features(train, rows), _with_features(test, rows)
    known = evidence_probabilities(request.outcome, horizon, asked, learnt)
    # Of some outcomes no incidence is published.
    if EVIDENCE_MODEL in known:
        return EVIDENCE_MODEL, known[EVIDENCE_MODEL]
    return BASE_RATE, np.full(len(test), float(train["event"].mean()))


def _export(
    request: Promotion, chosen: Candidate, gates: list[Gate], evaluation: Evaluation
) -> Entry:
    home = request.workspace.champion(request.outcome)
    record = {"gates": [gate.plain() for gate in gates], "candidate": chosen.name}
    files = chosen.files() | {
        "gates.json": _json(record),
        METRICS_FILE: _json(evaluation.nested()),
    }
    entry = Entry(
        version="",
        manifest_sha256="",
        model_sha256=chosen.facts.model_sha256,
        kind=chosen.facts.kind,
        promoted_at=_now(),
    )
    with only_writer(home):
        return add_champion(home, files, entry)


def _report(request: Promotion, chosen: Candidate, gates: list[Gate]) -> None:
    """Leave the verdicts where they can be read, whether the model passed or not."""
    path = request.workspace.reports / "promotion" / request.workspace.dataset
    record = {"candidate": chosen.name, "model_sha256": chosen.facts.model_sha256, "judged": _now()}
    write_json(
        path / f"{request.outcome}.json", record | {"gates": [gate.plain() for gate in gates]}
    )


def _point(request: Promotion, entry: Entry, say: Say) -> bool:
    """Move the registry's alias; a store that does not answer delays it and nothing else."""
    name = registered_name(request.workspace.dataset, request.outcome)
    say(f"{request.name}: champion is {_described(entry)}")
    try:
        is_registered = point_champion(_uri(request), name, entry.model_sha256)
    except StridecastError as error:
        say(f"  registry: alias not moved, scoring is not affected: {error}")
        return True
    state = "is set" if is_registered else "is taken off: the registry does not hold this model"
    say(f"  registry: @champion of {name} {state}")
    return True


def _note_failure(request: Promotion, chosen: Candidate, failed: list[Gate], say: Say) -> None:
    """Leave the verdict at the logged run too, as far as the store answers."""
    name = registered_name(request.workspace.dataset, request.outcome)
    verdict = "; ".join(f"{gate.gate}: {gate.sentence}" for gate in failed)
    try:
        note_gates(_uri(request), name, chosen.facts.model_sha256, verdict)
    except StridecastError as error:
        say(f"  registry: verdict not noted: {error}")


def _uri(request: Promotion) -> str:
    return default_uri(original_root(request.workspace.root))


def _called(chosen: Candidate) -> str:
    """Return what a candidate is called: `risk` is a folder's name, whatever was trained in it."""
    is_evidence = chosen.name == "risk" and chosen.facts.kind == "evidence"
    return "trained evidence model" if is_evidence else f"{chosen.name} model"


def _described(entry: Entry) -> str:
    return f"version {entry.version}, {entry.kind} model {entry.model_sha256[:12]}"


def _json(content: object) -> bytes:
    return (json.dumps(content, indent=2, allow_nan=False) + "\n").encode()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
