import pandas as pd
import pytest
from pydantic import ValidationError

from forecasting.scoring.bands import band, bands
from forecasting.settings import BandSettings


@pytest.mark.parametrize(
    ("probability", "expected"),
    [
        (0.0, "low"),
        (0.0189, "low"),  # 0.9 x as shown
        (0.0199, "raised"),  # 1.0 x
        (0.02, "raised"),
        (0.0388, "raised"),  # 1.9 x
        (0.0399, "high"),  # 2.0 x
        (0.04, "high"),
        (0.0801, "high"),  # 4.0 x
        (0.083, "very high"),  # 4.2 x
        (1.0, "very high"),
    ],
)
def test_bands_change_at_one_two_and_four_times_the_base_rate(probability, expected):
    assert band(probability, base_rate=0.02) == expected


def test_an_unknown_probability_has_no_band():
    found = bands([0.01, float("nan"), 0.05], base_rate=0.02)
    assert found.isna().tolist() == [False, True, False]
    assert found.dropna().tolist() == ["low", "high"]
    assert found.dtype == pd.Series([], dtype="str").dtype


def test_bands_that_do_not_rise_are_refused():
    with pytest.raises(ValidationError, match="must rise"):
        BandSettings(raised=2, high=2)


@pytest.mark.parametrize("base_rate", [0.0, -0.1, 1.0])
def test_a_base_rate_outside_0_to_1_is_refused(base_rate):
    with pytest.raises(ValueError, match="base rate"):
        band(0.1, base_rate)
