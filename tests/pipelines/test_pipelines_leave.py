"""A process ends at once, and loses nothing by it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LAST = "\nclass Last:\n    def __del__(self): print('taken apart')\nlast = Last()\n"
"""Says that Python took the process apart, as it does when nobody leaves it at once."""


def ended(code, **streams):
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    start = "import atexit, sys, threading, time\nfrom pipelines.runtime.leave import leave\n"
    return subprocess.run(
        [sys.executable, "-c", start + LAST + code], cwd=ROOT, text=True, check=False, **streams
    )


@pytest.mark.parametrize("code", [0, 1, 3])
def test_what_was_printed_and_what_waits_for_the_end_are_whole(code):
    done = ended(
        "atexit.register(print, 'at the end')\n"
        "print('before')\nprint('a fault', file=sys.stderr)\n"
        f"leave({code})\nprint('never')\n"
    )
    assert (done.returncode, done.stdout) == (code, "before\nat the end\n")
    assert done.stderr == "a fault\n"


def test_a_thread_that_still_works_is_waited_for():
    done = ended(
        "def work():\n    time.sleep(0.3); print('worked')\n"
        "threading.Thread(target=work).start()\nleave(0)\nprint('still here')\n"
    )
    assert (done.returncode, done.stdout) == (0, "still here\nworked\ntaken apart\n")


def test_a_thread_that_may_be_cut_off_is_not_waited_for():
    done = ended("threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\nleave(0)\n")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("watch", ["setprofile", "settrace"])
def test_a_process_that_is_measured_ends_as_usual(watch):
    done = ended(
        f"sys.{watch}(lambda *event: None)\nleave(0)\nsys.{watch}(None)\nprint('measured')\n"
    )
    assert done.stdout == "measured\ntaken apart\n"


def test_a_process_that_is_measured_by_events_ends_as_usual():
    """By `sys.monitoring`, as cProfile does from Python 3.12 on."""
    done = ended(
        "class Monitoring:\n    tools = {2: 'cProfile'}\n    get_tool = tools.get\n"
        "sys.monitoring = Monitoring()\nleave(0)\nprint('measured')\n"
        "Monitoring.tools.clear()\nleave(3)\n"
    )
    assert (done.returncode, done.stdout) == (3, "measured\n")


def test_what_a_profile_measured_is_written(tmp_path):
    stats = tmp_path / "stats"
    program = tmp_path / "program.py"
    program.write_text("from pipelines.runtime.leave import leave\nleave(0)\n")
    subprocess.run(
        [sys.executable, "-m", "cProfile", "-o", str(stats), str(program)],
        cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, check=True,
    )  # fmt: skip
    assert stats.stat().st_size > 0


@pytest.mark.skipif(sys.platform != "linux", reason="a device that is always full")
def test_output_that_finds_no_room_is_an_error_as_usual():
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        usual = ended("print('lost')\n", stdout=full)
        done = ended("print('lost')\nleave(0)\n", stdout=full)
    assert done.returncode == usual.returncode != 0
    assert "No space left" in done.stderr


def test_a_program_without_a_console_leaves_as_well():
    done = ended("sys.stdout = sys.stderr = None\nleave(3)\n")
    assert done.returncode == 3


@pytest.mark.parametrize("module", ["pipelines.cli", "pipelines.command"])
def test_the_command_leaves_with_its_exit_code(module):
    """Wrong usage is 2 and help 0; neither is taken apart."""
    start = "import runpy, sys\nsys.argv[0] = 'stridecast'\n" + LAST
    run_it = f"runpy.run_module({module!r}, run_name='__main__')"
    if module == "pipelines.command":
        run_it = "from pipelines.command import main; main()"
    for arguments, code in ((["--help"], 0), (["--no-such"], 2)):
        done = subprocess.run(
            [sys.executable, "-c", start + run_it, *arguments],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == code
        assert "taken apart" not in done.stdout


@pytest.mark.parametrize("is_kept", [True, False])
def test_modules_are_loaded_without_looking_for_unreachable_objects(is_kept):
    """They are set aside only where the process runs nothing but its command."""
    done = ended(
        "import gc\nfrom pipelines.runtime.entry import keep_what_is_loaded, loading\n"
        f"if {is_kept}: keep_what_is_loaded()\n"
        "before = gc.get_freeze_count()\n"
        "with loading():\n    assert not gc.isenabled(); import decimal\n"
        "assert gc.isenabled()\nprint(gc.get_freeze_count() > before)\n"
        "gc.disable()\n"
        "try:\n    with loading(): import no_such_module\n"
        "except ImportError: print(gc.isenabled())\nleave(0)\n"
    )
    assert (done.stdout, done.stderr) == (f"{is_kept}\nFalse\n", "")
