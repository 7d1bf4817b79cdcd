"""The feature matrix by parts: some athletes at a time, so that no memory holds the whole.

A part reads the rows of its athletes from the tables, computes, and writes one Parquet file. The
files are then joined part after part. What was written before a run broke off is kept under a
name made from tables, settings and code; the next run computes what is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from common.atomic import atomic
from common.frame_files import read_frame, text_columns, write_frame
from common.table_files import read_tables
from features.catalogue.settings import FeatureSettings
from features.kernels.grid import build_grid
from features.matrix import feature_matrix
from features.panel.chunks import chunk_bounds
from pipelines.runtime.engine import Place
from pipelines.runtime.kept_parts import folder_of_parts, name_of_inputs, run_missing

_CODE: Final = ("common", "features", "extensions/features")


@dataclass(frozen=True)
class FeaturePart:
    """Athletes whose features are computed at once.

    Parameters
    ----------
    tables : pathlib.Path
        Folder of the tables.
    first, last : str
        The athletes from one to the other, by name, both included.
    out : pathlib.Path
        The Parquet file of their rows.
    settings : FeatureSettings
        As for :func:`features.matrix.feature_matrix`.
    """

    tables: Path
    first: str
    last: str
    out: Path
    settings: FeatureSettings

    @property
    def name(self) -> str:
        """The athletes, as a message tells them."""
        return f"athletes {self.first} to {self.last}"


def featurize_part(part: FeaturePart) -> None:
    """Compute and write the rows of one part; what every engine calls."""
    tables = read_tables(part.tables, (part.first, part.last))
    write_frame(part.out, feature_matrix(tables, part.settings))


def write_features(
    tables: Path, out: Path, settings: FeatureSettings, place: Place, root: Path
) -> None:
    """Write the feature matrix of the tables to one Parquet file, the same under every engine.

    Parameters
    ----------
    tables : pathlib.Path
        Folder of the tables.
    out : pathlib.Path
        Parquet file.
    settings : FeatureSettings
        `chunk_days` bounds the athlete-days of a part, and with them the memory of a process.
    place : Place
        Engine, processes, scheduler.
    root : pathlib.Path
        Folder of the project, whose code counts for what may be kept.

    Raises
    ------
    StridecastError
        As :func:`pipelines.runtime.kept_parts.run_missing`.
    """
    code = [root / name for name in _CODE]
    name = name_of_inputs(tables.glob("*.parquet"), code, settings.model_dump_json())
    with folder_of_parts(root, "features", name) as folder:
        parts = _parts(tables, folder, settings)
        if parts:
            run_missing(featurize_part, parts, place, "features")
            join_frames([part.out for part in parts], out)
        else:
            # Without any athlete the file still has its columns.
            write_frame(out, feature_matrix(read_tables(tables), settings))


def join_frames(paths: Sequence[Path], out: Path) -> None:
    """Write Parquet files one after the other into a file, a part in memory.

    They have one schema, but for columns in which a part has no value; files without rows, whose
    columns may have any type, are left out.
    """
    filled = [path for path in paths if pq.read_metadata(path).num_rows] or paths[:1]
    schema = shared_schema(filled)
    # Dictionaries for texts alone: for columns of floats they make the writing many times slower.
    text = text_columns(schema.empty_table().to_pandas())
    with (
        atomic(out) as whole,
        pq.ParquetWriter(whole, schema, compression="zstd", use_dictionary=text) as writer,
    ):
        for path in filled:
            writer.write_table(pq.read_table(path, schema=schema))


def shared_schema(paths: Sequence[Path]) -> pa.Schema:
    """Return one schema for all: a column without values in one part has the type of the others."""
    schemas = (pq.read_schema(path) for path in paths)
    first = next(schemas)
    others = [schema for schema in schemas if not schema.equals(first)]
    if not others:
        return first
    return pa.unify_schemas([first, *others], promote_options="permissive")


def _parts(tables: Path, folder: Path, settings: FeatureSettings) -> list[FeaturePart]:
    columns = ["athlete", "observed_from", "observed_to"]
    grid = build_grid(read_frame(tables / "athletes.parquet", columns))
    bounds = chunk_bounds(grid.offsets, settings.chunk_days)
    return [
        FeaturePart(
            tables,
            grid.athletes[first],
            grid.athletes[after - 1],
            folder / f"part-{number:06d}.parquet",
            settings,
        )
        for number, (first, after) in enumerate(bounds)
        if after > first
    ]
