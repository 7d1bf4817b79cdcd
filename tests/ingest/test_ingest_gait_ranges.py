"""Ranges of gait: a runner counts once, and small groups are shown to nobody."""

import pandas as pd
import pytest

from ingest.readers.datasets.gait_ranges import gait_table, markdown


def strides_of(values):
    rows = [
        {"runner": f"g{at:02d}", "metric": "peak_hip_adduction_deg", "value": float(one)}
        for at, all_of_one in enumerate(values)
        for one in all_of_one
    ]
    return pd.DataFrame(rows)


def test_a_runner_counts_once_with_the_median_of_all_strides():
    strides = strides_of([[at, at, at + 90] for at in range(11)])
    ages = pd.Series({f"g{at:02d}": 50.0 for at in range(11)})
    (row,) = gait_table(strides, ages).to_dict("records")
    assert (row["group"], row["n"], row["median"]) == ("all", 11, 5.0)
    assert (row["p10"], row["p90"]) == pytest.approx((1.0, 9.0))
    assert markdown(gait_table(strides, ages)).splitlines()[-1] == (
        "| `peak_hip_adduction_deg` | all | 11 | 5.0 (1.0-9.0) |"
    )


@pytest.mark.parametrize(
    ("thirties", "groups"), [(9, ["all"]), (10, ["all", "all 30-39"]), (11, ["all", "all 30-39"])]
)
def test_no_group_below_ten_is_shown(thirties, groups):
    count = 12
    ages = pd.Series({f"g{at:02d}": 39.0 if at < thirties else 40.0 for at in range(count)})
    assert list(gait_table(strides_of([[7.0]] * count), ages)["group"]) == groups
    few = gait_table(strides_of([[7.0]] * 9), ages)
    assert few.empty
