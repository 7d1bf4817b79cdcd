"""Stage `collect`: one metrics file for all outcomes."""

from typing import Any

from ingest.store import read_json, write_json
from pipelines.stage import Stage, run_stage


def main(stage: Stage) -> None:
    """Write reports/metrics.json: outcome -> model -> metric -> value, low, high."""
    metrics: dict[str, Any] = {
        outcome: read_json(stage.workspace.evaluation(outcome) / "metrics.json")
        for outcome in stage.params.outcomes
    }
    write_json(stage.workspace.reports / "metrics.json", metrics)


if __name__ == "__main__":
    run_stage(main)
