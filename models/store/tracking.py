"""The one writer to MLflow: a run per (dataset, outcome, result), whole or not at all.

MLflow is imported inside the functions: it takes seconds, and only the `track` stage needs it.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final

from common.errors import StridecastError
from models.store.tracking_empty import begin_with_empty_store
from models.store.tracking_model import log_model, point_challenger
from models.store.tracking_moved import mend
from models.store.tracking_record import ChildRun, DataUsed, RunRecord

if TYPE_CHECKING:
    from mlflow import MlflowClient
    from mlflow.entities import DatasetInput

DIGEST_TAG: Final = "stridecast.digest"
"""Set last: only a complete run has it."""
WRITING_TAG: Final = "stridecast.writing"
"""Set first and removed last: what a killed run left behind is found by it and cleared away."""
KIND_TAG: Final = "stridecast.kind"
_EXPERIMENT_TAGS: Final = {
    "mlflow.note.content": "One run per result; comparators, folds and trials are nested. "
    "To see the runs alone, filter by tags.\"stridecast.kind\" = 'experiment'"
}
_SECONDS_PER_REQUEST: Final = "20"
_ATTEMPTS: Final = 5
_SIGNS_OF_ANOTHER_WRITER: Final = (
    "UNIQUE constraint failed",  # SQLite
    "duplicate key value violates unique constraint",  # PostgreSQL
    "Duplicate entry",  # MySQL
    "RESOURCE_ALREADY_EXISTS",
)


def default_uri(root: Path) -> str:
    """Return the tracking address: the environment's, or one SQLite file at the project's root.

    The path is absolute: a queued experiment works in a temporary copy, and a relative path would
    make a second, hidden database there.
    """
    return os.environ.get("MLFLOW_TRACKING_URI") or f"sqlite:///{root.resolve() / 'mlflow.db'}"


def track(record: RunRecord, *, uri: str, artifact_root: Path) -> tuple[str, bool]:
    """Log a run with its nested runs once, and set the model's alias ``challenger``.

    Parameters
    ----------
    record : RunRecord
        What to log.
    uri : str
        MLflow tracking address.
    artifact_root : Path
        Where a local store keeps its artifacts; unused with a tracking server.

    A result that is there already gets the nested runs it lacks and is the challenger again.

    Returns
    -------
    tuple of (str, bool)
        The run's id, and whether it was written now (False: the same results were there already).

    Raises
    ------
    StridecastError
        If the store cannot be reached, is locked or refuses. What had been written is deleted
        again, at the latest by the next call for the same result.
    """
    with opened(uri, "; nothing was kept of this run") as client:
        for _ in range(_ATTEMPTS):
            try:
                return _track_once(client, record, uri, artifact_root)
            except Exception as error:
                if not _another_was_first(error):
                    raise
                time.sleep(random.uniform(0.05, 0.5))  # noqa: S311 - not for secrets
        return _track_once(client, record, uri, artifact_root)


def _track_once(
    client: MlflowClient, record: RunRecord, uri: str, artifact_root: Path
) -> tuple[str, bool]:
    experiment = _experiment(client, record.experiment, uri, artifact_root)
    # `track` has no outs, so DVC runs it again whenever parameters flip back to a result of before.
    digest = record.digest()
    complete = f"tags.`{DIGEST_TAG}` = '{digest}' and attributes.status = 'FINISHED'"
    known = client.search_runs([experiment], filter_string=complete, max_results=1)
    if known:
        run = str(known[0].info.run_id)
        _add_missing(client, experiment, run, record)
        point_challenger(client, record.registered_name, run)
        return run, False
    for left in client.search_runs([experiment], f"tags.`{WRITING_TAG}` = '{digest}'"):
        _delete(client, experiment, left.info.run_id)
    return _write_whole(client, experiment, record, digest), True


def _another_was_first(error: Exception) -> bool:
    """Tell whether two writers made the same experiment, dataset or model at the same moment.

    MLflow looks whether such a row exists and then inserts it, in two steps: the later of two
    writers is refused. When it begins again, it finds the row of the first.
    """
    return any(sign in str(error) for sign in _SIGNS_OF_ANOTHER_WRITER)


@contextlib.contextmanager
def opened(uri: str, consequence: str = "") -> Iterator[MlflowClient]:
    """Yield a client of the store; whatever goes wrong with it is one line.

    Parameters
    ----------
    uri : str
        MLflow tracking address.
    consequence : str
        What a failure means for what was to be done; stands at the end of the line.

    Raises
    ------
    StridecastError
        If the store cannot be reached, is locked or refuses.
    """
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    # A server that is down should be told of in seconds, not after minutes of retries.
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", _SECONDS_PER_REQUEST)
    with _without("polars"):
        import mlflow
    from mlflow.exceptions import MlflowException
    from sqlalchemy.exc import SQLAlchemyError

    begin_with_empty_store(uri)
    mend(uri)
    try:
        yield mlflow.MlflowClient(tracking_uri=uri)
    except (MlflowException, SQLAlchemyError, OSError) as error:
        raise StridecastError(
            f"MLflow store {_shown(uri)}: {_cause(error)}", _remedy(error) + consequence
        ) from error


@contextlib.contextmanager
def _without(library: str) -> Iterator[None]:
    """Leave out, while something is imported, a library that it would load and do without."""
    if library in sys.modules:
        yield
        return
    sys.modules[library] = None  # type: ignore[assignment] # import then takes it for missing
    try:
        yield
    finally:
        del sys.modules[library]


def _shown(uri: str) -> str:
    """Leave out credentials that an address may carry."""
    return uri.rpartition("@")[2] if "@" in uri else uri


def _cause(error: Exception) -> str:
    text = str(error)
    if "database is locked" in text:
        return "the database is locked by another program"
    if "Max retries exceeded" in text or "Connection refused" in text:
        return "no answer"
    return text.splitlines()[0]


def _remedy(error: Exception) -> str:
    if "database is locked" in str(error):
        return "close what holds it, then run again"
    return "check MLFLOW_TRACKING_URI, then run again"


def _experiment(client: MlflowClient, name: str, uri: str, artifact_root: Path) -> str:
    experiment = client.get_experiment_by_name(name)
    if experiment is not None:
        return str(experiment.experiment_id)
    # A server has its own place for files; a local address would lead nowhere on other machines.
    local = artifact_root.resolve().as_uri() if uri.startswith("sqlite") else None
    return str(client.create_experiment(name, artifact_location=local, tags=_EXPERIMENT_TAGS))


def _write_whole(client: MlflowClient, experiment: str, record: RunRecord, digest: str) -> str:
    """Write everything; if anything fails, or the run is stopped, delete what was written."""
    # Without a name MLflow invents one, which looks like that of a DVC experiment.
    name = record.name or f"result-{digest[:8]}"
    tags = {**record.tags, WRITING_TAG: digest, KIND_TAG: "experiment"}
    note = {"mlflow.note.content": record.note} if record.note else {}
    run = client.create_run(experiment, tags=tags | note, run_name=name).info.run_id
    try:
        _write(client, experiment, run, record)
        client.set_tag(run, DIGEST_TAG, digest)
        client.delete_tag(run, WRITING_TAG)
        client.set_terminated(run)
        point_challenger(client, record.registered_name, run)
    # Also on Ctrl-C: a half run with figures looks like a whole one in every chart.
    except BaseException:
        # The store may be gone; then the next call for this result clears away what is left.
        with contextlib.suppress(Exception):
            _delete(client, experiment, run)
        raise
    return str(run)


def _write(client: MlflowClient, experiment: str, run: str, record: RunRecord) -> None:
    _log(client, run, record.metrics, record.params)
    client.log_inputs(run, [_input(used) for used in record.data])
    for path in record.artifacts:
        if path.is_file():
            client.log_artifact(run, str(path))
        else:
            client.log_artifacts(run, str(path), artifact_path=path.name)
    for child in record.children:
        _write_child(client, experiment, run, child, record)
    if record.model is not None:
        log_model(client, run, record, record.model)


def _log(
    client: MlflowClient, run: str, metrics: Mapping[str, float], params: Mapping[str, str]
) -> None:
    from mlflow.entities import Metric, Param

    now = int(time.time() * 1000)
    client.log_batch(
        run,
        metrics=[Metric(name, value, now, 0) for name, value in metrics.items()],
        params=[Param(name, value) for name, value in params.items()],
    )


def _input(used: DataUsed) -> DatasetInput:
    from mlflow.entities import Dataset, DatasetInput, InputTag
    from mlflow.types import ColSpec, DataType, Schema

    schema = Schema([ColSpec(DataType.double, name) for name in used.columns])
    dataset = Dataset(
        name=used.name,
        digest=used.digest,
        source_type="local",
        source=json.dumps({"uri": f"data/features/{used.name}"}),
        schema=json.dumps({"mlflow_colspec": schema.to_dict()}),
        profile=json.dumps(dict(used.profile)),
    )
    return DatasetInput(dataset, [InputTag("mlflow.data.context", used.context)])


def _write_child(
    client: MlflowClient, experiment: str, parent: str, child: ChildRun, record: RunRecord
) -> None:
    tags = {"mlflow.parentRunId": parent, KIND_TAG: child.kind}
    run = client.create_run(experiment, tags=tags, run_name=child.name).info.run_id
    _log(client, run, child.metrics, child.params)
    if child.model is not None:
        log_model(client, run, record, child.model)
    client.set_terminated(run)


def _add_missing(client: MlflowClient, experiment: str, parent: str, record: RunRecord) -> None:
    """Write the nested runs that came after their parent: an ablation, further trials."""
    there = client.search_runs([experiment], f"tags.`mlflow.parentRunId` = '{parent}'")
    names = {run.info.run_name for run in there}
    for child in record.children:
        if child.name not in names:
            _write_child(client, experiment, parent, child, record)


def _delete(client: MlflowClient, experiment: str, run: str) -> None:
    for child in client.search_runs([experiment], f"tags.`mlflow.parentRunId` = '{run}'"):
        _delete_one(client, child.info.run_id)
    # Children first: a child whose parent is gone is found by no search for this result.
    _delete_one(client, run)


def _delete_one(client: MlflowClient, run: str) -> None:
    for version in client.search_model_versions(f"run_id = '{run}'"):
        client.delete_model_version(version.name, version.version)
    client.delete_run(run)
