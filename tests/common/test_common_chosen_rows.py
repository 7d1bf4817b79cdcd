"""Chosen rows of a Parquet file, read row group by row group, are those of the whole."""

import numpy as np
import pandas as pd
import pytest

from common import frame_files
from common.frame_files import read_frame, write_frame

ROWS = 50
PICKED = np.random.default_rng(0).random(ROWS) < 0.3


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(frame_files, "_ROWS_AT_ONCE", 8)
    rng = np.random.default_rng(1)
    km = rng.random(ROWS).astype(np.float32)
    frame = pd.DataFrame(
        {
            "athlete": pd.Series([f"a{i // 7:02d}" for i in range(ROWS)], dtype="str"),
            "date": pd.Timestamp("2024-01-07") + pd.to_timedelta(np.arange(ROWS), unit="D"),
            "km": np.where(km < 0.2, np.float32(np.nan), km),
            # A device that nobody of the first row groups has.
            "steps": np.where(np.arange(ROWS) < 20, np.nan, rng.random(ROWS)),
        }
    )
    write_frame(tmp_path / "rows.parquet", frame)
    return tmp_path / "rows.parquet"


@pytest.mark.parametrize(
    "rows",
    [PICKED, np.zeros(ROWS, bool), np.ones(ROWS, bool), np.arange(ROWS) == ROWS - 1],
    ids=["some", "none", "all", "the last"],
)
@pytest.mark.parametrize("columns", [None, ["km", "athlete"]])
def test_chosen_rows_are_those_of_the_whole(path, rows, columns):
    whole = read_frame(path, columns)
    chosen = read_frame(path, columns, rows=rows)
    pd.testing.assert_frame_equal(chosen, whole[rows].reset_index(drop=True))


def test_chosen_rows_can_be_written_to(path):
    rows = read_frame(path, ["km"], rows=PICKED)
    rows.loc[0, "km"] = 7.0
    assert rows["km"].iloc[0] == 7.0


@pytest.mark.parametrize("athletes", [None, ("a01", "a05")])
@pytest.mark.parametrize("since", [None, pd.Timestamp("2024-01-20")])
@pytest.mark.parametrize("among", [None, ["a00", "a03", "nobody"]])
def test_each_choice_of_rows_counts_alone_and_beside_the_others(path, athletes, since, among):
    whole = read_frame(path)
    wanted = pd.Series(data=True, index=whole.index)
    if athletes is not None:
        wanted &= whole["athlete"].between(*athletes)
    if since is not None:
        wanted &= whole["date"] >= since
    if among is not None:
        wanted &= whole["athlete"].isin(among)
    chosen = read_frame(path, athletes=athletes, since=since, among=among)
    pd.testing.assert_frame_equal(chosen, whole[wanted].reset_index(drop=True))
