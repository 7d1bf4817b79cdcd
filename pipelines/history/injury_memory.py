"""When each entry of the injury record was first seen: what a list could not know is told."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd

from common.frame_files import read_frame, write_frame
from forecasting.monitoring.late_reports import SEEN_COLUMNS, updated
from pipelines.history.damage import Damage

_FILE: Final = "injuries_seen.parquet"
_LOST: Final = "nobody can tell which injuries were reported late; it is written anew"


@dataclass(frozen=True)
class InjuryMemory:
    """The record of a dataset's injury entries beside its forecasts: pseudonyms and days.

    Parameters
    ----------
    folder : pathlib.Path
        The dataset's history.
    damage : Damage
        Filled if the record could not be read.
    """

    folder: Path
    damage: Damage = field(default_factory=Damage, compare=False)

    def seen(
        self, injuries: pd.DataFrame, day: pd.Timestamp, last_list: pd.Timestamp | None
    ) -> pd.DataFrame:
        """Return what has been seen up to this run; see :func:`updated`."""
        return updated(self._known(), injuries, day, last_list)

    def store(self, seen: pd.DataFrame, place: Path | None = None) -> None:
        """Write the entries seen so far, to `place` where one is given."""
        write_frame((place or self.folder) / _FILE, seen)

    def _known(self) -> pd.DataFrame | None:
        path = self.folder / _FILE
        # The first run has nothing to remember, which is no damage.
        if not path.exists():
            return None
        return self.damage.read(path, lambda path: read_frame(path, list(SEEN_COLUMNS)), _LOST)


def last_list_before(forecasts: pd.DataFrame | None, day: pd.Timestamp) -> pd.Timestamp | None:
    """Return the day of the latest list that was made in time before a day; None without one.

    Parameters
    ----------
    forecasts : pandas.DataFrame or None
        Of the archive: as_of, hindcast.
    day : pandas.Timestamp
        The day.
    """
    if forecasts is None:
        return None
    # A hindcast saw what was entered later, so it does not tell what was known on its day.
    made = forecasts.loc[~forecasts["hindcast"].astype(bool) & (forecasts["as_of"] < day), "as_of"]
    return None if made.empty else pd.Timestamp(made.max())
