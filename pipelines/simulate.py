"""Stage `simulate`: write the demo cohort's raw files, and its truth apart from them."""

from pipelines.runtime.stage import Stage, run_stage
from simulation import simulate, write_cohort


def main(stage: Stage) -> None:
    """Write data/raw/demo and data/truth/demo."""
    data = stage.workspace.root / "data"
    cohort = simulate(stage.params.simulation)
    write_cohort(cohort, data / "raw" / "demo", data / "truth" / "demo")


if __name__ == "__main__":
    run_stage(main)
