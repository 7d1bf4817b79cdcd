"""Compiled kernels are loaded from disk without what only compiling needs.

Before numba loads kept code it refreshes its context, that is, it imports all that it can compile,
SciPy's linear algebra among it: a third of a second for code that is compiled already. Compiling
refreshes the context by itself, so that loading need not. The names used are numba's own and may
change: without them numba loads as it does.
"""

from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final, cast

import numba
from numba.core import caching

from common.untyped import Untyped

_runtime: Untyped = None
with suppress(ImportError):  # where numba has moved it, kept code is loaded as numba loads it
    from numba.core.runtime import nrt

    _runtime = nrt.rtsys
_NEEDED: Final = ("_load_overload", "_guard_against_spurious_io_errors", "load_overload")


class _KeptCode(caching.FunctionCache):
    """What numba kept of a function, loaded into a context that is not refreshed."""

    def load_overload(self, sig: Untyped, target_context: Untyped) -> Untyped:
        """Return the code of a signature; None where none is kept."""
        _runtime.initialize(target_context)  # of the refresh, the part that running code needs
        with self._guard_against_spurious_io_errors():
            load: Untyped = self._load_overload
            return load(sig, target_context)


def compile_or_load(function: Callable[..., Any], options: dict[str, Any]) -> Callable[..., Any]:
    """Return a function that numba compiles when it is called, or loads where it is kept.

    Parameters
    ----------
    function : callable
    options : dict
        Of :func:`numba.njit`.
    """
    try:
        dispatcher = numba.njit(cache=True, **options)(function)
    except RuntimeError:  # no folder can be written
        return cast("Callable[..., Any]", numba.njit(**options)(function))
    if _runtime is not None and all(hasattr(caching.FunctionCache, name) for name in _NEEDED):
        code_cache: Untyped = _KeptCode
        dispatcher._cache = code_cache(function)  # noqa: SLF001 - see the module's docstring
    return cast("Callable[..., Any]", dispatcher)
