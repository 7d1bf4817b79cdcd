"""Single strides of a laboratory joined: median and spread per runner, day and speed."""

from typing import Final

import pandas as pd

_KEY: Final = ["athlete", "date", "speed_m_s", "metric", "side", "unit", "device"]
_FILE: Final = r"[/!]?[^/!]*$"


def gait_of_strides(strides: pd.DataFrame, trials: pd.DataFrame | None) -> pd.DataFrame:
    """Return rows of the gait table; the source is the folder, a file's name would tell the id.

    Parameters
    ----------
    strides : pandas.DataFrame
        One value per stride: athlete, date, trial, metric, side, value, unit, device, source.
    trials : pandas.DataFrame, optional
        trial, speed_m_s; a stride of a trial that is not listed has no speed.

    Returns
    -------
    pandas.DataFrame
        Median as `value`, interquartile range as `spread` (from two strides on), their number.
    """
    if trials is None:
        speed = pd.Series(float("nan"), index=strides.index)
    else:
        speeds = trials.drop_duplicates("trial").set_index("trial")["speed_m_s"]
        speed = strides["trial"].map(speeds)
    # Without dropna=False the strides of unknown speed would vanish.
    groups = strides.assign(speed_m_s=speed.astype(float)).groupby(_KEY, dropna=False)
    rows = groups["value"].agg(value="median", strides="size")
    spread = groups["value"].quantile(0.75) - groups["value"].quantile(0.25)
    rows["spread"] = spread.where(rows["strides"] > 1)
    rows["source"] = groups["source"].first().str.replace(_FILE, "", regex=True).replace("", ".")
    return rows.reset_index().astype({"strides": float})
