"""Compiled templates are kept beside them, as Python keeps its own modules: by marshal, no pickle.

Jinja's own files begin with a pickle, which this project never loads.
"""

import contextlib
import marshal
import sys
from pathlib import Path
from types import CodeType
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
            digest, _, written = self._path(bucket).read_bytes().partition(b"\n")
            is_same = digest == bucket.checksum.encode()
            # The package's own folder: who can write there can change its .py files as well.
            code = marshal.loads(written) if is_same else None  # noqa: S302 - as Python's own .pyc
        except (OSError, EOFError, ValueError, TypeError):
            code = None
        if isinstance(code, CodeType):
            bucket.code = code
        else:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, unless Python is told to keep none."""
        if sys.dont_write_bytecode:
            return
        # An installation that cannot be written to only starts a little slower.
        with contextlib.suppress(OSError):
            self._folder.mkdir(exist_ok=True)
            # Two commands may start at once: neither may read half of the other's file.
            with atomic(self._path(bucket)) as part:
                part.write_bytes(bucket.checksum.encode() + b"\n" + marshal.dumps(bucket.code))

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / f"{bucket.key}.{self._kind}"
