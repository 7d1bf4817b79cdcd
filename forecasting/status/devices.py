"""Which device measures an athlete's running, and since when: sources are never one series.

Differences between devices are larger than differences between athletes (vertical oscillation
87-98 mm on a watch, 74-76 mm on a foot pod, same run), so a new one is told beside the forecast.
"""

from typing import Final

import pandas as pd

from common.language import message
from common.text.plain_words import plain_day

NEW_DAYS: Final = 28
"""A device counts as new for this many days."""

DEVICE_COLUMNS: Final = ("athlete", "device", "device_since", "device_is_new")


def devices(sessions: pd.DataFrame, as_of: pd.Timestamp, new_days: int = NEW_DAYS) -> pd.DataFrame:
    """Return each athlete's present source of running dynamics.

    A source is new if its first session lies within the past `new_days` days and another source
    was there before: whoever alternates between two watches has no new device.

    Parameters
    ----------
    sessions : pandas.DataFrame
        athlete, local_date, dynamics_source; sessions without a source are passed over.
    as_of : pandas.Timestamp
        Later sessions are not seen.
    new_days : int
        How long a device is new.

    Returns
    -------
    pandas.DataFrame
        Columns :data:`DEVICE_COLUMNS`, one row per athlete with any source.
    """
    known = sessions[(sessions["local_date"] <= as_of) & sessions["dynamics_source"].notna()]
    first = known.groupby(["athlete", "dynamics_source"])["local_date"].agg(["min", "max"])
    spans = first.reset_index().sort_values(["athlete", "max", "min", "dynamics_source"])
    spans["earliest"] = spans.groupby("athlete")["min"].transform("min")
    latest = spans.drop_duplicates("athlete", keep="last")
    # The only device an athlete ever had is not a new one, however short the record is.
    is_first = latest["min"] == latest["earliest"]
    is_recent = latest["min"] > as_of - pd.Timedelta(days=new_days)
    table = latest.assign(device_is_new=is_recent & ~is_first)
    table = table.rename(columns={"dynamics_source": "device", "min": "device_since"})
    return table[list(DEVICE_COLUMNS)].sort_values("athlete", ignore_index=True)


def device_note(device: str, since: pd.Timestamp) -> str:
    """Return what a coach is told about a new device."""
    return message(
        "new device ({device}) since {day}: its running-form figures are not comparable with those "
        "before",
        device=device.replace("_", " "), day=plain_day(since),
    )  # fmt: skip
