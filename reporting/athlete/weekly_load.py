"""Weeks of running out of days: the table that the load chart draws."""

import pandas as pd


def weekly_load(daily: pd.DataFrame, as_of: pd.Timestamp, weeks: int = 26) -> pd.DataFrame:
    """Return each athlete's weeks up to the as-of day, oldest first.

    Parameters
    ----------
    daily : pandas.DataFrame
        athlete, date, distance_km, runs_without_km, longest_run_km, reference_30d_km, is_spike.
    as_of : pandas.Timestamp
        Last day of the last week.
    weeks : int
        How many weeks.

    Returns
    -------
    pandas.DataFrame
        athlete, week (0 is the one that ends on the as-of day), week_end, distance_km (null if no
        day of it is known), runs_without_km (with any, the distance is "at least"),
        longest_run_km, longest_days_ago (of that run), known_days.
    """
    days_ago = (as_of - daily["date"]).dt.days
    # Weeks that end on the as-of day, not calendar weeks: the last one is never half a week.
    week = days_ago // 7
    # Weeks that an earlier version wrote do not say which runs had no distance.
    without = daily.get("runs_without_km", pd.Series(0.0, index=daily.index))
    days = daily.assign(days_ago=days_ago, week=week, runs_without_km=without)
    recent = days[week.between(0, weeks - 1)]
    groups = recent.groupby(["athlete", "week"])
    table = pd.DataFrame(
        {
            # With min_count a week without any known day is null, where sum() would make it 0 km.
            "distance_km": groups["distance_km"].sum(min_count=1),
            "runs_without_km": groups["runs_without_km"].sum(),
            "longest_run_km": groups["longest_run_km"].max(),
            "known_days": groups["distance_km"].count(),
        }
    ).reset_index()
    table = table.merge(_longest_days(recent), on=["athlete", "week"], how="left")
    table["week_end"] = as_of - pd.to_timedelta(7 * table["week"], unit="D")
    order = table.sort_values(["athlete", "week"], ascending=[True, False], ignore_index=True)
    columns = ["athlete", "week", "week_end", "distance_km", "runs_without_km", "longest_run_km"]
    return order[[*columns, "longest_days_ago", "known_days"]]


def _longest_days(days: pd.DataFrame) -> pd.DataFrame:
    """Return athlete, week and how many days ago the week's longest run was."""
    ran = days[days["longest_run_km"] > 0].sort_values("longest_run_km", kind="stable")
    # Sorted by length just above, so that the last row of a week is its longest run.
    last = ran.drop_duplicates(["athlete", "week"], keep="last")
    return pd.DataFrame(
        {
            "athlete": last["athlete"],
            "week": last["week"],
            "longest_days_ago": last["days_ago"],
        }
    )


def spike_runs(daily: pd.DataFrame, as_of: pd.Timestamp, weeks: int = 26) -> pd.DataFrame:
    """Return the runs that were spikes, oldest first, with how far they rose.

    Returns
    -------
    pandas.DataFrame
        athlete, date, days_ago, longest_run_km, reference_30d_km, rise (0.38 is 38 % above).
    """
    rise = daily["longest_run_km"] / daily["reference_30d_km"] - 1
    days = daily.assign(days_ago=(as_of - daily["date"]).dt.days, rise=rise)
    spikes = days[days["is_spike"] & days["days_ago"].between(0, 7 * weeks - 1)]
    columns = ["athlete", "date", "days_ago", "longest_run_km", "reference_30d_km", "rise"]
    return spikes[columns].sort_values(["athlete", "date"], ignore_index=True)
