"""The feature matrix by parts: some athletes at a time, so that no memory holds the whole.

A part reads the rows of its athletes from the tables, computes, and writes one Parquet file. The
files are then joined part after part. What was written before a run broke off is kept under a
name made from tables, settings and code; the next run computes what is missing.
"""

import hashlib
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from common.atomic import atomic
from common.errors import StridecastError
from common.frame_files import read_frame, text_columns, write_frame
from common.table_files import read_tables
from features.catalogue.settings import FeatureSettings
from features.kernels.grid import build_grid
from features.matrix import feature_matrix
from features.panel.chunks import chunk_bounds
from pipelines.runtime.engine import Place, run_parts

_CODE: Final = ("common", "features", "extensions/features")
_SHOWN: Final = 3


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
        If parts failed; the others are kept, and a rerun computes those alone.
    """
    kept = root / ".stridecast-cache" / "features" / _digest(tables, settings, root)
    parts = _parts(tables, kept, settings)
    if not parts:
        write_frame(out, feature_matrix(read_tables(tables), settings))
        return
    missing = [part for part in parts if not part.out.exists()]
    if len(missing) < len(parts):
        print(
            f"{len(parts) - len(missing)} of {len(parts)} parts are kept from a run that broke off"
        )
    failed = run_parts(featurize_part, missing, place)
    if failed:
        raise StridecastError(_told(failed, len(parts)), "mend the cause and run the stage again")
    join_frames([part.out for part in parts], out)
    shutil.rmtree(kept.parent)


def join_frames(paths: Sequence[Path], out: Path) -> None:
    """Write Parquet files of one schema one after the other into a file, a part in memory."""
    schema = pq.read_schema(paths[0])
    text = text_columns(read_frame(paths[0]).iloc[:0])
    with (
        atomic(out) as whole,
        pq.ParquetWriter(whole, schema, compression="zstd", use_dictionary=text) as writer,
    ):
        for path in paths:
            writer.write_table(pq.read_table(path, schema=schema))


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


def _digest(tables: Path, settings: FeatureSettings, root: Path) -> str:
    """Return a name for what the parts are made of: tables by size and time, settings, code."""
    digest = hashlib.sha256(settings.model_dump_json().encode())
    for path in sorted(tables.glob("*.parquet")):
        state = path.stat()
        digest.update(f"{path.resolve()} {state.st_size} {state.st_mtime_ns}".encode())
    for path in sorted(path for name in _CODE for path in (root / name).rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:20]


def _told(failed: dict[str, str], parts: int) -> str:
    shown = "; ".join(f"{name}: {fault}" for name, fault in list(failed.items())[:_SHOWN])
    more = f"; and {len(failed) - _SHOWN} more" if len(failed) > _SHOWN else ""
    return f"{len(failed)} of {parts} parts have no features. {shown}{more}"
