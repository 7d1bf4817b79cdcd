"""Repeated reports of one injury are one injury."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from ingest.injuries.classing import is_of_running

REPORT_GAP_DAYS: Final = 14
"""Reports of one region at most this far apart belong to one injury, and one that was reported so
long ago without being reported again is over: questionnaires are asked daily or weekly."""
LONGEST_OPEN: Final = pd.Timedelta(days=183)
"""A list tells nothing of a remark so long after an onset whose return nobody wrote."""
_UNKNOWN: Final = "unknown"
_SAME: Final = ["athlete", "onset_date", "region", "side", "diagnosis"]


def injuries_from_reports(reports: pd.DataFrame, last_day: pd.Timestamp) -> pd.DataFrame:
    """Join repeated reports of a major problem into injuries; minor ones are complaints.

    Reports of the same athlete and region belong together while at most :data:`REPORT_GAP_DAYS`
    lie between them. Onset is the first report, return the day after the last one; the return is
    unknown (null) if the data end within :data:`REPORT_GAP_DAYS` of the last report, because the
    next report could still come. Sides that differ become "both".

    Parameters
    ----------
    reports : pandas.DataFrame
        Columns athlete, date, region, side, severity, source.
    last_day : pandas.Timestamp
        Last day of the data.

    Returns
    -------
    pandas.DataFrame
        Columns of the contract; class injury, or not_running by the region, or null where the
        answer does not tell a body part.
    """
    # A minor problem did not stop anybody from running, which an injury does by definition.
    major = reports[reports["severity"] == "major"]
    ordered = major.sort_values(["athlete", "region", "date"], kind="stable")
    place = ordered[["athlete", "region"]]
    # Regions are compared and not sides: an answer leaves the side out now and then.
    new = (place != place.shift()).any(axis=1) | (
        ordered["date"].diff() > pd.Timedelta(days=REPORT_GAP_DAYS)
    )
    grouped = ordered.groupby(new.cumsum(), sort=True)
    first, last = grouped.first(), grouped["date"].max()
    open_ended = last + pd.Timedelta(days=REPORT_GAP_DAYS) > last_day
    classes = [_class_of(region) for region in first["region"]]
    return pd.DataFrame(
        {
            "athlete": first["athlete"],
            "onset_date": first["date"],
            "return_date": (last + pd.Timedelta(days=1)).mask(open_ended),
            "region": first["region"],
            "side": grouped["side"].agg(_one_side),
            "diagnosis": "unknown",
            "mode": "unknown",
            "severity": "major",
            "class": pd.Series([kind for kind, _ in classes], first.index, dtype="str"),
            "class_reason": pd.Series([why for _, why in classes], first.index, dtype="str"),
            "source": first["source"],
        }
    ).reset_index(drop=True)


def injuries_from_remarks(remarks: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Join what a diary tells of one injury, day after day, and leave out what a list tells.

    A remark within :data:`REPORT_GAP_DAYS` of the one before, or before the return that one tells,
    is about the same injury where the body part is the same or is not told. The last return counts.

    Parameters
    ----------
    remarks : pandas.DataFrame
        Columns of the contract.
    listed : pandas.DataFrame
        Entries of injury lists; a null return is one that nobody wrote.
    """
    rows = remarks.sort_values(["athlete", "onset_date"], kind="stable").reset_index(drop=True)
    joined: list[dict[Hashable, Any]] = []
    for row in rows.to_dict("records"):
        if _is_listed(row, listed):
            continue
        # Backwards: a remark is about the latest injury that it fits.
        same = next((first for first in reversed(joined) if _is_one_injury(first, row)), None)
        if same is None:
            joined.append({**row, "last": row["onset_date"]})
            continue
        same["last"] = row["onset_date"]
        # The last return that a diary tells is the one that came true.
        if pd.notna(row["return_date"]):
            same["return_date"] = row["return_date"]
        for name in ("region", "side", "diagnosis"):
            if pd.isna(same[name]) or same[name] == _UNKNOWN:
                same[name] = row[name]
    if not joined:
        return remarks.iloc[:0]
    return pd.DataFrame(joined)[list(remarks.columns)].astype(remarks.dtypes.to_dict())


def _is_one_injury(first: Mapping[Hashable, Any], row: Mapping[Hashable, Any]) -> bool:
    if first["athlete"] != row["athlete"]:
        return False
    places = {first["region"], row["region"]} - {_UNKNOWN}
    end = first["last"] + pd.Timedelta(days=REPORT_GAP_DAYS)
    if pd.notna(first["return_date"]):
        end = max(end, first["return_date"])
    # A remark without a body part joins any: two injuries at once are rarer than a short remark.
    return len(places) < 2 and row["onset_date"] <= end


def _is_listed(row: Mapping[Hashable, Any], listed: pd.DataFrame) -> bool:
    """Say whether a list tells the injury of a remark: that body part, from about that day."""
    if listed.empty:
        return False
    gap = pd.Timedelta(days=REPORT_GAP_DAYS)
    mine = listed[(listed["athlete"] == row["athlete"]) & listed["onset_date"].notna()]
    known = mine["region"].isin([row["region"], _UNKNOWN]) | (row["region"] == _UNKNOWN)
    begun = mine["onset_date"] <= row["onset_date"] + gap
    # Without a return the entry would explain away every remark of the coming years.
    end = mine["return_date"].fillna(mine["onset_date"] + LONGEST_OPEN)
    return bool((known & begun & (row["onset_date"] <= end + gap)).any())


def with_known_ends(injuries: pd.DataFrame) -> pd.DataFrame:
    """Drop an open injury that stands elsewhere with its return date: in a newer version of a list.

    Parameters
    ----------
    injuries : pandas.DataFrame
        Columns of the contract; the same injury has the same athlete, onset, region, side and
        diagnosis.
    """
    same = injuries.reindex(columns=_SAME).astype("object").fillna("")
    known = injuries["return_date"].notna().groupby([same[name] for name in _SAME]).transform("any")
    return injuries[injuries["return_date"].notna() | ~known].reset_index(drop=True)


def _class_of(region: str) -> tuple[str | None, str]:
    if region == "unknown":
        return None, "place_unknown"
    return ("injury", "severity") if is_of_running(region) else ("not_running", "region")


def _one_side(sides: pd.Series) -> str | None:
    """Return the side of all reports, both where they differ, null where none tells one."""
    known = set(sides.dropna())
    if not known:
        return None
    return str(known.pop()) if len(known) == 1 else "both"
