"""A club of three, and all places in which its output holds data of one of them, Ann Lee."""

import json
import zipfile

import openpyxl
import pandas as pd

from ingest.dataset.settings import load_config
from ingest.people.pseudonym import key_for, pseudonym
from pipelines.upkeep.rights import Request
from pipelines.weekly.forecast_archive import Archive

SETTINGS = (
    "name: club\ntime_zone: UTC\nobserved_from: 2025-01-01\n"
    "athletes:\n  Annie: Ann Lee\n  Bob: Bo Ek\n"
)
SESSIONS = (
    "athlete,date,start,sport,duration_min,distance_km\n"
    "Ann Lee,2025-07-01,07:00,run,40,8\nBo Ek,2025-07-01,07:00,run,50,9\n"
    "Ann Lee,2025-07-03,07:00,run,41,8\nAnn Leeds,2025-07-03,07:00,run,30,5\n"
)


def write_traces(tmp_path):
    """Write club, output and project; return the request of the person whose traces they hold."""
    data, project = tmp_path / "club", tmp_path / "project"
    (data / "Ann Lee").mkdir(parents=True)
    (data / "dataset.yaml").write_text(SETTINGS)
    (data / "roster.csv").write_text("athlete,also_known_as\nAnn Lee,A. Lee\nBo Ek,\nAnn Leeds,\n")
    (data / "sessions.csv").write_text(SESSIONS)
    (data / "Ann Lee" / "sessions.csv").write_text(SESSIONS.splitlines()[0] + "\n")
    book = openpyxl.Workbook()
    for row in (["Name", "km"], ["Ann Lee", 40], ["Bo Ek", 50]):
        book.active.append(row)
    book.save(data / "mileage.xlsx")
    code = pseudonym(key_for(load_config(data)), "club", "Ann Lee")
    archive = Archive(tmp_path / "out", "club")
    day = pd.Timestamp("2025-07-06")
    people = [code, "aother"]
    scores = pd.DataFrame({"athlete": people, "as_of": day, "outcome": "any", "probability": 0.1})
    archive.store(scores, pd.DataFrame({"athlete": people, "date": day}), hindcast=False)
    lines = [{"athlete": person, "date": "2025-07-07", "did": "rest"} for person in people]
    (archive.folder / "actions.jsonl").write_text("".join(f"{json.dumps(o)}\n" for o in lines))
    (tmp_path / "out/forecast.html").write_text(f"<p>{code}</p></html>")
    cached = project / ".dvc/cache/files/md5/ab"
    cached.mkdir(parents=True)
    scores.to_parquet(cached / "cdef")
    (cached / "0123.dir").write_text('[{"md5": "x", "relpath": "Ann Lee/sessions.csv"}]')
    (cached / "4567").write_text("nobody")
    # An earlier version of a watch's file, and one that another person has byte for byte.
    versions = [("Ann Lee/run.fit", "abf17e"), ("Bo Ek/run.fit", "abb0b0"), ("Ann Lee/x", "ab5a5a"),
                ("Bo Ek/x", "ab5a5a")]  # fmt: skip
    listing = [{"md5": md5, "relpath": path} for path, md5 in versions]
    (cached / "9999.dir").write_text(json.dumps(listing))
    for name in ("f17e", "b0b0", "5a5a"):
        (cached / name).write_bytes(b"positions and heart rates")
    split = project / "artifacts/models/club/any"
    split.mkdir(parents=True)
    scores.to_parquet(split / "split.parquet")
    for stage in ("clubs/club-1", "features/1", "scores/1/parts/part-000000", ".scores.removed"):
        kept = project / ".stridecast-cache" / stage
        kept.mkdir(parents=True)
        scores.to_parquet(kept / "part.parquet")
        (kept / "way_back.json").write_text(json.dumps(dict.fromkeys(people, "an injured knee")))
    return Request("ann lee", data, tmp_path / "out", project)


def everything(request_):
    """All bytes that stay, workbooks unpacked."""
    found = []
    for place in (request_.data, request_.out, request_.project):
        for path in place.rglob("*"):
            if path.is_file():
                found.append(str(path).encode() + path.read_bytes())
                if path.suffix == ".xlsx":
                    with zipfile.ZipFile(path) as book:
                        found += [book.read(name) for name in book.namelist()]
    return b"\n".join(found)
