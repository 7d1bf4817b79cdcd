"""Where things lie: one place that knows the folders."""

import os
from dataclasses import dataclass
from pathlib import Path

from ingest.dataset.cache_folder import default_cache
from ingest.dataset.find import project_root

FEATURE_SETTINGS_FILE = "features.json"
"""Beside a model: the settings its features were made with."""

PREDICTIONS_FILE = "predictions.parquet"
"""Of comparators and of an evaluation: a row per test row, a column per model."""

FLAGS_FILE = "flags.parquet"
MEASURES_FILE = "cross_validation.csv"
FOLDS_FILE = "cross_validation_folds.csv"
SUMMARY_FILE = "cross_validation.json"
"""Of an evaluation: the nested cross-validation of few injuries; the forecasts are its stage's."""

NOT_FITTED_FILE = "not_fitted.csv"

COLUMNS_FILE = "columns.json"
"""Beside the split: which columns the models of this outcome read; none where no model is due.

Comparators get the model's own columns, and depend on this file rather than on the model, whose
settings say nothing about them.
"""

AUDITS_FILE = "audits.json"
"""Beside a model: the verdicts of the audits of the data it learnt from."""


def original_root(root: Path) -> Path:
    """Return the project's own root, also from within a queued experiment's temporary copy."""
    # Resolved, because MLflow's address must be absolute to be the same from every folder.
    return Path(os.environ.get("DVC_ROOT", root)).resolve()


def kept_parses(root: Path) -> Path:
    """Return the folder where parsed files are kept, the same for every command of a project."""
    return default_cache(project_root(root))


@dataclass(frozen=True)
class Workspace:
    """Paths of one dataset's run.

    Parameters
    ----------
    root : Path
        Folder that holds ``dvc.yaml``.
    dataset : str
        Name of the dataset, a folder under ``data/raw``.
    """

    root: Path
    dataset: str

    @property
    def tables(self) -> Path:
        """Folder of the harmonised tables."""
        return self.root / "data" / "tables" / self.dataset

    @property
    def features(self) -> Path:
        """Weekly feature matrix."""
        return self.root / "data" / "features" / self.dataset / "features.parquet"

    @property
    def truth(self) -> Path:
        """Folder of the simulator's truth; absent for real data."""
        return self.root / "data" / "truth" / self.dataset

    def model(self, outcome: str) -> Path:
        """Return the folder of a trained model."""
        return self.root / "artifacts" / "models" / self.dataset / outcome

    def additive(self, outcome: str) -> Path:
        """Return the folder of the additive model, the second kind that may be promoted."""
        return self.model(outcome) / "additive"

    def rows(self, outcome: str) -> Path:
        """Return the file with the digests of what a model learnt from: its rows and columns."""
        return self.root / "artifacts" / "rows" / self.dataset / f"{outcome}.json"

    def comparators(self, outcome: str) -> Path:
        """Return the folder of what comparators say of the test rows."""
        return self.root / "artifacts" / "comparators" / self.dataset / outcome

    def nested(self, outcome: str) -> Path:
        """Return the folder of the out-of-fold forecasts of nested cross-validation."""
        return self.root / "artifacts" / "nested" / self.dataset / outcome

    def own(self, outcome: str) -> Path:
        """Return the folder of the models of one's own estimators, one folder each."""
        return self.root / "artifacts" / "own" / self.dataset / outcome

    def recalibrated(self, outcome: str) -> Path:
        """Return the folder of a recalibrated model that waits for its gates."""
        return self.root / "artifacts" / "recalibrated" / self.dataset / outcome

    def champion(self, outcome: str) -> Path:
        """Return the folder of the promoted models; see :mod:`models.store.champion`."""
        return self.root / "artifacts" / "champion" / self.dataset / outcome

    def own_outcomes(self) -> tuple[str, ...]:
        """Return the outcomes beside `any` and `knee` for which a model was promoted."""
        folder = self.root / "artifacts" / "champion" / self.dataset
        names = (path.name for path in folder.iterdir() if path.is_dir()) if folder.exists() else ()
        # Sorted, because the order in which a file system lists folders differs by machine.
        return tuple(sorted(set(names) - {"any", "knee"}))

    @property
    def scores(self) -> Path:
        """Folder of the latest week's scores."""
        return self.root / "artifacts" / "scores" / self.dataset

    @property
    def reports(self) -> Path:
        """Folder of metrics, plots and pages."""
        return self.root / "reports"

    def audits(self, outcome: str) -> Path:
        """Return the file of what the audits decided of an outcome's training data."""
        return self.reports / "audits" / f"{outcome}.json"

    def evaluation(self, outcome: str) -> Path:
        """Return the folder of an outcome's evaluation."""
        return self.reports / "evaluation" / outcome

    def explanation(self, outcome: str) -> Path:
        """Return the folder of an outcome's explanation."""
        return self.reports / "explanation" / outcome
