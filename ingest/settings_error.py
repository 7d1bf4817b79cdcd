"""Turn a failed settings check into one line that names the file, the key and the remedy."""

import difflib
from typing import Any

from pydantic import BaseModel, ValidationError

from ingest.errors import StridecastError


def settings_error(source: str, error: ValidationError, model: type[BaseModel]) -> StridecastError:
    """Describe the first fault of a settings file.

    Parameters
    ----------
    source : str
        Name of the file, as the user knows it.
    error : pydantic.ValidationError
        What pydantic found.
    model : type of pydantic.BaseModel
        The settings that were expected; needed to suggest the right spelling of a key.

    Returns
    -------
    StridecastError
        To be raised by the caller.
    """
    first = error.errors()[0]
    path = ".".join(str(part) for part in first["loc"])
    more = f" ({error.error_count() - 1} more fault(s) after it)" if error.error_count() > 1 else ""
    if first["type"] == "extra_forbidden":
        known = _keys_at(model, [str(part) for part in first["loc"][:-1]])
        close = difflib.get_close_matches(str(first["loc"][-1]), known, n=1)
        hint = f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(known)}"
        return StridecastError(f"{source}: unknown key {path!r}{more}", hint)
    return StridecastError(f"{source}: {path}: {first['msg']}, found {first['input']!r}{more}")


def _keys_at(model: type[BaseModel], path: list[str]) -> list[str]:
    """Return the keys a settings model takes at a path of keys, sorted."""
    here: Any = model
    for part in path:
        field = here.model_fields.get(part)
        here = field.annotation if field is not None else None
        if not (isinstance(here, type) and issubclass(here, BaseModel)):
            return []
    return sorted(here.model_fields)
