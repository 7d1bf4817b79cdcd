"""Turn a failed settings check into one line that names the file, the key and the remedy."""

import difflib
from types import NoneType, UnionType
from typing import Any, Final, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError

from common.errors import StridecastError

_OF_A_KEY: Final = "[key]"
"""How pydantic says that not the value but the key of a mapping is wrong."""


def settings_error(source: str, error: ValidationError, expected: object) -> StridecastError:
    """Describe the first fault of a settings file.

    Parameters
    ----------
    source : str
        Name of the file, as the user knows it.
    error : pydantic.ValidationError
        What pydantic found.
    expected : type
        What was expected: a model, or a list or mapping of models; needed to suggest the right
        spelling of a key.

    Returns
    -------
    StridecastError
        To be raised by the caller.
    """
    first = error.errors()[0]
    place = [part for part in first["loc"] if part != _OF_A_KEY]
    key = ".".join(str(part) for part in place)
    more = f" ({error.error_count() - 1} more fault(s) after it)" if error.error_count() > 1 else ""
    if first["type"] == "extra_forbidden":
        hint = _right_spelling(str(place[-1]), _keys_at(expected, place[:-1]))
        return StridecastError(f"{source}: unknown key {key!r}{more}", hint)
    if first["type"] == "missing":
        return StridecastError(f"{source}: key {key!r} is missing{more}")
    message = first["msg"].removeprefix("Value error, ")
    # Without a key the fault is of several keys together, and the sentence names them.
    fault = f"key {key!r}: {message}, found {first['input']!r}" if key else message
    return StridecastError(f"{source}: {fault}{more}")


def _right_spelling(key: str, known: list[str]) -> str:
    close = difflib.get_close_matches(key, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(known)}"


def _keys_at(expected: object, path: list[str | int]) -> list[str]:
    """Return the keys that settings take at a path of keys and places, in their order."""
    here: Any = _plain(expected)
    for part in path:
        here = _plain(_inside(here, part))
    return list(here.model_fields) if _is_model(here) else []


def _inside(here: Any, part: str | int) -> Any:  # noqa: ANN401 - an annotation
    """Return what is expected under a key of a model, or as an element of a list or mapping."""
    if _is_model(here):
        field = here.model_fields.get(part)
        return field.annotation if field is not None else None
    elements = [argument for argument in get_args(here) if argument is not Ellipsis]
    return elements[-1] if elements else None


def _plain(here: Any) -> Any:  # noqa: ANN401 - an annotation
    """Return what an optional annotation holds."""
    if get_origin(here) not in (Union, UnionType):
        return here
    return next(argument for argument in get_args(here) if argument is not NoneType)


def _is_model(here: object) -> bool:
    return isinstance(here, type) and issubclass(here, BaseModel)
