"""A made-up team of any size, as frames: what the stages hand to the page."""

import numpy as np
import pandas as pd
import pytest

from features.catalogue.entry import Feature
from features.catalogue.settings import FeatureSettings
from forecasting.reasons.ranked import block_contributions, reasons
from forecasting.returning.messages import distribution_message
from forecasting.scoring.bands import bands
from forecasting.scoring.comparison import compare
from forecasting.scoring.week import SCORE_COLUMNS
from forecasting.status.devices import device_note
from forecasting.status.load_history import load_history
from reporting.context import Memory, PageContext, Verified

AS_OF = pd.Timestamp("2024-11-24")
BASE = {"any": 0.019, "knee": 0.008}


def feature(name, block, label, unit="", decimals=1, *, changeable=True, null=""):
    return Feature(
        name=name, block=block, label=label, unit=unit, formula="made up", source="made up",
        changeable=changeable, decimals=decimals, structural_null=null,
    )  # fmt: skip


CATALOGUE = (
    feature("longest_run_spike", "load", "longest run against the 30 days before", decimals=2),
    feature("distance_7d_km", "load", "distance of 7 days", "km"),
    feature("distance_28d_km", "load", "distance of 28 days", "km"),
    feature("week_change", "load", "week against week before", decimals=2),
    feature("monotony_7d", "load", "monotony of the past 7 days", decimals=2),
    feature("sleep_quality_7d", "recovery", "sleep quality (1 = best) in the past 7 days"),
    feature("soreness_7d", "recovery", "freedom from soreness (1 = best) of 7 days"),
    feature("pain_max_7d", "recovery", "strongest pain"),
    feature("injuries_12m", "history", "injuries in 12 months", changeable=False),
    feature("days_since_return", "history", "days since return", "days", 0, changeable=False,
            null="never injured"),
    feature("age_years", "history", "age", "years", 0, changeable=False),
)  # fmt: skip
FIRST = ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gro", "Hugo", "Ida", "Jon", "Kim", "Lea"]
LAST = ["Arnold", "Brandt", "Conte", "Dahl", "Eriksen", "Fuchs", "Greco", "Holm", "Iversen"]


def sessions_of(athletes, rng, weeks):
    days = pd.date_range(end=AS_OF, periods=7 * weeks + 30)
    parts = []
    for number, athlete in enumerate(athletes):
        level = rng.uniform(5, 12)
        wave = 1 + 0.25 * np.sin(np.arange(len(days)) / 17 + number)
        km = level * wave * rng.lognormal(0, 0.25, len(days))
        km = np.where(days.day_of_week == 6, 1.7 * km, km)
        km = np.where(np.isin(days.day_of_week, [0, 4]) | (rng.random(len(days)) < 0.15), 0, km)
        if number % 6 == 3:
            # Five weeks off, so that some histories have a gap and a spike behind it.
            km[60:95] = 0
        parts.append(pd.DataFrame({"athlete": athlete, "local_date": days, "distance_km": km}))
    table = pd.concat(parts).query("distance_km > 0")
    return table.assign(sport="run").reset_index(drop=True)


def features_of(athletes, history, rng):
    n = len(athletes)
    week = history[history["date"] > AS_OF - pd.Timedelta(days=7)].groupby("athlete")
    month = history[history["date"] > AS_OF - pd.Timedelta(days=28)].groupby("athlete")
    rows = pd.DataFrame({"athlete": athletes})
    rows["longest_run_spike"] = rng.uniform(0.6, 1.6, n)
    rows["distance_7d_km"] = rows["athlete"].map(week["distance_km"].sum())
    rows["distance_28d_km"] = rows["athlete"].map(month["distance_km"].sum())
    rows["week_change"] = rng.uniform(0.6, 1.5, n)
    rows["monotony_7d"] = rng.uniform(0.8, 2.4, n)
    rows["sleep_quality_7d"] = rng.uniform(0.3, 0.9, n)
    rows["soreness_7d"] = rng.uniform(0.3, 0.9, n)
    rows["pain_max_7d"] = rng.integers(0, 5, n).astype(float)
    rows["injuries_12m"] = rng.integers(0, 3, n).astype(float)
    rows["days_since_return"] = rng.uniform(20, 200, n).round()
    rows.loc[rows["injuries_12m"] == 0, "days_since_return"] = np.nan
    rows["age_years"] = rng.integers(18, 55, n).astype(float)
    return rows


def scores_of(athletes, outcome, probability, status, why):
    n = len(athletes)
    table = pd.DataFrame({
        "athlete": athletes, "team": [("Track", "Road")[i % 2] for i in range(n)], "as_of": AS_OF,
        "outcome": outcome, "status": status, "model": "risk model, demo",
        "probability": np.where(status == "running", probability, np.nan),
        "base_rate": BASE[outcome],
        "probability_low": np.where(status == "running", 0.7 * probability, np.nan),
        "probability_high": np.where(status == "running", 1.4 * probability, np.nan),
        "flag": "", "device": "garmin", "back_since": pd.NaT, "back_note": "", "back_line": "",
        "days_since_onset": pd.array(np.where(status == "injured", 20, None), dtype="Int64"),
        "return_note": np.where(status == "injured", distribution_message(20, 61.0, 110.0), ""),
        "last_record": AS_OF - pd.to_timedelta(np.arange(n) % 4, unit="D"),
        "days_since_record": pd.array(np.arange(n) % 4, dtype="Int64"),
    })  # fmt: skip
    notes = {
        "running": "",
        "injured": "injured since Mon 4 Nov 2024 (knee): not scored",
        "silent": "no record since Wed 6 Nov 2024, 18 days ago: not scored",
    }
    table["status_note"] = [notes[s] for s in status]
    table.loc[1, "flag"] = device_note("stryd", AS_OF - pd.Timedelta(days=9))
    table["ratio_to_base"] = table["probability"] / BASE[outcome]
    table["band"] = bands(table["probability"], BASE[outcome])
    table["rank"] = table["probability"].rank(ascending=False, method="first").astype("Int64")
    strongest = why[why["direction"] == "for"].drop_duplicates("athlete").set_index("athlete")
    table["main_reason"] = table["athlete"].map(strongest["sentence"]).astype("str")
    return table.reindex(columns=list(SCORE_COLUMNS))


def past_of(scores, rng, weeks=12):
    """Earlier forecasts that wander about this week's, and what followed."""
    parts = []
    for back in range(1, weeks + 1):
        drift = rng.lognormal(0, 0.25, len(scores))
        past = scores[["athlete", "outcome", "model", "probability"]].copy()
        past["probability"] = past["probability"] * drift
        past["as_of"] = AS_OF - pd.Timedelta(days=7 * back)
        hurt = rng.random(len(scores)) < 0.03
        past["event"] = np.where(past["probability"].isna(), np.nan, hurt.astype(float))
        past["onset_date"] = (past["as_of"] + pd.Timedelta(days=3)).where(hurt)
        parts.append(past)
    return pd.concat(parts, ignore_index=True)


def verification_of():
    models = [
        ("risk model", 0.68), ("logistic regression", 0.67), ("evidence index", 0.63),
        ("longest-run spike", 0.57), ("previous injury", 0.58), ("ACWR above 1.5", 0.51),
        ("10 % rule", 0.50), ("base rate", 0.50),
    ]  # fmt: skip
    rows = []
    for outcome in BASE:
        for model, auroc in models:
            rows += [
                (outcome, model, "auroc", auroc, auroc - 0.03, auroc + 0.03),
                (outcome, model, "calibration_slope", 0.97, 0.81, 1.13),
                (outcome, model, "brier", 0.0181, 0.0165, 0.0199),
                (outcome, model, "ipa", 0.021, 0.008, 0.034),
                (outcome, model, "ici", 0.0016, np.nan, np.nan),
            ]
    return pd.DataFrame(rows, columns=["outcome", "model", "metric", "value", "low", "high"])


def calibration_of():
    p = np.array([0.004, 0.009, 0.014, 0.02, 0.031, 0.055])
    return pd.concat([
        pd.DataFrame({"outcome": o, "predicted": p * k, "observed": p * k * 1.05,
                      "low": p * k * 0.6, "high": p * k * 1.5})
        for o, k in [("any", 1.0), ("knee", 0.4)]
    ])  # fmt: skip


def alerts_of():
    rows = []
    for outcome in BASE:
        for flags, flagged, precision, recall in [(1, 0.11, 0.08, 0.27), (3, 0.33, 0.055, 0.55)]:
            row = {"outcome": outcome, "model": "risk model", "flags_per_team_week": flags,
                   "flagged": flagged}  # fmt: skip
            for name, value in [("precision", precision), ("recall", recall), ("lead_days", 4.9)]:
                row |= {name: value, f"{name}_low": 0.8 * value, f"{name}_high": 1.2 * value}
            rows.append(row)
    return pd.DataFrame(rows)


def stability_of():
    shares = {"rank_correlation": 0.62, "first_again": 0.48, "first_in_top_3": 0.79,
              "same_direction": 0.99}  # fmt: skip
    return pd.DataFrame(
        [
            {"outcome": outcome, "measure": name, "value": value, "low": value - 0.1,
             "high": min(value + 0.1, 1.0)}
            for outcome in BASE
            for name, value in shares.items()
        ]
    )  # fmt: skip


def outlook_of():
    """The way back on day 20 of an injury: half of those not back yet are back by day 61."""
    said = distribution_message(20, 61.0, 110.0)
    return {
        "days_since_onset": 20, "half_by_days": 61, "quarter_longer_than_days": 110, "stage": 1,
        "curve": [[20, 0.0], [41, 0.25], [61, 0.5], [110, 0.75], [202, 0.96], [385, 0.99]],
        "sentences": {"distribution": said, "evidence": "from 3 known returns of this club",
                      "standing": "stage, as the training log shows it: walk-run",
                      "next": "before the next",
                      "clinician": "pain at night needs a clinician", "raised_risk": "raised"},
    }  # fmt: skip


def build_context(athletes=25, seed=0, names=None, weeks=26, **changes):
    rng = np.random.default_rng(seed)
    ids = [f"a{i:012d}" for i in range(athletes)]
    shown = names or {a: f"{FIRST[i % 12]} {LAST[(i // 12 + i) % 9]}" for i, a in enumerate(ids)}
    sessions = sessions_of(ids, rng, weeks)
    logged = sessions[["athlete", "local_date"]].set_axis(["athlete", "date"], axis=1)
    history = load_history(sessions, logged, AS_OF, FeatureSettings())
    rows = features_of(ids, history, rng)
    status = np.array(["running"] * athletes, dtype=object)
    status[athletes // 3 :: 12] = "injured"
    status[athletes // 2 :: 20] = "silent"
    effects = pd.DataFrame(rng.normal(0, 0.28, (athletes, len(CATALOGUE))),
                           columns=[f.name for f in CATALOGUE])  # fmt: skip
    frames = {"scores": [], "reasons": [], "blocks": []}
    ready = status == "running"
    for outcome, base in BASE.items():
        odds = np.log(base) + effects.sum(axis=1).to_numpy()
        p = 1 / (1 + np.exp(-odds))
        why = reasons(rows[ready], effects[ready], CATALOGUE, outcome)
        frames["reasons"].append(why)
        frames["blocks"].append(
            block_contributions(rows[ready], effects[ready], p[ready], CATALOGUE, outcome)
        )
        frames["scores"].append(scores_of(ids, outcome, p, status, why))
    parts = {name: pd.concat(frame, ignore_index=True) for name, frame in frames.items()}
    past = past_of(parts["scores"], rng)
    actions = pd.DataFrame(
        {"athlete": ids[:2], "date": AS_OF - pd.Timedelta(days=6), "did": "long run cut to 16 km"}
    )
    verdict = {"verdict": "fine", "until": "2024-11-24",
               "sentence": "14 injuries in 12 weeks, 12.8 expected"}  # fmt: skip
    given = {
        "memory": Memory(compare(parts["scores"], past), past, actions, verdict),
        "title": "Lakeside Runners", "dataset": "demo", "as_of": AS_OF, "horizon_days": 7,
        **parts, "daily_load": history, "base_rates": BASE,
        "model_notes": ["Learnt from 450 simulated runners up to 10 March 2024."],
        "sample_size_note": "612 events for 20 parameters; Riley's criterion asks for 338.",
        "simulated": True, "display_names": shown,
        "verification": Verified(
            verification_of(), calibration_of(), alerts_of(), stability_of()
        ),
        "way_back": {a: outlook_of() for a, s in zip(ids, status, strict=True) if s == "injured"},
        "generated_from": {"model": "4f2a9c0b7d31aa", "features": "99ab02cd77e1aa"},
    }  # fmt: skip
    return PageContext(**{**given, **changes})


@pytest.fixture(scope="session")
def make_context():
    return build_context


@pytest.fixture(scope="session")
def context():
    return build_context()
