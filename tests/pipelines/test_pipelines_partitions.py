"""A cohort in partitions is the cohort in one piece, bit for bit."""

import pickle
from functools import partial

import pandas as pd
import pytest

from common.frame_files import read_frame
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from pipelines.studies.partitions import featurize_partition, featurize_partitions, write_partitions
from tests.features.cohort import make_tables

SETTINGS = FeatureSettings(chunk_days=150)


@pytest.fixture(scope="module")
def tables():
    return make_tables(5, 6)


@pytest.fixture(scope="module")
def parts(tables, tmp_path_factory):
    return write_partitions(tables, tmp_path_factory.mktemp("tables"), 200)


@pytest.mark.parametrize("processes", [1, 2])
def test_partitions_and_processes_change_no_bit(tables, parts, tmp_path, processes):
    rows = featurize_partitions(parts, tmp_path, SETTINGS, processes)
    written = pd.concat([read_frame(p) for p in sorted(tmp_path.iterdir())], ignore_index=True)
    whole = feature_matrix(tables, FeatureSettings())
    assert len(parts) > 2
    assert rows == len(whole) > 20
    pd.testing.assert_frame_equal(written, whole, check_exact=True)


def test_a_partition_is_no_larger_than_asked(tables, parts):
    lengths = [(a["observed_to"] - a["observed_from"]).dt.days + 1 for a in map(_athletes, parts)]
    assert all(days.sum() <= 200 or len(days) == 1 for days in lengths)
    assert sum(map(len, lengths)) == len(tables["athletes"])


def test_the_work_on_a_partition_can_be_sent_to_another_machine(parts, tmp_path):
    work = partial(featurize_partition, settings=SETTINGS)
    sent = pickle.loads(pickle.dumps(work))
    assert sent(parts[0], tmp_path / "here.parquet") == len(read_frame(tmp_path / "here.parquet"))


def _athletes(part):
    return read_frame(part / "athletes.parquet")
