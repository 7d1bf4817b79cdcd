"""Every week's forecasts and the feature rows behind them, kept beside the page."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pandas as pd

from common.frame_files import read_frame, write_frame
from common.store import write_text
from pipelines.history.action_log import damage_of, mend_actions
from pipelines.history.damage import Damage

_DATA: Final = "data_folder.txt"
_LOST: Final = (
    "this week is missing from the history: put the file back from a backup if there is one, or"
    " make the week again with `stridecast score FOLDER --as-of DAY`"
)


@dataclass(frozen=True)
class Archive:
    """The history of a dataset's forecasts in an output folder.

    Parameters
    ----------
    out : pathlib.Path
        Folder of `stridecast score --out`.
    dataset : str
        Its name; datasets that share a folder stay apart.
    damage : Damage
        Filled with the files that could not be read.
    """

    out: Path
    dataset: str
    damage: Damage = field(default_factory=Damage, compare=False)

    @property
    def folder(self) -> Path:
        """Folder of the dataset's history."""
        return self.out / "history" / self.dataset

    def folder_in(self, place: Path) -> Path:
        """Return the dataset's history in a folder that stands in for `out`."""
        return place / self.folder.relative_to(self.out)

    def damage_sentences(self) -> list[str]:
        """Return a sentence for each file that could not be read so far, and for its lines."""
        return [*self.damage.sentences(), *damage_of(self.folder)]

    def set_aside(self) -> None:
        """Put away what could not be read; the caller holds the lock of `out`."""
        self.damage.set_aside()
        mend_actions(self.folder)

    def store(
        self, scores: pd.DataFrame, rows: pd.DataFrame, *, hindcast: bool, place: Path | None = None
    ) -> bool:
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
        place : pathlib.Path, optional
            Folder to write to in place of `out`; see :mod:`common.file_set`.

        Returns
        -------
        bool
            Whether the week was written.
        """
        name = f"{pd.Timestamp(scores['as_of'].iloc[0]).date()}.parquet"
        if hindcast and self._was_made_in_time(self.folder / "forecasts" / name):
            return False
        folder = self.folder if place is None else self.folder_in(place)
        # One file a week: a damaged file costs one week, and no run rewrites the weeks before.
        write_frame(folder / "features" / name, rows)
        write_frame(folder / "forecasts" / name, scores.assign(hindcast=hindcast))
        return True

    def _was_made_in_time(self, path: Path) -> bool:
        if not path.exists():
            return False
        flags = self.damage.read(path, lambda path: read_frame(path, ["hindcast"]), _LOST)
        # A damaged file is no forecast made in time: a hindcast may take its place.
        return flags is not None and not flags["hindcast"].all()

    def remember_folder(self, data: Path, place: Path | None = None) -> None:
        """Write down, on this machine, where the exports lie, so that names can be looked up."""
        folder = self.folder if place is None else self.folder_in(place)
        write_text(folder / _DATA, f"{data.resolve()}\n")

    def data_folder(self) -> Path | None:
        """Return where the exports lay at the last score, if they still do."""
        path = self.folder / _DATA
        if not path.exists():
            return None
        # A power cut can leave a file of zero bytes of the right length.
        location = path.read_text(encoding="utf-8", errors="replace").strip("\0 \r\n")
        return Path(location) if location and Path(location).is_dir() else None

    def forecasts(self) -> pd.DataFrame | None:
        """Return all weeks one below the other, or None before the first."""
        return self._all("forecasts")

    def features(self) -> pd.DataFrame | None:
        """Return the feature rows of all weeks, or None before the first."""
        return self._all("features")

    def _all(self, part: str) -> pd.DataFrame | None:
        """Return the weeks that can be read; the others are noted in `damage`."""
        paths = sorted((self.folder / part).glob("*.parquet"))
        weeks = [self.damage.read(path, _readers[part], _LOST) for path in paths]
        whole = [week for week in weeks if week is not None]
        return pd.concat(whole, ignore_index=True) if whole else None


def _week_of_forecasts(path: Path) -> pd.DataFrame:
    week = read_frame(path)
    # A KeyError counts as damage: the week is told and set aside, and the others still count.
    if not {"athlete", "as_of", "outcome", "probability", "hindcast"} <= set(week.columns):
        raise KeyError(path.name)
    return week


def _week_of_features(path: Path) -> pd.DataFrame:
    week = read_frame(path)
    if not {"athlete", "date"} <= set(week.columns):
        raise KeyError(path.name)
    return week


_readers: Final = {"forecasts": _week_of_forecasts, "features": _week_of_features}
