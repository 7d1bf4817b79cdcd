"""Stage `simulate`: write the demo cohort's raw files, and its truth apart from them."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

from pipelines.runtime.stage import Stage, run_stage
from simulation.cohort import simulate
from simulation.export.files import write_cohort


def main(stage: Stage) -> None:
    """Write data/raw/demo and data/truth/demo."""
    data = stage.workspace.root / "data"
    cohort = simulate(stage.params.simulation)
    write_cohort(cohort, data / "raw" / "demo", data / "truth" / "demo")


if __name__ == "__main__":
    run_stage(main)
