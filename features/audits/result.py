"""What an audit says: whether the run may go on, why, and the table behind it."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

PASSED: Final = "passed"
WARNED: Final = "warned"
NOT_JUDGED: Final = "not judged"
STOPPED: Final = "stopped"


@dataclass(frozen=True)
class Audit:
    """A verdict with its table.

    Parameters
    ----------
    passed : bool
        Whether the run may go on.
    sentence : str
        The verdict in words; that of a stop names the file and the setting that answers it.
    table : pandas.DataFrame
        What was found, the worst first.
    status : str
        :data:`PASSED`, :data:`WARNED` (something is wrong with the records, but forecasts gain
        little from it), :data:`NOT_JUDGED` (too little to say: it is no pass) or :data:`STOPPED`.
        Empty takes it from `passed`.
    """

    passed: bool
    sentence: str
    table: pd.DataFrame
    status: str = ""

    @property
    def verdict(self) -> str:
        """Return the status, in one word or two."""
        return self.status or (PASSED if self.passed else STOPPED)


def non_blocking(sentence: str, table: pd.DataFrame, status: str = PASSED) -> Audit:
    """Return a verdict that does not stop the run: passed, warned or not judged."""
    return Audit(passed=True, sentence=sentence, table=table, status=status)
