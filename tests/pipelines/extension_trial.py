"""Run by the tests in a process of its own, with the examples as extensions: prints what it saw."""

import importlib.util
import json
import sys
from dataclasses import fields, replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from features.catalogue.settings import FeatureSettings
from features.injuries.settings import InjuryRules
from features.matrix import catalogue, feature_matrix
from ingest.quality.inspection import inspect
from models.comparators.fitted import comparators
from models.comparators.rules import fit_rules, rule_probabilities
from models.sampling.outcomes import label
from models.settings.comparators import ComparatorSettings, LogisticSettings
from models.settings.outcomes import OutcomeSettings
from pipelines.runtime.params import Params
from reporting.weekly.page import render_page

TESTS = Path(__file__).parents[1]


def helper(name):
    path = TESTS / name
    spec = importlib.util.spec_from_file_location(path.parent.name + "_" + path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def reader(folder):
    log = folder / "console.txt"
    log.write_text(
        "STOPWATCH 2\n2025-03-02T07:30:00+01:00;42:10;8,4\n2035-03-03T07:30:00+01:00;42:10;8,4\n"
    )
    (one,) = inspect(log, today=date(2025, 4, 1))["files"]
    return {name: one[name] for name in ("kind", "accepted", "rejected")}


def feature():
    tables = helper("features/cohort.py").make_tables(seed=3, athletes=3, days=(160, 161))
    first, last = tables["athletes"]["observed_from"].min(), tables["athletes"]["observed_to"].max()
    settings = FeatureSettings(blocks=("load",))
    rows = feature_matrix(tables, settings, pd.date_range(first, last))
    then = rows.groupby("athlete")["distance_7d_km"].shift(14)
    known = then.notna() & rows["third_last_week_km"].notna()
    gap = (rows["third_last_week_km"] - then)[known].abs().max()
    listed = [one.name for one in catalogue(["load"])]
    return {"listed": "third_last_week_km" in listed, "days": int(known.sum()), "gap": float(gap)}


def outcome():
    day = pd.Timestamp("2024-03-03")
    rows = pd.DataFrame({"athlete": ["a", "b"], "date": day})
    injuries = pd.DataFrame(
        {"athlete": ["a", "b"], "onset_date": day + pd.Timedelta(days=2), "return_date": pd.NaT,
         "region": ["foot", "knee"], "side": "left", "diagnosis": "unknown"}
    )  # fmt: skip
    athletes = pd.DataFrame({"athlete": ["a", "b"], "observed_to": pd.Timestamp("2024-12-29")})
    names = Params(dataset="demo", outcomes=("below_the_knee", "achilles")).outcomes
    found = label(rows, injuries, athletes, names[0], OutcomeSettings(), InjuryRules())
    return {"events": found["event"].tolist(), "elsewhere": found["other_region_event"].tolist()}


def estimator():
    rng = np.random.default_rng(0)
    x = pd.DataFrame({"a": rng.normal(size=600), "b": rng.normal(size=600)})
    y = (rng.random(600) < 0.1 + 0.2 * (x["a"] > 1)).astype(float)
    known = comparators(LogisticSettings(), ComparatorSettings())
    p = known["naive_bayes"].fit(x, y, np.arange(600) % 20).predict_proba(x)
    return {"names": list(known), "mean": float(p[:, 1].mean()), "rate": float(y.mean())}


def comparator():
    rng = np.random.default_rng(0)
    x = pd.DataFrame({"days_since_rest": rng.integers(0, 30, 600).astype(float)})
    for other in ("week_change", "acwr_uncoupled", "longest_run_spike", "injuries_12m"):
        x[other] = 1.0
    y = (rng.random(600) < 0.1 + 0.3 * (x["days_since_rest"] > 13)).astype(float)
    p = rule_probabilities(fit_rules(x, y), x, float(y.mean()))
    return {name: len(np.unique(p[name])) for name in ("long_streak", "long_streak_score")}


def section():
    context = helper("reporting/conftest.py").build_context(athletes=6)
    first, hostile = context.scores["athlete"].iloc[0], "<script>alert(1)</script>"
    frames = {
        field.name: getattr(context, field.name).replace({"athlete": {first: hostile}})
        for field in fields(context)
        if isinstance(getattr(context, field.name), pd.DataFrame)
        and "athlete" in getattr(context, field.name)
    }
    page = render_page(replace(context, **frames))
    return {"heading": "Oldest records</h2>" in page, "raw": "<script>alert(1)" in page}


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    seen = {
        "reader": reader(folder), "feature": feature(), "outcome": outcome(),
        "estimator": estimator(), "comparator": comparator(), "section": section(),
    }  # fmt: skip
    print(json.dumps(seen))
