"""The week ahead of each athlete in plain values: for a page, a terminal and a program."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import numpy as np
import pandas as pd

from common.untyped import Untyped
from features.week_ahead.week import DAYS, ComingWeek
from forecasting.planning.ahead import Ahead
from forecasting.planning.alternatives import Alternative, alternatives
from forecasting.planning.load_line import Line, longest_run_line, risks_of_weeks, week_line
from forecasting.planning.team_plan import TeamPlan
from forecasting.scoring.bands import DEFAULT_BANDS, Band
from forecasting.scoring.bands import band as band_of
from forecasting.settings import BandSettings

Source = Literal["plan", "usual", "none"]
State = Literal["crosses", "never", "always", "unknown"]

DEFAULT_BAND: Final[Band] = "high"
NO_REFERENCE: Final = "no_run_of_known_length_in_30_days"
LONGER_RUN: Final = "longer_run_than_on_record"
LONGER_WEEK: Final = "longer_week_than_on_record"
SHORT_RECORD: Final = "short_record"
TEAM_PACE: Final = "pace_of_the_team"
SHORT_RECORD_WEEKS: Final = 8
# A run that was shortened to the line itself must not count as beyond it by a rounding error.
_TINY: Final = 1e-6
_STEPS_KM: Final = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
_MOST_STEPS: Final = 4
_FROM, _TO = 0.4, 1.5
"""Between which shares of the week other lengths are told; beyond, little was studied."""


@dataclass(frozen=True)
class LineOf:
    """A load line of one athlete; km is null where the state is `always` or `unknown`."""

    km: float | None
    low: float | None
    high: float | None
    state: State


@dataclass(frozen=True, kw_only=True)
class DayAhead:
    """One day of the week; risk is that of an injury on this day."""

    date: pd.Timestamp
    km: float
    minutes: float
    hard: bool
    risk: float


@dataclass(frozen=True, kw_only=True)
class OfLength:
    """The risk of a week of so many kilometres, all runs longer or shorter alike.

    `is_seen` says whether the past half year holds a week and a run as long.
    """

    km: float
    risk: float
    is_seen: bool = True


@dataclass(frozen=True, kw_only=True)
class Other:
    """An alternative, with the days it is about."""

    kind: str
    date: pd.Timestamp
    to_date: pd.Timestamp
    km: float
    risk: float
    km_kept: float


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The week ahead of one athlete.

    Parameters
    ----------
    athlete : str
        Pseudonym.
    source : str
        What the week is: ``plan``, ``usual`` (no plan is known) or ``none`` (nor a usual week).
    risk, low, high : float or None
        Of an injury in the week, and its 90 % range.
    risk_without : float
        Without knowing the week: the forecast of the page.
    risk_usual : float or None
        Of the usual week.
    band : str or None
        Of `risk`.
    km, longest_km : float
        Of the week.
    longest_on : pandas.Timestamp or None
        Day of the longest run.
    days : tuple of DayAhead
        Day by day.
    by_km : tuple of OfLength
        The risk of weeks of round lengths about this one; empty where it cannot be told.
    run_line, week_line : LineOf
        The load line of the longest run and of the week.
    reference_km : float or None
        Longest run of the 30 days before.
    last_week_km, ten_percent_km : float
        Running of the past seven days, and what the 10 % rule allows.
    others : tuple of Other
        Alternatives, best first.
    warnings : tuple of str
        Codes of what lies outside what was seen.
    """

    athlete: str
    source: Source
    risk: float | None
    low: float | None
    high: float | None
    risk_without: float
    risk_usual: float | None
    band: str | None
    km: float
    longest_km: float
    longest_on: pd.Timestamp | None
    days: tuple[DayAhead, ...]
    run_line: LineOf
    week_line: LineOf
    reference_km: float | None
    last_week_km: float
    ten_percent_km: float
    others: tuple[Other, ...]
    warnings: tuple[str, ...]
    by_km: tuple[OfLength, ...] = ()

    @property
    def as_planned(self) -> Literal["yes", "no", "unknown"]:
        """Whether the longest run of the week stays within the load line."""
        # Unknown is never favourable: without a line or a run nothing is said to be within it.
        if self.source == "none" or self.run_line.state == "unknown" or not self.longest_on:
            return "unknown"
        if self.run_line.state == "always":
            return "no"
        if self.run_line.km is not None and self.longest_km <= self.run_line.km + _TINY:
            return "yes"
        # A line that does not cross ends at twice the longest run: nothing is claimed beyond it.
        return "unknown" if self.run_line.state == "never" else "no"

    def plain(self) -> dict[str, Any]:
        """Return the values as JSON holds them."""
        table = asdict(self) | {"as_planned": self.as_planned}
        plain: dict[str, Any] = _plain(table)
        return plain


def outlooks(
    team: TeamPlan, band: Band = DEFAULT_BAND, settings: BandSettings = DEFAULT_BANDS
) -> list[Outlook]:
    """Return the week ahead of every athlete of a team, in the order of its rows."""
    week = team.planned
    lines = (
        longest_run_line(team.ahead, week, band, settings),
        week_line(team.ahead, week, band, settings),
    )
    risk, (low, high) = team.ahead.risk(week), team.ahead.range_(week)
    table = pd.DataFrame(
        {
            "risk": risk,
            "low": low,
            "high": high,
            "usual": np.where(team.has_usual, team.ahead.risk(team.usual), np.nan),
        }
    )
    by_day = team.ahead.by_day(week)
    return [
        _outlook(team, at, row, by_day[at], lines, settings)
        for at, row in enumerate(table.to_dict("records"))
    ]


def _outlook(
    team: TeamPlan,
    at: int,
    row: Mapping[Any, float],
    by_day: np.ndarray,
    lines: tuple[Line, Line],
    settings: BandSettings,
) -> Outlook:
    week = team.planned.rows(np.array([at]))
    source: Source = "plan" if team.has_plan[at] else "usual" if team.has_usual[at] else "none"
    has_source = source != "none"
    run_line, of_week = (_line(line, at, has_source=has_source) for line in lines)
    ahead = team.ahead.rows(np.array([at]))
    line_km = np.nan if run_line.km is None else run_line.km
    return Outlook(
        athlete=str(team.rows["athlete"].iloc[at]),
        source=source,
        risk=row["risk"] if has_source else None,
        low=_known(row["low"]) if has_source else None,
        high=_known(row["high"]) if has_source else None,
        risk_without=float(ahead.probability[0]),
        risk_usual=_known(row["usual"]),
        band=band_of(row["risk"], ahead.base_rate, settings) if has_source else None,
        km=float(week.week_km[0]),
        longest_km=float(week.longest[0]),
        # Of a week without running argmax would name the first day.
        longest_on=_date(team, int(np.argmax(week.longest_km[0]))) if week.longest[0] else None,
        days=_days(team, week, by_day) if has_source else (),
        run_line=run_line,
        week_line=of_week,
        reference_km=_known(float(ahead.before.longest_km[0])),
        last_week_km=float(team.seen.last_week_km[at]),
        ten_percent_km=float(team.seen.ten_percent_km[at]),
        others=tuple(
            _other(team, alternative) for alternative in alternatives(ahead, week, line_km)
        )
        if has_source
        else (),
        warnings=tuple(_warnings(team, at, week)) if has_source else (),
        by_km=_by_km(team, at, ahead, week) if has_source else (),
    )


def _by_km(team: TeamPlan, at: int, ahead: Ahead, week: ComingWeek) -> tuple[OfLength, ...]:
    lengths = round_weeks(float(week.week_km[0]))
    if not lengths:
        return ()
    risks = risks_of_weeks(ahead, week, np.array([lengths]))[0]
    # A week of 0 km has no lengths and returned above, so that nothing is divided by 0.
    share = float(week.longest[0] / week.week_km[0])
    most_week, most_run = (
        float(most[at]) for most in (team.seen.longest_week_km, team.seen.longest_run_km)
    )
    return tuple(
        # Where nothing is on record nothing was seen: such a forecast is the least certain of all.
        OfLength(km=km, risk=float(risk), is_seen=km <= most_week and share * km <= most_run)
        for km, risk in zip(lengths, risks, strict=True)
        if not np.isnan(risk)
    )


def round_weeks(km: float) -> list[float]:
    """Return round lengths of a week about one of `km`.

    Examples
    --------
    >>> round_weeks(79.5), round_weeks(13.7), round_weeks(0.0)
    ([40.0, 60.0, 80.0, 100.0], [10.0, 15.0, 20.0], [])
    """
    if km <= 0:
        return []
    step = next((step for step in _STEPS_KM if km / step <= _MOST_STEPS), _STEPS_KM[-1])
    first, last = int(np.ceil(_FROM * km / step)), int(_TO * km / step)
    return [step * count for count in range(first, last + 1)]


def _days(team: TeamPlan, week: ComingWeek, by_day: np.ndarray) -> tuple[DayAhead, ...]:
    return tuple(
        DayAhead(
            date=_date(team, day),
            km=float(week.km[0, day]),
            minutes=float(week.minutes[0, day]),
            hard=bool(week.hard[0, day]),
            risk=float(by_day[day]),
        )
        for day in range(DAYS)
    )


def _date(team: TeamPlan, day: int) -> pd.Timestamp:
    return team.as_of + pd.Timedelta(days=day + 1)


def _other(team: TeamPlan, alternative: Alternative) -> Other:
    return Other(
        kind=alternative.kind,
        date=_date(team, alternative.day),
        to_date=_date(team, alternative.to_day),
        km=alternative.km,
        risk=alternative.risk,
        km_kept=alternative.km_kept,
    )


def _line(line: Line, at: int, *, has_source: bool) -> LineOf:
    if line.always[at] and has_source:
        return LineOf(None, None, None, "always")
    km = _known(float(line.km[at]))
    if km is None or not has_source:
        return LineOf(None, None, None, "unknown")
    # "never" only up to twice the longest: the length is told beside it, as the end of the line.
    state: State = "never" if line.never[at] else "crosses"
    return LineOf(km, _known(float(line.low[at])), _known(float(line.high[at])), state)


def _warnings(team: TeamPlan, at: int, week: ComingWeek) -> list[str]:
    """Return what of the week no record of the athlete speaks of."""
    seen = team.seen
    athlete = team.rows["athlete"].iloc[at]
    checks = {
        NO_REFERENCE: not team.ahead.before.longest_km[at] > 0,
        LONGER_RUN: week.longest[0] > seen.longest_run_km[at] > 0,
        LONGER_WEEK: week.week_km[0] > seen.longest_week_km[at] > 0,
        SHORT_RECORD: seen.weeks[at] < SHORT_RECORD_WEEKS,
        TEAM_PACE: not team.run.own_pace[athlete],
    }
    return [code for code, is_so in checks.items() if is_so]


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _plain(value: Untyped) -> Untyped:
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return round(value, 6) if isinstance(value, float) else value
