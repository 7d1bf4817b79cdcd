"""Which pair each run was run in, as far as the days up to it tell."""

from typing import Final

import numpy as np
import pandas as pd

ON_FOOT: Final = ("run", "walk", "hike")


def shoe_use(
    sessions: pd.DataFrame, shoes: pd.DataFrame, athletes: pd.DataFrame, known_share: float
) -> pd.DataFrame:
    """Return the sessions on foot whose pair is known, with the pair's kilometres so far.

    A session names its pair, or it takes the one pair that the shoe table has in use on that day;
    with several in use it stays unknown.

    Parameters
    ----------
    sessions, shoes, athletes : pandas.DataFrame
        The tables of the contract.
    known_share : float
        Share of a pair's sessions that must carry a distance.

    Returns
    -------
    pandas.DataFrame
        athlete, date, start, shoe_id, distance_km, first_day (of the pair; null where the pair was
        in use before the observation or nobody knows since when) and total_km (with this session,
        null without `first_day` or if too few sessions in the pair carry a distance), by athlete
        and start.
    """
    worn = _assign(sessions[sessions["sport"].isin(ON_FOOT)], shoes)
    worn = worn.sort_values(["athlete", "start", "sport"], ignore_index=True)
    worn = worn.assign(first_day=_first_days(worn, shoes, athletes))
    pair = [worn["athlete"], worn["shoe_id"]]
    # A running total: kilometres of later days are never in it.
    total = worn["distance_km"].fillna(0).groupby(pair).cumsum()
    measured = worn["distance_km"].notna().groupby(pair).cumsum()
    enough = measured >= known_share * (worn.groupby(["athlete", "shoe_id"]).cumcount() + 1) - 1e-9
    return worn.assign(total_km=total.where(enough & worn["first_day"].notna()))


def _assign(on_foot: pd.DataFrame, shoes: pd.DataFrame) -> pd.DataFrame:
    rows = on_foot[["athlete", "start", "local_date", "sport", "distance_km", "shoe_id"]]
    rows = rows.rename(columns={"local_date": "date"}).reset_index(drop=True)
    rows = rows.assign(row=np.arange(len(rows)))
    unnamed = rows[rows["shoe_id"].isna()].drop(columns="shoe_id")
    pairs = unnamed.merge(shoes[["athlete", "shoe_id", "first_use", "retired"]], on="athlete")
    begun = ~(pairs["first_use"] > pairs["date"])
    in_use = pairs[begun & ~(pairs["retired"] <= pairs["date"])]
    # With two pairs in use any choice would be made up.
    alone = in_use[~in_use["row"].duplicated(keep=False)]
    filled = rows["row"].map(alone.set_index("row")["shoe_id"]).astype(rows["shoe_id"].dtype)
    named = rows.assign(shoe_id=rows["shoe_id"].fillna(filled)).drop(columns="row")
    return named[named["shoe_id"].notna()]


def _first_days(worn: pd.DataFrame, shoes: pd.DataFrame, athletes: pd.DataFrame) -> pd.Series:
    """First day of each row's pair.

    A pair in the shoe table began on its first use. One that only sessions name (or that is worn
    before its first use, which nobody could know yet) began with the first of them, if another
    pair had been named before: the very first pair has a past.
    """
    keys = ["athlete", "shoe_id"]
    listed = worn[keys].merge(shoes[[*keys, "first_use"]], on=keys, how="left", indicator=True)
    is_later = (listed["first_use"] > worn["date"].reset_index(drop=True)).to_numpy()
    is_listed = (listed["_merge"] == "both").to_numpy() & ~is_later
    # The earliest session is in the past of every row of the pair, so no later record is read.
    first_named = worn.groupby(keys)["date"].transform("min")
    first_of_all = worn.groupby("athlete")["shoe_id"].transform("first")
    named = first_named.where(worn["shoe_id"] != first_of_all)
    first_use = pd.Series(listed["first_use"].to_numpy(), index=worn.index)
    first = first_use.where(is_listed, named)
    observed = worn[["athlete"]].merge(athletes, on="athlete", how="left")["observed_from"]
    return first.where((first >= observed.set_axis(worn.index)).to_numpy())
