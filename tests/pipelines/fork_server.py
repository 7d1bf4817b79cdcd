"""Processes that need not load the libraries anew: `python -m` forked off one that has them.

A test of the command line wants a process of its own, with its own folder, environment and exit
code. Most of such a process's time went into loading pandas, numba and LightGBM. The server loads
them once for each worker of the tests, imports nothing of this project that reads a folder, and
forks; the child runs its module as Python itself would and ends as Python ends.
"""

import atexit
import contextlib
import importlib
import json
import os
import runpy
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
LIBRARIES = (
    "numpy", "pandas", "pyarrow.parquet", "pyarrow.compute", "scipy.special", "scipy.stats",
    "scipy.sparse", "scipy.linalg", "numba", "lightgbm", "pydantic", "typer", "rich.console",
    "rich.table", "jinja2", "yaml", "ruamel.yaml", "filelock", "rapidfuzz", "babel.messages",
)  # fmt: skip


def run_module(folder, module, *arguments, environment=None):
    """Run `python -m module arguments` in a folder; return what `subprocess.run` returns."""
    if not hasattr(os, "fork"):
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
    with TemporaryDirectory() as place:
        said = [Path(place) / name for name in ("out", "err")]
        order = {
            "folder": str(folder), "module": module, "arguments": arguments,
            "environment": dict(os.environ if environment is None else environment),
            "said": [str(path) for path in said],
        }  # fmt: skip
        server = _server()
        server.stdin.write(json.dumps(order) + "\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        texts = [path.read_text(encoding="utf-8") for path in said]
    return subprocess.CompletedProcess([module, *arguments], code, *texts)


@cache
def _server():
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    server = subprocess.Popen(
        [sys.executable, "-m", "tests.pipelines.fork_server"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment, cwd=ROOT,
    )  # fmt: skip
    atexit.register(_end, server)
    return server


def _end(server):
    server.stdin.close()
    server.wait()
    server.stdout.close()


def serve():
    """Fork for each order that is read; in the child, return the order."""
    # A copy of standard output: a child points the original to a file.
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    for line in sys.stdin:
        order = json.loads(line)
        child = os.fork()
        if child == 0:
            answers.close()
            return order
        _, status = os.waitpid(child, 0)
        answers.write(f"{os.waitstatus_to_exitcode(status)}\n")
        answers.flush()
    return None


def become(order):
    """Take the folder, environment, arguments and outputs of an order."""
    with Path(os.devnull).open() as nothing:
        os.dup2(nothing.fileno(), 0)
    for number, path in enumerate(order["said"], start=1):
        with Path(path).open("w") as file:
            os.dup2(file.fileno(), number)
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv[1:] = order["arguments"]
    sys.path[0] = order["folder"]


if __name__ == "__main__":
    importlib.import_module("features.kernels.jit")  # says where numba keeps compiled code
    for name in LIBRARIES:
        # Some of them are extras that an environment may lack.
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    if (given := serve()) is not None:
        become(given)
        runpy.run_module(given["module"], run_name="__main__", alter_sys=True)
