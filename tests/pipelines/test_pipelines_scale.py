"""The benchmark of scale: its cohort, its watch on memory, and how it adds up a run."""

import subprocess
import sys

import pandas as pd
import pytest

from benchmarks.scale_parts.scale_features import _resident, _tree
from benchmarks.scale_parts.scale_repro import _summed
from benchmarks.scale_parts.scale_tables import write_copies
from benchmarks.scale_parts.scale_train import DATASET, reach, write_cohort
from common.frame_files import read_frame
from common.table_files import read_table, read_tables
from pipelines.runtime.dataset import read_dataset
from pipelines.runtime.workspace import Workspace
from tests.features.cohort import make_tables


def test_copies_are_clubs_of_their_own_in_the_order_of_athletes(tmp_path):
    tables = make_tables(2, 4)
    people = tables["athletes"]
    each = int(((people["observed_to"] - people["observed_from"]).dt.days + 1).sum())
    days, athletes = write_copies(tables, 2 * each + 1, tmp_path)
    assert (days, athletes) == (3 * each, 3 * len(people))
    read = read_tables(tmp_path)
    assert read["athletes"]["athlete"].is_unique
    for name, table in read.items():
        assert len(table) == 3 * len(tables[name])
        assert table["athlete"].dropna().is_monotonic_increasing
    one = tables["sessions"].drop(columns="athlete").reset_index(drop=True)
    last = read["sessions"].tail(len(one)).drop(columns="athlete").reset_index(drop=True)
    pd.testing.assert_frame_equal(last, one, check_dtype=False)


def test_copies_that_are_learnt_from_have_tables_features_and_a_dataset(tmp_path):
    tables = make_tables(2, 4)
    people = tables["athletes"]
    rows = people[["athlete"]].assign(date=pd.Timestamp("2023-01-08"), hours_7d=1.5)
    write_cohort(tables, rows, 3 * len(people), tmp_path)
    workspace = Workspace(tmp_path, DATASET)
    features = read_frame(workspace.features)
    assert (
        features["athlete"].tolist() == read_table(workspace.tables, "athletes")["athlete"].tolist()
    )
    assert len(features) == 3 * len(rows)
    assert read_dataset(workspace).simulated


def test_the_reach_of_memory_is_that_of_the_largest_runs():
    runs = [(100, 0.5), (1000, 0.4), (3000, 0.6)]
    growth = reach([{"athletes": n, "peak_gb": gb} for n, gb in runs])
    # 0.2 GB for 2,000 athletes; the 3.4 GB that are left are enough for 34,000 more.
    assert growth == {"kb_each": 100.0, "athletes_in_4_gb": 37_000}


def test_memory_is_that_of_the_process_and_of_what_it_started():
    inner = "import time; held = bytearray(50_000_000); print('ready', flush=True); time.sleep(60)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    with subprocess.Popen([sys.executable, "-c", outer], stdout=subprocess.PIPE) as run:
        assert run.stdout.readline()
        tree = _tree(run.pid)
        held = sum(map(_resident, tree))
        subprocess.run(["kill", *map(str, tree)], check=True)
    assert len(tree) == 2
    assert held > 50_000_000
    assert _resident(run.pid) == 0


def test_the_demo_is_held_against_features_and_fitting():
    stages = [
        (["-m", "pipelines.featurize"], 10.0, 0.0),
        (["-m", "pipelines.train"], 10.0, 0.0),
        (["-m", "pipelines.ingest"], 15.0, 5.0),
    ]
    found = _summed(40.0, stages)
    assert found["x_repro"] == pytest.approx(2.0)
    assert found["x_repro_without_readers"] == pytest.approx(1.75)
    assert found["dvc_cpu_s"] == pytest.approx(5.0)
    assert found["stages_cpu_s"]["train"] == 10.0
