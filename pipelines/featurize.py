"""Stage `featurize`: the weekly feature matrix of a dataset."""

from pipelines.runtime.entry import enter

if __name__ == "__main__":
    enter()

import pyarrow.parquet as pq

from common.frame_files import read_frame
from pipelines.runtime.stage import Stage, run_stage
from pipelines.stage_parts.feature_parts import write_features


def main(stage: Stage) -> None:
    """Write data/features/<dataset>/features.parquet."""
    out, params = stage.workspace.features, stage.params
    write_features(
        stage.workspace.tables, out, params.features, params.place(), stage.workspace.root
    )
    written = pq.ParquetFile(out).metadata
    people = read_frame(out, ["athlete"])["athlete"].nunique()
    print(
        f"{written.num_rows:,} weekly rows of {people} athletes, {written.num_columns - 2} features"
    )


if __name__ == "__main__":
    run_stage(main)
