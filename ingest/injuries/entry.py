"""One line of an injury register as it was written, and what it means."""

from typing import NamedTuple

import pandas as pd


class InjuryEntry(NamedTuple):
    """The cells of one line; empty text or null where the register has no such column.

    Parameters
    ----------
    onset_date : pandas.Timestamp or None
        Day of onset; None where it was not written (`?`).
    onset_text : str
        The same as written.
    text : str
        What happened: complaint, diagnosis, body part, as written.
    remark : str
        What else was written beside it.
    region_cell, side_cell, code, severity_cell : str
        Cells of their own for the body part, the side, an OSIICS code and the severity.
    days_lost : float or None
        Days without full training, where a column tells them.
    return_date : pandas.Timestamp or None
        Day of return, where it is written as a whole date.
    return_text : str
        The return as written.
    reported_on : pandas.Timestamp or None
        Day on which the line was written, where a column tells it.
    """

    onset_date: pd.Timestamp | None = None
    onset_text: str = ""
    text: str = ""
    remark: str = ""
    region_cell: str = ""
    side_cell: str = ""
    code: str = ""
    severity_cell: str = ""
    days_lost: float | None = None
    return_date: pd.Timestamp | None = None
    return_text: str = ""
    reported_on: pd.Timestamp | None = None


class SettledEntry(NamedTuple):
    """What a line means, in the closed vocabulary.

    Parameters
    ----------
    injury : bool
        False where the line says that there was no injury.
    region : str
        Body region; `unknown` where the line does not tell one.
    side, diagnosis : str or None
        Null where they are not told.
    severity, mode : str
        As in the vocabulary; `unknown` where they are not told.
    return_date : pandas.Timestamp or None
        Day of return; it may lie in the future ("3 weeks"). None while it is open.
    injury_class : str or None
        `injury`, `complaint` or `not_running`; null where it cannot be told.
    class_reason : str
        Why, a key of :data:`common.vocabulary.CLASS_REASONS`.
    """

    injury: bool
    region: str
    side: str | None
    diagnosis: str | None
    severity: str
    mode: str
    return_date: pd.Timestamp | None
    injury_class: str | None
    class_reason: str
