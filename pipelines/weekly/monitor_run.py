"""What a monitoring leaves in MLflow: figures of the whole team, nothing about a person."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from models.store.tracking import default_uri, track
from models.store.tracking_record import RunRecord

OUTCOME: Final = "monitoring"
_FIGURES: Final = (
    "forecasts", "events", "expected", "oe", "oe_low", "oe_high", "intercept", "slope", "brier",
    "brier_skill",
)  # fmt: skip


def has_store(project: Path) -> bool:
    """Return whether there is an MLflow store: named by the environment, or the project's own."""
    # No store is made here: a team that never asked for MLflow shall not find a database.
    return bool(os.environ.get("MLFLOW_TRACKING_URI")) or (project / "mlflow.db").exists()


def log_monitoring(report: Mapping[str, Any], project: Path) -> str:
    """Log a monitoring once and return a line that says where.

    Parameters
    ----------
    report : mapping
        From :func:`pipelines.weekly.monitor_folder.monitor_folder`.
    project : Path
        Folder with the store `mlflow.db`, unless the environment names another.

    Raises
    ------
    StridecastError
        If the store cannot be reached or refuses.
    """
    record = record_of(report)
    run, written = track(record, uri=default_uri(project), artifact_root=project / "mlartifacts")
    return f"MLflow {record.experiment}: run {run} {'logged' if written else 'was logged before'}"


def record_of(report: Mapping[str, Any]) -> RunRecord:
    """Return the tracked run of a report: counts, calibration, drift; it names no athlete."""
    return RunRecord(
        dataset=report["dataset"],
        outcome=OUTCOME,
        name=f"{report['dataset']} up to {report['until']}",
        params={"until": report["until"], "horizon_days": str(report["horizon_days"])},
        metrics=_metrics(report),
        tags={
            "verdict": report["verdict"],
            "simulated": str(report["simulated"]).lower(),
            "drifted_features": ", ".join(_drifted(report)) or "none",
        },
    )


def _metrics(report: Mapping[str, Any]) -> dict[str, float]:
    # Counts only: whoever may read the MLflow store need not be allowed to see who is injured.
    metrics: dict[str, float] = {
        "weeks": report["weeks"],
        "silent_athletes": len(report["silent"]),
        "new_devices": len(report["new_devices"]),
        "drifted_features": len(_drifted(report)),
    }
    for row in report["outcomes"]:
        group = row["group"].replace(" ", "_")
        for name in _FIGURES:
            # MLflow takes numbers only: what is not known yet is left out, never logged as 0.
            if row[name] is not None:
                metrics[f"{row['outcome']}.{group}.{name}"] = float(row[name])
    for outcome, evidence in report["evidence"].items():
        metrics[f"{outcome}.evidence_of_shift"] = float(evidence)
    return metrics


def _drifted(report: Mapping[str, Any]) -> list[str]:
    return [
        drift["feature"]
        for part in ("value_drift", "missing_drift")
        for drift in report[part]
        if drift["drifted"]
    ]
