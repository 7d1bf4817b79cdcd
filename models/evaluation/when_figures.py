"""WHO and WHEN of an evaluation: a table of its own, and figures among the metrics."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from common.arrays import Floats
from models.comparators.names import ORACLE
from models.metrics.who_when import who_when
from models.settings.evaluation import IntervalSettings

DRAWN: Final = "drawn"
TRUE: Final = "true"
MOST_DRAWS: Final = 200
"""Each draw fits a regression; more draws than these change no digit that is shown."""

Nested = dict[str, dict[str, dict[str, float | None]]]


def when_table(
    rows: pd.DataFrame,
    predictions: Mapping[str, Floats],
    leading: str,
    truth: Floats | None,
    settings: IntervalSettings,
) -> pd.DataFrame:
    """Return model, label (drawn or true), measure, value, low, high.

    Of the model in use and, on simulated data, of the oracle; on the events that were drawn and on
    the true probabilities.

    Parameters
    ----------
    rows : pandas.DataFrame of shape (n, ...)
        athlete, date, event.
    predictions : mapping of str to ndarray of shape (n,)
        Probabilities by model.
    leading : str
        The model in use.
    truth : ndarray of shape (n,) or None
        True probabilities of simulated rows.
    settings : IntervalSettings
        Draws of athletes.
    """
    few = settings.model_copy(update={"replicates": min(settings.replicates, MOST_DRAWS)})
    labels = {DRAWN: rows["event"].to_numpy(dtype=np.float64)}
    if truth is not None:
        labels[TRUE] = truth
    # The oracle too: drawn events bias these figures, and it shows by how much.
    shown = [name for name in (leading, ORACLE) if name in predictions]
    tables = [
        who_when(y, predictions[name], rows["athlete"], rows["date"], few).assign(
            model=name, label=label
        )
        for name in shown
        for label, y in labels.items()
    ]
    order = ["model", "label", "measure", "value", "low", "high"]
    return pd.concat(tables, ignore_index=True)[order]


def among_metrics(nested: Nested, table: pd.DataFrame) -> Nested:
    """Return the metrics with these figures added; those on true probabilities end in `_true`."""
    by_model = {model: dict(figures) for model, figures in nested.items()}
    for row in table.to_dict("records"):
        name = str(row["measure"]) + ("_true" if row["label"] == TRUE else "")
        numbers = {end: _plain(row[end]) for end in ("value", "low", "high")}
        by_model.setdefault(str(row["model"]), {})[name] = numbers
    return by_model


def _plain(value: float) -> float | None:
    return None if not np.isfinite(value) else float(value)
