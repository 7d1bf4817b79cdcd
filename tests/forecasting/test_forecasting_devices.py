import pandas as pd
import pytest

from common.language import speaking
from forecasting.status.devices import device_note, devices

AS_OF = pd.Timestamp("2024-11-24")


def sessions(*rows):
    table = pd.DataFrame(rows, columns=["athlete", "days_ago", "dynamics_source"])
    return table.assign(local_date=AS_OF - pd.to_timedelta(table["days_ago"], unit="D"))


@pytest.mark.parametrize(
    ("rows", "device", "is_new"),
    [
        ([("a", 60, "garmin"), ("a", 3, "stryd")], "stryd", True),
        ([("a", 60, "garmin"), ("a", 28, "stryd")], "stryd", False),
        ([("a", 60, "garmin"), ("a", 27, "stryd")], "stryd", True),
        # The first device ever is not a change.
        ([("a", 3, "garmin")], "garmin", False),
        # Whoever alternates has no new device.
        ([("a", 60, "stryd"), ("a", 59, "garmin"), ("a", 2, "garmin"), ("a", 1, "stryd")],
         "stryd", False),
        # A session without dynamics says nothing, a later one is not seen.
        ([("a", 60, "garmin"), ("a", 3, None), ("a", -1, "stryd")], "garmin", False),
    ],
)  # fmt: skip
def test_a_device_is_new_for_four_weeks_if_another_was_there_before(rows, device, is_new):
    (row,) = devices(sessions(*rows), AS_OF).to_dict("records")
    assert (row["device"], row["device_is_new"]) == (device, is_new)


def test_the_note_names_device_and_day():
    assert device_note("stryd", AS_OF).startswith("new device (stryd) since Sun 24 Nov 2024: ")


def test_the_note_is_said_in_the_language_spoken():
    with speaking("de"):
        assert device_note("stryd", AS_OF).startswith("neues Gerät (stryd) seit So 24.")
    with speaking("es"):
        assert device_note("stryd", AS_OF).startswith("dispositivo nuevo (stryd) desde el ")
