"""The tables of an evaluation, from which plots are drawn; all are CSV, none names an athlete."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from common.frame_files import write_csv
from models.comparators.names import ORACLE
from models.evaluation.athlete_groups import athlete_groups
from models.evaluation.columns_read import columns_words
from models.evaluation.model_ranking import standings
from models.evaluation.model_table import Evaluation, compare
from models.metrics.alert_budget import alert_budget
from models.metrics.athlete_spread import athlete_spread
from models.metrics.calibration_curve import calibration_curve
from models.metrics.calibration_over_time import calibration_over_time
from models.metrics.decision_curve import decision_curve, thresholds
from models.metrics.risk_distribution import risk_histogram, risk_quantiles
from models.metrics.smooth_calibration import smooth_calibration
from models.metrics.subgroups import subgroups
from models.metrics.validation_size import power_table, validation_size
from models.numeric.weighted_logistic import logit
from models.store.model_facts import facts_and_trees
from pipelines.runtime.stage import Stage

IN_USE: Final = "model_in_use"
"""What plots call the leading model, so that they need not know whether one was fitted."""


@dataclass(frozen=True)
class Tested:
    """One outcome's test rows with everything that is compared with them.

    Parameters
    ----------
    rows : pandas.DataFrame
        athlete, date, event, onset_date, team, sex, birth_year, level and features.
    predictions : dict of str to ndarray of shape (n,)
        Probabilities by model.
    flags : dict of str to ndarray of shape (n,)
        Rules as published.
    base_rate : float
        Event rate of the training part.
    leading : str
        The model in use.
    truth : ndarray of shape (n,) or None
        True probabilities of simulated rows.
    """

    rows: pd.DataFrame
    predictions: dict[str, Floats]
    flags: dict[str, npt.NDArray[np.bool_]]
    base_rate: float
    leading: str
    truth: Floats | None

    @property
    def forecast(self) -> Floats:
        """Probabilities of the model in use."""
        return self.predictions[self.leading]


def write_tables(stage: Stage, tested: Tested, evaluation: Evaluation) -> None:
    """Write reports/evaluation/<outcome>/*.csv."""
    folder = stage.workspace.evaluation(stage.outcome)
    tables = _of_all_models(stage, tested, evaluation) | _of_leading(stage, tested)
    tables |= _plots(tables, tested.leading)
    for name, table in tables.items():
        write_csv(folder / f"{name}.csv", table)


def _of_all_models(stage: Stage, tested: Tested, evaluation: Evaluation) -> dict[str, pd.DataFrame]:
    rows, settings, leading = tested.rows, stage.params.evaluation, tested.leading
    measures = evaluation.table[evaluation.table["model"] == leading]
    return {
        "comparison": _with_columns(stage, compare(evaluation.replicates, leading), "against"),
        "standings": _with_columns(stage, standings(evaluation.replicates), "model"),
        "differences": evaluation.replicates.differences(leading),
        "sample_size": validation_size(
            measures, logit(tested.forecast), float(rows["event"].sum())
        ),
        "power": power_table(evaluation.replicates, leading),
        "alert_budget": alert_budget(rows, tested.predictions, settings),
        "risk_quantiles": risk_quantiles(
            rows["event"], tested.predictions, rows["athlete"], settings
        ),
        **_by_label(tested, "decision_curve", lambda y: _decision_curve(stage, tested, y)),
    }


def _with_columns(stage: Stage, table: pd.DataFrame, models: str) -> pd.DataFrame:
    """Add to a table of models which columns each row was made with."""
    facts = facts_and_trees(stage.workspace.model(stage.outcome))
    words = [columns_words(str(name), facts) for name in table[models]]
    return table.assign(columns=words)


def _of_leading(stage: Stage, tested: Tested) -> dict[str, pd.DataFrame]:
    rows, p, settings = tested.rows, tested.forecast, stage.params.evaluation
    event, who = rows["event"], rows["athlete"]
    return {
        "calibration": calibration_curve(event, p, who, settings),
        **_by_label(
            tested, "calibration_smooth", lambda y: smooth_calibration(y, p, who, settings)
        ),
        "calibration_over_time": calibration_over_time(event, p, rows["date"], who, settings),
        "risk_distribution": risk_histogram(event, p, who, settings, tested.base_rate),
        "subgroups": subgroups(event, p, who, athlete_groups(rows), settings),
        "athlete_spread": _athlete_spread(stage, tested),
    }


def _athlete_spread(stage: Stage, tested: Tested) -> pd.DataFrame:
    """Spread of the model in use, beside the oracle's where there is one."""
    # The oracle's spread is that of luck and of the athletes; a model's is read beside it.
    rows, shown = tested.rows, [n for n in (tested.leading, ORACLE) if n in tested.predictions]
    settings = stage.params.evaluation
    tables = [
        athlete_spread(rows["event"], tested.predictions[name], rows["athlete"], settings)
        for name in shown
    ]
    return pd.concat(tables, keys=shown, names=["model"]).reset_index("model")


def _plots(tables: dict[str, pd.DataFrame], leading: str) -> dict[str, pd.DataFrame]:
    """Return the tables that `dvc plots` draws line by line: one column per line."""
    # `dvc plots` compares runs by column name, and the model in use may differ between them.
    named = {leading: IN_USE}
    alerts = tables["alert_budget"].replace({"model": named})
    curve = tables["decision_curve"].replace({"strategy": named})
    return {
        "plot_decision_curve": _wide(curve, "threshold", "strategy", "net_benefit"),
        "plot_precision": _wide(alerts, "flags_per_team_week", "model", "precision"),
        "plot_recall": _wide(alerts, "flags_per_team_week", "model", "recall"),
        "plot_risk_distribution": _wide(tables["risk_distribution"], "risk", "outcome", "share"),
    }


def _wide(table: pd.DataFrame, x: str, line: str, y: str) -> pd.DataFrame:
    wide = table.pivot_table(index=x, columns=line, values=y)
    return wide.rename_axis(columns=None).reset_index()


def _decision_curve(stage: Stage, tested: Tested, y: Floats) -> pd.DataFrame:
    return decision_curve(
        y,
        tested.predictions,
        tested.flags,
        tested.rows["athlete"],
        stage.params.evaluation,
        thresholds(tested.base_rate),
        tested.leading,
    )


def _by_label(
    tested: Tested, name: str, table: Callable[[Floats], pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Return the table on what happened and, on simulated data, on the true probabilities."""
    tables = {name: table(tested.rows["event"].to_numpy(dtype=float))}
    if tested.truth is not None:
        # True probabilities take the luck of the draw out of a curve.
        tables[f"{name}_true"] = table(tested.truth)
    return tables
