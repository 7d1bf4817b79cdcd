"""A cohort that costs a second: soreness forecasts injuries, and little else does."""

import numpy as np
import pandas as pd
import yaml

from common.contracts import CONTRACTS, conform, empty
from common.frame_files import write_frame
from common.store import write_json
from common.table_files import write_tables
from features.catalogue.settings import FeatureSettings
from features.matrix import feature_matrix
from ingest.dataset.settings import DatasetConfig
from pipelines.runtime.dataset import write_dataset
from pipelines.runtime.workspace import Workspace

START = pd.Timestamp("2023-01-02")
SETTINGS = {
    "features": {"blocks": ["load", "recovery", "history"]},
    "train": {"min_events": 20},
    # Few and quick trees: with one split each they would not reach the strength of this signal.
    "risk": {"trees": 60, "num_leaves": 4, "min_data_in_leaf": 40, "lambda_l2": 30.0,
             "range_replicates": 2, "learning_rate": 0.1},
    "additive": {"penalty": 30.0, "bend_penalty": 100.0, "range_replicates": 2},
    "evaluation": {"replicates": 60},
    "nested": {"below_events": 0},
}  # fmt: skip
AUDITS = {"look_ahead": {"passed": True, "sentence": "0 features change.", "found": 0}}


def small_tables(seed, *, athletes=120, weeks=60, base=-3.2, effect=1.3):
    """Tables with weekly soreness z that acts on the coming week: logit p = base + effect z."""
    rng = np.random.default_rng(seed)
    names = [f"s{seed}a{i:03d}" for i in range(athletes)]
    level = rng.normal(size=athletes)
    z = 0.3 * level[:, None] + 0.95 * rng.normal(size=(athletes, weeks))
    hit = rng.random((athletes, weeks)) < 1 / (1 + np.exp(-(base + effect * z)))
    hit[:, 1:] &= ~hit[:, :-1]  # two weeks out: the next week is no new injury
    hit[:, 2:] &= ~hit[:, :-2]
    last = START + pd.Timedelta(days=7 * weeks - 1)
    who, week, day = (a.ravel() for a in np.meshgrid(
        np.arange(athletes), np.arange(weeks), np.arange(7), indexing="ij"
    ))  # fmt: skip
    date = START + pd.to_timedelta(7 * week + day, unit="D")
    tables = {name: empty(name) for name in CONTRACTS}
    tables["athletes"] = pd.DataFrame(
        {"athlete": names, "team": [f"team {i % 3}" for i in range(athletes)],
         "birth_year": 1990.0, "sex": "female", "level": "recreational",
         "observed_from": START, "observed_to": last}
    )  # fmt: skip
    tables["wellness"] = pd.DataFrame(
        {"athlete": np.array(names)[who], "date": date,
         "soreness": np.clip(0.5 - 0.15 * z[who, week], 0, 1), "source": "made"}
    )  # fmt: skip
    runs = day < 3
    km = rng.gamma(8, 1.0, runs.sum())
    tables["sessions"] = pd.DataFrame(
        {"athlete": np.array(names)[who[runs]], "local_date": date[runs],
         "start": date[runs].tz_localize("UTC"), "sport": "run", "distance_km": km,
         "duration_min": 6 * km, "source": "made", "source_hash": "0" * 16}
    )  # fmt: skip
    hurt, at = np.nonzero(hit[:, :-1])
    onset = START + pd.to_timedelta(7 * at + 7 + rng.integers(0, 7, len(at)), unit="D")
    tables["injuries"] = pd.DataFrame(
        {"athlete": np.array(names)[hurt], "onset_date": onset,
         "return_date": onset + pd.Timedelta(days=10), "region": "foot", "source": "made"}
    )  # fmt: skip
    return {name: conform(name, table) for name, table in tables.items()}


def write_cohort_tables(root, dataset, tables, *, simulated=True):
    workspace = Workspace(root, dataset)
    write_tables(workspace.tables, tables)
    features = FeatureSettings.model_validate(SETTINGS["features"])
    write_frame(workspace.features, feature_matrix(tables, features))
    last = tables["athletes"]["observed_to"].max()
    config = DatasetConfig(
        name=dataset, simulated=simulated, time_zone="UTC",
        observed_from=START.date(), observed_to=last.date(),
    )  # fmt: skip
    write_dataset(workspace, config)
    write_json(workspace.reports / "audit.json", AUDITS)
    for outcome in ("any", "knee"):
        write_json(workspace.audits(outcome), AUDITS)
    return workspace


def write_params(root, dataset, **changes):
    content = {"dataset": dataset, "outcomes": ["any"], **SETTINGS, **changes}
    (root / "params.yaml").write_text(yaml.safe_dump(content))
