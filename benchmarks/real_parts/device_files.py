"""Sample files of real devices: the account of each, and its sessions against another decoder."""

import warnings
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any, Final

import fitdecode
import pandas as pd
from lxml import etree

from benchmarks.real_parts.changes import Raw, changes_of
from ingest.dataset.settings import DatasetConfig
from ingest.run import IngestResult, ingest

ZONE: Final = "UTC"
NEAR_S: Final = 120
"""Starts so near are those of one session; laps and points may begin a moment later."""
SETTINGS: Final = DatasetConfig(
    name="samples", time_zone=ZONE, observed_from=date(1980, 1, 1), observed_to=date(2026, 6, 30)
)


def device_files(folder: Path) -> dict[str, Any]:
    """Read every file of a folder as the only file of a person.

    Returns
    -------
    dict
        `files` (one entry each: read, accepted, repaired, rejected, repairs, sessions), `compared`
        (sessions that the other decoder reads, too) and `changed`.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    with TemporaryDirectory() as place:
        result = _read(files, Path(place))
    people = {code: name for name, code in result.names.items()}
    table = result.tables["sessions"]
    sessions = table.assign(person=table["athlete"].map(people))
    accounts = {account["file"].split("/")[0]: account for account in result.report["files"]}
    accounts_of_files: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    compared = 0
    for at, path in enumerate(files):
        account = accounts[_person(at)]
        mine = sessions[sessions["person"] == _person(at)].to_dict("records")
        counts = ("kind", "read", "accepted", "repaired", "rejected", "repairs", "rejects")
        accounts_of_files.append(
            {"file": path.name, "sessions": len(mine)}
            | {name: account[name] for name in counts if name in account}
        )
        for raw in _raw_sessions(path):
            compared += 1
            session = next((row for row in mine if _is_it(raw, row)), None)
            why = sorted([*account["repairs"], *account.get("rejects", {})])
            changed += [change.as_json() for change in changes_of(path.name, raw, session, why)]
    return {"files": accounts_of_files, "compared": compared, "changed": changed}


def _person(at: int) -> str:
    return f"r{at:03d}"


def _read(files: list[Path], place: Path) -> IngestResult:
    names = [_person(at) for at in range(len(files))]
    for name, path in zip(names, files, strict=True):
        # A person for each file: sessions of two files would else be joined, or overlap.
        (place / name).mkdir()
        copyfile(path, place / name / path.name)
    (place / "roster.csv").write_text("\n".join(["athlete", *names]), encoding="utf-8")
    return ingest(place, config=SETTINGS, accept_proposals=True, workers=1)


def _is_it(raw: Raw, session: dict[str, Any]) -> bool:
    return abs((raw.start - session["start"]).total_seconds()) <= NEAR_S


def _raw_sessions(path: Path) -> Iterator[Raw]:
    """Yield the sessions that the other decoder finds; none where it cannot read the file."""
    kind = path.suffix.lower()
    if kind == ".fit":
        yield from _of_fit(path)
    elif kind == ".tcx":
        yield from _of_tcx(path)


def _of_fit(path: Path) -> Iterator[Raw]:
    messages = []
    with (
        suppress(fitdecode.FitError),
        warnings.catch_warnings(action="ignore"),
        # Files of real devices end in broken checksums often enough, and are read up to the break.
        fitdecode.FitReader(path, check_crc=fitdecode.CrcCheck.DISABLED) as reader,
    ):
        messages = [
            {field.name: field.value for field in frame.fields}
            for frame in reader
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == "session"
        ]
    for at, message in enumerate(messages, 1):
        if (
            not isinstance(message.get("start_time"), datetime)
            or message.get("sport") == "transition"
        ):
            continue
        timer, metres = message.get("total_timer_time"), message.get("total_distance")
        elapsed = message.get("total_elapsed_time")
        yield Raw(
            str(at),
            _utc(message["start_time"]),
            None if elapsed is None else elapsed / 60,
            None if metres is None else metres / 1000,
            None if timer is None else timer / 60,
        )


def _utc(moment: datetime) -> pd.Timestamp:
    stamp = pd.Timestamp(moment)
    return stamp.tz_localize("UTC") if stamp.tzinfo is None else stamp.tz_convert("UTC")


def _of_tcx(path: Path) -> Iterator[Raw]:
    tree = etree.fromstring(path.read_bytes().lstrip())
    for at, activity in enumerate(tree.iter("{*}Activity"), 1):
        laps = list(activity.iter("{*}Lap"))
        start = pd.Timestamp(laps[0].get("StartTime"))
        minutes = sum(float(lap.findtext("{*}TotalTimeSeconds")) for lap in laps) / 60
        km = sum(float(lap.findtext("{*}DistanceMeters")) for lap in laps) / 1000
        yield Raw(str(at), start.tz_convert("UTC"), minutes, km)
