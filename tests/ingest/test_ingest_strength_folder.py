"""Strength and wellness exports of a club, read beside its other files."""

from ingest.run import ingest
from tests.ingest.club_files import SETTINGS, small_club, write

NAMES = SETTINGS + 'athletes:\n  "Doe, Jane": r1\n'
NORDBORD = (
    "Name,Date UTC,Time UTC,Device,Test,L Reps,R Reps,L Max Force (N),R Max Force (N),"
    "L Avg Force (N),R Avg Force (N)\n"
    '"Doe, Jane",2024-05-02,17:00,NB,Nordic,3,3,310,300,290,280\n'
    # No repetition on the right: 2 N are a sensor that nobody used.
    '"Doe, Jane",2024-06-02,17:00,NB,Nordic,3,0,320,2,300,1\n'
)
DECKS = (
    "Name,ExternalId,Test Type,Date,Time,BW [KG],Reps,Peak Power [W] \n"
    '"Doe, Jane",,CMJ,05/20/2024,4:47 PM,61,1,3200\n'
    '"Doe, Jane",,CMJ,05/20/2024,4:49 PM,61,1,3100\n'
)
HOOPER = 'Name,Date,Sleep,Fatigue\n"Doe, Jane",2024-07-01,4,2\n'


def by_file(result):
    return {one["file"]: one for one in result.report["files"]}


def test_every_record_is_accounted_for_and_copies_count_once(tmp_path):
    folder = small_club(tmp_path)
    write(folder / "dataset.yaml", NAMES)
    before = len(ingest(folder).tables["strength"])
    for name in ("a.csv", "b.csv"):
        write(folder / "tests" / name, NORDBORD)
    write(folder / "tests" / "decks.csv", DECKS)
    write(folder / "forms.csv", HOOPER)
    result = ingest(folder)
    files = by_file(result)
    first, copy = files["tests/a.csv"], files["tests/b.csv"]
    # Two rows of two sides.
    assert (first["read"], first["accepted"], first["rejects"]) == (4, 3, {"unused_sensor": 1})
    assert (copy["accepted"], copy["repairs"]) == (0, {"copy_of_another_record_dropped": 3})
    decks = files["tests/decks.csv"]
    assert (decks["read"], decks["accepted"], decks["repaired"]) == (2, 2, 0)
    # Three sides with a maximum and a mean each, and two jumps.
    assert len(result.tables["strength"]) == before + 6 + 2
    body = result.tables["body"]
    # Two jumps of one day are one weighing.
    assert (body["mass_kg"] == 61).sum() == 1
    assert (result.tables["wellness"]["date"].astype(str) == "2024-07-01").sum() == 1
    for one in files.values():
        assert one["read"] == one["accepted"] + one["repaired"] + one["rejected"]


def test_no_name_reaches_a_table_or_the_report(tmp_path):
    folder = small_club(tmp_path)
    write(folder / "dataset.yaml", NAMES)
    write(folder / "tests.csv", NORDBORD + NORDBORD.replace("Jane", "Joan").split("\n", 1)[1])
    result = ingest(folder)
    told = str(result.report) + "".join(table.to_csv() for table in result.tables.values())
    assert "Doe" not in told
    assert by_file(result)["tests.csv"]["rejects"]["unknown_athlete"] == 3
