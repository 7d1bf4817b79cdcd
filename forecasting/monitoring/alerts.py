"""What a club would have seen: each week's list, the flags that led, and the injuries they missed.

All functions take one row per athlete and as-of day: athlete, team, date, status, probability
(null where not scored), event (1, 0, null where not known) and onset_date (of the event).
"""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from forecasting.status.statuses import INJURED, MODIFIED, SCORED

LOOK_BACK_DAYS: Final = 28
"""How far back a flag still counts as an early sign, and how far ahead an injury as a late one."""


def on_list(season: pd.DataFrame, per_team: int) -> pd.Series:
    """Say who stands on the list: the highest probabilities of each team and week.

    Parameters
    ----------
    season : pandas.DataFrame
        athlete, team, date, probability.
    per_team : int
        Places on the list; ties go by the athlete's pseudonym, so that a list is never longer.

    Returns
    -------
    pandas.Series of bool
        Index of `season`.
    """
    known = season[season["probability"].notna()]
    order = known.sort_values(["probability", "athlete"], ascending=[False, True], kind="stable")
    # Athletes without a team are a team: by default groupby would drop them from every list.
    place = order.groupby(["team", "date"], dropna=False).cumcount()
    return (place < per_team).reindex(season.index, fill_value=False)


def flags(season: pd.DataFrame, per_team: int) -> pd.DataFrame:
    """Return every flag with what followed it.

    Parameters
    ----------
    season : pandas.DataFrame
        See the module.
    per_team : int
        Places on the list.

    Returns
    -------
    pandas.DataFrame
        athlete, team, date, probability, led (an injury followed within the horizon; null where
        the outcome is unknown), lead_days (to the onset, null unless led), late_days (to the
        athlete's next injury after the horizon, null beyond 28 days); by date and probability.
    """
    listed = season[on_list(season, per_team)]
    lead = (listed["onset_date"] - listed["date"]).dt.days
    late = _near(listed, injuries_of(season)).groupby("flag")["days"].min()
    table = listed[["athlete", "team", "date", "probability"]].assign(
        led=listed["event"].map({1.0: True, 0.0: False}),
        lead_days=lead.where(listed["event"] == 1),
        late_days=late.reindex(listed.index).where(listed["event"] == 0),
    )
    return table.sort_values(["date", "probability"], ascending=[True, False], ignore_index=True)


def injuries_of(season: pd.DataFrame) -> pd.DataFrame:
    """Return each new injury once, with the last forecast day before it.

    Returns
    -------
    pandas.DataFrame
        athlete, team, date (of the last as-of day before the onset), status and probability on
        it, onset_date; by onset.
    """
    happened = season[season["event"] == 1].sort_values(["onset_date", "athlete", "date"])
    once = happened.drop_duplicates(["athlete", "onset_date"], keep="last")
    columns = ["athlete", "team", "date", "status", "probability", "onset_date"]
    return once[columns].reset_index(drop=True)


def led_injuries(season: pd.DataFrame, per_team: int) -> pd.DataFrame:
    """Return every new injury with the flags before it; parameters as in :func:`flags`.

    Returns
    -------
    pandas.DataFrame
        Columns of :func:`injuries_of`, lead_days (from the last as-of day), flagged (on the last
        list before the onset), weeks_flagged (lists of the 28 days before the onset on which the
        athlete stood) and first_flag_days (from the earliest of those to the onset; null if none).
    """
    rows = injuries_of(season)
    listed = season.loc[on_list(season, per_team), ["athlete", "date"]]
    early = _near(listed, rows).groupby("injury")["days"].agg(["size", "max"])
    counted = early.reindex(rows.index)
    last = pd.MultiIndex.from_frame(listed)
    return rows.assign(
        lead_days=(rows["onset_date"] - rows["date"]).dt.days,
        flagged=pd.MultiIndex.from_frame(rows[["athlete", "date"]]).isin(last),
        weeks_flagged=counted["size"].fillna(0).astype(int),
        first_flag_days=counted["max"],
    )


def weekly(season: pd.DataFrame, per_team: int) -> pd.DataFrame:
    """Return one line per week: who was scored, whom the lists named, what happened.

    Returns
    -------
    pandas.DataFrame
        date, athletes, scored, injured (also those who run, modified), not_scored (for another
        reason), flags, flags_that_led,
        expected (sum of the probabilities), injuries, injuries_unscored, injuries_flagged.
    """
    scored, event = season["status"] == SCORED, season["event"] == 1
    # Who trains with an injury, modified, has no number because of it.
    hurt = season["status"].isin((INJURED, MODIFIED))
    flag = on_list(season, per_team)
    # Horizons may overlap: an injury is counted in one week only, the last before its onset.
    own = _is_last(season)
    parts = pd.DataFrame(
        {
            "date": season["date"],
            "athletes": 1,
            "scored": scored,
            "injured": hurt,
            "not_scored": ~scored & ~hurt,
            "flags": flag,
            "flags_that_led": flag & event,
            "expected": season["probability"].fillna(0.0),
            "injuries": event & own,
            "injuries_unscored": event & own & ~scored,
            "injuries_flagged": event & own & flag,
        }
    )
    return parts.groupby("date").sum().reset_index()


def _is_last(season: pd.DataFrame) -> npt.NDArray[np.bool_]:
    keys = pd.MultiIndex.from_frame(injuries_of(season)[["athlete", "date"]])
    return np.asarray(pd.MultiIndex.from_frame(season[["athlete", "date"]]).isin(keys))


def _near(listed: pd.DataFrame, injuries: pd.DataFrame) -> pd.DataFrame:
    """Pair flags with the athlete's injuries of the 28 days after: index of both, days between."""
    flagged = listed[["athlete", "date"]].rename_axis("flag").reset_index()
    hurt = injuries[["athlete", "onset_date"]].rename_axis("injury").reset_index()
    pairs = flagged.merge(hurt, on="athlete")
    days = (pairs["onset_date"] - pairs["date"]).dt.days
    return pairs.assign(days=days)[days.between(1, LOOK_BACK_DAYS)]
