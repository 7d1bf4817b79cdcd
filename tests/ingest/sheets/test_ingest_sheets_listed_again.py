"""Lists of who is hurt that follow each other tell the same injury once."""

import pandas as pd

from ingest.injuries.listed_again import one_of_each_list
from tests.ingest.sheets import sheet_files as files


def injuries(*rows):
    names = ["athlete", "onset_date", "return_date", "region", "class", "reported_on"]
    frame = pd.DataFrame(rows, columns=names).assign(side="unknown")
    frame["of_list"] = frame["reported_on"].notna()
    for name in ("onset_date", "return_date", "reported_on"):
        frame[name] = pd.to_datetime(frame[name])
    return frame


def listed(day, back=None, region="knee"):
    return ("Ann", day, back, region, "injury", day)


def test_the_next_lists_tell_the_same_injury():
    weeks = [listed("2025-03-03"), listed("2025-03-10"), listed("2025-03-17", "2025-03-24")]
    (row,) = one_of_each_list(injuries(*weeks)).itertuples()
    assert (row.onset_date, row.return_date) == (
        pd.Timestamp("2025-03-03"),
        pd.Timestamp("2025-03-24"),
    )


def test_another_place_or_a_long_silence_is_another_injury():
    # The knee is missing from the lists for three months.
    rows = [listed("2025-01-06"), listed("2025-01-13", region="hip"), listed("2025-04-07")]
    assert len(one_of_each_list(injuries(*rows))) == 3


def test_who_is_still_listed_after_the_day_expected_is_still_out():
    rows = [listed("2025-03-03", "2025-03-10"), listed("2025-03-17")]
    (row,) = one_of_each_list(injuries(*rows)).itertuples()
    assert pd.isna(row.return_date)


def test_injuries_of_a_register_written_down_on_their_first_day_stay_apart(tmp_path):
    """The second was lost, and the first lasted until the second's return."""
    rows = [
        ["Name", "Injury date", "Date reported", "Injury", "Return date"],
        ["Ann Lee", "2025-01-06", "2025-01-06", "left knee", "2025-01-20"],
        ["Ann Lee", "2025-02-05", "2025-02-05", "left knee", "2025-03-01"],
    ]
    read = files.read(files.table(tmp_path / "Injuries.csv", rows)).records["injuries"]
    kept = one_of_each_list(read)
    assert list(kept["return_date"]) == [pd.Timestamp("2025-01-20"), pd.Timestamp("2025-03-01")]


def test_the_other_side_is_another_injury():
    both = injuries(listed("2025-03-03"), listed("2025-03-10"))
    assert len(one_of_each_list(both.assign(side=["left", "right"]))) == 2
    # A list may leave the side out: the same knee is then the likelier reading.
    assert len(one_of_each_list(both.assign(side=["left", "unknown"]))) == 1


def test_a_return_of_a_register_ends_its_injury():
    register = ("Ann", "2025-01-06", "2025-03-03", "knee", "injury", None)
    assert len(one_of_each_list(injuries(register, listed("2025-03-10")))) == 2
    within = one_of_each_list(injuries(register, listed("2025-02-10")))
    assert len(within) == 1
    assert within["return_date"].item() == pd.Timestamp("2025-03-03")
