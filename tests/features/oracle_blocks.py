"""Strength, gait, equipment and the later additions in plain pandas, day by day."""

import numpy as np
import pandas as pd

FORCES = [
    "hip_abduction", "hip_adduction", "hip_extension", "hip_external_rotation",
    "knee_extension", "knee_flexion", "plantar_flexion",
]  # fmt: skip
DEVICE = {
    "cadence": ("cadence_spm", "spm"),
    "step_length": ("step_length_m", "m"),
    "vertical_oscillation": ("vertical_oscillation_mm", "mm"),
    "ground_contact": ("ground_contact_ms", "ms"),
    "vertical_ratio": ("vertical_ratio_pct", "pct"),
    "contact_imbalance": ("balance_left_pct", "pct"),
    "form_decay": ("form_decay_pct", "pct"),
}


def by_day(days, compute):
    rows = [compute(day) for day in days]
    return {name: pd.Series([r[name] for r in rows], index=days) for name in rows[0]}


def level_of(rows, value="value"):
    """Mean of left and right, or the one there is, or the value of both together."""
    sides = {s: rows.loc[rows["side"] == s, value].mean() for s in ("left", "right", "both")}
    alone = [v for v in (sides["left"], sides["right"]) if not np.isnan(v)]
    return (np.mean(alone) if alone else sides["both"]), sides


def newton(row):
    return row["value"] * (9.80665 if row["unit"] == "kg" else 1.0)


def kind(unit):
    return "N" if unit == "kg" else unit


def strength(tables, days):
    rows = tables["strength"]
    rows = rows.assign(
        value=[newton(r) for _, r in rows.iterrows()], unit=[kind(u) for u in rows["unit"]]
    )
    body = tables["body"].dropna(subset=["mass_kg"])
    ankle = tables["body"].dropna(subset=["ankle_dorsiflexion_deg"]).sort_values("date")
    kept = {}

    def on(day):
        past = rows[rows["date"] <= day]
        key = past["date"].nunique()
        if key not in kept:
            kept[key] = tests_of(past, body)
        seen = ankle.loc[ankle["date"] <= day, "ankle_dorsiflexion_deg"]
        return kept[key] | {
            "ankle_dorsiflexion_deg": seen.iloc[-1] if len(seen) else np.nan,
            "days_since_strength_test": (day - past["date"].max()).days if len(past) else np.nan,
        }

    return by_day(days, on)


def tests_of(past, body):
    out = {}
    for test in FORCES:
        units = ["N", "N/kg", "Nm", "Nm/kg"]
        level, difference, change, _ = test_of(past, test, units)
        out[f"{test}_side_difference_pct"], out[f"{test}_change_pct"] = difference, change
        level, _, _, last = test_of(past, test, ["N", "N/kg"])
        if last is not None and last["unit"] == "N":
            mass = body[body["date"] <= last["date"]].sort_values("date")["mass_kg"]
            level = level / mass.iloc[-1] if len(mass) else np.nan
        out[f"{test}_n_kg"] = level
    for test, unit, name in (("side_plank", "s", "s"), ("calf_raise", "reps", "reps")):
        level, difference, change, _ = test_of(past, test, [unit])
        out[f"{test}_{name}"] = level
        out[f"{test}_side_difference_pct"], out[f"{test}_change_pct"] = difference, change
    out["hip_abduction_adduction_ratio"] = ratio_of(past, "hip_abduction", "hip_adduction")
    out["hamstring_quadriceps_ratio"] = ratio_of(past, "knee_flexion", "knee_extension")
    return out


def test_of(past, test, units):
    mine = past[(past["test"] == test) & past["unit"].isin(units)]
    if mine.empty:
        return np.nan, np.nan, np.nan, None
    today = mine[mine["date"] == mine["date"].max()]
    level, sides = level_of(today)
    pair = [sides["left"], sides["right"]]
    difference = 100 * abs(pair[0] - pair[1]) / max(pair) if not np.isnan(pair).any() else np.nan
    last = today.iloc[0]
    before = mine[
        # A value in another unit or of another device is nothing to compare with.
        (mine["date"] < last["date"])
        & (mine["unit"] == last["unit"])
        & (mine["device"] == last["device"])
    ]
    levels = [level_of(rows)[0] for _, rows in before.groupby("date")]
    return level, difference, 100 * (level / np.mean(levels) - 1) if levels else np.nan, last


def ratio_of(past, above, below):
    pairs = []
    for date in past["date"].unique():
        one = past[(past["date"] == date) & (past["test"] == above)]
        other = past[(past["date"] == date) & (past["test"] == below)]
        if len(one) and len(other):
            pairs.append((date, level_of(one)[0] / level_of(other)[0]))
    return max(pairs)[1] if pairs else np.nan


LAB = [
    "peak_hip_adduction_deg", "contralateral_pelvic_drop_deg", "peak_knee_flexion_deg",
    "knee_valgus_deg", "trunk_lean_deg", "foot_strike_angle_deg", "vertical_loading_rate_bw_s",
    "peak_braking_force_bw", "cadence_spm", "step_length_m", "contact_ms",
]  # fmt: skip
LAB_SIDES = ["peak_hip_adduction_deg", "contralateral_pelvic_drop_deg", "contact_ms"]
LAB_CHANGE = [*LAB_SIDES, "vertical_loading_rate_bw_s", "cadence_spm"]


def gait(tables, days):
    rows, kept = tables["gait"], {}

    def on(day):
        past = rows[rows["date"] <= day]
        key = past["date"].nunique()
        if key not in kept:
            kept[key] = {k: v for metric in LAB for k, v in trial_of(past, metric).items()}
        since = (day - past["date"].max()).days if len(past) else np.nan
        return kept[key] | {"days_since_gait_test": since}

    return by_day(days, on) | device(tables["sessions"], days)


def trial_of(past, metric):
    mine = past[past["metric"] == metric]
    level = difference = change = np.nan
    if len(mine):
        today = mine[mine["date"] == mine["date"].max()]
        level, sides = level_of(today)
        difference = abs(sides["left"] - sides["right"])
        last = today.iloc[0]
        before = mine[(mine["date"] < last["date"]) & (mine["device"] == last["device"])]
        if np.isnan(last["speed_m_s"]):
            before = before[before["speed_m_s"].isna()]
        else:
            # At nearly the same speed: most measures of gait change with it.
            before = before[(before["speed_m_s"] - last["speed_m_s"]).abs() <= 0.25]
        levels = [level_of(r)[0] for _, r in before.groupby("date")]
        change = level - np.mean(levels) if levels else np.nan
    out = {f"lab_{metric}": level}
    out |= {f"lab_{metric}_side_difference": difference} if metric in LAB_SIDES else {}
    return out | ({f"lab_{metric}_change": change} if metric in LAB_CHANGE else {})


def device(sessions, days):
    runs = sessions[(sessions["sport"] == "run") & sessions["dynamics_source"].notna()]
    runs = runs.sort_values("start")
    minutes = runs["moving_min"].where(runs["moving_min"] > 0, runs["duration_min"])
    runs = runs.assign(
        speed=runs["distance_km"] * 1000 / (60 * minutes),
        # How far from even it is, to whichever side.
        balance_left_pct=(runs["balance_left_pct"] - 50).abs(),
    )
    changes = {name: [] for name in DEVICE}
    for _, run in runs.iterrows():
        ago = (run["local_date"] - runs["local_date"]).dt.days
        alike = runs[
            (ago >= 28)
            & (ago <= 182)
            & (runs["dynamics_source"] == run["dynamics_source"])
            & ((runs["speed"] - run["speed"]).abs() <= 0.25)
        ]
        for name, (column, _) in DEVICE.items():
            past = alike[column].dropna()
            changes[name].append(run[column] - past.mean() if len(past) >= 5 else np.nan)
    runs = runs.assign(**{f"{name} change": values for name, values in changes.items()})

    def on(day):
        ago = (day - runs["local_date"]).dt.days
        month = runs[(ago >= 0) & (ago < 28)]
        month = month[month["dynamics_source"] == month["dynamics_source"].iloc[-1:].max()]
        out = {}
        for name, (column, unit) in DEVICE.items():
            for values, key in ((month[column], unit), (month[f"{name} change"], "change")):
                known = values.dropna()
                out[f"{name}_28d_{key}"] = known.mean() if len(known) >= 3 else np.nan
        return out

    return by_day(days, on)


def equipment(tables, days):
    sessions = tables["sessions"]
    foot = sessions[sessions["sport"].isin(["run", "walk", "hike"])].sort_values("start")
    foot = foot[foot["local_date"] >= days[0]]
    shoes = tables["shoes"].set_index("shoe_id")
    worn, begun, order = [], {}, []
    for _, s in foot.iterrows():
        pair, date = s["shoe_id"], s["local_date"]
        if pd.isna(pair):
            in_use = [
                name
                for name, row in shoes.iterrows()
                if not row["first_use"] > date and not row["retired"] <= date
            ]
            # With a single pair in use nobody has to say which was worn.
            pair = in_use[0] if len(in_use) == 1 else None
        if pair is None:
            continue
        order.append(pair)
        if pair not in begun:
            begun[pair] = date
        listed = pair in shoes.index and not shoes.loc[pair, "first_use"] > date
        first = shoes.loc[pair, "first_use"] if listed else begun[pair]
        # The first pair that was ever named may be old already.
        if not listed and pair == order[0]:
            first = pd.NaT
        worn.append((date, pair, s["distance_km"], first if first >= days[0] else pd.NaT))
    table = pd.DataFrame(worn, columns=["date", "pair", "km", "first"])
    table = table.astype({"date": "datetime64[ns]", "first": "datetime64[ns]"})
    fresh = table[~table["pair"].duplicated()].dropna(subset=["first"])

    def on(day):
        past = table[table["date"] <= day]
        out = dict.fromkeys(["shoe_km", "shoe_days", "days_since_new_pair"], np.nan)
        if len(past):
            last = past.iloc[-1]
            mine = past.loc[past["pair"] == last["pair"], "km"]
            if pd.notna(last["first"]):
                out["shoe_days"] = (day - last["first"]).days
                out["shoe_km"] = mine.sum() if mine.notna().mean() >= 0.8 else np.nan
        new = fresh.loc[fresh["date"] <= day, "date"]
        out["days_since_new_pair"] = (day - new.max()).days if len(new) else np.nan
        month = past.loc[(day - past["date"]).dt.days < 28, "pair"].nunique()
        return out | {"shoes_in_rotation_28d": float(month) if month else np.nan}

    return by_day(days, on)


def slopes(answers):
    """Slope of a straight line through the answers of 7 days, by numpy's polyfit."""

    def slope(values):
        known = ~np.isnan(values)
        x = np.arange(len(values))[known]
        return np.polyfit(x, values[known], 1)[0] if known.sum() >= 3 else np.nan

    return {
        f"{name}_slope_7d": x.rolling(7, min_periods=1).apply(slope, raw=True)
        for name, x in answers.items()
    }


def impact(run, mass):
    """Meganewtons of each run, factor by factor."""
    minutes = run["motion"]
    speed = run["distance_km"] * 1000 / (minutes * 60)
    steps = (run["cadence_spm"] * minutes).fillna(run["distance_km"] * 1000 / run["step_length_m"])
    # 1.6 body weights at 3 m/s and 2.3 at 5 m/s.
    peak = 1.6 + (2.3 - 1.6) * (speed - 3) / 2
    # 54 % more on a slope of 9 degrees (pi / 20).
    downhill = 0.54 * (run["descent_m"] / (1000 * run["distance_km"])) / np.tan(np.pi / 20)
    weight = run["local_date"].map(mass) * 9.80665
    return steps * weight * peak * (1 + downhill.fillna(0)) / 1e6
