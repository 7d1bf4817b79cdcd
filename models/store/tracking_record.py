"""What one MLflow run holds: a stage fills the record, :mod:`models.store.tracking` writes it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import lightgbm as lgb
import pandas as pd

from common.arrays import Floats

Kind = Literal["comparator", "fold", "trial", "ablation"]


@dataclass(frozen=True)
class OwnFiles:
    """Files of an estimator of one's own.

    Parameters
    ----------
    described, text, code : pathlib.Path
        `own.json`, `own.txt`, and the file of code that offers the estimator.
    predict : callable
        Feature rows to probabilities, shape (n,).
    """

    described: Path
    text: Path
    code: Path
    predict: Callable[[pd.DataFrame], Floats]


@dataclass(frozen=True, kw_only=True)
class TrackedModel:
    """A model to be logged with its contract.

    Parameters
    ----------
    booster : lightgbm.Booster, optional
        Calibrated; its plain prediction is the probability.
    evidence, residual : pathlib.Path, optional
        Files of evidence and scaled trees, instead of a booster.
    own : OwnFiles, optional
        An estimator of one's own, instead of both.
    medians : pandas.DataFrame of shape (1, features)
        The input example: each feature's median over the training rows, nobody's row.
    description : str
        What the model forecasts, in a sentence.
    model_sha256 : str
        SHA-256 of the model file, by which a promotion finds the version again.
    simulated : bool
        Whether it was trained on simulated runners: it then says so wherever it is loaded.
    """

    medians: pd.DataFrame
    description: str
    booster: lgb.Booster | None = None
    evidence: Path | None = None
    residual: Path | None = None
    own: OwnFiles | None = None
    model_sha256: str = ""
    simulated: bool = False

    @property
    def text(self) -> str:
        """All that makes the model, as text."""
        if self.booster is not None:
            return str(self.booster.model_to_string())
        own = self.own
        files = (self.evidence, self.residual) if own is None else (own.described, own.text)
        return "\n".join(path.read_text(encoding="utf-8") for path in files if path is not None)


@dataclass(frozen=True, kw_only=True)
class DataUsed:
    """Rows a run learnt from or was tested on, told without a single row.

    Parameters
    ----------
    name : str
        Name of the dataset.
    context : {"training", "test"}
        What the rows were for.
    digest : str
        Of their values, see :func:`rows_digest`; equal digests are equal rows.
    profile : mapping of str to int or str
        Rows, athletes, events, first and last as-of date.
    columns : sequence of str
        Names of the features, all floats.
    """

    name: str
    context: Literal["training", "test"]
    digest: str
    profile: Mapping[str, int | str]
    columns: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class ChildRun:
    """A nested run: a comparator, a fold, a tuning trial or a step of the ablation.

    Its metrics have the names of the parent's: one chart shows both. A comparator that may be
    promoted, an estimator of one's own, brings its model.
    """

    kind: Kind
    name: str
    metrics: Mapping[str, float]
    params: Mapping[str, str] = field(default_factory=dict)
    model: TrackedModel | None = None


@dataclass(frozen=True, kw_only=True)
class RunRecord:
    """Everything one MLflow run holds, its nested runs included."""

    dataset: str
    outcome: str
    params: Mapping[str, str]
    metrics: Mapping[str, float]
    tags: Mapping[str, str]
    name: str = ""
    note: str = ""
    data: Sequence[DataUsed] = field(default_factory=tuple)
    children: Sequence[ChildRun] = field(default_factory=tuple)
    artifacts: Sequence[Path] = field(default_factory=tuple)
    model: TrackedModel | None = None

    @property
    def experiment(self) -> str:
        """Name of the MLflow experiment."""
        return f"{self.dataset}/{self.outcome}"

    @property
    def registered_name(self) -> str:
        """Name of the registered model; it carries dataset and outcome."""
        return registered_name(self.dataset, self.outcome)

    def digest(self) -> str:
        """Return the digest of parameters, metrics and model: one run per result.

        Nested runs are left out: those that come later (an ablation, further trials) join it.
        """
        model = self.model.text if self.model else ""
        # No dates and no commit: the same result of a later commit is the same run.
        lines = [self.dataset, self.outcome, *_lines(self.params), *_lines(self.metrics)]
        return hashlib.sha256("\n".join([*lines, model]).encode()).hexdigest()[:16]


def registered_name(dataset: str, outcome: str) -> str:
    """Return the name of a registered model; it carries dataset and outcome."""
    return f"stridecast-{dataset}-{outcome}"


def rows_digest(rows: pd.DataFrame) -> str:
    """Return 32 hex digits of the values of rows, in order; the same rows have the same digest.

    Examples
    --------
    >>> rows = pd.DataFrame({"sleep_h": [7.5, None], "event": [0.0, 1.0]})
    >>> rows_digest(rows) == rows_digest(rows.copy())
    True
    >>> rows_digest(rows) == rows_digest(rows.fillna(0.0))
    False
    """
    hashes = pd.util.hash_pandas_object(rows, index=False).to_numpy()
    names = "\n".join(str(name) for name in rows.columns)
    return hashlib.sha256(names.encode() + hashes.tobytes()).hexdigest()[:32]


def _lines(values: Mapping[str, object]) -> list[str]:
    return [f"{name}={value!r}" for name, value in sorted(values.items())]
