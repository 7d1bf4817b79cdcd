"""Evaluation and reasons are the same to the last bit, however the athletes are divided."""

import shutil

import numpy as np
import pandas as pd
import pytest

from common.frame_files import read_frame, write_frame
from pipelines import comparators, evaluate, explain, nested, own, train
from pipelines.runtime.params import load_params
from pipelines.runtime.stage import Stage
from pipelines.stage_parts import labelled_rows as rows_of
from tests.pipelines import small_cohort as small

FEW = 16
"""Athletes at once: there are 120, of whom the test part has 30."""


@pytest.fixture(scope="module")
def stage(tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    small.write_params(root, "alpha")
    tables = small.small_tables(5, base=-2.9, effect=1.6)
    workspace = small.write_cohort_tables(root, "alpha", tables)
    made = Stage(load_params(root / "params.yaml"), workspace, "any")
    for step in (train, comparators, nested, own, evaluate, explain):
        step.main(made)
    return made


def test_no_division_of_the_athletes_changes_a_result(stage, tmp_path, monkeypatch):
    shutil.copytree(stage.workspace.reports, tmp_path / "whole")
    read = []

    def recorded(path, columns=None, **options):
        frame = read_frame(path, columns, **options)
        if path == stage.workspace.features:
            read.append(frame)
        return frame

    monkeypatch.setattr(rows_of, "ATHLETES_AT_ONCE", FEW)
    monkeypatch.setattr(rows_of, "read_frame", recorded)
    for step in (evaluate, explain):
        step.main(stage)
    compared = [path for path in (tmp_path / "whole").rglob("*") if path.is_file()]
    assert {"metrics.json", "features.csv", "contributions.parquet"} <= {p.name for p in compared}
    for path in compared:
        again = stage.workspace.reports / path.relative_to(tmp_path / "whole")
        if path.suffix == ".parquet":
            # Row groups follow the parts; the rows do not.
            pd.testing.assert_frame_equal(read_frame(path), read_frame(again), check_exact=True)
        else:
            assert path.read_bytes() == again.read_bytes(), path.name
    assert len(read) == 2 * -(-120 // FEW)
    matrix = read_frame(stage.workspace.features)
    assert max(len(frame) for frame in read) < len(matrix) / 6
    assert max(frame.shape[1] for frame in read) < matrix.shape[1] / 2


@pytest.mark.parametrize("part", ["train", "test", None])
def test_rows_are_those_of_the_matrix_in_its_order(stage, part, monkeypatch):
    """Also where the split stands in another order; columns that nothing holds are left out."""
    monkeypatch.setattr(rows_of, "ATHLETES_AT_ONCE", FEW)
    path = stage.workspace.model("any") / "split.parquet"
    split, matrix = read_frame(path), read_frame(stage.workspace.features)
    wanted = ["soreness_7d", "hours_7d", "of_nobody"]
    try:
        write_frame(path, split.sample(frac=1, random_state=1))
        rows = rows_of.labelled_rows(stage, part, wanted)
        number = rows_of.number_of_rows(stage, "test")
    finally:
        write_frame(path, split)
    chosen = split["event"].notna() & (True if part is None else split["part"] == part)
    labels = ["event", "related", "onset_date", "part", "fold"]
    expected = matrix.loc[chosen, ["athlete", "date", *wanted[:2]]].join(split.loc[chosen, labels])
    pd.testing.assert_frame_equal(rows, expected.reset_index(drop=True), check_exact=True)
    assert number == (split["event"].notna() & (split["part"] == "test")).sum()
    # A float32 matrix takes half of the memory of float64.
    assert rows["hours_7d"].dtype == np.float32


def test_a_part_without_rows_has_columns(stage):
    rows = rows_of.labelled_rows(stage, "of nobody", ["hours_7d"])
    assert rows.empty
    assert [*rows.columns[:3]] == ["athlete", "date", "hours_7d"]
