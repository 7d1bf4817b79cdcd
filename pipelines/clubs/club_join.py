"""Tables and reports of clubs made into those of one dataset, without holding the whole."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from common.contracts import CONTRACTS
from common.frame_files import read_frame, write_frame
from common.store import read_json
from ingest.records.account import COUNTS
from pipelines.stage_parts.feature_parts import join_frames

REPORT: Final = "report.json"
ATHLETES_AT_ONCE: Final = 2_000
"""Athletes whose rows of one table are put in order together."""

Club = tuple[str, Path]
"""Name, and folder of tables and report."""
Report = dict[str, Any]


def join_clubs(clubs: Sequence[Club], out: Path, at_once: int = ATHLETES_AT_ONCE) -> Report:
    """Write the tables of all clubs in the order of athletes; return their report.

    Parameters
    ----------
    clubs : sequence of (str, pathlib.Path)
        Name and folder of each.
    out : pathlib.Path
        Folder of the tables.
    at_once : int
        Athletes whose rows are in memory together.
    """
    names = pd.concat(
        [read_frame(folder / "athletes.parquet", ["athlete"])["athlete"] for _, folder in clubs]
    )
    ends = sorted(names.astype("str"))[::at_once]
    for table in CONTRACTS:
        files = [folder / f"{table}.parquet" for _, folder in clubs]
        if table == "rejects":
            join_frames(files, out / f"{table}.parquet")  # by file, and not all are of an athlete
        else:
            _join_sorted(files, ends, out / f"{table}.parquet")
    return _report(clubs)


def _join_sorted(files: Sequence[Path], ends: Sequence[str], out: Path) -> None:
    """Write rows in the order of athletes: dealt out by ranges of names, then range by range.

    An athlete is of one club, so that the rows of each keep their order.
    """
    # On the disk of the tables: a system's temporary folder may be small, or lie in memory.
    with TemporaryDirectory(dir=out.parent if out.parent.exists() else None) as place:
        ranges: list[list[Path]] = [[] for _ in ends]
        for number, file in enumerate(files):
            rows = read_frame(file)
            at = np.searchsorted(ends, rows["athlete"].astype("str"), side="right") - 1
            for code in np.unique(at):
                part = Path(place) / f"{code}-{number}.parquet"
                write_frame(part, rows[at == code])
                ranges[code].append(part)
        ordered = [
            _ordered(parts, Path(place) / f"sorted-{code}.parquet")
            for code, parts in enumerate(ranges)
            if parts
        ]
        join_frames(ordered or files[:1], out)


def _ordered(parts: Sequence[Path], out: Path) -> Path:
    rows = pd.concat([read_frame(part) for part in parts], ignore_index=True)
    write_frame(out, rows.sort_values("athlete", kind="stable"))
    return out


def _report(clubs: Sequence[Club]) -> Report:
    """Return one report: counts are added up, and what is told of files and athletes is listed."""
    reports = [(club, read_json(folder / REPORT)) for club, folder in clubs]
    each = [report for _, report in reports]
    return {
        "dataset": ", ".join(report["dataset"] for report in each[:3])
        + (f" and {len(each) - 3} more clubs" if len(each) > 3 else ""),
        "simulated": all(report["simulated"] for report in each),
        "files": [_in_club(file, club) for club, report in reports for file in report["files"]],
        "totals": {name: sum(report["totals"][name] for report in each) for name in COUNTS},
        **{
            name: sum(report[name] for report in each)
            for name in ("athletes", "sessions", "merged_sessions")
        },
        "merged": _added(report["merged"] for report in each),
        "injuries_by_region": _added(report["injuries_by_region"] for report in each),
        "quality": _quality(reports, clubs),
        "not_read": [
            _in_club(entry, club) for club, report in reports for entry in report["not_read"]
        ],
        "unclear": {code: why for report in each for code, why in report["unclear"].items()},
    }


def _in_club(row: Report, club: str) -> Report:
    return row | {"file": f"{club}/{row['file']}"} if row["file"] else row


def _quality(reports: Sequence[tuple[str, Report]], clubs: Sequence[Club]) -> Report:
    tables = [(club, report["quality"]) for club, report in reports]
    listed = {
        name: [row for _, quality in tables for row in quality[name]]
        for name in ("athletes", "suspicious", "by_athlete")
    }
    fixes = [_in_club(row, club) for club, quality in tables for row in quality["to_fix"]]
    return listed | {
        "sources": _by_kind([row for _, quality in tables for row in quality["sources"]]),
        "to_fix": sorted(fixes, key=lambda row: -int(row["records"])),
        "unknown": _unknown(tables, dict(clubs)),
    }


def _by_kind(rows: Sequence[Report]) -> list[Report]:
    kinds: dict[str, list[Report]] = {}
    for row in rows:
        kinds.setdefault(row["kind"], []).append(row)
    return [
        {"kind": kind}
        | {name: sum(row[name] for row in some) for name in ("files", *COUNTS)}
        | {name: _added(row[name] for row in some) for name in ("repairs", "rejects")}
        for kind, some in sorted(kinds.items())
    ]


def _unknown(tables: Sequence[tuple[str, Report]], folders: dict[str, Path]) -> list[Report]:
    """Return the share of unknown values of each column, clubs weighed by their rows."""
    unknown, rows = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for club, quality in tables:
        for row in quality["unknown"]:
            key = (row["table"], row["column"])
            number = pq.read_metadata(folders[club] / f"{row['table']}.parquet").num_rows
            rows[key] += number
            unknown[key] += round(row["unknown_share"] * number)
    return [
        {"table": table, "column": column, "unknown_share": round(unknown[key] / count, 4)}
        for key, count in rows.items()
        for table, column in [key]
    ]


def _added(counts: Iterable[dict[str, int]]) -> dict[str, int]:
    total: Counter[str] = Counter()
    for some in counts:
        total.update(some)
    return dict(sorted(total.items()))
