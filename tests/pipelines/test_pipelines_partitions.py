"""A cohort by parts is the cohort in one piece, bit for bit, under every engine."""

import gc
import os
import signal
from dataclasses import dataclass
from pathlib import Path

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

SETTINGS = FeatureSettings(chunk_days=200)


def _engine(name: str) -> Place:
    if name == "dask":
        pytest.importorskip("distributed", reason="the `cluster` extra is not installed")
    return Place(name, 2)


@dataclass(frozen=True)
class Task:
    """A part that does as its name says."""

    name: str
    folder: Path


def act(task: Task) -> None:
    """Fail, die once, die always, or work; a file tells that the work is done."""
    mark = task.folder / f"{task.name}.begun"
    if task.name == "fails":
        raise ValueError("a value that fits nowhere")
    if task.name == "dies" or (task.name == "dies_once" and not mark.exists()):
        mark.touch()
        # Nothing can be caught or tidied up, as when the system runs out of memory.
        os.kill(os.getpid(), signal.SIGKILL)
    (task.folder / f"{task.name}.done").touch()


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tables")
    write_tables(folder, make_tables(5, 6))
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


@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_no_engine_changes_a_bit(tables, whole, here, tmp_path, engine):
    write_features(tables, tmp_path / "f.parquet", SETTINGS, _engine(engine), tmp_path)
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


def test_parts_of_other_settings_are_not_taken(tables, tmp_path, monkeypatch):
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


@pytest.mark.parametrize("engine", ["processes", "dask"])
def test_a_killed_worker_costs_nothing_and_a_part_that_kills_each_is_named(tmp_path, engine):
    names = ("a", "dies_once", "b", "fails", "dies", "c")
    place = _engine(engine)
    failed = run_parts(act, [Task(name, tmp_path) for name in names], place)
    assert set(failed) == {"fails", "dies"}
    assert "fits nowhere" in failed["fails"]
    assert failed["dies"]
    done = {path.stem for path in tmp_path.glob("*.done")}
    assert done == {"a", "b", "c", "dies_once"}


def dies_once(part):
    """Kill the process of the second part before its end, the first time."""
    mark = part.out.with_suffix(".died")
    if part.out.stem.endswith("1") and not mark.exists():
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    featurize_part(part)


def test_features_are_the_same_where_a_worker_was_killed(tables, whole, tmp_path, monkeypatch):
    monkeypatch.setattr(feature_parts, "featurize_part", dies_once)
    out = tmp_path / "f.parquet"
    write_features(tables, out, SETTINGS, Place("processes", 1), tmp_path)
    pd.testing.assert_frame_equal(read_frame(out), whole, check_exact=True)


def test_dask_does_not_blame_a_part_that_waited_behind_the_one_that_kills(tmp_path):
    _engine("dask")
    # One worker: the others wait behind the part that kills it.
    tasks = [Task(name, tmp_path) for name in ("dies", "a", "b", "c")]
    assert set(run_parts(act, tasks, Place("dask", 1))) == {"dies"}
    assert {path.stem for path in tmp_path.glob("*.done")} == {"a", "b", "c"}


def describe(task):
    """Write how this process takes memory and how often it looks for unreachable objects."""
    allocator = os.environ.get("MALLOC_TRIM_THRESHOLD_", "as usual")
    (task.folder / f"{task.name}.txt").write_text(f"{allocator}, {gc.get_threshold()}")


def test_a_worker_of_dask_is_prepared_as_any_other_process(tmp_path, monkeypatch):
    monkeypatch.delenv("MALLOC_TRIM_THRESHOLD_", raising=False)
    for engine in ("processes", "dask"):
        assert not run_parts(describe, [Task(engine, tmp_path)], _engine(engine))
    prepared = (tmp_path / "processes.txt").read_text()
    assert prepared.startswith("as usual")
    # With Dask's own setting, features take half as long again: each array is mapped anew.
    assert (tmp_path / "dask.txt").read_text() == prepared


def test_dask_that_is_not_installed_is_told(monkeypatch, tmp_path):
    monkeypatch.setattr("pipelines.runtime.engine.find_spec", lambda name: None)
    with pytest.raises(StridecastError, match="Dask, which is not installed"):
        run_parts(act, [Task("a", tmp_path)], Place("dask"))
