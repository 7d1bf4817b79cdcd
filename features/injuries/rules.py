"""When an injury ends, which reports are one injury, and what was known of them on a day.

Shared by the history block (what an athlete has been through, as known on day t) and by the
outcomes (what happened in the end), so that both count the same injuries.
"""

from typing import Final

import pandas as pd

from common.vocabulary import REGIONS
from features.injuries.settings import InjuryRules

EFFECTIVE_COLUMNS: Final = ["athlete", "onset_date", "end_date", "region", "side", "diagnosis"]
# Ties are broken by content, so that the order of the rows in a file never matters.
_ORDER: Final = ("athlete", "region", "onset_date", "return_date", "side", "diagnosis")


def running_injuries(injuries: pd.DataFrame) -> pd.DataFrame:
    """Return the entries that count as injuries of running.

    Complaints, what is not of running and entries whose class cannot be told are left out; those
    that were never classed (a table without the columns, or with both of them null) count.
    """
    if "class" not in injuries:
        return injuries
    kind, reason = injuries["class"], injuries["class_reason"]
    return injuries[kind.eq("injury").fillna(value=False) | (kind.isna() & reason.isna())]


def as_known_on(injuries: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return the injury table as it could have been read on `day`.

    Onsets and reports after `day` are gone and return dates after `day` are null: on the day
    nobody could know them.

    Parameters
    ----------
    injuries : pandas.DataFrame
        The `injuries` table.
    day : pandas.Timestamp
        The as-of date; records of the day itself count as known.
    """
    known = injuries[injuries["onset_date"] <= day]
    if "reported_on" in known:
        known = known[~(known["reported_on"] > day)]
    return known.assign(return_date=known["return_date"].where(known["return_date"] <= day))


def effective_injuries(injuries: pd.DataFrame, rules: InjuryRules) -> pd.DataFrame:
    """Merge reports into injuries and give each an end.

    An athlete is injured on the days `onset_date <= day < end_date`: on the day of return they
    are at risk again. A return before the onset counts as a return on the onset day.

    Parameters
    ----------
    injuries : pandas.DataFrame
        The `injuries` table; as of a day if it went through :func:`as_known_on` first.
    rules : InjuryRules
        Gap that makes two reports one, default durations, least time loss.

    Returns
    -------
    pandas.DataFrame
        athlete, onset_date, end_date (never null), region, side and diagnosis (the first that
        was named), sorted by athlete, onset and region.

    Examples
    --------
    A knee reported again before the assumed return of the first report is still the same injury;
    after a written return it would be another one:

    >>> reports = pd.DataFrame({
    ...     "athlete": "a", "region": "knee", "side": "left", "diagnosis": ["unknown", "pfps"],
    ...     "onset_date": pd.to_datetime(["2024-01-01", "2024-01-21"]),
    ...     "return_date": pd.to_datetime([None, "2024-03-01"])})
    >>> effective_injuries(reports, InjuryRules())[["onset_date", "end_date", "diagnosis"]]
      onset_date   end_date diagnosis
    0 2024-01-01 2024-03-01      pfps
    """
    reports = running_injuries(injuries).sort_values(list(_ORDER), kind="stable")
    reports = reports.assign(end_date=_end(reports, rules))
    merged = _merge(reports, rules.recurrence_gap_days)
    lost = merged["end_date"] - merged["onset_date"]
    long_enough = merged[lost >= pd.Timedelta(days=rules.min_time_loss_days)]
    order = ["athlete", "onset_date", "region"]
    return long_enough.sort_values(order, kind="stable")[EFFECTIVE_COLUMNS].reset_index(drop=True)


def _end(reports: pd.DataFrame, rules: InjuryRules) -> pd.Series:
    days = reports["region"].map({region: rules.duration_days(region) for region in REGIONS})
    by_default = reports["onset_date"] + pd.to_timedelta(days, unit="D")
    end = reports["return_date"].fillna(by_default)
    return end.where(end >= reports["onset_date"], reports["onset_date"])


def _merge(reports: pd.DataFrame, gap_days: int) -> pd.DataFrame:
    """Join reports sorted by athlete, region and onset; side and diagnosis: the first named."""
    group = [reports["athlete"], reports["region"]]
    # The latest end of all earlier reports: equal to that of the running injury where it counts.
    latest = reports.groupby(["athlete", "region"])["end_date"].cummax().groupby(group).shift()
    assumed = reports["end_date"].where(reports["return_date"].isna())
    latest_assumed = assumed.groupby(group).cummax().groupby(group).ffill().groupby(group).shift()
    # While an earlier report goes on, or shortly after a return that nobody wrote down.
    onset = reports["onset_date"]
    goes_on = (onset < latest) | (onset == onset.groupby(group).shift())
    same = reports["onset_date"] <= latest_assumed + pd.Timedelta(days=gap_days)
    is_new = latest.isna() | ~(goes_on | same.fillna(value=False))
    named = reports.assign(diagnosis=reports["diagnosis"].where(reports["diagnosis"] != "unknown"))
    merged = named.groupby(is_new.cumsum()).agg(
        athlete=("athlete", "first"),
        onset_date=("onset_date", "first"),
        end_date=("end_date", "max"),
        region=("region", "first"),
        side=("side", "first"),
        diagnosis=("diagnosis", "first"),
    )
    return merged.assign(diagnosis=merged["diagnosis"].fillna("unknown"))
