"""Repeat work: results do not depend on the cache, the workers, the order or the week of a file."""

import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.readers.activity.fit import FitReader
from ingest.readers.base import FileRefused
from ingest.readers.registry import READERS
from ingest.reading import cache_keys, parallel, parse_cache, read_one
from ingest.run import IngestResult, ingest
from tests.ingest.club_files import activity, garmin_csv, small_club, table_csv
from tests.ingest.fit_writer import START, FitFile, file_id, session, steady_run, timer
from tests.ingest.fit_writer import activity as fit_activity
from tests.ingest.test_ingest_containers import strava_export

DAY = 86_400


def fit_run(day: int) -> bytes:
    start = START + day * DAY
    file = FitFile().extend([file_id(), timer(start, 0), *steady_run(start=start)])
    end = [timer(start + 600, 4), session(start=start, total_distance=1800.0), fit_activity()]
    return file.extend(end).done()


def same(result: IngestResult, other: IngestResult) -> None:
    assert result.report == other.report
    for name, frame in result.tables.items():
        pd.testing.assert_frame_equal(frame, other.tables[name])


@pytest.fixture(scope="module")
def origin(tmp_path_factory):
    """Return a place with a club and the cache that a first run left; to be copied."""
    place = tmp_path_factory.mktemp("origin")
    folder = small_club(place / "club")
    for day in range(3):
        path = folder / f"activities/r1/{day}.fit"
        path.write_bytes(fit_run(day))
    (folder / "r2.zip").write_bytes(strava_export())
    (folder / "activities/r2/junk.fit").write_bytes(b"\0\1\2")
    garmin_csv(folder / "activities/r1/bad.csv", [activity(Distance="-3"), activity()])
    return place


@pytest.fixture(scope="module")
def plain(origin):
    """What the club is without a cache; only read."""
    return ingest(origin / "club", workers=1)


@pytest.fixture(scope="module")
def first_run(origin, plain):
    """Return the place after a first run with the cache, which gave the same."""
    same(ingest(origin / "club", cache=origin / "cache"), plain)
    return origin


@pytest.fixture
def club(tmp_path, origin):
    return shutil.copytree(origin / "club", tmp_path / "club")


@pytest.fixture
def cache_of_before(tmp_path, first_run):
    """A cache that knows the files of the club as they are."""
    return shutil.copytree(first_run / "cache", tmp_path / "cache")


@pytest.fixture
def reads(monkeypatch):
    """Count the files that readers are given, in this process."""
    told = []
    original = parallel.read_item

    def count(item, reader, context):
        if item.account is None:
            told.append(item.source)
        return original(item, reader, context)

    monkeypatch.setattr(parallel, "read_item", count)
    return told


def test_a_second_run_reads_only_the_roster_and_gives_the_same(club, cache_of_before, plain, reads):
    same(ingest(club, cache=cache_of_before), plain)
    assert sorted(reads) == ["activities/r2/junk.fit", "roster.csv"]


@pytest.mark.parametrize("error", [BrokenPipeError, FileRefused("too_slow", "it took too long")])
def test_a_file_that_was_given_up_is_read_again_the_next_time(tmp_path, monkeypatch, error):
    """A machine that is busy for a minute costs that minute, not the file for good."""
    club = small_club(tmp_path / "club")
    (club / "activities/r1/0.fit").write_bytes(fit_run(0))

    def fail(*_):
        raise error

    with monkeypatch.context() as busy:
        busy.setattr(FitReader, "read", fail)
        given_up = ingest(club, cache=tmp_path / "cache", workers=1)
    assert given_up.report["totals"]["rejected"] == 1
    again = ingest(club, cache=tmp_path / "cache", workers=1)
    assert again.report["totals"]["rejected"] == 0
    assert len(again.tables["sessions"]) == len(given_up.tables["sessions"]) + 1


def test_a_changed_file_and_a_new_one_are_read_and_nothing_else(club, cache_of_before, reads):
    garmin_csv(club / "activities/r1/Activities.csv", [activity(Distance="9.00")])
    (club / "activities/r1/3.fit").write_bytes(fit_run(3))
    again = ingest(club, cache=cache_of_before)
    new = {"activities/r1/Activities.csv", "activities/r1/3.fit"}
    assert set(reads) == new | {"activities/r2/junk.fit", "roster.csv"}
    same(again, ingest(club))


def test_a_new_version_of_a_reader_reads_its_files_again(club, cache_of_before, reads, monkeypatch):
    monkeypatch.setattr(FitReader, "version", 99)
    ingest(club, cache=cache_of_before)
    assert sum(name.endswith((".fit", ".fit.gz")) for name in reads) == 5


def test_changed_code_reads_everything_again(club, cache_of_before, reads, monkeypatch):
    monkeypatch.setattr(cache_keys, "code_digest", lambda: "another")
    ingest(club, cache=cache_of_before)
    assert "wellness.csv" in reads


def test_changed_settings_change_what_comes_out_of_the_cache(club, cache_of_before):
    text = (club / "dataset.yaml").read_text()
    (club / "dataset.yaml").write_text(text.replace("Europe/Berlin", "America/New_York"))
    same(ingest(club, cache=cache_of_before), ingest(club))


def test_another_end_reads_again_only_what_it_may_change(club, cache_of_before, reads):
    """A later end: what was refused as future; an earlier one: later days, and faults."""
    cache = cache_of_before
    garmin_csv(club / "activities/r2/late.csv", [activity(Date="2025-01-05 08:00:00")])
    ingest(club, cache=cache)
    reads.clear()
    later = ingest(club, cache=cache, observed_to=date(2025, 1, 5))
    assert set(reads) == {"activities/r2/late.csv", "activities/r2/junk.fit", "roster.csv"}
    same(later, ingest(club, observed_to=date(2025, 1, 5)))
    reads.clear()
    earlier = ingest(club, cache=cache, observed_to=date(2024, 12, 10))
    assert "activities/r2/late.csv" in reads  # Now in the future.
    assert "activities/r1/bad.csv" in reads  # Of two faults the other may be told.
    assert "activities/r1/0.fit" not in reads
    same(earlier, ingest(club, observed_to=date(2024, 12, 10)))


def test_an_athlete_more_keeps_the_files_of_the_others(club, cache_of_before, reads):
    table_csv(club / "roster.csv", "athlete", ["r1", "r2", "r3"])
    found = ingest(club, cache=cache_of_before)
    assert reads == ["roster.csv", "activities/r2/junk.fit"]
    same(found, ingest(club))


@pytest.mark.parametrize("archive", [False, True])
def test_trials_are_read_again_when_their_list_of_tests_changes(club, tmp_path, archive):
    """The list tells whose trials these are and when; the trials' own bytes stay the same."""
    place = tmp_path / "export"
    place.mkdir()
    (place / "trials.csv").write_text(
        "testId,trialId,resultLimb,definition_name,definition_unit,value\n"
        "t1,a,Both,Peak Power,Watt,3000\n"
    )

    def read(day):
        (place / "tests.csv").write_text(
            "testId,profileId,recordedDateUtc,recordedDateOffset,testType,weight\n"
            f"t1,r1,{day}T12:00:00Z,0,CMJ,61.5\n"
        )
        if archive:
            shutil.make_archive(str(club / "vald"), "zip", place)
        else:
            shutil.copytree(place, club / "vald", dirs_exist_ok=True)
        strength = ingest(club, cache=tmp_path / "cache").tables["strength"]
        return set(strength.loc[strength["test"] == "cmj", "date"].astype(str))

    assert read("2024-03-01") == {"2024-03-01"}
    assert read("2024-03-02") == {"2024-03-02"}


def test_a_damaged_cache_is_none(club, cache_of_before, plain, reads):
    """Each damage is met by a pack that the run before it wrote anew."""
    place = cache_of_before / "testclub"
    for spoilt in ("pack-*/index.sealed", "pack-*/sessions-*.sealed", "current.json"):
        (path,) = place.glob(spoilt)
        path.write_bytes(b"{]")
        reads.clear()
        same(ingest(club, cache=cache_of_before), plain)
        assert "wellness.csv" in reads, spoilt
    reads.clear()
    same(ingest(club, cache=cache_of_before), plain)
    assert "wellness.csv" not in reads


def test_the_cache_holds_no_pickles_and_is_private(first_run):
    files = [path for path in (first_run / "cache").rglob("*") if path.is_file()]
    sealed = [path for path in files if path.suffix == ".sealed"]
    plain = {path.name for path in files if path.suffix != ".sealed"}
    assert plain == {"current.json", ".gitignore", "CACHEDIR.TAG"}
    assert (first_run / "cache/testclub").stat().st_mode & 0o077 == 0
    assert any(path.name == "index.sealed" for path in sealed)
    # What is sealed shows neither rows nor names, and no table can be read without the key.
    assert not any(
        b"r1" in path.read_bytes()[:64] or b"PAR1" in path.read_bytes() for path in sealed
    )


def test_an_unwritable_cache_costs_nothing_but_time(club, tmp_path, plain, monkeypatch):
    def full(*_args: object, **_more: object) -> None:
        raise OSError

    monkeypatch.setattr(parse_cache.ParseCache, "_store", full)
    same(ingest(club, cache=tmp_path / "cache"), plain)


def test_two_processes_give_what_one_gives(club, plain):
    told = []
    two = ingest(club, workers=2, progress=lambda *step: told.append(step))
    same(two, plain)
    assert [done for done, _, _ in told] == list(range(1, len(told) + 1))
    assert told[-1][0] == told[-1][1]


def test_little_work_starts_no_process(club, monkeypatch):
    monkeypatch.setattr(parallel, "ProcessPoolExecutor", None)
    ingest(club)


def test_every_kind_of_reader_has_a_name_of_its_own():
    kinds = [reader.kind for reader in READERS]
    assert len(kinds) == len(set(kinds))


def without_places(result: IngestResult) -> dict[str, pd.DataFrame]:
    where = ["source", "source_hash", "merged_from"]
    return {
        name: frame.drop(columns=where, errors="ignore")
        for name, frame in result.tables.items()
        if name != "rejects"
    }


WEEKS = 3
NIGHTLY = "athlete,date,sleep_h"


@cache
def exports() -> dict[str, tuple[int, bytes]]:
    """Return name -> week it comes in, content; a list of each week repeats part of the last."""
    found = {}
    for week in range(WEEKS):
        days = range(max(0, 7 * week - 3), 7 * week + 7)
        dates = [str(date.fromordinal(date(2024, 11, 8).toordinal() + day)) for day in days]
        night = "\n".join([NIGHTLY, *(f"r1,{day},{7 + int(day[-1]) / 10}" for day in dates), ""])
        found[f"wellness {week}.csv"] = (week, night.encode())
        found[f"activities/r1/{week}.fit"] = (week, fit_run(7 * week))
    return found


def weekly_club(folder: Path) -> Path:
    """The one athlete whose files grow, without the tables that no week adds to."""
    small_club(folder)
    for name in ("exercise", "strength", "gait", "pain"):
        (folder / f"{name}.csv").unlink()
    shutil.rmtree(folder / "activities/r2")
    table_csv(folder / "roster.csv", "athlete", ["r1"])
    table_csv(folder / "wellness.csv", NIGHTLY, ["r1,2024-05-06,7.5"])
    return folder


@pytest.fixture(scope="module")
def all_at_once(tmp_path_factory) -> dict[str, pd.DataFrame]:
    club = weekly_club(tmp_path_factory.mktemp("once") / "club")
    for name, (_, content) in exports().items():
        (club / name).write_bytes(content)
    return without_places(ingest(club))


@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_week_by_week_is_all_at_once(tmp_path, all_at_once, data):
    """In whatever order weeks arrive, and whatever comes twice, cached or not."""
    shutil.rmtree(tmp_path / "weekly", ignore_errors=True)
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    weekly = weekly_club(tmp_path / "weekly")
    sessions: set[pd.Timestamp] = set()
    for week in data.draw(st.permutations(range(WEEKS))):
        for name, (own, content) in exports().items():
            if own == week:
                (weekly / name).write_bytes(content)
        if data.draw(st.booleans()):
            copy = weekly / f"again {week}.csv"
            shutil.copy(weekly / f"wellness {week}.csv", copy)
        now = ingest(weekly, cache=tmp_path / "cache")
        starts = set(now.tables["sessions"]["start"])
        assert sessions <= starts
        sessions = starts
    for name, frame in without_places(now).items():
        pd.testing.assert_frame_equal(frame, all_at_once[name])


def test_the_digest_of_a_file_is_that_of_its_content(tmp_path):
    one, other = tmp_path / "a", tmp_path / "b"
    one.write_bytes(b"1")
    other.write_bytes(b"1")
    assert read_one.file_digest(one) == read_one.file_digest(other)
