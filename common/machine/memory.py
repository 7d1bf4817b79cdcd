"""How much memory this process may still use."""

from pathlib import Path
from typing import Final

_MACHINE: Final = Path("/proc/meminfo")
_LIMITS: Final = (
    ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory.current"),
    ("/sys/fs/cgroup/memory/memory.limit_in_bytes", "/sys/fs/cgroup/memory/memory.usage_in_bytes"),
)
"""What a container may use and what it uses, in the two versions of Linux's control groups."""
_KIBI: Final = 1024


def free_memory() -> int | None:
    """Return the bytes that are free for this process; None where the system does not say so.

    In a container that may be less than the machine has.
    """
    machine = _of_machine()
    container = [_of_container(Path(limit), Path(usage)) for limit, usage in _LIMITS]
    known = [free for free in (machine, *container) if free is not None]
    return min(known) if known else None


def _of_machine() -> int | None:
    try:
        lines = _MACHINE.read_text(encoding="ascii").splitlines()
    except OSError:  # no Linux
        return None
    available = next((line for line in lines if line.startswith("MemAvailable:")), "")
    return int(available.split()[1]) * _KIBI if available else None


def _of_container(limit: Path, usage: Path) -> int | None:
    try:
        return max(int(limit.read_text()) - int(usage.read_text()), 0)
    except (OSError, ValueError):  # no container, or one without a limit ("max")
        return None
