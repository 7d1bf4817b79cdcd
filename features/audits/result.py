"""What an audit says: whether the run may go on, why, and the table behind it."""

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True)
class Audit:
    """A verdict with its table.

    Parameters
    ----------
    passed : bool
        Whether the run may go on.
    sentence : str
        The verdict in words.
    table : pandas.DataFrame
        What was found, the worst first.
    """

    passed: bool
    sentence: str
    table: pd.DataFrame
