"""Minutes weighed by effort, in plain pandas, day by day."""

import numpy as np
import pandas as pd


def filled_load(sessions, days, known):
    """Minutes x RPE; an unrated session takes the mean RPE of the rated minutes of 28 days."""
    out = []
    sessions = sessions[["local_date", "rpe", "minutes", "load"]]
    for today in days:
        ago = (today - sessions["local_date"]).dt.days
        recent = sessions[(ago >= 0) & (ago < 28) & (sessions["local_date"] >= days[0])]
        rated = recent[recent["rpe"].notna() & (recent["minutes"] > 0)]
        needed = 0.4 * recent["local_date"].nunique() - 1e-9
        usual = np.nan
        if len(rated) and rated["local_date"].nunique() >= needed:
            usual = rated["load"].sum() / rated["minutes"].sum()
        own = recent[recent["local_date"] == today]
        load = own["rpe"].fillna(usual) * own["minutes"]
        out.append(load.sum(skipna=False) if len(own) else 0.0)
    return pd.Series(out, index=days).where(known)


def weighed(sessions, days, known):
    """Minutes of what is no run x RPE, else heart rate, over that of the runs of 182 days."""
    columns = ["local_date", "sport", "minutes", "rpe", "hr_mean"]
    watched = sessions.loc[sessions["local_date"] >= days[0], columns]
    out = []
    for today in days:
        ago = (today - watched["local_date"]).dt.days
        runs = watched[(watched["sport"] == "run") & (ago >= 0) & (ago < 182)]
        total = 0.0
        for _, s in watched[(watched["sport"] != "run") & (ago == 0)].iterrows():
            shares = []
            for measure in ("rpe", "hr_mean"):
                told = runs[runs[measure].notna() & (runs["minutes"] > 0)]
                mean = np.average(told[measure], weights=told["minutes"]) if len(told) > 2 else 0
                shares += [s[measure] / mean] if mean and pd.notna(s[measure]) else []
            total += s["minutes"] * (shares[0] if shares else np.nan)
        out.append(total)
    return pd.Series(out, index=days).where(known)
