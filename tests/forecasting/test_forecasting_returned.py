"""Who is back from an injury, by hand."""

import pandas as pd
import pytest

from forecasting.status.returned import returned

AS_OF = pd.Timestamp("2025-11-23")


def of(*injuries):
    frame = pd.DataFrame(
        [("ann", *injury) for injury in injuries],
        columns=["athlete", "onset_date", "return_date", "region"],
    )
    for name in ("onset_date", "return_date"):
        frame[name] = pd.to_datetime(frame[name])
    found = returned(frame, AS_OF)
    return None if found.empty else found.iloc[0]


def test_the_day_the_place_and_how_long_since_are_told():
    ann = of(("2025-10-17", "2025-11-02", "foot"), ("2025-06-05", "2025-08-20", "knee"))
    assert ann["back_note"] == "back since 2 Nov 2025 (foot), 21 days"
    assert ann["back_since"] == pd.Timestamp("2025-11-02")


@pytest.mark.parametrize(
    ("back", "note"),
    [
        ("2025-11-23", "back since 23 Nov 2025 (lower leg), 0 days"),
        ("2025-11-22", "back since 22 Nov 2025 (lower leg), 1 day"),
        # 12 x 7 = 84 days.
        ("2025-08-31", "back since 31 Aug 2025 (lower leg), 84 days"),
        ("2025-08-30", None),
    ],
)
def test_a_return_is_told_for_twelve_weeks(back, note):
    found = of(("2025-07-01", back, "lower_leg"))
    assert (found if found is None else found["back_note"]) == note


def test_who_runs_without_a_return_date_is_asked_about_for_a_year():
    # The foot's return is later, but it is the open injury that needs an answer.
    ann = of(("2025-10-12", None, "knee"), ("2025-06-05", "2025-11-20", "foot"))
    assert pd.isna(ann["back_since"])
    assert ann["back_note"] == (
        "runs again after the injury of 12 Oct 2025 (knee), 42 days ago: enter the return date"
    )
    # 366 days before.
    assert of(("2024-11-22", None, "knee")) is None


def test_without_injuries_there_is_nobody():
    assert of() is None
