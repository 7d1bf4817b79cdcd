"""A set of files is replaced together, whatever happens when."""

from pathlib import Path

import pytest

from common import file_set as module
from common.file_set import file_set, finish

NAMES = ("page.html", "scores.csv", "history/club/week.parquet")


class KilledError(BaseException):
    """Stands for SIGKILL: nothing after it runs."""


def write(folder: Path, text: str) -> None:
    for name in NAMES:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def read(folder: Path) -> list[str]:
    return [(folder / name).read_text() for name in NAMES]


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_all_files_are_new_and_nothing_else_is_left(tmp_path):
    write(tmp_path, "old")
    (tmp_path / "other").write_text("stays")
    with file_set(tmp_path) as draft:
        write(draft, "new")
        assert read(tmp_path) == ["old"] * 3
    assert read(tmp_path) == ["new"] * 3
    assert files(tmp_path) == {*NAMES, "other"}
    assert not list(tmp_path.glob(".*"))


def test_an_error_while_writing_leaves_every_old_file(tmp_path):
    write(tmp_path, "old")

    def half() -> None:
        with file_set(tmp_path) as draft:
            (draft / "page.html").write_text("new")
            raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        half()
    assert read(tmp_path) == ["old"] * 3
    assert files(tmp_path) == set(NAMES)


@pytest.mark.parametrize("moves", range(len(NAMES)))
def test_a_run_killed_while_it_moves_files_is_finished_by_the_next(tmp_path, monkeypatch, moves):
    write(tmp_path, "old")
    # The process dies at its first, second or third move.
    left = iter([True] * moves)
    replace = Path.replace

    def dying(self: Path, target: Path) -> Path:
        if next(left, None) is None:
            raise KilledError
        return replace(self, target)

    monkeypatch.setattr(module.Path, "replace", dying)
    with pytest.raises(KilledError), file_set(tmp_path) as draft:
        write(draft, "new")
    monkeypatch.undo()
    finish(tmp_path)
    assert read(tmp_path) == ["new"] * 3
    assert files(tmp_path) == set(NAMES)


def test_a_run_killed_while_it_writes_changes_nothing(tmp_path):
    write(tmp_path, "old")
    draft = tmp_path / ".new-files"
    write(draft, "half of the n")
    finish(tmp_path)
    assert read(tmp_path) == ["old"] * 3
    with file_set(tmp_path) as fresh:
        assert files(fresh) == set()
        write(fresh, "new")
    assert read(tmp_path) == ["new"] * 3
