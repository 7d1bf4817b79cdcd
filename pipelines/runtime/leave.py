"""How a process ends: at once, with all its memory.

When Python ends it takes every object and module apart, one by one: a third of a second of a
forecast of 30 athletes, for memory that the system takes back in one piece anyway.
"""

import atexit
import os
import sys
import threading


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
    is_watched = sys.getprofile() is not None or sys.gettrace() is not None
    if others != [threading.main_thread()] or is_watched:
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
