"""How kernels are compiled: once, kept on disk where that is allowed."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

F = TypeVar("F", bound=Callable[..., Any])


def kernel(function: F) -> F:
    """Compile a function with numba, without Python inside and without the global lock.

    Compiled code is cached beside the source or in the user's cache folder; where neither can
    be written (a read-only installation) it is compiled anew in each process.
    """
    try:
        return cast("F", njit(cache=True, nogil=True)(function))
    except RuntimeError:
        return cast("F", njit(nogil=True)(function))
