"""Stage `featurize`: the weekly feature matrix of a dataset."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

from common.frame_files import write_frame
from common.table_files import read_tables
from features.matrix import feature_matrix
from pipelines.runtime.stage import Stage, run_stage


def main(stage: Stage) -> None:
    """Write data/features/<dataset>/features.parquet."""
    tables = read_tables(stage.workspace.tables)
    rows = feature_matrix(tables, stage.params.features)
    write_frame(stage.workspace.features, rows)
    people = rows["athlete"].nunique()
    print(f"{len(rows):,} weekly rows of {people} athletes, {rows.shape[1] - 2} features")


if __name__ == "__main__":
    run_stage(main)
