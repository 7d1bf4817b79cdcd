"""Stage `collect`: one metrics file for all outcomes, and the few figures to compare by."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

from typing import Any

from common.store import read_json, write_json
from models.evaluation.key_figures import headline
from pipelines.runtime.stage import Stage, run_stage


def main(stage: Stage) -> None:
    """Write reports/metrics.json and, beside it, headline.json.

    The first is outcome -> model -> metric -> value, low, high; the second outcome -> metric.
    `dvc exp show` makes a column of every number of a metrics file: it is given the headline, a
    dozen of them, and the whole is beside it.
    """
    metrics: dict[str, Any] = {
        outcome: read_json(stage.workspace.evaluation(outcome) / "metrics.json")
        for outcome in stage.params.outcomes
    }
    reports = stage.workspace.reports
    write_json(reports / "metrics.json", metrics)
    write_json(
        reports / "headline.json", {name: headline(models) for name, models in metrics.items()}
    )


if __name__ == "__main__":
    run_stage(main)
