"""Change one thing in a `dataset.yaml`: comments and everything else stay as they are."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from common.errors import StridecastError
from common.store import write_text
from common.untyped import FromFile
from common.yaml_file import load_yaml
from ingest.dataset.settings import FILE_NAME, load_config

_WIDTH: Final = 120


def put_values(folder: Path, values: Mapping[tuple[str, ...], object]) -> None:
    """Write values at keys of `dataset.yaml`, checked by reading the file again.

    Parameters
    ----------
    folder : pathlib.Path
        Dataset folder.
    values : mapping of keys to value
        Such as `("sheets", "Form.csv", "dates"): "day_first"`; None takes the key away.

    Raises
    ------
    StridecastError
        If the file is no good then; it stays as it was.
    """
    path = folder / FILE_NAME
    load_yaml(path)  # What is no YAML, or too large as settings, is refused in one line.
    before = path.read_text(encoding="utf-8")
    yaml = YAML()
    # A coach's longer lines would else be wrapped anew.
    yaml.width = _WIDTH
    content = yaml.load(before)
    for keys, value in values.items():
        _put(content, list(keys), value)
    text = io.StringIO()
    yaml.dump(content, text)
    write_text(path, text.getvalue())
    try:
        load_config(folder)
    except StridecastError:
        write_text(path, before)
        raise


def value_at(folder: Path, keys: Sequence[str]) -> object:
    """Return what stands at keys of `dataset.yaml`, None where nothing does."""
    here: object = load_yaml(folder / FILE_NAME)
    for key in keys:
        here = here.get(key) if isinstance(here, dict) else None
    return here


def parsed(text: str) -> object:
    """Return an answer as YAML reads it: `day_first`, `{worst: 5, best: 1}`, `3`.

    Raises
    ------
    ValueError
        If it is no YAML.
    """
    try:
        return YAML(typ="safe").load(text)
    except YAMLError:
        raise ValueError(f"{text!r} is no value of a settings file") from None


def _put(content: FromFile, keys: list[str], value: object) -> None:
    *above, last = keys
    for key in above:
        if not isinstance(content.get(key), dict):
            content[key] = {}
        content = content[key]
    if value is None:
        content.pop(last, None)
    else:
        content[last] = value
