"""Checks of a team: its folder, its key, its history, its models and its MLflow store."""

import os
import sqlite3
import stat
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlparse

import pandas as pd

from common.errors import StridecastError
from features.matrix import catalogue_of
from ingest.dataset.key import existing_key, key_file
from ingest.dataset.settings import DatasetConfig, load_config
from ingest.reading.files import data_files
from ingest.reading.links import why_not_followed
from models.store.champion import champion_folder
from models.store.model_facts import read_facts
from pipelines.runtime.workspace import Workspace
from pipelines.upkeep.finding import Finding
from pipelines.upkeep.installation import writable
from pipelines.weekly.forecast_archive import Archive
from pipelines.weekly.models_in_use import read_settings
from pipelines.weekly.score_folder import check_archive_key
from pipelines.weekly.to_do import settings_to_check

_OLD_DAYS: Final = 365


def club(data: Path | None, out: Path, project: Path) -> Iterator[Finding]:
    """Yield what is found about a team's folder and the folder of its forecasts."""
    yield writable("forecasts", out, "choose another --out")
    yield from _privacy(out)
    yield from _store(project)
    for archive in _archives(out):
        yield from _history(archive, data)
    if data is None:
        return
    try:
        config = load_config(data)
    except StridecastError as error:
        yield Finding("fault", "settings", error.message, error.remedy)
        return
    yield Finding("ok", "settings", f"{data}: {config.name}")
    yield from (Finding("note", "settings", to_do.text) for to_do in settings_to_check(config))
    yield _files(data)
    yield _key(Archive(out, config.name), data, config)
    for outcome in ("any", "knee"):
        yield _champion(Workspace(project, config.name), outcome)


def _privacy(out: Path) -> Iterator[Finding]:
    # Windows has other rights: its mode bits do not say who may enter.
    if sys.platform == "win32" or not out.exists():
        return
    mode = stat.S_IMODE(out.stat().st_mode)
    if mode & 0o077:
        yield Finding(
            "note", "forecasts", f"{out} can be entered by others ({mode:03o})",
            f"chmod 700 {out}, unless they are meant to",
        )  # fmt: skip


def _archives(out: Path) -> list[Archive]:
    return [
        Archive(out, path.name) for path in sorted((out / "history").glob("*")) if path.is_dir()
    ]


def _history(archive: Archive, data: Path | None) -> Iterator[Finding]:
    forecasts, _ = archive.forecasts(), archive.features()
    for sentence in archive.damage_sentences():
        yield Finding("fault", "history", sentence)
    weeks = 0 if forecasts is None else forecasts["as_of"].nunique()
    yield Finding("ok", "history", f"{archive.dataset}: weeks that can be read: {weeks}")
    if forecasts is not None:
        newest = pd.Timestamp(forecasts["as_of"].max()).date()
        if newest > datetime.now(tz=UTC).date():
            yield Finding(
                "fault", "clock", f"the newest forecast is of {newest}, after today's date",
                "set the date of this computer",
            )  # fmt: skip
    if data is None and archive.data_folder() is None and weeks:
        yield Finding(
            "note", "history", f"the exports of {archive.dataset} no longer lie where they did",
            "name their folder: stridecast score FOLDER",
        )  # fmt: skip


def _files(data: Path) -> Finding:
    try:
        files = data_files(data)
    except StridecastError as error:
        return Finding("fault", "exports", error.message, error.remedy)
    closed = sum(not os.access(path, os.R_OK) for path in files if path.exists())
    links = sum(why_not_followed(path, data) is not None for path in files)
    if closed or links:
        return Finding(
            "fault", "exports",
            f"of {len(files):,} files {closed:,} may not be read and {links:,} are links that are"
            " not followed",
            "change their permissions, and copy the files themselves",
        )  # fmt: skip
    return Finding("ok", "exports", f"files there: {len(files):,}")


def _key(archive: Archive, data: Path, config: DatasetConfig) -> Finding:
    try:
        check_archive_key(archive, data, config)
    except StridecastError as error:
        return Finding("fault", "key", error.message, error.remedy)
    if config.pseudonyms == "public":
        return Finding("ok", "key", "none needed: the ids are public")
    if existing_key(config) is None:
        return Finding("note", "key", "none yet", "the first `stridecast score` makes one")
    path = key_file()
    mode = stat.S_IMODE(path.stat().st_mode)
    if sys.platform != "win32" and mode & 0o077:
        return Finding("fault", "key", f"{path} can be read by others", f"chmod 600 {path}")
    return Finding("ok", "key", f"{path}; keep a copy elsewhere")


def _champion(workspace: Workspace, outcome: str) -> Finding:
    check = f"model of {outcome}"
    try:
        folder = champion_folder(workspace.champion(outcome))
        if folder is None:
            return Finding("ok", check, "none promoted: forecasts come from published figures")
        facts, settings = read_facts(folder), read_settings(folder)
    except StridecastError as error:
        return Finding("fault", check, error.message, error.remedy)
    known = (
        {feature.name for feature in catalogue_of(settings)} if settings else set(facts.features)
    )
    if strange := sorted(set(facts.features) - known):
        return Finding(
            "fault", check, f"it needs {strange[0]}, which this version does not know",
            "train and promote again, or `stridecast promote --rollback`",
        )  # fmt: skip
    age = (datetime.now(tz=UTC).date() - pd.Timestamp(facts.trained_to).date()).days
    if age > _OLD_DAYS and not facts.simulated:
        return Finding(
            "note", check, f"its data end {age} days ago",
            "`stridecast monitor` says whether to recalibrate or to train again",
        )  # fmt: skip
    return Finding("ok", check, f"{folder.name}, every file as it was promoted")


def _store(project: Path) -> Iterator[Finding]:
    """MLflow keeps absolute paths: in a copied or moved project they lead to the old one."""
    path = project / "mlflow.db"
    if not path.is_file():
        return
    try:
        # Read only: a check must neither change the store nor make a new one.
        with closing(sqlite3.connect(f"file:{path.resolve()}?mode=ro", uri=True)) as store:
            rows = store.execute("select artifact_location from experiments").fetchall()
    except sqlite3.Error as error:
        yield Finding("fault", "MLflow", f"{path}: {error}", "restore it from a backup")
        return
    home = project.resolve()
    places = {Path(urlparse(str(location or "")).path) for (location,) in rows}
    moved = sorted(
        str(place) for place in places if place.is_absolute() and home not in place.parents
    )
    if moved:
        yield Finding(
            "fault", "MLflow", f"{path} keeps its files in {moved[0]}, not in this project",
            "the project was copied or moved: move it back, or delete mlflow.db and `dvc repro`",
        )  # fmt: skip
    else:
        yield Finding("ok", "MLflow", f"experiments: {len(rows)}, their files in this project")
