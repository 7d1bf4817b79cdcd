"""Compiled templates are kept beside them, as Python keeps its own modules."""

import contextlib
import pickle
import sys
from pathlib import Path
from typing import Final

import jinja2
from jinja2.bccache import Bucket, BytecodeCache

from common.atomic import atomic

_FOLDER: Final = "__pycache__"


class TemplateBytecode(BytecodeCache):
    """Bytecode of a folder's templates; where it cannot be kept, nothing is said.

    Jinja compares the digest of a template's source, so that a changed one is compiled anew. The
    name of the file has everything else that decides about the code: the versions of Jinja and
    Python, and `options`.

    Parameters
    ----------
    templates : pathlib.Path
    options : str
        How the templates are compiled, such as whether blocks are trimmed.
    """

    def __init__(self, templates: Path, options: str) -> None:
        self._folder = templates / _FOLDER
        self._kind = f"{options}.jinja-{jinja2.__version__}.{sys.implementation.cache_tag}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template if it is there, whole and of the same source."""
        try:
            bucket.bytecode_from_string(self._path(bucket).read_bytes())
        except (OSError, EOFError, ValueError, TypeError, pickle.UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, unless Python is told to keep none."""
        if sys.dont_write_bytecode:
            return
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            with atomic(self._path(bucket)) as part:
                part.write_bytes(bucket.bytecode_to_string())

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{self._kind}"
