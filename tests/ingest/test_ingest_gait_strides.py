"""Files of single strides: RunScribe, and the curves of the BMC/RIC data."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from common.contracts import conform
from ingest.harmonise.gait_trials import gait_of_strides
from ingest.readers.registry import FileRefused
from tests.ingest.gait_looks import DAY, context, look, values_of
from tests.ingest.gait_signals import Gait, angles

__all__ = ["context"]  # a fixture, used by its name

RUNSCRIBE = (
    "datetime, time (s), stride_pace (mi/min), step_rate (s/min), stride_length (ft),"
    " contact_time (ms), braking_gs \n"
    "datetime, , power, cadence, , , \n"
)


def stride(second, rate=165.0, contact=280.0, pace=8.0, length=8.0):
    return f"2024-03-05 10:30:{second:06.3f}, {second}, {pace}, {rate}, {length}, {contact}, 7.1\n"


@pytest.mark.parametrize(("name", "foot"), [("run_right.csv", "right"), ("run.csv", "none")])
def test_runscribe(context, name, foot):
    rows = "".join(stride(second) for second in range(5))
    parsed = look(context, RUNSCRIBE + rows + stride(6, contact="x"), f"r1/{name}")
    values = values_of(parsed)
    assert values["contact_ms", foot] == 280.0
    assert values["step_length_m", "both"] == pytest.approx(8 * 0.3048 / 2)
    assert parsed.records["gait"]["speed_m_s"].iloc[0] == pytest.approx(1609.344 / 480)
    assert (parsed.account.read, parsed.account.accepted, parsed.account.rejected) == (6, 5, 1)


def test_runscribe_walking_strides_are_refused_one_by_one(context):
    rows = stride(1) + stride(2) + stride(3, rate=130.0, contact=600.0)
    parsed = look(context, RUNSCRIBE + rows, "r1/left.csv")
    assert list(parsed.account.rejects["reason"]) == ["walking"]
    assert parsed.records["gait"]["strides"].max() == 2


def test_runscribe_whose_speed_contradicts_is_said(context):
    rows = "".join(stride(second, length=4.0) for second in range(4))
    parsed = look(context, RUNSCRIBE + rows, "r1/left.csv")
    assert list(parsed.account.rejects["reason"]) == ["speed_mismatch"]
    assert "step_length_m" not in set(parsed.records["gait"]["metric"])


BMC = "Time\tHip_Z\tHip_X\tHip_Y\tKnee_Z\tKnee_X\tKnee_Y\tAnkle_Z\tAnkle_X\tAnkle_Y\n"


def bmc_trial(*, adduction=-1.0, more=0.0):
    gait = Gait(cadence=160, contact_s=0.26, seconds=3.0, rate=1000.0)
    first, _, second = [one for one in gait.every_contact if one.start > 0.5][:3]
    side, told = first.side, angles(gait)
    at = np.linspace(first.start, second.start, 101)
    curves = {name: np.interp(at, gait.time, one) for name, one in told.items()}
    rows = [
        [n, -curves[f"hip_flexion_{side}"][n], adduction * curves[f"hip_adduction_{side}"][n], 0,
         curves[f"knee_flexion_{side}"][n] + more, 5, 0, 0, 0, 0]
        for n in range(101)
    ]  # fmt: skip
    return BMC + "\n".join("\t".join(f"{cell:.6f}" for cell in row) for row in rows) + "\n"


def test_bmc_strides_become_one_trial_with_a_speed(context):
    who = replace(context, athletes=frozenset({"g01s01"}))
    strides = [
        look(who, bmc_trial(more=n), f"{DAY}/trials/g01s01t{n:02d}.txt").records["gait_strides"]
        for n in (1, 2, 5)
    ]
    listed = "\tGroup\tSubject\tTrial\tFilename\tSpeed\tAge\tHeight\tMass\n" + "".join(
        f"{n}\tBMC\t1\t{n}\t{name}\t2.5\t22.0\t181.0\t62.0\n"
        for n, name in enumerate(("g01s01t01.txt", "g01s01t02.txt", "g01s01t05.txt", "other.txt"))
    )
    metadata = look(who, listed, f"{DAY}/metadata.txt")
    assert list(metadata.account.rejects["reason"]) == ["bad_Filename"]
    gait = gait_of_strides(pd.concat(strides), metadata.records["gait_trials"])
    conform("gait", gait)
    knee = gait[gait["metric"] == "peak_knee_flexion_deg"].iloc[0]
    assert knee["value"] == pytest.approx(44, abs=0.3)  # 42 and 1, 2, 5 more: the median
    assert knee["spread"] == pytest.approx(2.0, abs=0.01)
    assert (knee["strides"], knee["speed_m_s"]) == (3, 2.5)
    assert knee["source"] == f"{DAY}/trials"
    hip = gait[gait["metric"] == "peak_hip_adduction_deg"].iloc[0]
    assert hip["value"] == pytest.approx(13, abs=0.3)
    assert gait_of_strides(pd.concat(strides), None)["speed_m_s"].isna().all()


def test_a_bmc_stride_against_the_convention_has_no_adduction(context):
    parsed = look(context, bmc_trial(adduction=1.0), f"r1/{DAY}/g01s01t01.txt")
    assert set(parsed.records["gait_strides"]["metric"]) == {"peak_knee_flexion_deg"}
    assert parsed.account.repairs == {"hip_adduction_sign_unknown_dropped": 1}
    # The knee's value is as it was read.
    assert not parsed.records["gait_strides"]["repaired"].any()


def test_a_bmc_stride_whose_curve_jumps_is_refused(context):
    rows = bmc_trial().split("\n")
    cells = rows[31].split("\t")
    rows[31] = "\t".join([*cells[:2], f"{float(cells[2]) - 25:.6f}", *cells[3:]])
    with pytest.raises(FileRefused, match="a marker was lost") as refused:
        look(context, "\n".join(rows), f"r1/{DAY}/g01s01t01.txt")
    assert refused.value.reason == "curve_jumps"


def test_a_bmc_stride_that_is_no_text_is_refused(context):
    with pytest.raises(FileRefused) as refused:
        look(context, bmc_trial().encode()[:900] + b"\xff\xfe\t", f"r1/{DAY}/g01s01t01.txt")
    assert refused.value.reason == "wrong_length"


def test_runscribe_tags_shorter_than_the_columns_are_no_stride(context):
    header, tags = RUNSCRIBE.split("\n")[:2]
    rows = "".join(stride(second) for second in range(4))
    for line in (tags.rstrip(", "), "datetime, , power, cadence", tags + ", ,more"):
        parsed = look(context, f"{header}\n{line}\n{rows}", "r1/left.csv")
        assert parsed.account.rejected == 0
        assert parsed.account.accepted == 4


def test_runscribe_rows_that_are_shifted_stay_refused(context):
    rows = "".join(stride(second) for second in range(4))
    parsed = look(context, RUNSCRIBE + rows + "2024-03-05 10:30:05.000, 5, 8.0\n", "r1/left.csv")
    assert list(parsed.account.rejects["reason"]) == ["shifted_row"]


@pytest.mark.parametrize("day", ["1999-12-31", "2031-01-01"])
def test_the_first_day_in_a_refusal_is_the_one_that_counts(context, day):
    with pytest.raises(FileRefused, match="before 2000 or after the data end") as refused:
        look(context, bmc_trial(), f"r1/{day}/g01s01t01.txt")
    assert refused.value.reason == "impossible_date"
