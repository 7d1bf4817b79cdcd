"""The athlete-day panel: every table as daily channels on one ragged grid."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Bools, Ints
from common.contracts import empty
from common.counted_sessions import counted
from common.vocabulary import LEVELS
from features.catalogue.settings import FeatureSettings
from features.injuries.reports import InjuryReports, injury_reports
from features.kernels.grid import Grid, build_grid, day_numbers
from features.kernels.running_statistics import days_since
from features.kernels.windows import Values
from features.panel.complaint_channels import complaint_channels
from features.panel.daily_channels import (
    body_channels,
    exercise_channels,
    pain_channels,
    wellness_channels,
)
from features.panel.extra_channels import extra_channels
from features.panel.injury_spans import inside_spans
from features.panel.mileage_channels import days_after_sheets, with_mileage
from features.panel.session_channels import session_channels

LOGGING_SOURCES = {
    "sessions": "local_date",
    "mileage": "date",
    "wellness": "date",
    "pain": "date",
    "exercise": "date",
    "strength": "date",
    "gait": "date",
    "body": "date",
}
"""Tables whose records show that an athlete is logging, with the column of the day.

Injury reports are not among them: they are written about an athlete, often by somebody else.
"""

# Between the two, so that no order is made up.
_SEX_CODES = {"female": 0.0, "male": 1.0, "other": 0.5}


@dataclass(frozen=True)
class Panel:
    """Everything the feature blocks may look at.

    Parameters
    ----------
    grid : Grid
        Athletes and their runs of days, `observed_from` to `observed_to`.
    known : bool array, one per athlete-day
        False where silence has lasted longer than the stated days: neither rest nor training.
    channels : dict of str to float32 array, one per athlete-day
        Null is NaN.
    traits : dict of str to float64 array, one per athlete
        What does not change: sex_code, level_code, birth_year, running_since, height_cm.
    injuries : InjuryReports
        Injury reports, sorted, for histories as known on a day.
    injuries_known : bool array, one per athlete-day
        Whether injuries would be known on the day.
    tables : mapping of str to pandas.DataFrame
        The tables themselves, for what is too rare for a daily channel: tests, gait, shoes.
    """

    grid: Grid
    known: Bools
    channels: dict[str, Values]
    traits: dict[str, npt.NDArray[np.float64]]
    injuries: InjuryReports
    injuries_known: Bools
    tables: Mapping[str, pd.DataFrame]

    @property
    def athletes(self) -> list[str]:
        """Sorted athletes."""
        return self.grid.athletes

    @property
    def first_day(self) -> Ints:
        """First observed day of each athlete, in days since 1970-01-01."""
        return self.grid.first_day

    @property
    def offsets(self) -> Ints:
        """Where each athlete's run of days begins, and the end."""
        return self.grid.offsets


def build_panel(tables: Mapping[str, pd.DataFrame], settings: FeatureSettings) -> Panel:
    """Lay the tables out as daily channels.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of :data:`common.contracts.CONTRACTS`.
    settings : FeatureSettings
        Days of silence and injury rules.

    Returns
    -------
    Panel
        Records dated outside an athlete's observation feed no channel.
    """
    grid = build_grid(tables["athletes"])
    # Before implausible sessions are left out: their athlete was logging all the same.
    known = known_days(tables, grid, settings.silence_days)
    # A watch left on shows that somebody was there, not what was run.
    tables = {**tables, "sessions": counted(tables["sessions"])}
    mileage = tables.get("mileage", empty("mileage"))
    untold = days_after_sheets(mileage, tables["sessions"], settings.silence_days)
    injuries, inside = injury_reports(tables["injuries"], grid), inside_spans(tables, grid)
    complaints = tables.get("complaints", empty("complaints"))
    channels = (
        with_mileage(session_channels(tables["sessions"], grid, known), mileage, grid, untold)
        | wellness_channels(tables["wellness"], grid)
        | pain_channels(tables["pain"], grid)
        | exercise_channels(tables["exercise"], grid, known)
        | body_channels(tables["body"], grid)
        | extra_channels(
            tables.get("extra", empty("extra")), grid, settings.channels, settings.silence_days
        )
        | complaint_channels(complaints, tables["pain"], injuries, grid, inside)
    )
    traits = _traits(tables["athletes"])
    return Panel(grid, known, channels, traits, injuries, inside, tables)


def known_days(tables: Mapping[str, pd.DataFrame], grid: Grid, silence_days: int) -> Bools:
    """Tell which days are known: some source logged on the day or at most `silence_days` before.

    Logs from before the observation count; later ones never do.
    """
    logged = np.zeros(grid.size, dtype=bool)
    age_before = np.full(len(grid.athletes), np.inf)
    for table, column in LOGGING_SOURCES.items():
        if table not in tables:
            continue
        rows = _with_content(table, tables[table])
        at, inside = grid.locate(rows["athlete"], rows[column])
        logged[at[inside]] = True
        codes = grid.codes(rows["athlete"])
        age = grid.first_day[codes] - 1 - day_numbers(rows[column])
        earlier = (codes >= 0) & (age >= 0)
        # The first observed days are known too if something was logged shortly before them.
        np.minimum.at(age_before, codes[earlier], age[earlier].astype(np.float64))
    return days_since(logged, grid.offsets, age_before) <= silence_days


def _with_content(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Leave out questionnaires in which nothing was answered."""
    if table not in ("wellness", "body"):
        return rows
    # An app that writes an empty row each morning would make every silent week a week of rest.
    values = rows.drop(columns=["athlete", "date", "source"])
    return rows[values.notna().any(axis=1)]


def _traits(athletes: pd.DataFrame) -> dict[str, npt.NDArray[np.float64]]:
    ordered = athletes.sort_values("athlete")
    level_codes = {level: float(code) for code, level in enumerate(LEVELS)}
    traits = {
        "sex_code": ordered["sex"].map(_SEX_CODES),
        "level_code": ordered["level"].map(level_codes),
        "birth_year": ordered["birth_year"],
        "running_since": ordered["running_since"],
        "height_cm": ordered["height_cm"],
    }
    return {name: values.to_numpy(dtype=np.float64) for name, values in traits.items()}
