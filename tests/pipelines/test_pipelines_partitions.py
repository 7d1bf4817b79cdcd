"""A cohort by parts is the cohort in one piece, bit for bit, under every engine."""

import os
import signal

import pandas as pd
import pytest

from common.errors import StridecastError
from common.frame_files import read_frame
from common.table_files import read_tables, write_tables
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from pipelines.runtime.engine import Place, run_parts
from pipelines.runtime.kept_parts import name_of_inputs
from pipelines.stage_parts import feature_parts
from pipelines.stage_parts.feature_parts import featurize_part, write_features
from tests.features.cohort import make_tables
from tests.pipelines.mortal_parts import Task, act, describe

SETTINGS = FeatureSettings(chunk_days=200)


def _place(engine: str, workers: int) -> Place:
    if engine == "dask":
        pytest.importorskip("distributed", reason="the `cluster` extra is not installed")
    return Place(engine, workers)


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    # Days of 108, 22 and 127, and of 156: two of them fit into one part.
    write_tables(folder, make_tables(5, 4))
    return folder


@pytest.fixture(scope="module")
def whole(tables):
    return feature_matrix(read_tables(tables), FeatureSettings())


@pytest.fixture(scope="module")
def here(tables, tmp_path_factory):
    """Return the file that this process wrote, part by part."""
    folder = tmp_path_factory.mktemp("here")
    write_features(tables, folder / "f.parquet", SETTINGS, Place(), folder)
    return folder / "f.parquet"


def test_parts_change_no_bit(here, whole):
    pd.testing.assert_frame_equal(read_frame(here), whole, check_exact=True)


def dies_once(part):
    """Kill the process of the second part before its end, the first time."""
    mark = part.out.with_suffix(".died")
    if part.out.stem.endswith("1") and not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    featurize_part(part)


@pytest.mark.parametrize(("engine", "workers"), [("processes", 1), ("dask", 2)])
def test_no_engine_and_no_killed_worker_changes_a_bit(
    tables, whole, here, tmp_path, monkeypatch, engine, workers
):
    if engine == "processes":
        monkeypatch.setattr(feature_parts, "featurize_part", dies_once)
    write_features(tables, tmp_path / "f.parquet", SETTINGS, _place(engine, workers), tmp_path)
    pd.testing.assert_frame_equal(read_frame(tmp_path / "f.parquet"), whole, check_exact=True)
    assert (tmp_path / "f.parquet").read_bytes() == here.read_bytes()


def test_a_part_is_no_larger_than_asked(tables, tmp_path):
    parts = feature_parts._parts(tables, tmp_path, SETTINGS)
    people = read_frame(tables / "athletes.parquet").set_index("athlete")
    days = (people["observed_to"] - people["observed_from"]).dt.days + 1
    held = [days.loc[part.first : part.last] for part in parts]
    assert len(parts) > 2
    assert sum(map(len, held)) == len(people)
    assert all(one.sum() <= 200 or len(one) == 1 for one in held)


def test_a_part_that_fails_is_named_and_a_rerun_computes_it_alone(
    tables, whole, tmp_path, monkeypatch, capsys
):
    compute, asked = feature_parts.featurize_part, []

    def work(part):
        asked.append(part.name)
        if len(asked) == 2:
            raise OSError("the disk is full")
        compute(part)

    monkeypatch.setattr(feature_parts, "featurize_part", work)
    out = tmp_path / "f.parquet"
    with pytest.raises(
        StridecastError, match=r"1 of \d+ parts have no features.*disk is full"
    ) as e:
        write_features(tables, out, SETTINGS, Place(), tmp_path)
    assert asked[1] in str(e.value)
    assert not out.exists()
    first = list(asked)
    write_features(tables, out, SETTINGS, Place(), tmp_path)
    # Only the part that failed is computed again.
    assert asked[len(first) :] == [first[1]]
    assert "are kept from a run that broke off" in capsys.readouterr().out
    pd.testing.assert_frame_equal(read_frame(out), whole, check_exact=True)
    assert not list((tmp_path / ".stridecast-cache").rglob("*.parquet"))


def test_parts_of_other_settings_are_not_taken(tmp_path, monkeypatch):
    tables = tmp_path / "tables"
    write_tables(tables, make_tables(5, 1))
    monkeypatch.setattr(feature_parts, "join_frames", lambda paths, out: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_features(tables, tmp_path / "f.parquet", SETTINGS, Place(), tmp_path)
    monkeypatch.undo()
    others = SETTINGS.model_copy(update={"silence_days": 3})
    write_features(tables, tmp_path / "f.parquet", others, Place(), tmp_path)
    expected = feature_matrix(read_tables(tables), others)
    pd.testing.assert_frame_equal(read_frame(tmp_path / "f.parquet"), expected, check_exact=True)


def test_the_name_of_the_inputs_changes_with_a_module_in_a_folder_and_with_a_file(tmp_path):
    folder, file = tmp_path / "code", tmp_path / "own.py"
    folder.mkdir()
    names = []
    for inside, alone in (("1", "1"), ("2", "1"), ("2", "2")):
        (folder / "a.py").write_text(inside)
        file.write_text(alone)
        names.append(name_of_inputs([], [folder, file, tmp_path / "none"], ""))
    assert len(set(names)) == 3


def test_nobody_has_no_rows(tmp_path):
    write_tables(tmp_path / "t", {})
    write_features(tmp_path / "t", tmp_path / "f.parquet", SETTINGS, Place(), tmp_path)
    assert read_frame(tmp_path / "f.parquet").empty


@pytest.mark.parametrize(("engine", "workers"), [("processes", 2), ("dask", 1)])
def test_a_killed_worker_costs_nothing_and_a_part_that_kills_each_is_named(
    tmp_path, engine, workers
):
    # Dask has one worker: the others wait behind the part that kills it, and are not blamed.
    names = ("dies", "a", "b", "c", "dies_once", "fails")
    parts = [Task(name, tmp_path) for name in names]
    failed = run_parts(act, parts, _place(engine, workers))
    assert set(failed) == {"fails", "dies"}
    assert "fits nowhere" in failed["fails"]
    assert failed["dies"]
    done = {path.stem for path in tmp_path.glob("*.done")}
    assert done == {"a", "b", "c", "dies_once"}


def test_a_worker_of_dask_is_prepared_as_any_other_process(tmp_path, monkeypatch):
    monkeypatch.delenv("MALLOC_TRIM_THRESHOLD_", raising=False)
    for engine in ("processes", "dask"):
        assert not run_parts(describe, [Task(engine, tmp_path)], _place(engine, 1))
    prepared = (tmp_path / "processes.txt").read_text()
    assert prepared.startswith("as usual")
    # With Dask's own setting, features take half as long again: each array is mapped anew.
    assert (tmp_path / "dask.txt").read_text() == prepared


def test_dask_that_is_not_installed_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr("pipelines.runtime.engine.find_spec", lambda name: None)
    with pytest.raises(StridecastError, match="Dask, which is not installed"):
        run_parts(act, [Task("a", tmp_path)], Place("dask"))
