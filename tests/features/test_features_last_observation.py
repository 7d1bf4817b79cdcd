"""The mean of earlier tests of the same kind, on hand-made rows."""

import numpy as np
import pandas as pd

from features.kernels.last_observation import earlier_mean


def rows(*told):
    table = pd.DataFrame(told, columns=["athlete", "date", "speed_m_s", "level"])
    return table.assign(date=pd.to_datetime(table["date"]))


def test_only_earlier_days_of_the_same_athlete_count():
    table = rows(
        ("a", "2025-06-02", 3.0, 10.0),
        ("a", "2025-06-02", 3.0, 20.0),
        ("a", "2025-06-09", 3.0, 40.0),
        ("b", "2025-06-16", 3.0, 80.0),
        ("a", "2025-06-16", 3.0, 70.0),
    )
    found = earlier_mean(table, ["athlete"])
    np.testing.assert_allclose(found, [np.nan, np.nan, 15.0, np.nan, 70.0 / 3])


def test_speeds_as_far_apart_as_allowed_match_and_an_unknown_one_only_an_unknown_one():
    table = rows(
        ("a", "2025-06-02", 3.0, 10.0),
        ("a", "2025-06-03", 2.9, 50.0),
        ("a", "2025-06-04", None, 90.0),
        ("a", "2025-06-09", 3.3, 1.0),
        ("a", "2025-06-10", None, 1.0),
    )
    found = earlier_mean(table, ["athlete"], "speed_m_s", 0.3)
    # 3.3 - 3.0 is a little less than 0.3 in binary, 3.3 - 2.9 is more than allowed.
    np.testing.assert_allclose(found, [np.nan, 10.0, np.nan, 10.0, 90.0])
