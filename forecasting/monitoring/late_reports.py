"""Injuries that were reported late: what was not known when a list was made, and who was on it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from features.injuries.rules import running_injuries

Row = Mapping[Any, Any]

KEY: Final = ("athlete", "onset_date", "region")
SEEN_COLUMNS: Final = (*KEY, "first_seen", "not_seen_on")
CORRECTED_DAYS: Final = 3
"""An onset that moved by so few days was corrected: it is the same entry."""
TOLD_DAYS: Final = 28


def updated(
    known: pd.DataFrame | None,
    injuries: pd.DataFrame,
    day: pd.Timestamp,
    last_list: pd.Timestamp | None,
) -> pd.DataFrame:
    """Return which entries of the injury record have been seen, and since when.

    Parameters
    ----------
    known : pandas.DataFrame or None
        What earlier runs have seen (:data:`SEEN_COLUMNS`); None before the first.
    injuries : pandas.DataFrame
        The `injuries` table as it is read now.
    day : pandas.Timestamp
        Latest day of the folder that is read.
    last_list : pandas.Timestamp or None
        Day of the latest list that was made, in time, before `day`.

    Returns
    -------
    pandas.DataFrame
        athlete, onset_date, region, first_seen and not_seen_on: the day of the last list that was
        made without the entry. Both are null of what stood there when the record was first read.
    """
    now = injuries[list(KEY)].drop_duplicates().astype({"athlete": "str", "region": "str"})
    if known is None:
        return _table(now.to_dict("records"))
    earlier = _by_place(known)
    sighting = {"first_seen": day, "not_seen_on": pd.NaT if last_list is None else last_list}
    rows, still_there = [], set()
    for row in now.to_dict("records"):
        same = _same(row, earlier[row["athlete"], row["region"]])
        if same is not None:
            still_there.add((same["athlete"], same["onset_date"], same["region"]))
        rows.append(row | sighting if same is None else {**same, **row})
    # An entry that is gone may come back: its first day is kept, so that it is not late twice.
    gone = [
        row for row in known.to_dict("records") if tuple(row[k] for k in KEY) not in still_there
    ]
    return _table([*rows, *gone])


def _table(rows: Sequence[Row]) -> pd.DataFrame:
    dates = dict.fromkeys(("onset_date", "first_seen", "not_seen_on"), "datetime64[ns]")
    table = pd.DataFrame(rows, columns=list(SEEN_COLUMNS))
    texts = {"athlete": "str", "region": "str"}
    return table.astype(dates | texts).sort_values(list(KEY), ignore_index=True)


def _by_place(known: pd.DataFrame) -> dict[tuple[str, str], list[Row]]:
    by_place: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in known.to_dict("records"):
        by_place[str(row["athlete"]), str(row["region"])].append(row)
    return by_place


def _same(row: Row, earlier: Sequence[Row]) -> Row | None:
    """Return the entry seen before that this one is, the nearest in days."""
    apart = [
        (abs((candidate["onset_date"] - row["onset_date"]).days), candidate)
        for candidate in earlier
    ]
    near = [pair for pair in apart if pair[0] <= CORRECTED_DAYS]
    return min(near, key=lambda pair: pair[0])[1] if near else None


def with_reports(injuries: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    """Return the injury table with the earliest day on which each entry can have been known.

    That is the day after the last list that was made without it, where that lies after the onset.
    A day that the record itself names stays.
    """
    plain = injuries.reset_index(drop=True)
    texts = plain.astype({"athlete": "str", "region": "str"})[list(KEY)]
    after = texts.merge(seen, on=list(KEY), how="left")["not_seen_on"] + pd.Timedelta(days=1)
    # A list made before the onset could not know the injury: that is no late report.
    late = after.where(after > plain["onset_date"])
    written = plain.get("reported_on", pd.Series(pd.NaT, plain.index, dtype="datetime64[ns]"))
    reported = written.fillna(late).astype("datetime64[ns]").to_numpy()
    return injuries.assign(reported_on=reported)


def late_reports(
    seen: pd.DataFrame, injuries: pd.DataFrame, forecasts: pd.DataFrame, until: pd.Timestamp
) -> list[dict[str, Any]]:
    """Return the injuries that were reported after a list on which the athlete stood unhurt.

    Parameters
    ----------
    seen : pandas.DataFrame
        From :func:`updated`.
    injuries : pandas.DataFrame
        The `injuries` table; `reported_on`, where the record itself names it, goes before. Only
        injuries of running are told: who complained, or named no place, was no injured athlete.
    forecasts : pandas.DataFrame
        Archived forecasts: athlete, outcome, as_of, status, rank; the first outcome counts.
    until : pandas.Timestamp
        Last day; only what was reported in the :data:`TOLD_DAYS` before it is told.

    Returns
    -------
    list of dict
        athlete, onset, reported, list_day (of the latest list between onset and report), rank
        (null where the athlete had no number), scored (how many had one), status; the latest
        report first.
    """
    reports = _counted(_reported(seen, injuries), injuries)
    recent = reports["reported"].between(until - pd.Timedelta(days=TOLD_DAYS - 1), until)
    leading = forecasts[forecasts["outcome"] == forecasts["outcome"].iloc[0]]
    rows = reports[recent].sort_values(["reported", "athlete"], ascending=[False, True])
    entries = [_stood(row, leading) for row in rows.to_dict("records")]
    return [entry for entry in entries if entry is not None]


def _counted(reports: pd.DataFrame, injuries: pd.DataFrame) -> pd.DataFrame:
    """Keep what stands in the record as an injury of running."""
    texts = {"athlete": "str", "region": "str"}
    in_record = running_injuries(injuries)[list(KEY)].drop_duplicates().astype(texts)
    return reports.astype(texts).merge(in_record, on=list(KEY))


def _reported(seen: pd.DataFrame, injuries: pd.DataFrame) -> pd.DataFrame:
    """Return athlete, onset_date and the day of the report of what was not there all along."""
    by_lists = seen.assign(reported=seen["first_seen"].where(seen["not_seen_on"].notna()))
    if "reported_on" not in injuries:
        return by_lists.dropna(subset="reported")
    written = injuries.astype({"athlete": "str", "region": "str"})[[*KEY, "reported_on"]]
    both = written.drop_duplicates(list(KEY)).merge(by_lists, on=list(KEY), how="outer")
    both["reported"] = both["reported_on"].fillna(both["reported"])
    return both.dropna(subset="reported")


def _stood(row: Row, lists: pd.DataFrame) -> dict[str, Any] | None:
    onset, reported = pd.Timestamp(row["onset_date"]), pd.Timestamp(row["reported"])
    between = (lists["as_of"] >= onset) & (lists["as_of"] < reported)
    mine = lists[between & (lists["athlete"] == row["athlete"])].sort_values("as_of")
    # An athlete who stood there as injured had no number anyway: nothing was wrong on that list.
    unhurt = mine[~mine["status"].isin(("injured", "modified"))].to_dict("records")
    if not unhurt:
        return None
    last = unhurt[-1]
    same_day = lists[lists["as_of"] == last["as_of"]]
    return {
        "athlete": str(row["athlete"]),
        "onset": str(onset.date()),
        "reported": str(reported.date()),
        "list_day": str(pd.Timestamp(last["as_of"]).date()),
        "rank": None if pd.isna(last["rank"]) else int(last["rank"]),
        "scored": int(same_day["rank"].notna().sum()),
        "status": str(last["status"]),
    }
