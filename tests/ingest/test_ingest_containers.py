"""Archives: read as if unpacked, and every trick of a hostile one is a named reject."""

import gzip
import io
import json
import stat
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.reading import containers
from ingest.reading.containers import items_of
from ingest.reading.files import data_files
from ingest.run import ingest
from tests.ingest import test_ingest_apple as apple
from tests.ingest import test_ingest_fitbit_export as fitbit
from tests.ingest.club_files import small_club, table_csv, write
from tests.ingest.export_files import lines
from tests.ingest.fit_writer import whole_file
from tests.ingest.test_ingest_strava import HEADER, row


def zipped(entries: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    return tmp_path / "data"


def look(place: Path) -> dict[str, str]:
    """Return source -> content, or the reason why there is none."""
    scratch = place.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    found = {}
    for item in items_of(data_files(place), place, scratch):
        if item.account is None:
            found[item.source] = item.path.read_bytes().decode()
        elif item.account.ignored:
            found[item.source] = "-"
        else:
            found[item.source] = item.account.rejects["reason"][0]
    outside = {path for path in place.parent.rglob("*") if path.is_file()}
    assert all(place in path.parents or scratch in path.parents for path in outside)
    return found


def test_members_are_read_as_if_they_lay_unpacked(place):
    inner = zipped({"deep/b.csv": b"b"})
    members = {"x/a.csv.gz": gzip.compress(b"a"), "inner.zip": inner, "__MACOSX/._a": b"?"}
    (place / "all.zip").write_bytes(zipped(members))
    (place / "one.csv.gz").write_bytes(gzip.compress(b"one"))
    assert look(place) == {
        "all.zip": "-",
        "all.zip!x/a.csv.gz": "a",
        "all.zip!inner.zip": "-",
        "all.zip!inner.zip!deep/b.csv": "b",
        "all.zip!__MACOSX/._a": "-",
        "one.csv.gz": "one",
    }


def test_content_decides_not_the_name(place):
    # A packed file may have lost the `.gz` of its name.
    (place / "log.fit").write_bytes(gzip.compress(b"packed"))
    (place / "plain.zip").write_bytes(b"no archive at all")
    assert look(place) == {"log.fit": "packed", "plain.zip": "no archive at all"}


@pytest.mark.parametrize("name", ["../../out.csv", "/etc/out.csv", "C:\\out.csv", "a\\..\\..\\o"])
def test_a_path_that_climbs_out_is_refused(place, name):
    (place / "z.zip").write_bytes(zipped({name: b"x", "fine.csv": b"fine"}))
    found = look(place)
    assert found.pop("z.zip!fine.csv") == "fine"
    assert sorted(found.values()) == ["-", "unsafe_path"]


def test_a_link_is_refused(place):
    link = zipfile.ZipInfo("link.csv")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(place / "z.zip", "w") as archive:
        archive.writestr(link, "/etc/hostname")
    assert look(place)["z.zip!link.csv"] == "link_in_archive"


def test_an_encrypted_entry_is_refused(place):
    content = bytearray(zipped({"a.csv": b"secret"}, zipfile.ZIP_STORED))
    # Bit 0 of the flags says "encrypted", in the entry's own header and in the directory.
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    (place / "z.zip").write_bytes(content)
    assert look(place)["z.zip!a.csv"] == "encrypted"


def test_bombs_are_refused(place, monkeypatch):
    # A small limit, so that the test needs no large file.
    monkeypatch.setattr(containers, "FREE_BYTES", 1000)
    zeros = bytes(2_000_000)
    (place / "z.zip").write_bytes(zipped({"a.csv": zeros}))
    (place / "z.csv.gz").write_bytes(gzip.compress(zeros))
    (place / "nested.zip").write_bytes(zipped({"z.zip": zipped({"a.csv": zeros})}))
    found = look(place)
    assert {name: found[name] for name in ("z.zip", "z.csv.gz", "nested.zip!z.zip")} == {
        "z.zip": "archive_bomb",
        "z.csv.gz": "archive_bomb",
        "nested.zip!z.zip": "archive_bomb",
    }


def test_a_bomb_takes_no_disk(place, monkeypatch):
    monkeypatch.setattr(containers, "FREE_BYTES", 1000)
    (place / "z.csv.gz").write_bytes(gzip.compress(bytes(50_000_000)))
    look(place)
    left = sum(p.stat().st_size for p in (place.parent / "scratch").rglob("*") if p.is_file())
    assert left == 0


def test_too_many_entries_are_refused(place, monkeypatch):
    monkeypatch.setattr(containers, "MAX_ENTRIES", 3)
    (place / "z.zip").write_bytes(zipped({f"{n}.csv": b"x" for n in range(4)}))
    assert look(place) == {"z.zip": "too_many_entries"}


def test_archives_in_archives_end_somewhere(place):
    content = b"x"
    for _ in range(6):
        content = zipped({"z.zip": content})
    (place / "z.zip").write_bytes(content)
    # Three levels are read: an account export holds an archive of archives.
    assert list(look(place).values()) == ["-", "-", "-", "nested_too_deep"]


@pytest.mark.parametrize("cut", [5, 60, 200])
def test_a_truncated_archive_is_refused(place, cut):
    (place / "z.zip").write_bytes(zipped({"a.csv": bytes(range(256)) * 9})[:cut])
    (place / "z.csv.gz").write_bytes(gzip.compress(bytes(range(256)) * 9)[: cut - 4])
    found = look(place)
    # Cut to one byte it is no archive any more.
    assert found["z.csv.gz"] in {"damaged_archive", "\x1f"}
    assert found["z.zip"] == "damaged_archive"


def test_a_flipped_byte_is_noticed(place):
    content = bytearray(zipped({"a.csv": b"abc" * 99, "b.csv": b"b"}, zipfile.ZIP_STORED))
    # One bit of the content: only the checksum can tell.
    content[60] ^= 1
    (place / "z.zip").write_bytes(content)
    assert look(place) == {"z.zip": "-", "z.zip!a.csv": "damaged_archive", "z.zip!b.csv": "b"}


def test_an_empty_archive_says_so(place):
    (place / "z.zip").write_bytes(zipped({}))
    assert look(place) == {"z.zip": "empty_archive"}


def test_entries_of_one_name_are_two_files(place):
    with zipfile.ZipFile(place / "z.zip", "w") as archive:
        archive.writestr("a.csv", "1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.csv", "2")
    assert look(place) == {"z.zip": "-", "z.zip!a.csv": "1", "z.zip!a.csv#2": "2"}


def test_a_link_to_nothing_is_told(place):
    (place / "gone.fit").symlink_to("nowhere")
    write(place / "a.csv", "a")
    assert look(place) == {"a.csv": "a", "gone.fit": "not_a_file"}


def strava_export() -> bytes:
    """A bulk export: one run as list and as file, one entered by hand, and other lists."""
    by_hand = row({0: "2", 1: "Oct 9, 2024, 6:00:00 AM", 12: ""})
    recorded = row({1: "Nov 8, 2024, 11:33:20 AM", 15: "600", 16: "600", 17: "1800"})
    return zipped(
        {
            "activities.csv": lines([HEADER, recorded, by_hand]).encode(),
            "activities/4170.fit.gz": gzip.compress(whole_file()),
            "shoes.csv": b"Shoe Name,Shoe Brand\nBlue,x\n",
            "messages.json": b"[]",
            "media/1.jpg": b"\xff\xd8",
        }
    )


@pytest.mark.parametrize("name", ["activities/r1/export_77.zip", "r1.zip", "sent/r1.ZIP"])
def test_a_whole_strava_export_counts_each_session_once(tmp_path, name):
    club = small_club(tmp_path / "club")
    before = ingest(club)
    path = club / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(strava_export())
    after = ingest(club)
    assert after.report["sessions"] == before.report["sessions"] + 2
    assert after.report["totals"]["rejected"] == 0
    new = after.tables["sessions"]
    new = new[new["source"].str.contains("!")].set_index("local_date")
    joined = new.loc["2024-11-08"]
    assert "!activities.csv" in joined["merged_from"] + joined["source"]
    assert "!activities/4170.fit.gz" in joined["merged_from"] + joined["source"]
    assert joined["shoe_id"] == "Blue shoe"
    assert not new["source"].str.contains("r1", regex=False).any()


def test_a_roster_of_one_needs_no_folder(tmp_path):
    club = small_club(tmp_path / "club")
    table_csv(club / "roster.csv", "athlete", ["solo"])
    for path in club.iterdir():
        if path.name not in {"dataset.yaml", "roster.csv", "activities"}:
            path.unlink()
    (club / "export.zip").write_bytes(strava_export())
    result = ingest(club)
    assert result.report["sessions"] == 2
    # The folders of strangers stay strangers'.
    assert set(result.tables["rejects"]["reason"]) == {"unknown_athlete"}
    assert len(result.tables["rejects"]) == 2


def test_a_file_in_a_plain_folder_is_not_of_the_only_athlete_who_has_a_folder(tmp_path):
    club = small_club(tmp_path / "club")
    table_csv(club / "roster.csv", "athlete", ["r1"])
    (club / "export.zip").write_bytes(strava_export())
    rejected = ingest(club).tables["rejects"]
    assert "unknown_athlete" in set(rejected.loc[rejected["source"].str.contains("!"), "reason"])


APPLE = {
    "apple_health_export/导出.xml": apple.export(
        apple.workout(*apple.TOTALS, startDate="2024-05-06 18:00:00 +0200")
    ).encode(),
    "apple_health_export/export_cda.xml": b"<ClinicalDocument/>",
    "apple_health_export/electrocardiograms/ecg_1.csv": b"Name,Jane\n",
    "apple_health_export/workout-routes/route_1.gpx": b"<gpx></gpx>",
}
FITBIT = {
    "Takeout/Fitbit/Global Export Data/exercise-0.json": json.dumps([fitbit.RUN]).encode(),
    "Takeout/Fitbit/Global Export Data/steps-2024-05-06.json": b"[]",
    "Takeout/Fitbit/Global Export Data/exercise-100.json": b"{damaged",
}


@pytest.mark.parametrize(
    ("members", "aside", "refused"),
    [
        (APPLE, {"export_cda.xml", "ecg_1.csv"}, {"route_1.gpx"}),
        (FITBIT, {"steps-2024-05-06.json"}, {"exercise-100.json"}),
    ],
)
@pytest.mark.parametrize("packed", [True, False])
def test_what_no_one_knows_of_an_account_export_is_set_aside(
    tmp_path, members, aside, refused, packed
):
    club = small_club(tmp_path / "club")
    if packed:
        (club / "r2.zip").write_bytes(zipped(members))
    for name, content in ({} if packed else members).items():
        path = club / "activities/r2" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    result = ingest(club)
    set_aside = [one["file"] for one in result.report["files"] if "export that" in one["ignored"]]
    assert {name.split("/")[-1] for name in set_aside} == aside
    assert {name.split("/")[-1] for name in result.tables["rejects"]["source"]} == refused
    assert result.tables["sessions"]["source"].str.contains("导出.xml|exercise-0", regex=True).any()
