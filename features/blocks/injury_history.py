"""What an athlete has been through, as known on each day: one kernel over the injury reports."""

from typing import Final

import numpy as np
import numpy.typing as npt

from common.arrays import Ints
from common.vocabulary import REGIONS
from features.injuries.reports import NEVER, InjuryReports
from features.injuries.settings import InjuryRules
from features.kernels.jit import kernel
from features.kernels.windows import Daily
from features.panel.athlete_days import Panel
from features.panel.days import Days

HISTORY: Final = (
    "injuries_6m",
    "injuries_12m",
    "injuries_24m",
    "knee_injuries_12m",
    "recurrences_24m",
    "days_lost_12m",
    "injuries_observed",
    "days_since_return",
    "same_side_recurrences_24m",
    "injuries_on_record",
    "is_injured",
)
"""Rows of what :func:`injury_history` returns."""

HALF_YEAR: Final = 182
YEAR: Final = 365
TWO_YEARS: Final = 730
KNEE: Final = REGIONS.index("knee")


def past_injuries(days: Days, name: str) -> Daily:
    """One row of :func:`injury_history`, made once."""
    rows = days.shared("injury history", lambda d: injury_history(d.panel, d.settings.injuries))
    row: Daily = rows[HISTORY.index(name)]
    return row


def known_injuries(days: Days, name: str) -> Daily:
    """Return the same, null where none is on record and nobody would have written one down.

    What is on record stays: it happened, whoever kept the list.
    """
    row = past_injuries(days, name)
    # 0 where nobody kept a list would be read as healthy.
    return np.where((row == 0) & ~days.panel.injuries_known, np.nan, row)


def injury_history(panel: Panel, rules: InjuryRules) -> npt.NDArray[np.float64]:
    """Count and date injuries as known on each day of the panel.

    On each day the reports so far, return dates later than the day masked, are merged as
    :func:`features.injuries.rules.effective_injuries` does.

    Returns
    -------
    float64 array, rows of :data:`HISTORY` x athlete-days
        `days_since_return` is null for the never injured, and 0 while injured and on the day of
        the return; `is_injured` is 1 from the onset to the day before the return.
    """
    durations = np.array([rules.duration_days(region) for region in REGIONS], dtype=np.int64)
    out = np.zeros((len(HISTORY), panel.grid.size))
    out[HISTORY.index("days_since_return")] = np.nan
    reports: InjuryReports = panel.injuries
    _fill(
        out,
        panel.offsets,
        panel.first_day,
        reports.offsets,
        reports.onset,
        reports.known,
        reports.back,
        reports.region,
        reports.sides,
        durations,
        rules.recurrence_gap_days,
        rules.min_time_loss_days,
        rules.known_before_entry_days,
    )
    return out


@kernel
def _fill(  # noqa: PLR0913, PLR0917 - a kernel takes flat arrays, not objects
    out: npt.NDArray[np.float64],
    offsets: Ints,
    first_day: Ints,
    report_offsets: Ints,
    onset: Ints,
    known: Ints,
    back: Ints,
    region: Ints,
    sides: Ints,
    durations: Ints,
    gap: int,
    min_loss: int,
    before_entry: int,
) -> None:
    for athlete in range(offsets.size - 1):
        first, last = report_offsets[athlete], report_offsets[athlete + 1]
        observed_from = first_day[athlete]
        on_record_from = observed_from - before_entry
        for at in range(offsets[athlete], offsets[athlete + 1]):
            today = first_day[athlete] + at - offsets[athlete]
            start, end, place, side, earlier, marked = NEVER, NEVER, -1, 0, 0, 0
            latest, assumed = NEVER, -NEVER
            for report in range(first, last):
                # Merged anew for each day, because a late report may join two injuries that were
                # apart until then.
                if known[report] > today:
                    continue
                ended = onset[report] + durations[region[report]]
                assumed_here = ended
                if back[report] <= today:
                    ended = max(back[report], onset[report])
                    # A written return ends an injury: the gap for recurrences is for assumed ends
                    # alone.
                    assumed_here = -NEVER
                goes_on = onset[report] < end or onset[report] == latest
                if region[report] == place and (goes_on or onset[report] <= assumed + gap):
                    end = max(end, ended)
                    assumed = max(assumed, assumed_here)
                    latest = onset[report]
                    side = side if side > 0 else sides[report]
                    continue
                counted = _count(
                    out, at, today, start, end, place, earlier, observed_from, min_loss
                )
                out[8, at] += counted * ((side & marked) > 0 and start > today - TWO_YEARS)
                out[9, at] += counted * (start >= on_record_from)
                is_same = region[report] == place
                earlier = earlier + counted if is_same else 0
                # Reports stand by region, so a new region begins without a past.
                marked = (marked | side * counted) if is_same else 0
                start, end, place = onset[report], ended, int(region[report])
                latest, assumed = onset[report], assumed_here
                side = sides[report]
            counted = _count(out, at, today, start, end, place, earlier, observed_from, min_loss)
            out[8, at] += counted * ((side & marked) > 0 and start > today - TWO_YEARS)
            out[9, at] += counted * (start >= on_record_from)


@kernel
def _count(  # noqa: PLR0913, PLR0917 - as above
    out: npt.NDArray[np.float64],
    at: int,
    today: int,
    start: int,
    end: int,
    place: int,
    earlier: int,
    observed_from: int,
    min_loss: int,
) -> int:
    """Add one merged injury to the columns of a day; returns whether it counts."""
    if place < 0 or end - start < min_loss:
        return 0
    out[0, at] += start > today - HALF_YEAR
    out[1, at] += start > today - YEAR
    out[2, at] += start > today - TWO_YEARS
    out[3, at] += place == KNEE and start > today - YEAR
    out[4, at] += earlier > 0 and start > today - TWO_YEARS
    # Cut to the past year at both ends: an assumed end may lie in the future.
    out[5, at] += max(0, min(end, today + 1) - max(start, today - YEAR + 1))
    out[6, at] += start >= observed_from
    if today < end:
        out[10, at] = 1.0
    since = max(0, today - end)
    out[7, at] = since if np.isnan(out[7, at]) else min(out[7, at], since)
    return 1
