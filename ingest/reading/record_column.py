"""Names of records in a file of columns, which knows no column of numbers and text."""

from typing import Final

import pandas as pd

_NUMBERED: Final = "cache_record_is_number"


def flat(frame: pd.DataFrame) -> pd.DataFrame:
    """Return rows whose column `record` is of one kind, with another one that says which it was."""
    # Most tables number their records, and numbers are a column of their own right.
    if pd.api.types.is_integer_dtype(frame["record"].dtype):
        return frame
    number = frame["record"].map(lambda record: not isinstance(record, str)).astype(bool)
    return frame.assign(record=frame["record"].astype("str"), **{_NUMBERED: number})


def nested(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that :func:`flat` was given."""
    if _NUMBERED not in frame:
        return frame
    number = frame[_NUMBERED].to_numpy()
    if number.all():
        record = frame["record"].astype("int64")
    else:
        record = frame["record"].astype(object)
        record[number] = record[number].astype("int64").astype(object)
    return frame.drop(columns=_NUMBERED).assign(record=record)
