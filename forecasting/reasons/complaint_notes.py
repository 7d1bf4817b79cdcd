"""The complaint behind the complaint features: where, since when, how bad."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from common.language import N_, message
from common.text.body_words import region_words
from common.text.plain_words import number, plain_day, short_day
from common.vocabulary import RUNNING_REGIONS
from features.injuries.rules import as_known_on, running_injuries

RECENT_DAYS: Final = 28
GAP_DAYS: Final = 7
"""Reports of one place at most a week apart are one complaint that goes on."""
FEATURES: Final = frozenset(
    {
        "complaints_7d", "complaints_28d", "complaint_worst_7d", "complaint_worst_28d",
        "complaint_old_injury_28d", "complaint_rise_7d", "days_since_complaint",
    }
)  # fmt: skip


_WITHOUT_YEAR_DAYS: Final = 90


@dataclass(frozen=True, kw_only=True, slots=True)
class Complaint:
    """The complaint that is told of an athlete: of the past four weeks the latest, then the worst.

    Parameters
    ----------
    region : str
    side : str or None
    since, last : pandas.Timestamp
        First day of the reports of the place that are at most a week apart, and the latest.
    worst : float or None
        0-10; null where it was told in words only.
    is_old : bool
        Whether an injury of the region was known before it.
    """

    region: str
    side: str | None
    since: pd.Timestamp
    last: pd.Timestamp
    worst: float | None
    is_old: bool

    def sentence(self) -> str:
        """Say where, since when and how bad, with a capital and no full stop."""
        values = {"place": region_words(self.region, self.side), "day": self._since()}
        if self.worst is not None:
            values["worst"] = number(self.worst, 0)
        return message(_SENTENCES[self.is_old, self.worst is not None], **values)

    def _since(self) -> str:
        """Return the first day, with its year where a reader could take it for another."""
        is_late = (self.last - self.since).days > _WITHOUT_YEAR_DAYS
        return plain_day(self.since) if is_late else short_day(self.since)


def latest_complaints(
    tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp
) -> dict[str, Complaint]:
    """Return the complaint to tell of each athlete who had one in the past four weeks.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `complaints` and `injuries`; nothing later than `as_of` is seen.
    as_of : pandas.Timestamp
        The day.
    """
    if "complaints" not in tables:
        return {}
    rows = tables["complaints"]
    # A sore shoulder is no complaint of running; a complaint without a place may be one.
    places = rows["region"].isin((*RUNNING_REGIONS, "unknown"))
    past = rows[places & (rows["date"] <= as_of)].astype({"athlete": "str", "region": "str"})
    recent = past[past["date"] > as_of - pd.Timedelta(days=RECENT_DAYS)]
    known = running_injuries(as_known_on(tables["injuries"], as_of))
    order = ["athlete", "date", "value_0_10"]
    # Of a day the worst is told; an answer in words only gives way to a number.
    latest = recent.sort_values(order, na_position="first").drop_duplicates("athlete", keep="last")
    known_at = [known["athlete"].astype("str"), known["region"].astype("str")]
    first = known.groupby(known_at)["onset_date"].min().to_dict()
    return {
        row["athlete"]: _complaint(row, first.get((row["athlete"], row["region"])))
        for row in _going_on(past, latest).to_dict("records")
    }


def _going_on(past: pd.DataFrame, latest: pd.DataFrame) -> pd.DataFrame:
    """Return of each latest complaint the reports of its place that are at most a week apart.

    Parameters
    ----------
    past : pandas.DataFrame
        All reports.
    latest : pandas.DataFrame
        athlete and region; one row each.

    Returns
    -------
    pandas.DataFrame
        athlete, region, since, last, worst, side (the first that was told) and sides (how many).
    """
    same = past.merge(latest[["athlete", "region"]]).sort_values(["athlete", "date"])
    athlete = same["athlete"]
    is_new = same.groupby("athlete")["date"].diff().dt.days > GAP_DAYS
    stretch = is_new.groupby(athlete).cumsum()
    run = same[stretch == stretch.groupby(athlete).transform("max")]
    summed: pd.DataFrame = run.groupby(["athlete", "region"], as_index=False).agg(
        since=("date", "min"), last=("date", "max"), worst=("value_0_10", "max"),
        side=("side", "first"), sides=("side", "nunique"),
    )  # fmt: skip
    return summed


def _complaint(row: Mapping[Any, Any], first_onset: pd.Timestamp | None) -> Complaint:
    since, worst = row["since"], row["worst"]
    return Complaint(
        region=row["region"],
        # Reports of both sides name no side: either would be half of what was said.
        side=str(row["side"]) if row["sides"] == 1 else None,
        since=since,
        last=row["last"],
        worst=None if pd.isna(worst) else float(worst),
        is_old=first_onset is not None and bool(first_onset < since),
    )


_SENTENCES: Final = {
    (False, False): N_("Complaint ({place}) since {day}"),
    (False, True): N_("Complaint ({place}) since {day}, up to {worst} of 10"),
    (True, False): N_("Complaint at the place of an earlier injury ({place}) since {day}"),
    (True, True): N_(
        "Complaint at the place of an earlier injury ({place}) since {day}, up to {worst} of 10"
    ),
}
"""By: an injury of the region was known before; a number was told."""
