"""A file that ends the process that parses it is named, and the others are read."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.readers.registry import find_reader
from ingest.reading import apart
from ingest.reading.containers import Item
from ingest.reading.read_one import read_item, recognise
from tests.ingest.export_files import context

SHARED = Path(os.environ.get("STRIDECAST_SHARED") or Path(__file__).parents[3] / "shared")
DEADLY = SHARED / "cases" / "segfault.c3d"

KILLER = """
import os, signal, time
from ingest.readers.base import FileRefused, Parsed, Reader
from ingest.records.account import ignored_file

class Killer(Reader):
    kind = "killer"
    version = 1
    description = "for the tests"
    is_native = {native}
    def sniff(self, head):
        return head.startswith(b"KILLER")
    def read(self, path, context):
        text = path.read_text()
        if "die" in text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "hang" in text:
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])
            time.sleep(3600)
        if "memory" in text:
            bytearray(10**11)
        if "print" in text:
            os.write(1, b"chatter" * 1000)
        return Parsed(ignored_file(context.named, "read"))

READERS = (Killer(),)
"""


def read(path: Path):
    return read_item(*recognise(Item(path.name, path)), context(path.parent)).account


@pytest.fixture(autouse=True)
def _no_child_is_left():
    yield
    apart.end_child()


def run(tmp_path, files, workers, *, native):
    """Read files in a fresh process with the reader above; returns reason or "" for each."""
    (tmp_path / "own/readers").mkdir(parents=True)
    (tmp_path / "own/readers/killer.py").write_text(KILLER.format(native=native))
    place = tmp_path / "data"
    place.mkdir()
    for name, text in files.items():
        (place / name).write_text(f"KILLER {text}")
    script = tmp_path / "script.py"
    script.write_text(
        "import sys\nfrom pathlib import Path\n"
        "from ingest.reading import apart, parallel\n"
        "from ingest.reading.containers import Item\n"
        "from ingest.reading.read_one import recognise\n"
        "from tests.ingest.export_files import context\n"
        "if __name__ == '__main__':\n"
        "    apart.allowance = lambda size: -1.4\n"
        "    place = Path(sys.argv[1])\n"
        "    jobs = [recognise(Item(p.name, p)) for p in sorted(place.iterdir())]\n"
        "    read = parallel.read_all(jobs, context(place), int(sys.argv[2]), lambda s: None)\n"
        "    for one in read:\n"
        "        print(one.account.source, *one.account.rejects['reason'])\n"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, str(script), str(place), str(workers)],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env=os.environ | {"STRIDECAST_EXTENSIONS": str(tmp_path / "own"), "PYTHONPATH": str(root)},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dict(line.partition(" ")[::2] for line in done.stdout.splitlines())


def test_native_readers_die_hang_and_swell_alone(tmp_path):
    texts = {"a": "die", "b": "fine", "c": "hang", "d": "memory", "e": "print", "f": "fine"}
    assert run(tmp_path, texts, 1, native=True) == {
        "a": "parser_died", "b": "", "c": "too_slow", "d": "too_much_memory", "e": "", "f": "",
    }  # fmt: skip


def test_a_file_that_ends_a_worker_is_found_among_the_others(tmp_path):
    texts = {f"{number:02d}": "die" if number == 11 else "fine" for number in range(24)}
    found = run(tmp_path, texts, 2, native=False)
    assert found == {name: "parser_died" if text == "die" else "" for name, text in texts.items()}


def test_damaged_motion_capture_is_refused_by_name(tmp_path):
    if not DEADLY.exists():
        pytest.skip("no shared cases here")
    shutil.copy(DEADLY, tmp_path / "trial 2024-05-06.c3d")
    account = read(tmp_path / "trial 2024-05-06.c3d")
    assert account.rejects["reason"].tolist() == ["parser_died"]
    assert "trial 2024-05-06.c3d" in account.rejects["sentence"][0]


def test_a_file_that_grows_while_it_is_read_is_not_taken(tmp_path, monkeypatch):
    path = tmp_path / "roster.csv"
    path.write_text("athlete\nr1\n")
    reader = find_reader(path)
    read_whole = type(reader).read

    def read_and_grow(self, place, settings):
        parsed = read_whole(self, place, settings)
        with place.open("a") as file:
            file.write("r2\n")
        return parsed

    monkeypatch.setattr(type(reader), "read", read_and_grow)
    assert read(path).rejects["reason"].tolist() == ["changed_while_read"]


def test_the_child_imports_nothing_from_the_folder_of_the_exports(tmp_path, monkeypatch):
    # A module of this name beside the exports would be imported in place of the library.
    (tmp_path / "pandas.py").write_text("import os; os._exit(9)")
    (tmp_path / "x.c3d").write_bytes(b"\x02\x50" + bytes(510) + b"\0\0\0\x54" + bytes(200))
    monkeypatch.chdir(tmp_path)
    assert read(tmp_path / "x.c3d").rejects["reason"].tolist() != ["parser_died"]
