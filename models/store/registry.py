"""The registry's side of a promotion: the alias `champion` on the version that holds the model.

What scores is the exported folder; the registry only shows it. So a store that is down or locked
delays the alias and nothing else, and setting it again later is harmless.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from common.errors import StridecastError
from models.store.tracking import opened
from models.store.tracking_model import MODEL_TAG

if TYPE_CHECKING:
    from mlflow import MlflowClient

CHAMPION: Final = "champion"
GATES_TAG: Final = "stridecast.gates"
_SQLITE: Final = "sqlite:///"
_LATER: Final = "run `stridecast promote` again once it answers"
_PATIENCE_S: Final = 2.0


def point_champion(uri: str, name: str, model_sha256: str) -> bool:
    """Set the alias `champion` on the version that holds a model.

    Parameters
    ----------
    uri : str
        MLflow tracking address.
    name : str
        Name of the registered model.
    model_sha256 : str
        SHA-256 of the model file, by which the version is found.

    Returns
    -------
    bool
        Whether the registry holds the model; without it the alias is taken off, lest it name
        another model than the one that scores.

    Raises
    ------
    StridecastError
        If the store cannot be reached or refuses.
    """
    with _store(uri) as client:
        version = _version(client, name, model_sha256)
        if version is None:
            if _exists(client, name):
                client.delete_registered_model_alias(name, CHAMPION)
            return False
        client.set_registered_model_alias(name, CHAMPION, version)
        return True


def note_gates(uri: str, name: str, model_sha256: str, verdict: str) -> bool:
    """Write the gates' verdict on the version that holds a model; say whether there is one.

    Raises
    ------
    StridecastError
        If the store cannot be reached or refuses.
    """
    with _store(uri) as client:
        version = _version(client, name, model_sha256)
        if version is None:
            return False
        client.set_model_version_tag(name, version, GATES_TAG, verdict)
        return True


@contextmanager
def _store(uri: str) -> Iterator[MlflowClient]:
    """Yield a client of the store, if it is there and not locked."""
    _refuse_locked(uri)
    with opened(uri) as client:
        yield client


def _refuse_locked(uri: str) -> None:
    """Ask a local database for a moment's write access: MLflow itself would try for minutes."""
    path = Path(uri.removeprefix(_SQLITE))
    if not uri.startswith(_SQLITE):
        return
    if not path.exists():
        raise StridecastError(f"{path}: no MLflow store there yet", _LATER)
    try:
        with closing(sqlite3.connect(path, timeout=_PATIENCE_S, isolation_level=None)) as store:
            # A plain BEGIN takes no lock before the first write, and would find a locked store
            # free.
            store.execute("BEGIN IMMEDIATE")
            store.execute("ROLLBACK")
    except sqlite3.Error as error:
        raise StridecastError(f"MLflow store {path}: {error}", _LATER) from error


def _exists(client: MlflowClient, name: str) -> bool:
    # Asked by a search: getting a model that is not there raises an error and not None.
    return any(model.name == name for model in client.search_registered_models(f"name='{name}'"))


def _version(client: MlflowClient, name: str, model_sha256: str) -> str | None:
    """Return the newest version that holds the model, None without one."""
    versions = client.search_model_versions(f"name='{name}'")
    # As numbers: as text version 10 comes before version 9.
    version_numbers = [int(v.version) for v in versions if v.tags.get(MODEL_TAG) == model_sha256]
    return str(max(version_numbers)) if version_numbers else None
