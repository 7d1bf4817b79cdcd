"""What later stages must know of a dataset: its settings travel with its tables."""

from common.store import read_json, write_json
from ingest.dataset.settings import DatasetConfig
from pipelines.runtime.workspace import Workspace

FILE_NAME = "dataset.json"


def write_dataset(workspace: Workspace, config: DatasetConfig) -> None:
    """Keep the settings a dataset was ingested with beside its tables."""
    write_json(workspace.tables / FILE_NAME, config.model_dump(mode="json"))


def read_dataset(workspace: Workspace) -> DatasetConfig:
    """Return the settings the tables were made with."""
    return DatasetConfig.model_validate(read_json(workspace.tables / FILE_NAME))
