"""A progress bar over files, on a terminal only."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn


@contextmanager
def file_progress(task_name: str) -> Iterator[Callable[[int, int, str], None]]:
    """Yield a function that is told files done, files in all, and the file at hand.

    The bar goes to standard error, so that results can be piped; without a terminal there is none.
    """
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[file]}", markup=False),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task(task_name, total=None, file="")
        yield lambda done, total, file: bar.update(task, completed=done, total=total, file=file)
