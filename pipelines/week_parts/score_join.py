"""The files of a week from those of its parts: by athlete, and the scores by rank."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from common.arrays import Ints
from common.atomic import atomic
from common.frame_files import read_frame, text_columns
from forecasting.scoring.spreadsheet import safe_csv
from pipelines.stage_parts.feature_parts import join_frames, shared_schema
from pipelines.weekly.week import FRAMES, WAY_BACK

SCORES: Final = "scores"
BY_ATHLETE: Final = (*(name for name in FRAMES if name != SCORES), "compared", "past")
_ROWS_AT_ONCE: Final = 200_000
"""Scores that are put in order together."""


def join_week(parts: Sequence[Path], out: Path) -> None:
    """Write the files of a week from folders with those of its parts, in the order of athletes.

    A frame that all parts lack rows of is written as well. In memory is one part, a sixth of a
    gigabyte of scores, and 40 bytes of each score: probability, place and rank.
    """
    for name in BY_ATHLETE:
        join_frames([part / f"{name}.parquet" for part in parts], out / f"{name}.parquet")
    _join_objects([part / WAY_BACK for part in parts], out / WAY_BACK)
    _join_scores([part / f"{SCORES}.parquet" for part in parts], out)


def _join_objects(paths: Sequence[Path], out: Path) -> None:
    """Write one JSON object of objects whose keys follow one another, without parsing them."""
    bodies = (path.read_text(encoding="utf-8").strip()[1:-1].strip("\n") for path in paths)
    with atomic(out) as whole, whole.open("w", encoding="utf-8") as text:
        begun = False
        for body in filter(None, bodies):
            text.write(",\n" if begun else "{\n")
            text.write(body)
            begun = True
        text.write("\n}\n" if begun else "{}\n")


def _join_scores(paths: Sequence[Path], out: Path) -> None:
    """Write the scores of each outcome, the highest forecast first, as Parquet and as CSV."""
    schema = shared_schema([p for p in paths if pq.read_metadata(p).num_rows] or paths[:1])
    place, rank = _places(paths)
    ends = np.cumsum([pq.read_metadata(path).num_rows for path in paths])
    text = text_columns(schema.empty_table().to_pandas())
    with (
        atomic(out / f"{SCORES}.parquet") as whole,
        atomic(out / f"{SCORES}.csv") as sheet,
        pq.ParquetWriter(whole, schema, compression="zstd", use_dictionary=text) as writer,
        sheet.open("w", encoding="utf-8", newline="") as lines,
    ):
        for first in range(0, max(len(place), 1), _ROWS_AT_ONCE):
            table = _in_places(paths, ends, place, first)
            table = table.assign(rank=rank[place[table.index]]).reset_index(drop=True)
            writer.write_table(pa.Table.from_pandas(table, schema, preserve_index=False))
            content = safe_csv(table)
            # The heading stands once, above the first rows.
            lines.write(content if not first else content.split("\n", 1)[1])


def _places(paths: Sequence[Path]) -> tuple[Ints, pd.arrays.IntegerArray]:
    """Return of each score of all parts its place in the whole, and by place the rank.

    The parts follow one another in the order of athletes, and each has equal forecasts in that
    order: what a stable sort leaves in its order needs no names, which would be most of the memory.
    """
    outcomes: dict[str, int] = {}
    codes, chances = [], []
    for path in paths:
        part = read_frame(path, ["outcome", "probability"])
        for name in part["outcome"].unique():
            outcomes.setdefault(str(name), len(outcomes))
        codes.append(part["outcome"].map(outcomes).to_numpy(dtype=np.int16))
        chances.append(part["probability"].to_numpy(dtype=np.float64))
    outcome, chance = np.concatenate(codes), np.concatenate(chances)
    # The highest first; what is not known comes last, as NaN does.
    order = np.lexsort((-chance, outcome))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    first = np.searchsorted(outcome[order], np.arange(len(outcomes)))
    rank = np.arange(1, len(order) + 1) - first[outcome[order]]
    return place, pd.arrays.IntegerArray(rank.astype(np.int64), np.isnan(chance[order]))


def _in_places(paths: Sequence[Path], ends: Ints, place: Ints, first: int) -> pd.DataFrame:
    """Return the scores of some places in their order; the index is their number among all."""
    tables = []
    for path, end, begin in zip(paths, ends, [0, *ends[:-1]], strict=True):
        own = place[begin:end]
        wanted = (own >= first) & (own < first + _ROWS_AT_ONCE)
        # Without any score the first part still gives the columns and their types.
        if wanted.any() or not len(place):
            rows = read_frame(path)
            tables.append(rows.set_axis(np.arange(begin, end))[wanted])
    table = pd.concat(tables)
    return table.iloc[np.argsort(place[table.index], kind="stable")]
