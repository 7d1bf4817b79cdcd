"""From when to when an injury counts, by nothing but what was known on each day.

A written return ends an injury. Where nobody wrote one, it counts as over from the first day, at
the earliest after the default duration of its region, on which the runner runs as before again: at
least `back_share` of the running minutes of the four weeks before the onset within four weeks. The
same holds on every day before a return that is written later: on those days nobody knew it. So the
end that counts on day t depends on records up to t alone, and deleting what is later changes no
day's status.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from features.injuries.rules import running_injuries
from features.injuries.settings import InjuryRules
from features.kernels.running_again import running_again

SPELL_COLUMNS: Final = (
    "athlete", "onset_date", "known_from", "return_date", "assumed_end", "end_date", "region",
    "side", "diagnosis", "severity", "class_reason", "recurrent",
)  # fmt: skip

Days = npt.NDArray[np.int64]
_SPAN: Final = 1 << 24  # more days than any calendar here
_NEVER: Final = np.datetime64("2200-01-01")
"""The end of an injury that is not over yet."""


def injury_spells(
    injuries: pd.DataFrame, rules: InjuryRules, sessions: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return each injury of running with the day from which it counts as over.

    Parameters
    ----------
    injuries : pandas.DataFrame
        The `injuries` table; complaints and what is not of running are left out.
    rules : InjuryRules
        Default durations and the share of the usual running that counts as back.
    sessions : pandas.DataFrame, optional
        athlete, local_date, sport, duration_min. Without them an injury of which nobody wrote the
        return is over after its default duration.

    Returns
    -------
    pandas.DataFrame
        :data:`SPELL_COLUMNS`, one row per report. `known_from`: onset, or the day of the report
        where that is known to be later. `assumed_end`: the day from which it counts as over
        without a written return. `end_date`: the earlier of the two, at least the day after the
        onset; 2200-01-01 where neither has come. On a day t an athlete is injured if
        ``known_from <= t < end_date``.
    """
    table = running_injuries(injuries).reindex(columns=_wanted(injuries)).reset_index(drop=True)
    onset = table["onset_date"]
    reported = table.get("reported_on", onset)
    known = onset.where(~(reported > onset), reported)
    assumed = pd.Series(_assumed_ends(table, rules, sessions), index=table.index)
    assumed = _not_after_later_returns(table.assign(known_from=known), assumed)
    end = table["return_date"].fillna(pd.Timestamp(_NEVER))
    end = end.where(end <= assumed, assumed)
    after = onset + pd.Timedelta(days=1)
    table = table.assign(
        known_from=known, assumed_end=assumed, end_date=end.where(end > after, after)
    )
    return table.reindex(columns=list(SPELL_COLUMNS))


def _not_after_later_returns(table: pd.DataFrame, assumed: pd.Series) -> pd.Series:
    """End what nobody ended when a later injury of the athlete ended: who is back is back."""
    if table.empty:
        return assumed
    whose = pd.factorize(table["athlete"])[0]
    onset, back, known = (
        table[name].to_numpy(dtype="datetime64[ns]")
        for name in ("onset_date", "return_date", "known_from")
    )
    back = np.where(np.isnat(back), _NEVER.astype("datetime64[ns]"), back)
    # A return tells nothing before the injury itself was known.
    back = np.maximum(back, known)
    # The latest first; each athlete's ranks lie below those of the athlete before, so that one
    # running minimum serves all.
    order = np.lexsort((-onset.astype(np.int64), whose))
    days, rank = np.unique(back[order], return_inverse=True)
    step = (len(table) - whose[order]) * max(len(days), 1)
    least = days[np.minimum.accumulate(rank + step) - step]
    # Over the later ones alone; injuries of one day are not later than each other.
    is_new_athlete, is_new_day = (
        np.append(True, values[order][1:] != values[order][:-1]) for values in (whose, onset)
    )
    begin = np.flatnonzero(is_new_athlete | is_new_day)
    limits = np.where(is_new_athlete[begin], _NEVER.astype("datetime64[ns]"), least[begin - 1])
    limit = np.empty(len(table), dtype="datetime64[ns]")
    limit[order] = np.repeat(limits, np.diff(np.append(begin, len(table))))
    return assumed.where(assumed <= limit, limit)


def _wanted(injuries: pd.DataFrame) -> list[str]:
    extra = {"known_from", "assumed_end", "end_date"}
    named = [name for name in SPELL_COLUMNS if name not in extra]
    return [*named, "reported_on"] if "reported_on" in injuries else named


def _assumed_ends(
    table: pd.DataFrame, rules: InjuryRules, sessions: pd.DataFrame | None
) -> npt.NDArray[np.datetime64]:
    onset = table["onset_date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    least = np.array(
        [rules.duration_days(str(region)) for region in table["region"]], dtype=np.int64
    )
    earliest = onset + least
    if sessions is None:
        return earliest.astype("datetime64[D]").astype("datetime64[ns]")
    runs = running_minutes(sessions)
    never = _NEVER.astype("datetime64[D]").astype(np.int64)
    whose = runs.athletes.get_indexer(pd.Index(table["athlete"].astype("str"))).astype(np.int64)
    ends = running_again(
        runs.days, runs.minutes, runs.starts, whose, onset, earliest, rules.back_share, int(never)
    )
    return np.asarray(ends).astype("datetime64[D]").astype("datetime64[ns]")


class RunningMinutes(NamedTuple):
    """Minutes run on each day with a run, athlete by athlete.

    Parameters
    ----------
    athletes : pandas.Index
        Those who ran.
    starts : ndarray of shape (athletes + 1,)
        Where the days of each begin.
    days : ndarray of int
        Since 1970, of an athlete ascending.
    minutes : ndarray of float
        Of all runs of the day.
    """

    athletes: pd.Index
    starts: Days
    days: Days
    minutes: Floats


def running_minutes(sessions: pd.DataFrame) -> RunningMinutes:
    """Return the days with a run and their minutes.

    A run of unknown length counts as one minute: that it happened is known.
    """
    runs = sessions[sessions["sport"] == "run"]
    # A run without a day cannot show that somebody was back on one.
    runs = runs[runs["local_date"].notna()]
    minutes = runs["duration_min"].fillna(1.0) if "duration_min" in runs else 1.0
    codes, names = pd.factorize(runs["athlete"].to_numpy(dtype=object))
    day = runs["local_date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    daily = runs.assign(minutes=minutes).groupby(codes * _SPAN + day)["minutes"].sum()
    whose, days = np.divmod(daily.index.to_numpy(dtype=np.int64), _SPAN)
    return RunningMinutes(
        athletes=pd.Index(names, dtype="str"),
        starts=np.searchsorted(whose, np.arange(len(names) + 1)).astype(np.int64),
        days=days,
        minutes=daily.to_numpy(dtype=np.float64),
    )
