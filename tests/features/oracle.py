"""Every feature in plain pandas, one athlete at a time: slow, obvious, and sharing no code."""

import numpy as np
import pandas as pd

from common.vocabulary import LEVELS
from tests.features import oracle_blocks as blocks
from tests.features.oracle_days import known_days
from tests.features.oracle_injuries import injuries_on
from tests.features.oracle_minutes import filled_load, weighed
from tests.features.oracle_record import complained, on_record
from tests.features.oracle_windows import (
    faded,
    measured,
    measured_faded,
    measured_mean,
    measured_ratio,
    over,
    per_day,
    rolled,
    since,
    streak,
)

CROSS = ["ride", "swim", "other"]
ITEMS = {
    "sleep_h": "sleep_h",
    "sleep_quality": "sleep_quality",
    "fatigue": "fatigue",
    "soreness": "soreness",
    "stress": "stress",
    "mood": "mood",
    "readiness": "readiness",
    "resting_hr": "resting_hr_bpm",
    "hrv": "hrv_rmssd_ms",
}


def channels(tables, days):
    known = known_days(tables, days)
    sessions = tables["sessions"]
    minutes = sessions["duration_min"].fillna(sessions["moving_min"])
    sessions = sessions.assign(
        minutes=minutes,
        load=minutes * sessions["rpe"],
        one=1.0,
        motion=sessions["moving_min"].where(sessions["moving_min"] > 0, sessions["duration_min"]),
    )
    run = sessions[sessions["sport"] == "run"]

    def daily(rows, column, how="sum"):
        return per_day(rows, rows[column], days, known, how)

    return known, {
        "km": daily(run, "distance_km"),
        "min": daily(run, "motion"),
        "runs": daily(run, "one"),
        "run_load": daily(run, "load"),
        "ascent": daily(run, "ascent_m"),
        "descent": daily(run, "descent_m"),
        "hard_min": daily(run, "hard_min"),
        "hard_km": daily(run, "hard_km"),
        "long_km": daily(run.dropna(subset=["distance_km"]), "distance_km", "max").where(
            (daily(run.assign(has=run["distance_km"].notna().astype(float)), "has", "max") != 0)
            | (daily(run, "one") == 0)
        ),
        "known_km": daily(run.assign(km=run["distance_km"].fillna(0)), "km"),
        "without": daily(run.assign(no=run["distance_km"].isna().astype(float)), "no"),
        "long_min": daily(run, "motion", "max"),
        "walk": daily(sessions[sessions["sport"].isin(["walk", "hike"])], "distance_km"),
        "cross": daily(sessions[sessions["sport"].isin(CROSS)], "minutes"),
        "gym": daily(sessions[sessions["sport"] == "strength"], "minutes"),
        "sessions": daily(sessions, "one"),
        "load": filled_load(sessions, days, known),
        "others": daily(sessions[sessions["sport"] != "run"], "one"),
        "weighed": weighed(sessions, days, known),
        "rated": daily(sessions.dropna(subset=["load"]), "one"),
        "trail": on_ground(run, "trail", days, known),
        "track": on_ground(run, "track", days, known),
        "treadmill": on_ground(run, "treadmill", days, known),
        "beats": daily(run.assign(beats=run["hr_mean"] * run["motion"]), "beats"),
        "impact": daily(run.assign(impact=blocks.impact(run, mass_by_day(tables, days))), "impact"),
        "rpe": daily(sessions.assign(rpe=sessions["rpe"].fillna(0)), "rpe", "max"),
    }


def on_ground(run, surface, days, known):
    km = run["distance_km"].where(run["surface"] == surface, 0.0)
    km = km.where(run["surface"].notna() & run["distance_km"].notna())
    return per_day(run, km, days, known)


def mass_by_day(tables, days):
    mass = tables["body"].dropna(subset=["mass_kg"]).set_index("date")["mass_kg"].sort_index()
    held = [mass[mass.index <= d].iloc[-1] if (mass.index <= d).any() else np.nan for d in days]
    return pd.Series(held, index=days)


def volumes(c, known):
    km, srpe, active, runs = c["km"], c["load"], c["sessions"], c["runs"]
    out = {}
    for w in (7, 14, 28):
        out[f"distance_{w}d_km"] = rolled(km, w).sum()
        out[f"hours_{w}d"] = rolled(c["min"], w).sum() / 60
        out[f"srpe_{w}d"] = measured(srpe, active, w)
        out[f"ascent_{w}d_m"] = measured(c["ascent"], runs, w)
        out[f"hard_{w}d_km"] = measured(c["hard_km"], runs, w)
        out[f"hard_{w}d_min"] = measured(c["hard_min"], runs, w)
        out[f"cross_training_{w}d_min"] = rolled(c["cross"], w).sum()
        out[f"strength_training_{w}d_min"] = rolled(c["gym"], w).sum()
    for w in (7, 28):
        out[f"descent_{w}d_m"] = measured(c["descent"], runs, w)
        out[f"heartbeats_{w}d_k"] = measured(c["beats"], runs, w) / 1000
        out[f"runs_{w}d"] = rolled(runs, w).sum()
        out[f"other_sports_effort_{w}d_min"] = measured(c["weighed"], c["others"], w)
        out[f"hard_share_{w}d"] = measured_ratio(c["hard_min"], c["min"], runs, w)
        out[f"distance_{w}d_km_known"] = rolled(c["known_km"], w).sum()
        out[f"runs_without_km_{w}d"] = rolled(c["without"], w).sum()
        out[f"distance_{w}d_km_share_known"] = 1 - over(
            out[f"runs_without_km_{w}d"], rolled(runs, w).sum()
        )
        out[f"rest_days_{w}d"] = rolled((active == 0).astype(float).where(known), w).sum()
    out["walking_28d_km"] = rolled(c["walk"], 28).sum()
    out["usual_hours_week"] = rolled(c["min"], 182, 0, 28).mean() * 7 / 60
    return out


def spikes(c):
    """No spike is claimed beside a run whose distance nobody knows."""
    out, without = {}, c["without"].fillna(0)
    before = without.shift(1).rolling(30, min_periods=1).sum() > 0
    lately = without.rolling(7, min_periods=1).sum() > 0
    for name, longest in (("longest_run", c["long_km"]), ("longest_time", c["long_min"])):
        by_distance = name == "longest_run"
        reference = rolled(longest, 30, 1).max().where(~(before & by_distance))
        today = over(longest, reference).where(longest != 0, 0.0)
        alone = ((longest > 0) & today.isna()).rolling(7, min_periods=1).sum() > 0
        out[f"{name}_spike_today"] = today
        week = today.rolling(7, min_periods=1).max().where(rolled(longest, 7).count() >= 6)
        out[f"{name}_spike"] = week.where(~(alone | (lately & by_distance)))
    return out


def load(tables, days, known, c):
    km, srpe, active, runs = c["km"], c["load"], c["sessions"], c["runs"]
    out = volumes(c, known) | exercise(tables["exercise"], days, known)
    acute = rolled(km, 7).mean()
    chronic = rolled(km, 28).mean()
    out["acwr_uncoupled"] = over(acute, rolled(km, 21, 7).mean())
    out["acwr_coupled"] = over(acute, chronic)
    out["acwr_ewma"] = over(faded(km, 2 / 8), faded(km, 2 / 29))
    first = chronic[(chronic > 0) & (rolled(runs, 28).sum() >= 4)]
    constant = pd.Series(np.nan, index=days)
    if len(first):
        constant[days >= first.index[0]] = first.iloc[0]
    out["acute_over_constant"] = over(acute, constant)
    out["acwr_srpe_uncoupled"] = over(
        measured_mean(srpe, active, 7), measured_mean(srpe, active, 21, 7)
    )
    fade = {n: measured_faded(srpe, active, known, w) for n, w in WEIGHTS.items()}
    out["acwr_srpe_ewma"] = over(fade["acute"], fade["chronic"])
    out["fitness_42d"], out["load_fatigue_7d"] = fade["fitness"], fade["fatigue"]
    out["form"] = fade["fitness"] - fade["fatigue"]
    weeks = [rolled(km, 7, 7 * k).sum() for k in range(4)]
    out["week_change"] = over(weeks[0], weeks[1])
    x = np.array([1.5, 0.5, -0.5, -1.5])
    slope = sum(w * k for w, k in zip(weeks, x, strict=True)) / (x**2).sum()
    out["ramp_4w"] = over(slope, sum(weeks) / 4)
    deviation = rolled(srpe, 7).std()
    out["monotony_7d"] = over(measured_mean(srpe, active, 7), deviation.where(deviation > 1e-9, 0))
    out["strain_7d"] = measured(srpe, active, 7) * out["monotony_7d"]
    out |= spikes(c)
    for w in (7, 30):
        out[f"longest_run_{w}d_km"] = rolled(c["long_km"], w).max()
    out["longest_run_share_7d"] = over(out["longest_run_7d_km"], out["distance_7d_km"])
    out["days_since_rest"], out["run_streak_days"] = streak(active), streak(runs)
    training = c["rated"].where((c["rated"] > 0) | (active == 0))
    hard = (c["rpe"] >= 7).astype(float).where(training.notna())
    out["hard_days_share_28d"] = measured_ratio(hard, training.clip(upper=1), active, 28)
    soon = pd.Series(0.0, index=days)
    is_hard = c["rpe"] >= 7
    for i in range(1, len(days)):
        soon.iloc[i] = float(is_hard.iloc[i] and is_hard.iloc[max(i - 2, 0) : i].any())
    soon = soon.where(training.notna())
    out["hard_days_close_28d"] = measured_ratio(soon, training.clip(upper=1), active, 28)
    for ground in ("trail", "track", "treadmill"):
        out[f"{ground}_share_28d"] = measured_ratio(c[ground], km, runs, 28)
    week, before = measured(c["impact"], runs, 7), measured(c["impact"], runs, 21, 7)
    out["impact_7d_mn"], out["impact_28d_mn"] = week, measured(c["impact"], runs, 28)
    out["impact_per_km_28d"] = measured_ratio(c["impact"], km, runs, 28)
    out["impact_week_ratio"] = over(week, before / 3)
    out["days_since_run"] = since(runs > 0)
    return out | effort(c)


WEIGHTS = {
    "acute": 2 / 8,
    "chronic": 2 / 29,
    "fitness": 1 - np.exp(-1 / 42),
    "fatigue": 1 - np.exp(-1 / 7),
}


def effort(c):
    week = measured_ratio(c["run_load"], c["km"], c["runs"], 7)
    before = measured_ratio(c["run_load"], c["km"], c["runs"], 21, 7)
    beats = measured_ratio(c["beats"], c["km"], c["runs"], 7)
    usual = measured_ratio(c["beats"], c["km"], c["runs"], 21, 7)
    return {
        "effort_per_km_7d": week,
        "effort_change": over(week, before),
        "heartbeats_per_km_7d": beats,
        "heartbeats_per_km_change": over(beats, usual),
    }


def exercise(rows, days, known):
    rows = rows[rows["target"] != "mobility"]
    rows = rows.assign(
        local_date=rows["date"],
        paired=rows["sets"].where(rows["prescribed_sets"].notna(), 0),
        asked=rows["prescribed_sets"].fillna(0),
    )
    begun = known & (days >= rows["date"].min()) if len(rows) else known & False
    sets = per_day(rows, rows["sets"], days, begun)
    out = {f"exercise_{w}d_sets": rolled(sets, w).sum() for w in (7, 14, 28)}
    paired = per_day(rows, rows["paired"], days, begun)
    asked = per_day(rows, rows["asked"], days, begun)
    out["exercise_adherence_28d"] = over(rolled(paired, 28).sum(), rolled(asked, 28).sum())
    return out


def recovery(tables, days):
    wellness = tables["wellness"].set_index("date").reindex(days)
    out = {}
    rows = tables["pain"]
    worst = rows.groupby("date")["pain_0_10"].max().reindex(days)
    answers = {name: wellness[column] for name, column in ITEMS.items()} | {"pain": worst}
    for name, x in answers.items():
        out[f"{name}_latest"] = x.ffill(limit=6)
        out[f"{name}_7d"] = x.rolling(7, min_periods=3).mean()
        past = x.shift(7).expanding(28)
        spread = past.std()
        if name == "sleep_quality":
            out["sleep_quality_28d"] = x.rolling(28, min_periods=12).mean()
            out["sleep_quality_own"] = x.expanding(28).mean()
        out[f"{name}_deviation"] = over(
            out[f"{name}_7d"] - past.mean(), spread.where(spread > 1e-9, 0)
        )
    out |= blocks.slopes(answers)
    del out["pain_7d"]
    answered = wellness[list(ITEMS.values())].notna().any(axis=1)
    out["wellness_silence_days"] = since(answered)
    out["wellness_answered_28d"] = rolled(answered, 28).sum() / 28
    knee = rows[rows["region"] == "knee"].groupby("date")["pain_0_10"].max().reindex(days)
    knee = knee.fillna(0).where(worst.notna())
    out["pain_max_7d"] = rolled(worst, 7, 0, 1).max()
    out["pain_mean_7d"] = rolled(worst, 7, 0, 1).mean()
    out["pain_days_28d"] = rolled((worst > 0).astype(float).where(worst.notna()), 28, 0, 1).sum()
    out["knee_pain_max_7d"] = rolled(knee, 7, 0, 1).max()
    out["pain_answered_28d"] = rolled(worst.notna(), 28).sum() / 28
    return out | complained(tables, days, worst.notna())


def history(tables, days, volume, minutes):
    who = tables["athletes"].iloc[0]
    kept = {}
    rows = [injuries_on(tables["injuries"], day, who["observed_from"], kept) for day in days]
    out = {name: pd.Series([r[name] for r in rows], index=days) for name in rows[0]}
    observed = pd.Series(np.arange(1, len(days) + 1), index=days)
    kept_days = pd.Series((days - tables["injury_spans"]["known_from"].min()).days + 1, index=days)
    inside = kept_days > 0
    injuries, hurt = out.pop("on_record"), out.pop("is_injured") > 0
    covered = kept_days.clip(upper=observed + 365).where(inside)
    counts = [name for name in out if name != "days_since_return"]
    out |= {name: out[name].where((out[name] > 0) | inside) for name in counts}
    out["injuries_per_year"] = (out.pop("observed") / (observed / 365.25)).where(observed >= 182)
    out["injury_rate_shrunk"] = (injuries + 2) / (covered / 365.25 + 3.2)
    usual, recent = volume["usual_hours_week"], volume["hours_28d"] / 4
    usual, recent = usual.fillna(recent), recent.fillna(usual)
    every = minutes.expanding(28).mean() * 7 / 60
    prior = 112 if who["level"] == "novice" else 260
    own = (injuries + 2) / (every.fillna(usual) * covered / 7 + prior)
    out["injuries_expected_week"] = own * (usual + recent) / 2
    lost = out["days_lost_12m"].iloc[0]
    lost = 0 if np.isnan(lost) else lost
    out |= on_record(injuries, minutes, hurt, lost, tables["injury_spans"]["known_from"].min())
    out["mass_kg"] = mass_by_day(tables, days)
    out["body_mass_index"] = out["mass_kg"] / (who["height_cm"] / 100) ** 2
    out["age_years"] = pd.Series(days.year - who["birth_year"], index=days)
    out["years_running"] = pd.Series(days.year - who["running_since"], index=days)
    out["sex_code"] = pd.Series({"female": 0.0, "male": 1.0, "other": 0.5}[who["sex"]], index=days)
    out["level_code"] = pd.Series(float(LEVELS.index(who["level"])), index=days)
    out["history_days"] = observed
    return out


def as_objects(table):
    return table.astype(dict.fromkeys(table.select_dtypes("string"), object))


def oracle(tables):
    """Every feature of every athlete on every day under observation."""
    parts = []
    for who in tables["athletes"].sort_values("athlete").itertuples():
        own = {
            # Rows are chosen day by day: texts as objects are copied many times faster.
            name: as_objects(table[table["athlete"] == who.athlete])
            for name, table in tables.items()
            if "athlete" in table
        }
        days = pd.date_range(who.observed_from, who.observed_to)
        known, c = channels(own, days)
        features = load(own, days, known, c) | recovery(own, days)
        features |= history(own, days, features, c["min"])
        for block in (blocks.strength, blocks.gait, blocks.equipment):
            features |= block(own, days)
        frame = pd.DataFrame(features)
        frame.insert(0, "date", days.astype("datetime64[ns]"))
        frame.insert(0, "athlete", who.athlete)
        parts.append(frame)
    return pd.concat(parts, ignore_index=True)
