"""The one writer to MLflow: a run per (dataset, outcome, digest), and a registered challenger.

MLflow is imported inside the functions: it takes seconds, and only the `track` stage needs it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import pandas as pd

from ingest.errors import StridecastError

if TYPE_CHECKING:
    from mlflow import MlflowClient


DIGEST_TAG = "stridecast.digest"


@dataclass(frozen=True, kw_only=True)
class TrackedModel:
    """A booster to be logged with its contract.

    Parameters
    ----------
    booster : lightgbm.Booster
        Calibrated; its plain prediction is the probability.
    features : pandas.DataFrame
        The training matrix, shape (rows, features), float. Only its schema, its row count and its
        column medians (the input example, nobody's row) leave this process.
    digest : str
        Digest of the training data.
    description : str
        What the model forecasts, in a sentence.
    """

    booster: lgb.Booster
    features: pd.DataFrame
    digest: str
    description: str


@dataclass(frozen=True, kw_only=True)
class RunRecord:
    """Everything one MLflow run holds."""

    dataset: str
    outcome: str
    params: Mapping[str, str]
    metrics: Mapping[str, float]
    tags: Mapping[str, str]
    artifacts: Sequence[Path] = field(default_factory=tuple)
    model: TrackedModel | None = None

    @property
    def experiment(self) -> str:
        """Name of the MLflow experiment."""
        return f"{self.dataset}/{self.outcome}"

    @property
    def registered_name(self) -> str:
        """Name of the registered model; it carries dataset and outcome."""
        return f"stridecast-{self.dataset}-{self.outcome}"

    def digest(self) -> str:
        """Return the digest of parameters, metrics and model: the same results are one run."""
        model = self.model.booster.model_to_string() if self.model else ""
        lines = [self.dataset, self.outcome, repr(sorted(self.params.items()))]
        lines += [repr(sorted(self.metrics.items())), model]
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def default_uri(root: Path) -> str:
    """Return the tracking address: the environment's, or one SQLite file at the project's root.

    The path is absolute: a queued experiment works in a temporary copy, and a relative path would
    make a second, hidden database there.
    """
    return os.environ.get("MLFLOW_TRACKING_URI") or f"sqlite:///{root.resolve() / 'mlflow.db'}"


def track(record: RunRecord, *, uri: str, artifact_root: Path) -> tuple[str, bool]:
    """Log a run once and set the model's alias ``challenger``.

    Parameters
    ----------
    record : RunRecord
        What to log.
    uri : str
        MLflow tracking address.
    artifact_root : Path
        Where a local store keeps its artifacts; unused with a tracking server.

    Returns
    -------
    tuple of (str, bool)
        The run's id, and whether it was written now (False: the same results were there already).

    Raises
    ------
    StridecastError
        If the store cannot be reached or refuses; a half-written run is marked FAILED.
    """
    os.environ.setdefault("MLFLOW_DISABLE_TELEMETRY", "true")
    # A server that is down should be told of in seconds, not after minutes of retries.
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    from mlflow import MlflowClient  # noqa: PLC0415 - see the module's docstring
    from mlflow.exceptions import MlflowException  # noqa: PLC0415

    try:
        client = MlflowClient(tracking_uri=uri)
        experiment = _experiment(client, record.experiment, uri, artifact_root)
        known = _find(client, experiment, record.digest())
        if known is not None:
            return known, False
        return _write(client, experiment, record, uri), True
    except (MlflowException, OSError) as error:
        first_line = str(error).splitlines()[0]
        raise StridecastError(
            f"MLflow store {_shown(uri)}: {first_line}", "check MLFLOW_TRACKING_URI, then run again"
        ) from error


def _shown(uri: str) -> str:
    """Leave out credentials that an address may carry."""
    return uri.rpartition("@")[2] if "@" in uri else uri


def _experiment(client: MlflowClient, name: str, uri: str, artifact_root: Path) -> str:
    found = client.get_experiment_by_name(name)
    if found is not None:
        return str(found.experiment_id)
    local = artifact_root.resolve().as_uri() if uri.startswith("sqlite") else None
    return str(client.create_experiment(name, artifact_location=local))


def _find(client: MlflowClient, experiment: str, digest: str) -> str | None:
    wanted = f"tags.`{DIGEST_TAG}` = '{digest}' and attributes.status = 'FINISHED'"
    runs = client.search_runs([experiment], filter_string=wanted, max_results=1)
    return str(runs[0].info.run_id) if runs else None


def _write(client: MlflowClient, experiment: str, record: RunRecord, uri: str) -> str:
    import mlflow  # noqa: PLC0415 - see the module's docstring

    mlflow.set_tracking_uri(uri)
    name = record.tags.get("dvc_exp_name") or None
    with mlflow.start_run(experiment_id=experiment, run_name=name, tags=dict(record.tags)) as run:
        mlflow.log_params(dict(record.params))
        mlflow.log_metrics(dict(record.metrics))
        for path in record.artifacts:
            mlflow.log_artifact(str(path), artifact_path=None if path.is_file() else path.name)
        if record.model is not None:
            _log_model(client, record, record.model)
        # Set last: a run that broke half-way is never taken for a complete one.
        mlflow.set_tag(DIGEST_TAG, record.digest())
    return str(run.info.run_id)


def _log_model(client: MlflowClient, record: RunRecord, model: TrackedModel) -> None:
    import mlflow  # noqa: PLC0415
    import mlflow.lightgbm  # noqa: PLC0415
    from mlflow.models import infer_signature  # noqa: PLC0415

    example = model.features.median().to_frame().T.astype(float)
    dataset = mlflow.data.from_pandas(  # type: ignore[attr-defined]
        model.features, name=record.dataset, digest=model.digest
    )
    mlflow.log_input(dataset, context="training")
    logged: Any = mlflow.lightgbm.log_model(
        model.booster,
        name="model",
        signature=infer_signature(example, model.booster.predict(example)),
        input_example=example,
        pip_requirements=[f"lightgbm=={lgb.__version__}"],
        registered_model_name=record.registered_name,
    )
    version = str(logged.registered_model_version)
    client.update_model_version(record.registered_name, version, description=model.description)
    client.set_registered_model_alias(record.registered_name, "challenger", version)
