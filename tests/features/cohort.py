"""Small random cohorts in the shape of the tables: gaps, nulls and all."""

from functools import cache

import numpy as np
import pandas as pd

from common.contracts import CONTRACTS, conform, empty
from common.vocabulary import GAIT_METRICS

DAY0 = pd.Timestamp("2023-01-02")
WELLNESS = ["sleep_quality", "fatigue", "soreness", "stress", "mood", "readiness"]


def some(rng, values, missing):
    return np.where(rng.random(len(values)) < missing, np.nan, values)


def sessions(rng, name, start, days):
    rate = rng.uniform(0.3, 1.3)
    on = np.repeat(np.arange(days), rng.poisson(rate, days))
    silent = np.zeros(days, dtype=bool)
    for _ in range(rng.integers(0, 3)):
        first = rng.integers(0, days)
        silent[first : first + rng.integers(3, 40)] = True
    on = on[~silent[on]]
    n = len(on)
    sport = rng.choice(
        ["run", "run", "run", "walk", "hike", "ride", "swim", "strength", "other"], size=n
    )
    km = rng.gamma(4, 2.5, n)
    minutes = km * rng.uniform(4, 8, n)
    date = start + pd.to_timedelta(on, unit="D")
    clock = pd.to_timedelta(6 * 60 + np.arange(n) % 700, unit="min")
    return pd.DataFrame(
        {
            "athlete": name,
            "start": (date + clock).tz_localize("UTC"),
            "local_date": date,
            "sport": sport,
            # Elapsed time is longer than time in motion.
            "duration_min": some(rng, minutes * 1.1, 0.1),
            "moving_min": some(rng, minutes, 0.1),
            "distance_km": some(rng, km, 0.03),
            "ascent_m": some(rng, rng.gamma(1, 100, n), 0.1),
            "descent_m": some(rng, rng.gamma(1, 100, n), 0.1),
            "hard_min": some(rng, minutes * rng.random(n), 0.2),
            "hard_km": some(rng, km * rng.random(n), 0.2),
            "rpe": some(rng, rng.integers(1, 11, n).astype(float), 0.1),
            **dynamics(rng, n),
            "source_hash": "0",
            "source": "made",
        }
    )


def dynamics(rng, n):
    """What watches add; the device changes now and then, and some runs name none."""
    device = rng.choice(["watch", "pod"], size=2)[np.arange(n) // max(n // 2, 1) % 2]
    return {
        "surface": pd.Series(rng.choice(["road", "trail", "track", "treadmill"], size=n)).where(
            pd.Series(rng.random(n) > 0.2)
        ),
        "hr_mean": some(rng, rng.normal(145, 10, n), 0.1),
        "cadence_spm": some(rng, rng.normal(168, 6, n), 0.1),
        "step_length_m": some(rng, rng.normal(1.0, 0.1, n), 0.1),
        "vertical_oscillation_mm": some(rng, rng.normal(85, 8, n), 0.1),
        "ground_contact_ms": some(rng, rng.normal(250, 15, n), 0.1),
        "balance_left_pct": some(rng, rng.normal(50, 1, n), 0.1),
        "vertical_ratio_pct": some(rng, rng.normal(8, 1, n), 0.1),
        "form_decay_pct": some(rng, rng.normal(2, 2, n), 0.1),
        "dynamics_source": pd.Series(device).where(pd.Series(rng.random(n) > 0.15)),
        "shoe_id": pd.Series(rng.choice(["old", "new", "lent"], size=n)).where(
            pd.Series(rng.random(n) > 0.5)
        ),
    }


def wellness(rng, name, start, days):
    on = np.flatnonzero(rng.random(days) < rng.uniform(0.2, 0.9))
    answers = {item: some(rng, rng.integers(0, 5, len(on)) / 4, 0.2) for item in WELLNESS}
    return pd.DataFrame(
        {
            "athlete": name,
            "date": start + pd.to_timedelta(on, unit="D"),
            "sleep_h": some(rng, rng.normal(7, 1, len(on)), 0.15),
            **answers,
            "resting_hr_bpm": some(rng, rng.normal(52, 4, len(on)), 0.15),
            "hrv_rmssd_ms": some(rng, rng.normal(70, 12, len(on)), 0.15),
            "source": "made",
        }
    )


def pain(rng, name, start, days):
    on = np.sort(rng.integers(0, days, int(days * rng.uniform(0, 0.5))))
    return pd.DataFrame(
        {
            "athlete": name,
            "date": start + pd.to_timedelta(on, unit="D"),
            "region": rng.choice(["knee", "foot", "hip"], size=len(on)),
            "pain_0_10": np.maximum(rng.integers(-4, 9, len(on)), 0).astype(float),
            "when": "after",
            "source": "made",
        }
    )


def exercise(rng, name, start, days):
    on = np.sort(rng.integers(days // 4, days, int(days * rng.uniform(0, 0.4))))
    n = len(on)
    return pd.DataFrame(
        {
            "athlete": name,
            "date": start + pd.to_timedelta(on, unit="D"),
            "exercise": "squat",
            "target": rng.choice(["hip", "quadriceps", "mobility"], size=n),
            "sets": some(rng, rng.integers(1, 5, n).astype(float), 0.05),
            "prescribed_sets": some(rng, np.full(n, 3.0), 0.3),
            "source": "made",
        }
    )


def injuries(rng, name, start, days):
    # Some lie before the first record, as in a register that goes back further.
    onset = np.sort(rng.integers(-200, days, rng.poisson(days / 120)))
    back = onset + rng.integers(1, 90, len(onset))
    return pd.DataFrame(
        {
            "athlete": name,
            "onset_date": start + pd.to_timedelta(onset, unit="D"),
            "return_date": pd.Series(start + pd.to_timedelta(back, unit="D")).where(
                pd.Series(rng.random(len(onset)) > 0.2)
            ),
            "region": rng.choice(["knee", "knee", "foot"], size=len(onset)),
            "side": rng.choice(["left", "left", "right", "both"], size=len(onset)),
            "diagnosis": "unknown",
            "source": "made",
        }
    )


def body(rng, name, start, days):
    on = np.unique(rng.integers(-60, days, rng.integers(0, 6)))
    return pd.DataFrame(
        {
            "athlete": name,
            "date": start + pd.to_timedelta(on, unit="D"),
            "mass_kg": some(rng, rng.normal(65, 5, len(on)), 0.1),
            "ankle_dorsiflexion_deg": some(rng, rng.normal(40, 5, len(on)), 0.3),
            "source": "made",
        }
    )


FORCES = [
    "hip_abduction", "hip_adduction", "hip_extension", "hip_external_rotation",
    "knee_extension", "knee_flexion", "plantar_flexion",
]  # fmt: skip


def tested(rng, days, names):
    """Visits, each with every test on some sides."""
    visits = np.unique(rng.integers(-40, days, rng.integers(0, 8)))
    rows = [(day, name, side) for day in visits for name in names for side in SIDES]
    keep = rng.random(len(rows)) > 0.2
    return pd.DataFrame([r for r, k in zip(rows, keep, strict=True) if k], columns=COLUMNS)


SIDES = ["left", "right", "both"]
COLUMNS = ["day", "what", "side"]


def strength(rng, name, start, days):
    rows = tested(rng, days, [*FORCES, "side_plank", "calf_raise"])
    visit = {day: rng.choice(["N", "N", "kg", "N/kg", "Nm"]) for day in rows["day"].unique()}
    other = {"side_plank": "s", "calf_raise": "reps"}
    device = {day: rng.choice(["one", "two"]) for day in rows["day"].unique()}
    rows["unit"] = [other.get(w, visit[d]) for w, d in zip(rows["what"], rows["day"], strict=True)]
    return pd.DataFrame(
        {
            "athlete": name,
            "date": start + pd.to_timedelta(rows["day"], unit="D"),
            "test": rows["what"],
            "side": rows["side"],
            "metric": "peak_force",
            "value": rng.uniform(20, 300, len(rows)).round(1),
            "unit": rows["unit"],
            "device": rows["day"].map(device),
            "source": "made",
        }
    )


def gait(rng, name, start, days):
    rows = tested(rng, days, list(GAIT_METRICS))
    visit = rows["day"].unique()
    device = {day: rng.choice(["lab A", "lab B"]) for day in visit}
    speed = {day: rng.choice([2.78, 3.0, 3.33, np.nan]) for day in visit}
    return pd.DataFrame(
        {
            "athlete": name,
            "date": start + pd.to_timedelta(rows["day"], unit="D"),
            "speed_m_s": rows["day"].map(speed).astype(float),
            "metric": rows["what"],
            "side": rows["side"],
            "value": rng.uniform(1, 200, len(rows)).round(1),
            "unit": "as named",
            "device": rows["day"].map(device),
            "source": "made",
        }
    )


def shoes(name, start, days):
    return pd.DataFrame(
        {
            "athlete": name,
            "shoe_id": ["old", "new"],
            "first_use": [start, start + pd.Timedelta(days=days // 2)],
            "retired": [start + pd.Timedelta(days=days // 2), pd.NaT],
            "source": "made",
        }
    )


def athlete(rng, name, start, days):
    return pd.DataFrame(
        {
            "athlete": [name],
            "birth_year": [float(rng.integers(1960, 2005))],
            "sex": [rng.choice(["female", "male", "other"])],
            "height_cm": [float(rng.integers(155, 195))],
            "level": [rng.choice(["novice", "recreational", "competitive", "elite"])],
            "running_since": [float(rng.integers(2005, 2022))],
            "observed_from": [start],
            "observed_to": [start + pd.Timedelta(days=days - 1)],
        }
    )


def injury_spans(rng, name, start, days):
    """Injuries were written down from a day before, at or after the first record."""
    begun = start + pd.Timedelta(days=int(rng.integers(-500, max(days // 3, 1))))
    return pd.DataFrame(
        {"athlete": [name], "known_from": [begun], "known_to": [pd.NaT], "source": ["register"]}
    )


def complaints(rng, name, start, days):
    """Niggles in words and numbers, of some places that running does not load."""
    on = np.sort(rng.integers(0, days, int(days * rng.uniform(0, 0.2))))
    n = len(on)
    return pd.DataFrame(
        {
            "athlete": name,
            "date": start + pd.to_timedelta(on, unit="D"),
            "region": rng.choice(["knee", "foot", "hip", "arm", "unknown"], size=n),
            "side": pd.Series(rng.choice(["left", "right", "both"], size=n)).where(
                pd.Series(rng.random(n) > 0.4)
            ),
            "severity": rng.choice(["minor", "moderate", "major", "unknown"], size=n),
            "value_0_10": some(rng, rng.integers(1, 9, n).astype(float), 0.6),
            "kind": "questionnaire",
            "source": "made",
        }
    )


MAKERS = {
    "athletes": athlete,
    "sessions": sessions,
    "wellness": wellness,
    "pain": pain,
    "exercise": exercise,
    "injuries": injuries,
    "body": body,
    "strength": strength,
    "gait": gait,
    "shoes": lambda rng, *who: shoes(*who),
    "injury_spans": injury_spans,
    "complaints": complaints,
}


def make_tables(seed=0, athletes=3, days=(1, 160)):
    """Tables of a random ragged cohort; the same athlete is the same in every cohort of a seed."""
    parts = {table: [] for table in MAKERS}
    for i in range(athletes):
        # A stream per athlete: one more athlete changes nobody else's tables.
        rng = np.random.default_rng([seed, i])
        length = int(rng.integers(days[0], days[1] + 1))
        start = DAY0 + pd.Timedelta(days=int(rng.integers(0, 40)))
        for table, make in MAKERS.items():
            parts[table].append(make(rng, f"a{i:04d}", start, length))
    return from_frames({table: pd.concat(frames) for table, frames in parts.items()})


@cache
def nothing(name):
    return empty(name)


def from_frames(frames):
    """Conform the frames; tables that are not given are empty."""
    return {
        name: conform(name, frames[name]) if len(frames.get(name, ())) else nothing(name)
        for name in CONTRACTS
    }
