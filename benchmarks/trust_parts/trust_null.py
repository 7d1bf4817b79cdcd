"""Cohorts in which nothing forecasts an injury: what the gates let through of them.

Runners train as the demo's do, and every healthy day carries the same chance of an injury,
whatever was run, slept or suffered before; an injured runner pauses. (The simulator's own hazard
accrues per hour of running, so that even without any effect who runs more is hurt more often: a
true, if dull, signal. Here it is taken out too.) The logs come from one large population; each
seed draws other runners of it and all injuries anew.
"""

from typing import Final

import numpy as np
import pandas as pd

from benchmarks.trust_parts.trust_worlds import Tables
from common.contracts import conform, empty
from features.matrix import catalogue_of, feature_matrix
from models.comparators.names import EVIDENCE_MODEL
from models.comparators.rules import fit_rules, rule_probabilities
from models.estimators.additive import AdditiveRisk
from models.estimators.evidence_risk import EvidenceRisk
from models.evidence.learnt import learnt_evidence
from models.sampling.outcomes import label
from models.sampling.split_manifest import manifest
from models.store.artifact import Model
from models.store.gates import GateInputs, judge
from pipelines.runtime.params import Params
from pipelines.stage_parts.audited import Audited
from pipelines.stage_parts.audits import audits_of_outcome
from pipelines.stage_parts.main_model import fit_main, main_model
from pipelines.stage_parts.model_features import known_features, model_features

DAILY_HAZARD: Final = 0.004
"""2.8 % a week, near the demo's rate."""
_MEDIAN_DAYS: Final = 49.0
_LOG_SD: Final = 0.9
_LONGEST: Final = 365
REGIONS: Final = (("knee", "pfps"), ("foot", "plantar_fasciitis"), ("lower_leg", "mtss"))
SHARES: Final = (0.4, 0.3, 0.3)


def null_figures(
    population: Tables, params: Params, seed: int, athletes: int
) -> list[dict[str, object]]:
    """Return one record per kind of model: seed, kind, promoted, failed gates, AUROC.

    Parameters
    ----------
    population : dict of str to pandas.DataFrame
        Tables of uninjured runners.
    params : Params
        Of the project.
    seed : int
        Seed of the runners drawn and of their injuries.
    athletes : int
        Runners drawn.
    """
    rng = np.random.default_rng(seed)
    # Before the features are made: histories must hold the injuries that are drawn here.
    tables = with_constant_hazard(_drawn(population, athletes, rng), rng)
    rows = feature_matrix(tables, params.features)
    entries = catalogue_of(params.features)
    used = known_features(model_features(params, "any"), rows)
    rules = params.features.injuries
    label_arguments = rows, tables["injuries"], tables["athletes"], "any", params.outcome, rules
    labels = label(*label_arguments, tables["sessions"])
    split = manifest(
        labels.assign(related=labels["event"]), params.split, reach_days=params.outcome.reach_days
    )
    audited = Audited(params=params, tables=tables, rows=rows, entries=entries)
    # Audited like real data: an audit that stops on pure noise would be a false alarm.
    audits = audits_of_outcome(audited, "any")
    known = split["event"].notna()
    train, test = ((known & (split["part"] == part)).to_numpy() for part in ("train", "test"))
    names = [f.name for f in used]
    others = _others(rows, split, train, test, params)
    kinds: dict[str, Model] = {
        "risk": main_model(params, "any", used),
        "additive": AdditiveRisk(params.additive),
    }
    records: list[dict[str, object]] = []
    for kind, model in kinds.items():
        part, x = split[train], rows.loc[train, names]
        if isinstance(model, AdditiveRisk):
            model.fit(x, part["event"], part["athlete"], folds=part["fold"])
        else:
            fit_main(model, x, part)
        evidence = GateInputs(
            audits=audits,
            out_of_fold=part.assign(probability=model.out_of_fold_),
            recalibrates=True,
            tested=split[test],
            predictions={kind: model.predict_proba(rows.loc[test, names])[:, 1]} | others,
            candidate=kind,
            rules=tuple(name for name in others if name != EVIDENCE_MODEL),
            incumbent=EVIDENCE_MODEL,
            model_simulated=True,
            data_simulated=True,
            learns_freely=not isinstance(model, EvidenceRisk) or model.has_trees,
        )
        gates, evaluation = judge(evidence, params.promotion, params.evaluation)
        failed = [gate.gate for gate in gates if not gate.passed]
        own = evaluation.table.set_index(["model", "metric"]).loc[(kind, "auroc"), "value"]
        records.append(
            {
                "seed": seed,
                "kind": kind,
                "promoted": not failed,
                "failed": failed,
                "audits_failed": [n for n, verdict in audits.items() if not verdict["passed"]],
                "auroc": float(own),
                "train_events": int(part["event"].sum()),
                "test_events": int(split[test]["event"].sum()),
            }
        )
    return records


def with_constant_hazard(tables: Tables, rng: np.random.Generator) -> Tables:
    """Return tables in which every healthy day had the same chance of an injury.

    A runner does not run, nor answer about pain, from the day after the onset to the return.
    """
    injuries = pd.concat(
        [_of_athlete(row, rng) for row in tables["athletes"].to_dict("records")],
        ignore_index=True,
    )
    altered_tables = dict(tables)
    altered_tables["injuries"] = conform(
        "injuries", injuries.reindex(columns=empty("injuries").columns)
    )
    for name, day in (("sessions", "local_date"), ("pain", "date")):
        altered_tables[name] = _without_layoffs(tables[name], day, injuries)
    return altered_tables


def _of_athlete(person: dict[str, object], rng: np.random.Generator) -> pd.DataFrame:
    day = pd.Timestamp(str(person["observed_from"]))
    last = pd.Timestamp(str(person["observed_to"]))
    rows = []
    while True:
        onset = day + pd.Timedelta(days=int(rng.geometric(DAILY_HAZARD)))
        if onset > last:
            break
        days = int(np.clip(rng.lognormal(np.log(_MEDIAN_DAYS), _LOG_SD), 3, _LONGEST))
        day = onset + pd.Timedelta(days=days)
        region, diagnosis = REGIONS[int(rng.choice(len(REGIONS), p=SHARES))]
        rows.append(
            {"athlete": person["athlete"], "onset_date": onset, "return_date": day,
             "region": region, "side": "left", "diagnosis": diagnosis,
             "source": "drawn"}
        )  # fmt: skip
    return pd.DataFrame(rows)


def _without_layoffs(table: pd.DataFrame, day: str, injuries: pd.DataFrame) -> pd.DataFrame:
    numbered = table.reset_index(drop=True)
    both = numbered[["athlete", day]].reset_index().merge(injuries, on="athlete")
    hurt = both[(both[day] > both["onset_date"]) & (both[day] < both["return_date"])]
    return numbered.drop(index=hurt["index"].unique()).reset_index(drop=True)


def _drawn(population: Tables, athletes: int, rng: np.random.Generator) -> Tables:
    names = population["athletes"]["athlete"].to_numpy()
    chosen = set(rng.choice(names, size=athletes, replace=False))
    return {
        name: table[table["athlete"].isin(chosen)].reset_index(drop=True)
        if "athlete" in table
        else table
        for name, table in population.items()
    }


def _others(
    rows: pd.DataFrame,
    split: pd.DataFrame,
    train: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    test: "np.ndarray[tuple[int], np.dtype[np.bool_]]",
    params: Params,
) -> dict[str, "np.ndarray[tuple[int, ...], np.dtype[np.float64]]"]:
    event = split.loc[train, "event"]
    rules = fit_rules(rows[train], event)
    forecasts = rule_probabilities(rules, rows[test], float(event.mean()))
    who, horizon = split.loc[train, "athlete"], params.outcome.horizon_days
    evidence = learnt_evidence("any", rows[train], event, event, who, horizon)
    return forecasts | {EVIDENCE_MODEL: evidence.predict_proba(rows[test])[:, 1]}
