"""Every week's forecasts and the feature rows behind them, kept beside the page."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from common.store import read_frame, write_frame, write_text

_DATA: Final = "data_folder.txt"


@dataclass(frozen=True)
class Archive:
    """The history of a dataset's forecasts in an output folder.

    Parameters
    ----------
    out : pathlib.Path
        Folder of `stridecast score --out`.
    dataset : str
        Its name; datasets that share a folder stay apart.
    """

    out: Path
    dataset: str

    @property
    def folder(self) -> Path:
        """Folder of the dataset's history."""
        return self.out / "history" / self.dataset

    def store(self, scores: pd.DataFrame, rows: pd.DataFrame, *, hindcast: bool) -> bool:
        """Keep a week; a repeated run replaces its own file, so that nothing is kept twice.

        A forecast that was made when later records lay in the folder (a hindcast) never replaces
        one that was made in time.

        Parameters
        ----------
        scores : pandas.DataFrame
            All outcomes of one as-of day.
        rows : pandas.DataFrame
            The feature rows that were scored.
        hindcast : bool
            Whether the data reached past the as-of day.

        Returns
        -------
        bool
            Whether the week was written.
        """
        name = f"{pd.Timestamp(scores['as_of'].iloc[0]).date()}.parquet"
        kept = self.folder / "forecasts" / name
        if hindcast and kept.exists() and not read_frame(kept, ["hindcast"])["hindcast"].all():
            return False
        write_frame(self.folder / "features" / name, rows)
        write_frame(kept, scores.assign(hindcast=hindcast))
        return True

    def remember_folder(self, data: Path) -> None:
        """Write down, on this machine, where the exports lie, so that names can be looked up."""
        write_text(self.folder / _DATA, f"{data.resolve()}\n")

    def data_folder(self) -> Path | None:
        """Return where the exports lay at the last score, if they still do."""
        path = self.folder / _DATA
        told = Path(path.read_text(encoding="utf-8").strip()) if path.exists() else None
        return told if told is not None and told.is_dir() else None

    def forecasts(self) -> pd.DataFrame | None:
        """Return all weeks one below the other, or None before the first."""
        return self._all("forecasts")

    def features(self) -> pd.DataFrame | None:
        """Return the feature rows of all weeks, or None before the first."""
        return self._all("features")

    def _all(self, part: str) -> pd.DataFrame | None:
        weeks = [read_frame(path) for path in sorted((self.folder / part).glob("*.parquet"))]
        return pd.concat(weeks, ignore_index=True) if weeks else None
