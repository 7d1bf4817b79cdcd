"""Room for the calls of a run, taken once.

Python keeps what its calls work with in pieces of 16 kB. It gives a piece back to the system when
the last call in it returns, and asks for it again at the next one: a loop that happens to stand at
such an edge pays for new memory at every call. In a week of 30 athletes these were 30,000 pieces
and a twentieth of the time, elsewhere none, because one call more or fewer led to the loop.

A call that needs much room gets a large piece, whose rest serves the calls within it.
"""

from collections.abc import Callable
from types import FunctionType
from typing import Final, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

_PLACES: Final = 2**16
"""With what a call needs besides just over half a MB, so that Python takes 1 MB and the other half
is free: some thousand calls within each other. Memory that nothing was written to costs none."""


def _call(work: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    return work(*arguments, **named)


_in_large_piece: Final = FunctionType(_call.__code__.replace(co_stacksize=_PLACES), globals())


def with_call_room(work: Callable[P, R], *arguments: P.args, **named: P.kwargs) -> R:
    """Call a function in such a way that the calls within it find room without asking.

    Parameters
    ----------
    work : callable
        What takes long; arguments follow.
    """
    return cast("R", _in_large_piece(work, *arguments, **named))
