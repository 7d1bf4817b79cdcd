"""Compiled kernels are loaded from disk without what only compiling needs.

Before numba loads kept code it refreshes its context, that is, it imports all that it can compile,
SciPy's linear algebra among it: a third of a second for code that is compiled already. Compiling
refreshes the context by itself, so that loading need not. The names used are numba's own and may
change: without them numba loads as it does.

Numba compiles again when a function's own file has changed. Kernels that it calls and constants
that it names are built in and may stand in other files, so they count here as well.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FunctionType
from typing import Any, Final, cast

import numba
from numba.core import caching

from common.untyped import Untyped

_runtime: Untyped = None
with suppress(ImportError):  # where numba has moved it, kept code is loaded as numba loads it
    from numba.core.runtime import nrt

    _runtime = nrt.rtsys
_CONSTANTS: Final = (bool, int, float, str, tuple)
_NEEDED: Final = ("_load_overload", "_guard_against_spurious_io_errors", "load_overload")


class _KeptCode(caching.FunctionCache):
    """What numba kept of a function, loaded into a context that is not refreshed."""

    def load_overload(self, sig: Untyped, target_context: Untyped) -> Untyped:
        """Return the code of a signature; None where none is kept."""
        _runtime.initialize(target_context)  # of the refresh, the part that running code needs
        with self._guard_against_spurious_io_errors():
            load: Untyped = self._load_overload
            return load(sig, target_context)


def built_in(function: Callable[..., Any]) -> tuple[object, ...]:
    """Return the constants that a function names, and size and time of the files of its kernels.

    Parameters
    ----------
    function : callable
        Not compiled; the kernels that it calls are.
    """
    plain = cast("FunctionType", function)
    parts: list[object] = []
    for name in sorted(set(plain.__code__.co_names)):
        value = plain.__globals__.get(name)
        kernel = getattr(value, "py_func", None)
        if kernel is not None:
            file = Path(kernel.__code__.co_filename).stat()
            parts.append((name, file.st_mtime, file.st_size, built_in(kernel)))
        elif isinstance(value, _CONSTANTS):
            parts.append((name, repr(value)))
    return tuple(parts)


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
        code = code_cache(function)
        index = code._cache_file  # noqa: SLF001 - see the module's docstring
        index._source_stamp = index._source_stamp, built_in(function)  # noqa: SLF001 - as above
        dispatcher._cache = code  # noqa: SLF001 - as above
    return cast("Callable[..., Any]", dispatcher)
