"""How good the data are: what was read, how much of the time it covers, and what looks wrong.

Pure functions: tables and accounts in, tables out. They are drawn elsewhere.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import pandas as pd

from common.contracts import CONTRACTS
from ingest.records.account import COUNTS, Account

LONG_GAP_DAYS: Final = 10
"""A gap of more days than this is told; which days count as rest is `features.silence_days`."""
_LOGS: Final = {"sessions": "local_date", "wellness": "date", "pain": "date", "exercise": "date"}
SUSPICIOUS: Final[dict[str, Callable[[pd.DataFrame], pd.Series]]] = {
    "run longer than 100 km": lambda s: s["is_run"] & (s["distance_km"] > 100),
    "session longer than 12 hours": lambda s: s["duration_min"] > 720,
    "run slower than 15 min/km": (
        lambda s: s["is_run"] & (s["duration_min"] > 15 * s["distance_km"])
    ),
    "run faster than 2:30 min/km": (
        lambda s: s["is_run"] & (s["duration_min"] < 2.5 * s["distance_km"])
    ),
    "mean heart rate above 205": lambda s: s["hr_mean"] > 205,
    "mean heart rate above the highest": lambda s: s["hr_mean"] > s["hr_max"],
    "running cadence outside 120 to 230 steps per minute": (
        lambda s: s["is_run"] & ((s["cadence_spm"] < 120) | (s["cadence_spm"] > 230))
    ),
    "moving time longer than elapsed time": lambda s: s["moving_min"] > s["duration_min"] + 1,
}
"""What to look at -> how it is found among sessions. Such rows are kept: they may be true."""

Rows = list[dict[str, Any]]


class PartQuality(NamedTuple):
    """What the tables of some athletes tell of their quality.

    Parameters
    ----------
    athletes : list of dict
        Coverage and longest gap, for JSON.
    unknown : dict of (str, str) to (int, int)
        Table and column -> unknown values, and rows.
    suspicious : pandas.DataFrame
        Values that may be wrong.
    """

    athletes: Rows
    unknown: dict[tuple[str, str], tuple[int, int]]
    suspicious: pd.DataFrame


def part_quality(tables: Mapping[str, pd.DataFrame]) -> PartQuality:
    """Return what the tables of the contracts of some athletes tell."""
    return PartQuality(_records(coverage(tables)), unknown(tables), suspicious(tables["sessions"]))


def quality(
    parts: Sequence[PartQuality], others: Mapping[str, pd.DataFrame], accounts: Sequence[Account]
) -> dict[str, Rows]:
    """Return the quality of a dataset as lists of records, ready for JSON.

    Parameters
    ----------
    parts : sequence of PartQuality
        Of all athletes, in their order.
    others : mapping of str to pandas.DataFrame
        Tables of the contracts that are made once for all athletes.
    accounts : sequence of Account
        One per file.

    Returns
    -------
    dict
        `sources`: per kind of file, counts with repairs and reasons; `athletes`: coverage and
        longest gap; `unknown`: per table and column, the share of unknown values; `suspicious`:
        values that may be wrong; `to_fix`: reasons of rejects, most frequent first, each with a
        file, a row and the sentence that says what to do.
    """
    return {
        "sources": sources(accounts),
        "athletes": [row for part in parts for row in part.athletes],
        "unknown": _shares([*(part.unknown for part in parts), unknown(others)]),
        "suspicious": _records(_most_first([part.suspicious for part in parts])),
        "to_fix": to_fix(accounts),
    }


def sources(accounts: Sequence[Account]) -> Rows:
    """Return what became of the files of each kind."""
    kinds: dict[str, list[Account]] = {}
    for account in accounts:
        if not account.ignored:
            kinds.setdefault(account.kind, []).append(account)
    return [_source(kind, some) for kind, some in sorted(kinds.items())]


def _source(kind: str, accounts: Sequence[Account]) -> dict[str, Any]:
    repairs, rejects = Counter[str](), Counter[str]()
    for account in accounts:
        repairs.update(account.repairs)
        rejects.update(refusal.reason for refusal in account.refusals)
    counts = {name: sum(getattr(account, name) for account in accounts) for name in COUNTS}
    reasons = {"repairs": dict(sorted(repairs.items())), "rejects": dict(sorted(rejects.items()))}
    return {"kind": kind, "files": len(accounts), **counts, **reasons}


def coverage(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return per athlete how many of the observed days hold a record, and the longest silence.

    Returns
    -------
    pandas.DataFrame
        athlete, observed_from, observed_to, observed_days, logged_days, logged_share, sessions,
        files, gaps (silences of more than :data:`LONG_GAP_DAYS`, those at either end included),
        longest_gap_days, gap_from and gap_to (first and last silent day).
    """
    athletes = tables["athletes"].set_index("athlete")[["observed_from", "observed_to"]]
    # An empty join takes the name of its key for its index: nothing may be logged at all.
    days = _logged_days(tables).join(athletes, on="athlete", how="inner").reset_index(drop=True)
    inside = days[days["date"].between(days["observed_from"], days["observed_to"])]
    gaps = _gaps(inside[["athlete", "date"]], athletes)
    longest = gaps.sort_values("days", ascending=False, kind="stable").groupby("athlete").first()
    rows = athletes.assign(
        observed_days=(athletes["observed_to"] - athletes["observed_from"]).dt.days + 1,
        logged_days=inside.groupby("athlete").size(),
        sessions=tables["sessions"].groupby("athlete").size(),
        files=tables["sessions"].groupby("athlete")["source"].nunique(),
        gaps=gaps[gaps["days"] > LONG_GAP_DAYS].groupby("athlete").size(),
        longest_gap_days=longest["days"],
        gap_from=longest["first"],
        gap_to=longest["last"],
    )
    whole = ["logged_days", "sessions", "files", "gaps", "longest_gap_days"]
    rows[whole] = rows[whole].fillna(0).astype("int64")
    share = (rows["logged_days"] / rows["observed_days"]).round(4)
    rows.insert(4, "logged_share", share)
    return rows.reset_index()


def _logged_days(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    parts = [
        tables[name][["athlete", day]].set_axis(["athlete", "date"], axis=1)
        for name, day in _LOGS.items()
    ]
    return pd.concat(parts).drop_duplicates().sort_values(["athlete", "date"])


def _gaps(days: pd.DataFrame, athletes: pd.DataFrame) -> pd.DataFrame:
    """Return the silences between logged days, and those before the first and after the last."""
    one_day = pd.Timedelta(days=1)
    # Borders outside of the observation, so that silence at either end is a gap, too.
    before = athletes["observed_from"].sub(one_day).rename("date").reset_index()
    after = athletes["observed_to"].add(one_day).rename("date").reset_index()
    ordered = pd.concat([before, days, after]).sort_values(["athlete", "date"], kind="stable")
    last = ordered.groupby("athlete")["date"].shift()
    rows = pd.DataFrame(
        {
            "athlete": ordered["athlete"],
            "first": last + one_day,
            "last": ordered["date"] - one_day,
            "days": (ordered["date"] - last).dt.days - 1,
        }
    )
    return rows[rows["days"] > 0]


def unknown(tables: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], tuple[int, int]]:
    """Return unknown values, and rows, of every column that may be unknown and has rows."""
    return {
        (table, str(column)): (int(number), len(frame))
        for table, frame in tables.items()
        if len(frame) and table != "rejects"
        for column, number in frame.isna().sum().items()
        # Most sessions are joined from nothing: `merged_from` is empty by design, not unknown.
        if CONTRACTS[table].columns[str(column)].nullable and column != "merged_from"
    }


def _shares(parts: Sequence[Mapping[tuple[str, str], tuple[int, int]]]) -> Rows:
    """Return the share of unknown values of each column, in the order of the contracts."""
    missing, rows = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for part in parts:
        for key, (number, of) in part.items():
            missing[key] += number
            rows[key] += of
    return [
        {"table": table, "column": column, "unknown_share": round(missing[key] / rows[key], 4)}
        for table, schema in CONTRACTS.items()
        for column in schema.columns
        if (key := (table, column)) in rows
    ]


def suspicious(sessions: pd.DataFrame) -> pd.DataFrame:
    """Return athlete, what, sessions, first_date and source of values that may be wrong."""
    columns = ["athlete", "what", "sessions", "first_date", "source"]
    parts: list[pd.DataFrame] = []
    known = sessions.assign(is_run=sessions["sport"] == "run")
    for suspicion, holds in SUSPICIOUS.items():
        is_suspicious = holds(known)
        if parts and not is_suspicious.any():
            continue  # most folders have none of most, and the first part gives the columns
        rows = sessions[is_suspicious].sort_values("start", kind="stable")
        grouped = rows.groupby("athlete", sort=True)
        first = grouped.first()
        parts.append(
            pd.DataFrame(
                {
                    "athlete": first.index,
                    "what": suspicion,
                    "sessions": grouped.size().to_numpy(),
                    "first_date": first["local_date"].to_numpy(),
                    "source": first["source"].to_numpy(),
                },
                columns=columns,
            )
        )
    return _most_first(parts)


def _most_first(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    flagged = pd.concat([part for part in parts if len(part)] or parts[:1])
    return flagged.sort_values(["sessions", "athlete"], ascending=[False, True], kind="stable")


def to_fix(accounts: Sequence[Account]) -> Rows:
    """Return the reasons of rejects, the most frequent first, with the first case of each."""
    counts: Counter[tuple[str, str]] = Counter()
    files: dict[tuple[str, str], set[str]] = {}
    first: dict[tuple[str, str], dict[str, Any]] = {}
    for account in accounts:
        for refusal in account.refusals:
            key = (account.kind, refusal.reason)
            counts[key] += 1
            files.setdefault(key, set()).add(refusal.source)
            example = {"file": refusal.source, "row": refusal.record, "sentence": refusal.sentence}
            first.setdefault(key, example)
    return [
        {"kind": key[0], "reason": key[1], "records": n, "files": len(files[key]), **first[key]}
        for key, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def _records(frame: pd.DataFrame) -> Rows:
    """Return rows for JSON: days as text, nothing as null."""
    rows = frame.copy()
    for name in rows.select_dtypes("datetime").columns:
        rows[name] = rows[name].dt.strftime("%Y-%m-%d")
    whole = rows.astype(object)
    return [
        {str(key): value for key, value in row.items()}
        # JSON has no NaN.
        for row in whole.where(whole.notna(), None).to_dict("records")
    ]
