"""A model in MLflow's registry: plain files, signature, input example, description, alias."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd

from common.untyped import Untyped
from models.store.import_closure import copy_closure, distributions_of
from models.store.stack_files import revived_stack
from models.store.tracking_record import RunRecord, TrackedModel

if TYPE_CHECKING:
    from mlflow import MlflowClient

CHALLENGER: Final = "challenger"
MODEL_TAG: Final = "stridecast.model_sha256"
"""Tag of a version: by it a promotion finds the version that holds a model file."""
SIMULATED_TAG: Final = "stridecast.simulated"
"""Tag of a version, key of a model's metadata and of its settings: trained on simulated runners."""
SERVED: Final = Path(__file__).with_name("served_evidence.py")
SERVED_WITH: Final = ("lightgbm", "numpy", "pandas", "scipy", "pydantic", "PyYAML")
"""What the code beside a served model imports."""
SERVED_OWN: Final = Path(__file__).with_name("served_own.py")
SERVED_OWN_WITH: Final = ("numpy", "pandas")
_VERSION_TAGS: Final = ("git_commit", "git_commit_is_baseline", "dvc_exp_name", "data_md5")


def log_model(client: MlflowClient, run: str, record: RunRecord, model: TrackedModel) -> None:
    """Log the model into a run and register it as a version with description and tags."""
    import mlflow

    log = _log_evidence if model.booster is None else _log_booster
    log = log if model.own is None else _log_own
    # log_model takes no client, only MLflow's default store.
    with _by_default(client.tracking_uri), _as_required(), mlflow.start_run(run_id=run):
        logged = log(record, model)
    name, version = record.registered_name, str(logged.registered_model_version)
    client.update_registered_model(name, description=model.description)
    client.update_model_version(name, version, description=model.description)
    client.set_model_version_tag(name, version, MODEL_TAG, model.model_sha256)
    client.set_model_version_tag(name, version, SIMULATED_TAG, str(model.simulated).lower())
    for tag in _VERSION_TAGS:
        if record.tags.get(tag):
            client.set_model_version_tag(name, version, tag, record.tags[tag])


def _log_booster(record: RunRecord, model: TrackedModel) -> Untyped:
    import mlflow.lightgbm

    booster = model.booster
    if booster is None:
        raise TypeError("a model without a booster is logged as evidence")
    return mlflow.lightgbm.log_model(
        booster,
        name="model",
        pip_requirements=_requirements("lightgbm"),
        **_contract(record, model, booster.predict),
    )


def _log_evidence(record: RunRecord, model: TrackedModel) -> Untyped:
    """Log code and two plain files: the model is loaded without this project installed."""
    import mlflow.pyfunc

    files = {"evidence": model.evidence, "residual": model.residual}
    texts = {n: p.read_text(encoding="utf-8") for n, p in files.items() if p is not None}
    stack = revived_stack(json.loads(texts["evidence"]), texts["residual"])
    with tempfile.TemporaryDirectory() as folder:
        # The closure and not the project: a server should not install parsers and pages.
        code = copy_closure(SERVED, Path(folder))
        return mlflow.pyfunc.log_model(
            name="model",
            python_model=str(SERVED),
            artifacts={name: str(path) for name, path in files.items()},
            code_paths=code,
            pip_requirements=_requirements(*SERVED_WITH),
            model_config={SIMULATED_TAG: model.simulated},
            **_contract(record, model, stack.probability),
        )


def _log_own(record: RunRecord, model: TrackedModel) -> Untyped:
    """Log an estimator's text, its file of code and what of the project both import."""
    import mlflow.pyfunc

    own = model.own
    if own is None:
        raise TypeError("a model without own files is none of somebody's own")
    files = {"own": own.described, "text": own.text, "code": own.code}
    with tempfile.TemporaryDirectory() as folder:
        code = copy_closure(SERVED_OWN, Path(folder), also_for=own.code)
        needed = sorted({*SERVED_OWN_WITH, *distributions_of(own.code)})
        return mlflow.pyfunc.log_model(
            name="model",
            python_model=str(SERVED_OWN),
            artifacts={name: str(path) for name, path in files.items()},
            code_paths=code,
            pip_requirements=_requirements(*needed),
            model_config={SIMULATED_TAG: model.simulated},
            **_contract(record, model, own.predict),
        )


def _contract(
    record: RunRecord, model: TrackedModel, predict: Callable[[pd.DataFrame], Any]
) -> dict[str, Any]:
    from mlflow.models import ModelSignature, infer_signature
    from mlflow.types.schema import AnyType, ColSpec, Schema

    example = model.medians.astype(float)
    # Names alone: MLflow refuses integers where a signature says double. Types are settled by
    # models.store.served_numbers.as_numbers, and the order of the columns by MLflow, by name.
    anything = AnyType()  # type: ignore[no-untyped-call]  # MLflow's class has no annotations
    inputs = Schema([ColSpec(anything, name) for name in example.columns])
    outputs = infer_signature(example, predict(example)).outputs
    return {
        "signature": ModelSignature(inputs=inputs, outputs=outputs),
        "input_example": example,
        "metadata": {SIMULATED_TAG: model.simulated},
        "registered_model_name": record.registered_name,
    }


def _requirements(*names: str) -> list[str]:
    # Given explicitly: finding them out by itself takes MLflow seconds for each model.
    return [f"{name}=={metadata.version(name)}" for name in names]


@contextlib.contextmanager
def _as_required() -> Iterator[None]:
    """Keep MLflow from looking through all packages for versions other than a model requires.

    :func:`_requirements` requires those that are installed here, so that there are none.
    """
    from mlflow.utils import environment

    name = "warn_dependency_requirement_mismatches"
    before = getattr(environment, name)
    setattr(environment, name, lambda _: None)
    try:
        yield
    finally:
        setattr(environment, name, before)


@contextlib.contextmanager
def _by_default(uri: str) -> Iterator[None]:
    """Make a store MLflow's default while something is logged that takes no client.

    MLflow also puts its default into the environment, from where later stores, and processes that
    are started later, would take it: so it is put back.
    """
    import mlflow

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
