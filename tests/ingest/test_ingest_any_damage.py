"""A file of every kind, cut, flipped, mixed and misnamed: no crash, and every record accounted for.

The damages are drawn from a seed, so that what fails here fails again.
"""

import gzip
import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.readers.registry import find_reader
from ingest.reading.containers import items_of
from ingest.reading.read_one import read_item, recognise
from tests.ingest import test_ingest_fitbit_export as fitbit
from tests.ingest import test_ingest_garmin_nights as nights
from tests.ingest import test_ingest_gpx as gpx
from tests.ingest import test_ingest_tcx as tcx
from tests.ingest.club_files import small_club
from tests.ingest.export_files import context
from tests.ingest.fit_writer import whole_file
from tests.ingest.test_ingest_containers import strava_export, zipped
from tests.ingest.test_ingest_export_fuzz import SEEDS

NAMES = (
    "a.fit",
    "Activities.csv",
    "export.xml",
    "a.json",
    "a.gpx",
    "sessions.csv",
    "a.zip",
    "a.gz",
)
TIMES = 10
Damage = Callable[[bytes, random.Random], bytes]


def cut(content: bytes, draw: random.Random) -> bytes:
    return content[: draw.randrange(len(content) + 1)]


def flip(content: bytes, draw: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(draw.choice((1, 5, 50))):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    return bytes(changed)


def drop(content: bytes, draw: random.Random) -> bytes:
    first = draw.randrange(len(content))
    return content[:first] + content[first + draw.randrange(500) :]


def insert(content: bytes, draw: random.Random) -> bytes:
    at = draw.randrange(len(content))
    return content[:at] + draw.randbytes(draw.randrange(200)) + content[at:]


def repeat(content: bytes, draw: random.Random) -> bytes:
    return content[draw.randrange(len(content)) :] + content


def swap(content: bytes, draw: random.Random) -> bytes:
    old = draw.choice((b"0", b"1", b"2", b",", b".", b"-", b"\n", b'"'))
    return content.replace(old, draw.choice((b"", b"NaN", b"9" * 12, b";", b"\r", b"\0", b"\xff")))


DAMAGES: tuple[Damage, ...] = (cut, flip, drop, insert, repeat, swap)
WHOLE: dict[str, bytes] = {
    **{reader.kind: text.encode() for reader, text in SEEDS.items()},
    "fit": whole_file(),
    "tcx": tcx.file(tcx.lap(tcx.track(tcx.points()))).encode(),
    "gpx": gpx.file(gpx.track(gpx.points())).encode(),
    "garmin_sleep_data": json.dumps([nights.NIGHT] * 3).encode(),
    "garmin_daily_summary": json.dumps([nights.DAY] * 3).encode(),
    "pmdata_exercise": json.dumps([fitbit.RUN] * 3).encode(),
}


@pytest.fixture(scope="module")
def wholes(tmp_path_factory):
    club = small_club(tmp_path_factory.mktemp("seeds"))
    tables = {path.stem: path.read_bytes() for path in club.glob("*.csv")}
    archives = {"zip": strava_export(), "gz": gzip.compress(whole_file())}
    return WHOLE | tables | archives


@pytest.mark.parametrize("kind", WHOLE)
def test_the_undamaged_file_is_of_its_kind(tmp_path, kind):
    path = tmp_path / "a"
    path.write_bytes(WHOLE[kind])
    reader = find_reader(path)
    assert reader is not None
    assert reader.kind == kind


def test_any_damage_of_any_kind_is_accounted_for(tmp_path, wholes):
    for kind, content in wholes.items():
        # The kind is the seed: each keeps its damages when another kind is added.
        draw = random.Random(kind)
        for time in range(TIMES):
            damaged = content
            for damage in draw.choices(DAMAGES, k=draw.choice((1, 1, 2))):
                damaged = damage(damaged or b"x", draw)
            name = draw.choice((*NAMES, f"{kind}.csv"))
            look(tmp_path / f"{kind}{time}", name, damaged)


def look(place: Path, name: str, content: bytes) -> None:
    path, scratch = place / "in/r1" / name, place / "scratch"
    path.parent.mkdir(parents=True)
    scratch.mkdir()
    path.write_bytes(content)
    accounts = [
        read_item(*recognise(item), context(place / "in")).account
        for item in items_of([path], place / "in", scratch)
    ]
    assert accounts
    for account in accounts:
        assert account.read == account.accepted + account.repaired + account.rejected
        assert account.read > 0 or account.ignored or account.kind not in {"unknown", "archive"}
        # Both are answers of last resort: a damage has to be named.
        unclear = {"reader_failed", "too_slow"} & set(account.rejects["reason"])
        assert not unclear, account.rejects["sentence"].tolist()


def test_every_kind_is_found_in_archives_too(tmp_path, wholes):
    plain = {kind: content for kind, content in wholes.items() if kind not in {"zip", "gz"}}
    place, scratch = tmp_path / "in", tmp_path / "scratch"
    place.mkdir()
    scratch.mkdir()
    for kind, content in plain.items():
        (place / f"{kind}.csv").write_bytes(content)
        (place / f"{kind}.csv.gz").write_bytes(gzip.compress(content))
        (place / f"{kind}.zip").write_bytes(zipped({f"{kind}.csv": content}))
    found: dict[str, set[str]] = {}
    for item in items_of(sorted(place.iterdir()), place, scratch):
        _, reader = recognise(item)
        if item.account is None:
            found.setdefault(item.source.split(".")[0], set()).add(reader.kind if reader else "")
    assert found.keys() == plain.keys()
    assert all(len(kinds) == 1 and "" not in kinds for kinds in found.values()), found
