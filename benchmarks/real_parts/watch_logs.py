"""PMData's people: the product's sessions of each person compared with the Fitbit's own list."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from benchmarks.real_parts.changes import Change, Raw, changes_of, moving_minutes
from common.counted_sessions import counted
from ingest.dataset.settings import load_config
from ingest.run import IngestResult, ingest
from ingest.sessions.joining import harmonise_sessions

ZONE: Final = "Europe/Oslo"
CLOCK_MIN: Final = 0.02
"""Starts so near are one."""
LIST: Final = "fitbit/exercise.json"
RUNS: Final = ("Run", "Treadmill")


def people(settings: Path, payload: Path) -> dict[str, Any]:
    """Read the data set, and compare each person with the list of the watch.

    Returns
    -------
    dict
        `account` (read, accepted, repaired, rejected), `repairs` (code -> records), `sessions`,
        `watch_sessions`, `changed` (one entry per changed value) and `people` (person -> hours and
        kilometres of running by the watch alone and as read).
    """
    result = ingest(settings, payload=payload, workers=1)
    reasons = _reasons(result, load_config(settings).time_zone)
    codes = {code: name for name, code in result.names.items()}
    table = result.tables["sessions"]
    table = table.assign(person=table["athlete"].map(codes))
    logs = {name: _entries(payload / name / LIST) for name in sorted(result.names)}
    changed = [
        change
        for name, entries in logs.items()
        for change in _compared(name, entries, table[table["person"] == name], reasons)
    ]
    return {
        "account": result.report["totals"],
        "repairs": _repairs(result),
        "sessions": len(table),
        "watch_sessions": sum(map(len, logs.values())),
        "changed": [change.as_json() for change in changed],
        "people": {name: _row(logs[name], table[table["person"] == name]) for name in logs},
    }


def _repairs(result: IngestResult) -> dict[str, int]:
    total: dict[str, int] = {}
    for file in result.report["files"]:
        for code, records in file["repairs"].items():
            total[code] = total.get(code, 0) + records
    return dict(sorted(total.items()))


def _entries(path: Path) -> list[dict[str, Any]]:
    return [
        {
            "record": str(at),
            "start": _utc(entry["startTime"]),
            "minutes": entry["duration"] / 60_000,
            "moving": entry["activeDuration"] / 60_000 if entry.get("activeDuration") else None,
            "km": _km(entry),
            "is_run": entry["activityName"] in RUNS,
        }
        for at, entry in enumerate(json.loads(path.read_text(encoding="utf-8")), 1)
    ]


def _utc(text: str) -> pd.Timestamp:
    return pd.Timestamp(text).tz_localize(ZONE).tz_convert("UTC")


def _km(entry: Mapping[str, Any]) -> float | None:
    factor = {"Kilometer": 1.0, "Mile": 1.609344}
    distance = entry.get("distance")
    return None if distance is None else float(distance) * factor[entry["distanceUnit"]]


def _reasons(result: IngestResult, zone: str) -> dict[tuple[str, str], list[str]]:
    """Return why each record was touched when it was joined: (file, record) -> codes."""
    rows = result.records
    joined = harmonise_sessions(rows["sessions"], rows["answers"], zone)
    codes: dict[tuple[str, str], list[str]] = {}
    for source, record, code in joined.repairs[["source", "record", "code"]].to_numpy():
        codes.setdefault((str(source), str(record)), []).append(str(code))
    return codes


def _compared(
    name: str,
    entries: list[dict[str, Any]],
    sessions: pd.DataFrame,
    reasons: Mapping[tuple[str, str], list[str]],
) -> list[Change]:
    file, changed = f"{name}/{LIST}", []
    rows = sessions.to_dict("records")
    places = [_place(entry, rows) for entry in entries]
    for entry, place in zip(entries, places, strict=True):
        why = list(reasons.get((file, entry["record"]), []))
        # A watch that was paused writes one run as several entries.
        if place is not None and places.count(place) > 1:
            why.append("several_entries_are_one_session")
        raw = Raw(entry["record"], entry["start"], entry["minutes"], entry["km"], entry["moving"])
        changed += changes_of(file, raw, None if place is None else rows[place], why)
    return changed


def _place(entry: Mapping[str, Any], rows: list[dict[str, Any]]) -> int | None:
    """Return the session of the watch that an entry is, or is a part of: the last begun before."""
    latest = None
    for place, row in enumerate(rows):
        if f"{LIST}#{entry['record']};" in f"{row['merged_from']};":
            return place
        length = max(row["duration_min"] if pd.notna(row["duration_min"]) else 0.0, CLOCK_MIN)
        since = (entry["start"] - row["start"]) / pd.Timedelta(minutes=1)
        is_later = latest is None or row["start"] > rows[latest]["start"]
        if LIST in _files(row) and -CLOCK_MIN <= since < length and is_later:
            latest = place
    return latest


def _files(session: Mapping[str, Any]) -> str:
    return f"{session['source']};{session['merged_from']}"


def _row(entries: list[dict[str, Any]], sessions: pd.DataFrame) -> dict[str, float | int]:
    watch = [entry for entry in entries if entry["is_run"]]
    runs = sessions[sessions["sport"] == "run"]
    believed = counted(runs).to_dict("records")
    by_watch = [row for row in believed if LIST in _files(row)]
    minutes = [moving_minutes(row) or 0.0 for row in believed]
    return {
        "watch_runs": len(watch),
        "watch_hours": round(sum(e["moving"] or e["minutes"] for e in watch) / 60, 2),
        "watch_km": round(sum(entry["km"] or 0 for entry in watch), 2),
        "watch_runs_without_km": sum(not entry["km"] for entry in watch),
        "runs": len(believed),
        "hours": round(sum(minutes) / 60, 2),
        "km": round(float(runs["distance_km"][counted(runs).index].sum()), 2),
        "runs_without_km": int(counted(runs)["distance_km"].isna().sum()),
        "runs_of_answers_alone": len(believed) - len(by_watch),
        "hours_of_answers_alone": round(
            sum(moving_minutes(row) or 0.0 for row in believed
                if LIST not in f"{row['source']};{row['merged_from']}") / 60, 2,
        ),
        "runs_to_check": len(runs) - len(believed),
    }  # fmt: skip
