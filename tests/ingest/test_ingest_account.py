import json

import pandas as pd
import pytest

from ingest.harmonise.joint_repairs import JointRepairs
from ingest.records.account import Account, ignored_file, refused_file

REJECT = pd.DataFrame(
    [("a.csv", "7", "bad_km", "row 7: km is 'x'")],
    columns=["source", "record", "reason", "sentence"],
    dtype="str",
)


@pytest.mark.parametrize(("read", "accepted", "repaired"), [(4, 2, 0), (3, 3, 0), (3, 1, 0)])
def test_a_reader_that_loses_a_record_is_stopped(read, accepted, repaired):
    with pytest.raises(ValueError, match=f"a.csv: {read} records read"):
        Account(
            source="a.csv",
            kind="k",
            read=read,
            accepted=accepted,
            repaired=repaired,
            rejects=REJECT,
        )


def test_a_negative_count_is_stopped():
    with pytest.raises(ValueError, match="below zero"):
        Account(source="a.csv", kind="k", read=0, accepted=-1, repaired=1)


def test_a_late_repair_moves_records_and_keeps_the_sum():
    account = Account(
        source="a.csv", kind="k", read=6, accepted=4, repaired=1, repairs={"x": 1}, rejects=REJECT
    )
    later = account.with_repairs("copy", records=3, newly=2)
    # Two of the three copies were accepted before; the third was repaired already.
    assert (later.accepted, later.repaired, later.rejected) == (2, 3, 1)
    assert later.summary() == {
        "file": "a.csv",
        "kind": "k",
        "read": 6,
        "accepted": 2,
        "repaired": 3,
        "rejected": 1,
        "repairs": {"copy": 3, "x": 1},
        "rejects": {"bad_km": 1},
        "ignored": "",
        "read_as": "",
        "unread": [],
    }
    json.dumps(later.summary())


def test_a_refused_file_is_one_record_and_an_ignored_one_none():
    refused = refused_file("b.bin", "unknown", "unknown_format", "no reader")
    assert (refused.read, refused.accepted, refused.rejected) == (1, 0, 1)
    assert refused.rejects["record"].isna().all()
    ignored = ignored_file(".DS_Store", "hidden")
    assert (ignored.read, ignored.rejected, ignored.ignored) == (0, 0, "hidden")


def test_a_record_with_several_repairs_moves_once_and_one_repaired_before_does_not_move():
    account = Account(source="a.csv", kind="k", read=3, accepted=2, repaired=1, repairs={"unit": 1})
    rows = pd.DataFrame({
        "source": "a.csv", "record": ["1", "2", "3"], "repaired": [False, True, False],
    })  # fmt: skip
    repairs = pd.DataFrame(
        [("a.csv", "1", "pace"), ("a.csv", "1", "clock"), ("a.csv", "2", "pace")],
        columns=["source", "record", "code"],
    )
    joint = JointRepairs(repairs)
    marked = joint.marked({"sessions": rows})
    (later,) = joint.counted([account])
    assert marked["sessions"]["repaired"].tolist() == [True, True, False]
    assert (later.accepted, later.repaired) == (1, 2)
    assert later.repairs == {"unit": 1, "pace": 2, "clock": 1}
