"""From when to when an injury counts, by nothing but what was known on each day.

A written return ends an injury. Where nobody wrote one, it counts as over from the first day, at
the earliest after the default duration of its region, on which the runner runs as before again: at
least `back_share` of the running minutes of the four weeks before the onset within four weeks. The
same holds on every day before a return that is written later: on those days nobody knew it. So the
end that counts on day t depends on records up to t alone, and deleting what is later changes no
day's status.
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from common.arrays import Floats
from features.injuries.rules import InjuryRules, running_injuries

WINDOW_DAYS: Final = 28
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
    ordered = table.sort_values(["athlete", "onset_date"], ascending=[True, False], kind="stable")
    back = ordered["return_date"].fillna(pd.Timestamp(_NEVER))
    # A return tells nothing before the injury itself was known.
    back = back.where(back >= ordered["known_from"], ordered["known_from"])
    # Over the later ones alone; injuries of one day are not later than each other.
    least = back.groupby(ordered["athlete"]).cummin()
    later = least.groupby([ordered["athlete"], ordered["onset_date"]]).transform("last")
    by_day = pd.DataFrame(
        {"athlete": ordered["athlete"], "onset": ordered["onset_date"], "least": later}
    ).drop_duplicates(["athlete", "onset"])
    by_day["later"] = by_day.groupby("athlete")["least"].shift()
    later_return = table[["athlete", "onset_date"]].merge(
        by_day, left_on=["athlete", "onset_date"], right_on=["athlete", "onset"], how="left"
    )["later"]
    limit = later_return.fillna(pd.Timestamp(_NEVER)).set_axis(assumed.index)
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
    nothing = np.zeros(0, dtype=np.int64), np.zeros(1)
    ends = [
        _back(*runs.get(str(who), nothing), int(day), int(first), rules.back_share, int(never))
        for who, day, first in zip(table["athlete"], onset, earliest, strict=True)
    ]
    return np.array(ends, dtype=np.int64).astype("datetime64[D]").astype("datetime64[ns]")


def running_minutes(sessions: pd.DataFrame) -> dict[str, tuple[Days, Floats]]:
    """Return each athlete's days with a run, ascending, and the minutes run before each of them.

    The second array has one entry more: the minutes of all runs. A run of unknown length counts
    as one minute: that it happened is known.
    """
    runs = sessions[sessions["sport"] == "run"]
    # A run without a day cannot show that somebody was back on one.
    runs = runs[runs["local_date"].notna()]
    minutes = runs["duration_min"].fillna(1.0) if "duration_min" in runs else 1.0
    codes, names = pd.factorize(runs["athlete"].to_numpy(dtype=object))
    day = runs["local_date"].to_numpy(dtype="datetime64[D]").astype(np.int64)
    daily = runs.assign(minutes=minutes).groupby(codes * _SPAN + day)["minutes"].sum()
    whose, days = np.divmod(daily.index.to_numpy(dtype=np.int64), _SPAN)
    total = daily.to_numpy(dtype=np.float64)
    cuts = np.searchsorted(whose, np.arange(len(names) + 1))
    return {
        str(who): (days[first:last], np.append(0.0, np.cumsum(total[first:last])))
        for who, first, last in zip(names, cuts[:-1], cuts[1:], strict=True)
    }


def _back(days: Days, total: Floats, onset: int, earliest: int, share: float, never: int) -> int:
    """Return the first day from `earliest` on that ends four weeks of running as before."""
    usual = _between(days, total, onset - WINDOW_DAYS, onset - 1)
    at = np.append(earliest, days[np.searchsorted(days, earliest, side="right") :])
    # From the day after the onset: the run on which it happened is no running again.
    low = np.searchsorted(days, np.maximum(onset + 1, at - WINDOW_DAYS + 1), side="left")
    high = np.searchsorted(days, at, side="right")
    recent = total[np.maximum(high, low)] - total[low]
    # Above 0 as well: who had not run before the onset would be back without a single run.
    back = (recent > 0) & (recent >= share * usual)
    return int(at[back.argmax()]) if back.any() else never


def _between(days: Days, total: Floats, first: int, last: int) -> float:
    """Return the minutes of the days from `first` to `last`."""
    low = int(np.searchsorted(days, first, side="left"))
    high = int(np.searchsorted(days, last, side="right"))
    return float(total[max(high, low)] - total[low])
