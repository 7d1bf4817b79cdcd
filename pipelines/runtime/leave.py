"""How a process ends: at once, with all its memory.

When Python ends it takes every object and module apart, one by one: a third of a second of a
forecast of 30 athletes, for memory that the system takes back in one piece anyway.
"""

import atexit
import os
import sys
import threading
from typing import Any, Final

_TOOLS: Final = 6
"""How many may measure one process at a time (PEP 669)."""


def leave(code: int) -> None:
    """End this process, after what asked to be called at its end; files are closed before.

    Returns where that would lose something, so that Python ends as usual: while another thread is
    still at work or somebody measures the process, and where standard output no longer takes what
    was printed.

    Parameters
    ----------
    code : int
        Exit status.
    """
    others = [thread for thread in threading.enumerate() if not thread.daemon]
    if others != [threading.main_thread()] or _is_watched():
        return
    atexit._run_exitfuncs()  # noqa: SLF001 - what Python calls; multiprocessing uses it as well
    try:
        for stream in (sys.stdout, sys.stderr):
            # A program without a console has none.
            if stream is not None:
                stream.flush()
    except (OSError, ValueError):
        return
    os._exit(code)


def _is_watched() -> bool:
    if sys.getprofile() is not None or sys.gettrace() is not None:
        return True
    # From Python 3.12 on cProfile is seen here alone; it writes what it measured when we return.
    monitoring: Any = getattr(sys, "monitoring", None)
    return monitoring is not None and any(monitoring.get_tool(tool) for tool in range(_TOOLS))
