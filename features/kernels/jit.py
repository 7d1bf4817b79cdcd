"""How kernels are compiled: at the first call, once, kept on disk where that is allowed."""

import os
import sys
from collections.abc import Callable
from functools import cached_property, update_wrapper
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from common.untyped import Untyped

COMPILED: Final = Path(sys.prefix) / "var" / "stridecast-kernels"
"""In the environment's own folder: `make setup` compiles there, and it goes with it."""
if sys.prefix != sys.base_prefix:
    os.environ.setdefault("NUMBA_CACHE_DIR", str(COMPILED))  # read when numba is imported

_PLAIN: Final[dict[str, Any]] = {"nogil": True, "error_model": "numpy"}
"""x / 0 is infinite or nan as in NumPy: a check of each divisor would keep loops from the vector
units. Sums keep their order, so that the result is the same with and without those."""

F = TypeVar("F", bound=Callable[..., Any])


class Kernel:
    """A function that numba compiles when it is first called.

    Importing a formula loads no compiler: pages and cards read catalogues and compute nothing.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        update_wrapper(self, function)

    @cached_property
    def compiled(self) -> Callable[..., Any]:
        """The compiled function; kernels that it calls are compiled with it."""
        from features.kernels.kept_code import compile_or_load  # heavy: most compute nothing

        # Compiled code can call compiled code alone, so the wrappers it names give way.
        names = self.function.__globals__
        for name in self.function.__code__.co_names:
            if isinstance(names.get(name), Kernel):
                names[name] = names[name].compiled
        return compile_or_load(self.function, _PLAIN)

    def __call__(self, *arguments: Untyped) -> Untyped:
        """Call the compiled function."""
        return self.compiled(*arguments)


def kernel(function: F) -> F:
    """Compile a function with numba, without Python inside and without the global lock.

    Compiled code is kept in the environment's own folder; where that cannot be written, beside the
    source or in the user's cache folder; where none can, it is compiled anew in each process.
    """
    return cast("F", Kernel(function))
