"""Feature matrices of cohorts that fit no memory: partitions of athletes, each a folder of tables.

A partition is read, computed and written by one call of :func:`featurize_partition`, which any
process or cluster can make: `Executor.map`, or ``client.map(featurize_partition, ...)`` of Dask.
Only paths and settings travel; the workers read and write Parquet themselves.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import pandas as pd

from common.frame_files import write_frame
from common.table_files import read_tables, write_tables
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from features.panel.chunks import athlete_chunks


def write_partitions(tables: Mapping[str, pd.DataFrame], folder: Path, days: int) -> list[Path]:
    """Cut tables by athletes into folders of at most `days` athlete-days (or one athlete).

    Returns
    -------
    list of pathlib.Path
        ``folder/part-00000`` and so on, athletes in sorted order.
    """
    paths = []
    for number, part in enumerate(athlete_chunks(tables, days)):
        path = folder / f"part-{number:05d}"
        write_tables(path, part)
        paths.append(path)
    return paths


def featurize_partition(path_in: Path, path_out: Path, settings: FeatureSettings) -> int:
    """Compute the feature matrix of one partition and write it as one Parquet file.

    Parameters
    ----------
    path_in : pathlib.Path
        Folder of tables, as :func:`common.table_files.write_tables` writes them.
    path_out : pathlib.Path
        Parquet file, replaced in one step.
    settings : FeatureSettings
        As for :func:`features.matrix.feature_matrix`.

    Returns
    -------
    int
        Rows written.
    """
    rows = feature_matrix(read_tables(path_in), settings)
    write_frame(path_out, rows)
    return len(rows)


def featurize_partitions(
    paths: Sequence[Path], folder: Path, settings: FeatureSettings, processes: int = 1
) -> int:
    """Compute every partition into ``folder/<name>.parquet``; returns the rows written.

    The number of processes changes no bit of what is written.
    """
    outs = [folder / f"{path.name}.parquet" for path in paths]
    if processes == 1:
        return sum(map(featurize_partition, paths, outs, repeat(settings)))
    # Spawned, because forking a process that has threads may leave a lock held for ever.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return sum(pool.map(featurize_partition, paths, outs, repeat(settings)))
