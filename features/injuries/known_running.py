"""What shows on which days somebody ran: runs, and weeks of a mileage sheet."""

from collections.abc import Mapping

import pandas as pd


def known_runs(tables: Mapping[str, pd.DataFrame], as_of: pd.Timestamp) -> pd.DataFrame:
    """Return what shows that somebody ran: runs, and weeks of a mileage sheet with kilometres.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        `sessions` and, where there is one, `mileage`.
    as_of : pandas.Timestamp
        Later records are not seen.

    Returns
    -------
    pandas.DataFrame
        athlete, local_date (of a week its first day), known_on (of a week its last day: before it
        nobody knew its kilometres), sport (run), duration_min (null for a week).
    """
    sessions = tables["sessions"]
    runs = sessions[(sessions["sport"] == "run") & (sessions["local_date"] <= as_of)]
    parts = [
        pd.DataFrame(
            {
                "athlete": runs["athlete"].astype("str"),
                "local_date": runs["local_date"],
                "known_on": runs["local_date"],
                "duration_min": runs["duration_min"].astype("float64"),
            }
        )
    ]
    if "mileage" in tables:
        parts.append(_weeks(tables["mileage"], as_of))
    return pd.concat(parts, ignore_index=True).assign(sport="run")


def _weeks(mileage: pd.DataFrame, as_of: pd.Timestamp) -> pd.DataFrame:
    last = mileage["date"] + pd.to_timedelta(mileage["days"] - 1, unit="D")
    # By the last day of the week: before it nobody could know its sum.
    run = (mileage["distance_km"] > 0) & (last <= as_of)
    weeks = mileage[run]
    return pd.DataFrame(
        {
            "athlete": weeks["athlete"].astype("str"),
            "local_date": weeks["date"],
            "known_on": last[run],
            # How long a week's kilometres took is unknown; that somebody ran is all that ends an
            # injury.
            "duration_min": float("nan"),
        }
    )
