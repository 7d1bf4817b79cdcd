"""How pandas keeps the text of tables: as Arrow's bytes, or as Python's strings.

Arrow's are made for columns of millions of rows; each operation costs some ten microseconds more
before it begins, also on headings. A team's Monday is thousands of operations on columns of at most
some ten thousand rows: a seventh of its processor time for 30 athletes, little for 200.

Of a column of one kind and one of the other a join makes a column of objects, so a block that keeps
text in one way keeps all of it so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import pandas as pd

_OPTION: Final = "mode.string_storage"
_ARROW: Final = pd.StringDtype("pyarrow", na_value=float("nan"))


@contextmanager
def python_text() -> Iterator[None]:
    """Keep text that is made within the block as Python's strings."""
    with pd.option_context(_OPTION, "python"):
        yield


@contextmanager
def usual_text() -> Iterator[None]:
    """Keep text that is made within the block as pandas does by default.

    Readers do: what they accept shall not depend on who reads, and a pattern means slightly other
    things to Arrow and to Python.
    """
    with pd.option_context(_OPTION, "auto"):
        yield


def text_storage() -> str:
    """Return how text that is made now is kept."""
    return pd.StringDtype(na_value=float("nan")).storage


def as_usual(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose text is kept as pandas does by default, as it is written to files.

    Parameters
    ----------
    frame : pandas.DataFrame
    """
    types = {
        name: _ARROW
        for name, kind in frame.dtypes.items()
        if isinstance(kind, pd.StringDtype) and kind.storage == "python"
    }
    return frame.astype(types) if types else frame
