"""Joined some athletes at a time, or all at once: the tables are the same."""

import datetime as dt

import pandas as pd
import pytest

from ingest.harmonise.by_athletes import Disguise
from ingest.harmonise.tables import Rules
from ingest.records.sports import BITS
from ingest.setup.examine import examine
from tests.clubs.build import build_club
from tests.ingest.whole_tables import harmonise_by_athletes

DAY = pd.Timestamp("2025-03-17")


def club(folder, seed):
    """Return the rows of a generated club, and what stands in place of names."""
    build_club(folder, seed)
    result = examine(folder, today=dt.date(2025, 3, 17)).result
    files = {file for rows in result.records.values() for file in rows["source"]}
    return result.records, Disguise(result.names, {file: file for file in files})


def repairs_of(tables):
    return sorted(tables.repairs.itertuples(index=False, name=None))


@pytest.mark.parametrize("seed", [6, 7])
def test_parts_of_a_club_are_joined_as_the_whole_is(tmp_path, seed):
    records, disguise = club(tmp_path, seed)
    # Each file a kind of its own, so that its clock is looked for among all its answers.
    kinds = {file: file for file in disguise.files}
    rules = Rules("Europe/Berlin", DAY, kinds)
    whole = harmonise_by_athletes(records, disguise, rules)
    parts = harmonise_by_athletes(records, disguise, rules, rows_at_once=1)
    assert len(whole.tables["sessions"])
    for name, table in whole.tables.items():
        pd.testing.assert_frame_equal(parts.tables[name], table)
    assert parts.merged == whole.merged
    assert repairs_of(parts) == repairs_of(whole)


def answers(athlete, ends):
    return pd.DataFrame(
        {
            "athlete": athlete,
            "end": pd.to_datetime(ends, utc=True),
            "duration_min": 60.0,
            "rpe": 4.0,
            "sport": "run",
            "fits": BITS["run"],
            "shoe_id": pd.Series([None] * len(ends), dtype="str"),
            "source": "form.csv",
            "source_hash": "f",
            "record": range(len(ends)),
            "repaired": False,
        }
    )


def recordings(athlete, starts, source):
    return pd.DataFrame(
        {
            "athlete": athlete,
            "start": pd.to_datetime(starts, utc=True),
            "local_date": pd.to_datetime(starts).normalize(),
            "sport": "run",
            "duration_min": 60.0,
            "distance_km": 10.0,
            "source": source,
            "source_hash": source,
            "record": range(len(starts)),
            "repaired": False,
        }
    )


def test_the_clock_of_a_form_is_found_from_the_answers_of_all():
    # Three answers each, two hours late: five of all are a proof, three of one athlete are none.
    days = ["2024-06-03 08:00", "2024-06-05 08:00", "2024-06-07 08:00"]
    late = [f"{day[:11]}11:00" for day in days]
    records = {
        "sessions": pd.concat([recordings(name, days, f"{name}.csv") for name in ("a", "b")]),
        "answers": pd.concat([answers(name, late) for name in ("a", "b")]),
    }
    disguise = Disguise({"a": "x", "b": "y"}, {f: f for f in ("a.csv", "b.csv", "form.csv")})
    rules = Rules("UTC", DAY, {"form.csv": "form"})
    for rows_at_once in (1, 1000):
        joined = harmonise_by_athletes(records, disguise, rules, rows_at_once)
        assert joined.merged["answers_matched"] == 6
        assert set(joined.repairs["code"]) == {"clock_shifted_by_-2_h"}


def test_athletes_of_one_list_stay_together():
    # A line of a list is no part of a run that goes on in a file; two single files would be one.
    listed = [recordings(name, ["2024-06-03 08:00"], "list.csv") for name in ("a", "b")]
    later = recordings("a", ["2024-06-03 09:02"], "2.csv").assign(duration_min=30.0, distance_km=5)
    records = {"sessions": pd.concat([*listed, later])}
    disguise = Disguise({"a": "x", "b": "y"}, {file: file for file in ("list.csv", "2.csv")})
    rules = Rules("UTC", DAY, {})
    for rows_at_once in (1, 1000):
        joined = harmonise_by_athletes(records, disguise, rules, rows_at_once)
        assert joined.tables["sessions"]["duration_min"].tolist() == [60, 30, 60]
