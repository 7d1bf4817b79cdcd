"""Parts that fail, die once, die always, or work; a process that does them loads little."""

import gc
import os
import signal
from dataclasses import dataclass
from pathlib import Path


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


def describe(task: Task) -> None:
    """Write how this process takes memory and how often it looks for unreachable objects."""
    allocator = os.environ.get("MALLOC_TRIM_THRESHOLD_", "as usual")
    (task.folder / f"{task.name}.txt").write_text(f"{allocator}, {gc.get_threshold()}")
