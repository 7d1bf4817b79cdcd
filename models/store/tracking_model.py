"""A booster in MLflow's registry: native file, signature, input example, description, alias."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import lightgbm as lgb

from models.store.tracking_record import RunRecord, TrackedModel

if TYPE_CHECKING:
    from mlflow import MlflowClient

CHALLENGER: Final = "challenger"
MODEL_TAG: Final = "stridecast.model_sha256"
"""Tag of a version: by it a promotion finds the version that holds a model file."""
_VERSION_TAGS: Final = ("git_commit", "git_commit_is_baseline", "dvc_exp_name", "data_md5")


def log_model(client: MlflowClient, run: str, record: RunRecord, model: TrackedModel) -> None:
    """Log the model into a run and register it as a version with description and tags."""
    import mlflow  # noqa: PLC0415 - takes seconds
    import mlflow.lightgbm  # noqa: PLC0415
    from mlflow.models import infer_signature  # noqa: PLC0415

    example = model.medians.astype(float)
    with _by_default(client.tracking_uri), mlflow.start_run(run_id=run):
        logged: Any = mlflow.lightgbm.log_model(
            model.booster,
            name="model",
            signature=infer_signature(example, model.booster.predict(example)),
            input_example=example,
            pip_requirements=[f"lightgbm=={lgb.__version__}"],
            registered_model_name=record.registered_name,
        )
    name, version = record.registered_name, str(logged.registered_model_version)
    client.update_registered_model(name, description=model.description)
    client.update_model_version(name, version, description=model.description)
    client.set_model_version_tag(name, version, MODEL_TAG, model.model_sha256)
    for tag in _VERSION_TAGS:
        if record.tags.get(tag):
            client.set_model_version_tag(name, version, tag, record.tags[tag])


@contextlib.contextmanager
def _by_default(uri: str) -> Iterator[None]:
    """Make a store MLflow's default while something is logged that takes no client.

    MLflow also puts its default into the environment, from where later stores, and processes that
    are started later, would take it: so it is put back.
    """
    import mlflow  # noqa: PLC0415

    before = os.environ.get("MLFLOW_TRACKING_URI")
    mlflow.set_tracking_uri(uri)
    try:
        yield
    finally:
        mlflow.set_tracking_uri(None)  # type: ignore[arg-type]  # back to the environment's
        if before is not None:
            os.environ["MLFLOW_TRACKING_URI"] = before


def point_challenger(client: MlflowClient, name: str, run: str) -> None:
    """Give the alias ``challenger`` to the version that a run registered, if it has one.

    The alias ``champion`` is never touched: only a promotion moves it.
    """
    for version in client.search_model_versions(f"run_id = '{run}'"):
        # A version that is found by searching does not tell its aliases.
        if client.get_registered_model(name).aliases.get(CHALLENGER) != str(version.version):
            client.set_registered_model_alias(name, CHALLENGER, version.version)
