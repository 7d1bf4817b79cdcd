"""Outcomes side by side: the same bytes, lines in order, faults by name, and all end together."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from pipelines.runtime import outcomes_at_once
from tests.pipelines.small_cohort import small_tables, write_cohort_tables, write_params

ROOT = Path(__file__).parents[2]
MANY_BYTES = 64 * 10**9
forks = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux forks safely")


def stage_of(folder, work, processes=2):
    """Write a stage of the outcomes `any`, `knee` and `hip` that does `work`."""
    (folder / "params.yaml").write_text("dataset: demo\noutcomes: [any, knee, hip]\n")
    stage = folder / "stage.py"
    stage.write_text(
        "import os, signal, sys, time, warnings\n"
        "from common.errors import StridecastError\n"
        "from pipelines.runtime import stage as runner\n"
        f"runner.processes_for = lambda features, outcomes: {processes}\n"
        "def main(stage):\n"
        "    name = stage.outcome\n"
        f"{textwrap.indent(textwrap.dedent(work), '    ')}\n"
        "runner.run_stage_by_outcome(main)\n"
    )
    return stage


def started(folder, work, *arguments, processes=2, env=()):
    """Start such a stage as the leader of a session of its own."""
    stage = stage_of(folder, work, processes)
    return subprocess.Popen(
        [sys.executable, str(stage), *arguments],
        cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)} | dict(env), start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def ended(process):
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def run(folder, work, *arguments, **options):
    """Run such a stage to its end."""
    return ended(started(folder, work, *arguments, **options))


SLOW_FIRST = """
    print(name, "begins")
    time.sleep(0.0 if name == "hip" else 0.5)
    os.system(f"echo {name} of a program")
    print(name, "ends")
"""


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_lines_of_an_outcome_stay_together_in_the_order_of_outcomes(tmp_path, processes):
    code, out, err = run(tmp_path, SLOW_FIRST, processes=processes)
    assert (code, err) == (0, "")
    # A program of its own writes past Python's buffer, hence before the lines of Python.
    names = [line.split()[0] for line in out.splitlines()]
    assert names == [name for name in ("any", "knee", "hip") for _ in range(3)]


@forks
def test_as_many_processes_as_there_is_room_for(tmp_path):
    work = """
        open(f"begun_{name}", "w").close()
        print(name, os.path.exists("ended_any") or os.path.exists("ended_knee"))
        deadline = time.time() + 20
        while not (os.path.exists("begun_any") and os.path.exists("begun_knee")):
            assert time.time() < deadline, "it waited in vain for the other"
            time.sleep(0.01)
        time.sleep(0.2)
        open(f"ended_{name}", "w").close()
    """
    code, out, err = run(tmp_path, work)
    assert (code, err) == (0, "")
    # Two at once; the third begins when one of them has ended, not before.
    assert out == "any False\nknee False\nhip True\n"


@pytest.mark.parametrize("processes", [1, 2])
def test_a_fault_is_told_by_its_outcome_and_the_others_finish(tmp_path, processes):
    work = """
        if name == "any": raise StridecastError("a.csv: empty", "fill it")
        print(name, "is complete")
    """
    code, out, err = run(tmp_path, work, processes=processes)
    assert code == 1
    assert out == "knee is complete\nhip is complete\n"
    assert err == "stridecast: any: a.csv: empty; fill it\n"


@pytest.mark.parametrize("error", ["StridecastError('no split')", "KeyError('parts')"])
def test_who_cannot_say_whether_there_is_work_is_told_by_name_and_the_others_finish(
    tmp_path, error
):
    stage = stage_of(
        tmp_path, f"if name == 'any': raise {error}\nopen(f'done_{{name}}', 'w').close()"
    )
    asked = f"def asked(stage):\n    if stage.outcome == 'any': raise {error}\n    return True\n"
    source = stage.read_text().replace("outcome(main)", "outcome(main, asked)")
    stage.write_text(asked + source)
    done = subprocess.run(
        [sys.executable, str(stage)], cwd=tmp_path, check=False, capture_output=True, text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert "any: " in done.stderr
    assert sorted(path.name for path in tmp_path.glob("done_*")) == ["done_hip", "done_knee"]


@pytest.mark.parametrize("processes", [1, 2])
def test_every_fault_is_told(tmp_path, processes):
    work = 'raise OSError(28, "No space left on device", name)'
    code, _, err = run(tmp_path, work, processes=processes)
    assert code == 1
    assert [line.split(": ")[1] for line in err.splitlines()] == ["any", "knee", "hip"]
    assert err.count("make room on the disk") == 3


@pytest.mark.parametrize("processes", [1, 2])
def test_a_fault_of_the_program_is_one_line_and_a_developer_sees_where(tmp_path, processes):
    work = 'if name == "knee": raise KeyError("lost")'
    code, _, err = run(tmp_path, work, processes=processes, env={"HOME": str(tmp_path)})
    assert code == 1
    assert "knee: a fault of the program: KeyError in stage.py" in err
    assert len(err.splitlines()) == 1
    _, _, shown = run(tmp_path, work, "--debug", processes=processes)
    assert "Traceback" in shown
    assert "KeyError: 'lost'" in shown


@pytest.mark.parametrize("processes", [1, 2])
def test_a_warning_of_any_outcome_is_shown(tmp_path, processes):
    code, _, err = run(tmp_path, 'warnings.warn(f"mind the {name}")', processes=processes)
    assert code == 0
    assert [name for name in ("any", "knee", "hip") if f"mind the {name}" in err] == [
        "any", "knee", "hip",
    ]  # fmt: skip


@forks
def test_a_killed_process_is_a_fault_of_its_outcome(tmp_path):
    work = """
        if name == "knee": os.kill(os.getpid(), signal.SIGKILL)
        print(name, "is complete")
    """
    code, out, err = run(tmp_path, work)
    assert code == 1
    assert out == "any is complete\nhip is complete\n"
    assert "knee: its process was killed" in err


@forks
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("whole_group", [True, False])
def test_all_end_with_the_stage(tmp_path, number, whole_group):
    work = """
        from common.atomic import atomic
        from pathlib import Path
        with atomic(Path("results") / name):
            open(f"begun_{name}", "w").write(str(os.getpid()))
            time.sleep(60)
    """
    process = started(tmp_path, work)
    begun = [tmp_path / "begun_any", tmp_path / "begun_knee"]
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and not all(f.exists() and f.read_text() for f in begun):
        time.sleep(0.02)
    (os.killpg if whole_group else os.kill)(process.pid, number)
    code, _, _ = ended(process)
    assert code not in {0, None}
    for file in begun:
        with pytest.raises(ProcessLookupError):
            os.kill(int(file.read_text()), 0)
    # Unfinished files go with them.
    assert list((tmp_path / "results").iterdir()) == []


def test_one_outcome_by_hand_runs_alone_and_its_fault_bears_no_name(tmp_path):
    work = 'print(name, os.getpid() == os.getsid(0)); raise StridecastError("a.csv: empty")'
    assert ended(started(tmp_path, work, "--outcome", "knee")) == (
        1,
        "knee True\n",
        "stridecast: a.csv: empty\n",
    )


def test_a_process_with_threads_does_not_fork(tmp_path):
    stage = stage_of(tmp_path, "print(name, os.getpid() == os.getsid(0))")
    thread = "\nimport threading\nthreading.Thread(target=time.sleep, args=(1,)).start()\n"
    stage.write_text(stage.read_text().replace("def main", f"{thread}def main"))
    done = subprocess.run(
        [sys.executable, "stage.py"], cwd=tmp_path, start_new_session=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "any True\nknee True\nhip True\n"


@pytest.fixture
def matrix(tmp_path):
    """A matrix of 8 MB, counted as three times that and 300 MB."""
    path = tmp_path / "features.parquet"
    pd.DataFrame(np.zeros((10_000, 100)), columns=[f"f{i}" for i in range(100)]).to_parquet(path)
    return path


@pytest.mark.parametrize(
    ("outcomes", "cores", "free", "expected"),
    [(2, 4, MANY_BYTES, 2), (5, 2, MANY_BYTES, 2), (2, 1, MANY_BYTES, 1), (1, 4, MANY_BYTES, 1),
     (2, 2, None, 1), (3, 4, 2 * 3 * 324 * 10**6, 3), (3, 4, 2 * 3 * 324 * 10**6 - 2, 2),
     (3, 4, 10**6, 1)],
)  # fmt: skip
def test_as_many_at_once_as_cores_and_memory_allow(
    matrix, monkeypatch, outcomes, cores, free, expected
):
    monkeypatch.setattr(outcomes_at_once, "processors", lambda: cores)
    monkeypatch.setattr(outcomes_at_once, "free_memory", lambda: free)
    assert outcomes_at_once.processes_for(matrix, outcomes) == expected


@pytest.mark.parametrize("content", [None, b"no parquet"])
def test_a_matrix_that_cannot_be_read_is_told_by_the_stage_itself(tmp_path, monkeypatch, content):
    monkeypatch.setattr(outcomes_at_once, "free_memory", lambda: MANY_BYTES)
    path = tmp_path / "features.parquet"
    if content is not None:
        path.write_bytes(content)
    assert outcomes_at_once.processes_for(path, 2) == 1


@forks
def test_training_side_by_side_writes_the_bytes_of_one_after_the_other_whatever_threads(tmp_path):
    """Once in one process and with one thread, once in two where the shell asks for two."""
    tables, written = small_tables(3, athletes=80), []
    for number in ("1", "2"):
        folder = tmp_path / number
        folder.mkdir()
        workspace = write_cohort_tables(folder, "demo", tables)
        write_params(folder, "demo", outcomes=["any", "knee"])
        code = (
            "from pipelines.runtime.entry import enter; enter(boosters_alone=True)\n"
            "from pipelines import train; from pipelines.runtime import side_by_side, stage\n"
            f"stage.processes_for = lambda features, outcomes: {number}\n"
            "assert side_by_side._forks_safely()\n"
            "stage.run_stage_by_outcome(train.main)\n"
        )
        asked = {"OMP_NUM_THREADS": number, "OPENBLAS_NUM_THREADS": number}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)} | asked, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        place = workspace.root / "artifacts"
        files = [path for path in sorted(place.rglob("*")) if path.is_file()]
        written.append({str(path.relative_to(place)): path.read_bytes() for path in files})
    model = {f"models/demo/any/{name}" for name in (
        "model.json", "out_of_fold.parquet", "additive/model.json",
    )}  # fmt: skip
    # Two empty folders would be equal as well.
    assert {"rows/demo/any.json", "rows/demo/knee.json", *model} <= set(written[0])
    assert [name for name, content in written[0].items() if content != written[1].get(name)] == []
