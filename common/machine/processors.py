"""How many processors this process may use."""

import os


def processors() -> int:
    """Return the number of processors for this process, at least 1.

    In a container that may be fewer than the machine has; where the system does not say so (macOS,
    Windows), it is the number of the machine.
    """
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
