"""Every audit of a dataset: its tables, its features, its outcomes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Self

import numpy as np
import pandas as pd

from common.errors import StridecastError
from features.audits.duplicates import audit_duplicates
from features.audits.identity import audit_identity
from features.audits.lookahead import Compute, check_no_look_ahead
from features.audits.near_duplicates import audit_near_duplicates
from features.audits.ranges import audit_ranges
from features.audits.result import Audit
from features.audits.units import audit_units
from features.catalogue.entry import BLOCKS, Feature
from features.matrix import catalogue_of, feature_matrix, own_features
from models.audits.changed_answers import audit_changed_answers
from models.audits.control_days import RecordedDays
from models.audits.groups import audit_groups
from models.audits.missingness import MissingnessAudit, audit_missingness
from models.audits.proximity import LEADS, audit_label_proximity
from models.audits.purity import audit_purity
from models.audits.quick_score import Scored, quick_score
from models.audits.records import audit_records
from models.audits.risk_set import audit_risk_set
from models.audits.single_feature import audit_single_features
from models.audits.timing import audit_timing
from models.sampling.outcomes import label, new_injuries, risk_set
from models.sampling.risk_set import RiskSet
from models.sampling.splits import holdout
from models.settings.outcomes import Outcome
from pipelines.runtime.params import Params
from pipelines.stage_parts.audit_answers import Report, with_answers

SHOWN = 10
"""How many rows of an audit's table the report lists."""
TELLING = 8
"""On how many athletes it is found out which features read a column."""
FITS = 3
"""Quick models that two sets of features are compared by: chance in the fits averages out."""

Label = Callable[..., pd.DataFrame]


@dataclass(frozen=True, kw_only=True)
class Audited:
    """What is audited.

    Parameters
    ----------
    params : Params
        Limits, outcomes, split.
    tables : mapping of str to pandas.DataFrame
        The tables of the contract.
    rows : pandas.DataFrame
        Feature matrix.
    entries : tuple of Feature
        Entries of its features.
    compute : callable
        What made the matrix from the tables.
    label : callable
        What makes the outcomes, as :func:`models.sampling.outcomes.label`.
    """

    params: Params
    tables: Mapping[str, pd.DataFrame]
    rows: pd.DataFrame
    entries: tuple[Feature, ...]
    compute: Compute = feature_matrix
    label: Label = label


def all_audits(audited: Audited) -> Report:
    """Return the verdict of every audit by name, with the first rows of its table."""
    report, once = _without_labels(audited), _Once.of(audited)
    for outcome in audited.params.outcomes:
        report |= _of_outcome(audited, outcome, once)
    return with_answers(report, audited)


@dataclass(frozen=True, eq=False)
class _Once:
    """What the audits of every outcome read, made once: injuries, and days with records."""

    spells: RiskSet
    recorded: RecordedDays

    @classmethod
    def of(cls, audited: Audited) -> Self:
        tables, rules = audited.tables, audited.params.features.injuries
        spells = risk_set(tables["injuries"], tables["athletes"], rules, tables.get("sessions"))
        return cls(spells, RecordedDays(tables))


def _without_labels(audited: Audited) -> Report:
    settings, entries, rows = audited.params.audit, audited.entries, audited.rows
    part = _parts(audited)
    return {
        "look_ahead": _look_ahead(audited),
        "duplicates": _as_json(audit_duplicates(rows, entries, part, settings.duplicates)),
        "near_duplicates": _as_json(
            audit_near_duplicates(audited.tables["sessions"], settings.near_duplicates)
        ),
        "identity": _as_json(audit_identity(rows, entries, settings.identity, _measures(audited))),
        "ranges": _as_json(audit_ranges(rows, entries, settings.ranges)),
        "units": _as_json(audit_units(audited.tables, settings.units)),
        "timing": _as_json(audit_timing(audited.tables, settings.timing)),
    }


def audits_of_outcome(audited: Audited, outcome: Outcome) -> Report:
    """Return the verdicts of the audits that look at outcomes."""
    return with_answers(_of_outcome(audited, outcome, _Once.of(audited)), audited)


def _of_outcome(audited: Audited, outcome: Outcome, once: _Once) -> Report:
    settings, entries = audited.params.audit, audited.entries
    lead = audited.params.outcome.lead_days
    # Some days more of lead: what lives on the eve of an injury loses its skill then.
    labels = {k: _labels(audited, outcome, lead + k, once.spells) for k in LEADS}
    events = {k: lead_labels["event"] for k, lead_labels in labels.items()}
    known = events[0].notna()
    x, who = audited.rows[[f.name for f in entries]], audited.rows["athlete"]
    y = events[0][known]
    at_risk = audit_risk_set(
        labels[0],
        audited.tables["injuries"],
        audited.tables["athletes"],
        reach_days=audited.params.outcome.reach_days,
        rules=audited.params.features.injuries,
    )
    missing = audit_missingness(x[known], y, who[known], entries, settings.missingness)
    scored = _scored(audited, labels[0])
    near = audit_label_proximity(x, events, who, settings.label_proximity, scored.score)
    tables, horizon = audited.tables, audited.params.outcome.horizon_days
    injuries = new_injuries(
        once.spells, outcome, audited.params.outcome, audited.params.features.injuries
    )
    records = audit_records(
        tables,
        injuries,
        scored,
        settings.records,
        once.recorded,
        partial(_with_and_without, audited, labels[0]),
    )
    records["changed_answers"] = audit_changed_answers(tables, injuries, scored, settings.records)
    records |= audit_groups(tables, scored, settings.groups)
    return {
        f"risk_set_{outcome}": _as_json(at_risk),
        f"missingness_{outcome}": _missingness(missing),
        f"label_proximity_{outcome}": _as_json(near),
        f"single_features_{outcome}": _as_json(
            audit_single_features(x[known], y, entries, settings.single_features)
        ),
        f"purity_{outcome}": _as_json(audit_purity(x[known], y, entries, settings.purity, horizon)),
        **{f"{name}_{outcome}": _as_json(audit) for name, audit in records.items()},
    }


def _features_of(audited: Audited, table: str, column: str) -> frozenset[str]:
    """Return the features that change, for those who tell it most often, if a column is emptied."""
    records = audited.tables[table]
    # Those who tell it most: for others the column is blank, and emptying it changes nothing.
    names = records.loc[records[column].notna(), "athlete"].value_counts().index[:TELLING]
    few = {
        name: rows[rows["athlete"].isin(names)] if "athlete" in rows else rows
        for name, rows in audited.tables.items()
    }
    # Which features read a column is found by emptying it: only their code knows, no list does.
    without = few | {table: few[table].assign(**{column: np.nan})}
    as_recorded, emptied = (
        audited.compute(own, audited.params.features, None) for own in (few, without)
    )
    return frozenset(
        f.name
        for f in audited.entries
        if f.name in as_recorded and not as_recorded[f.name].equals(emptied[f.name])
    )


def _scored(
    audited: Audited, labels: pd.DataFrame, without: frozenset[str] = frozenset(), fits: int = 1
) -> Scored:
    """Return the rows with an outcome, and a quick model's scores; constant if it cannot learn.

    Of several fits, each with a seed of its own, the scores are the mean.
    """
    settings = audited.params.audit.label_proximity
    known = labels["event"].notna()
    rows = labels.loc[known, ["athlete", "date", "event", "onset_date"]]
    y, who = rows["event"].to_numpy(dtype=float), rows["athlete"]
    # Too few to learn from: constant scores show no difference, where chance would.
    if not settings.least_events <= y.sum() < len(y) or who.nunique() < settings.folds:
        return Scored(rows, np.zeros(len(rows)))
    names = [f.name for f in audited.entries if f.name not in without]
    if not names:
        return Scored(rows, np.zeros(len(rows)))
    x = audited.rows.loc[known, names]
    seeds = range(settings.seed, settings.seed + fits)
    scores = [quick_score(x, y, who, folds=settings.folds, seed=seed) for seed in seeds]
    return Scored(rows, np.mean(scores, axis=0))


def _with_and_without(
    audited: Audited, labels: pd.DataFrame, table: str, column: str
) -> tuple[Scored, Scored]:
    """Return the scores of all features, and of those that do not read a column."""
    blind = _features_of(audited, table, column)
    return _scored(audited, labels, fits=FITS), _scored(audited, labels, blind, FITS)


def _measures(audited: Audited) -> frozenset[str]:
    """Return the features that are measures of this project, not columns of somebody's own."""
    every = audited.params.features.model_copy(update={"blocks": BLOCKS})
    return frozenset(f.name for f in catalogue_of(every)) - own_features(every)


def _labels(audited: Audited, outcome: Outcome, lead_days: int, spells: RiskSet) -> pd.DataFrame:
    settings = audited.params.outcome.model_copy(update={"lead_days": lead_days})
    tables, rules = audited.tables, audited.params.features.injuries
    return audited.label(
        audited.rows,
        tables["injuries"],
        tables["athletes"],
        outcome,
        settings,
        rules,
        tables.get("sessions"),
        spells,
    )


def _parts(audited: Audited) -> pd.Series | None:
    """Parts of the split; None where there is too little to split, which is for `train` to say."""
    params = audited.params
    try:
        return holdout(audited.rows, params.split, reach_days=params.outcome.reach_days)
    except StridecastError:
        return None


def _look_ahead(audited: Audited) -> dict[str, object]:
    settings = audited.params.audit
    table = check_no_look_ahead(
        audited.tables,
        audited.params.features,
        athletes=settings.athletes,
        days=settings.days,
        seed=settings.seed,
        compute=audited.compute,
    )
    leaking = table[table["rows_different"] > 0]
    compared = int(table["rows_compared"].max())
    unknown = table.loc[table["rows_known"] == 0, "feature"].tolist()
    sentence = (
        f"{len(leaking)} of {len(table)} features change when later data are removed"
        f" ({compared} rows recomputed; {len(unknown)} features are known in none of them)."
    )
    return _as_json(Audit(leaking.empty, sentence, leaking)) | {
        "leaking_features": leaking["feature"].tolist(),
        "rows_compared": compared,
        "never_known": unknown,
    }


def _as_json(audit: Audit) -> dict[str, object]:
    facts: dict[str, object] = {
        "passed": audit.passed,
        "status": audit.verdict,
        "sentence": audit.sentence,
    }
    return facts | {"found": len(audit.table), "table": _records(audit.table)}


def _missingness(audit: MissingnessAudit) -> dict[str, object]:
    values = {"auroc": audit.auroc, "low": audit.low, "high": audit.high}
    known = {name: value if pd.notna(value) else None for name, value in values.items()}
    # The standardised difference may be infinite (always against never missing): rates say it.
    columns = ["feature", "structural", "missing_events", "missing_others", "difference"]
    verdict: dict[str, object] = {
        "passed": audit.passed,
        "status": audit.verdict,
        "sentence": audit.sentence,
    }
    return verdict | known | {"table": _records(audit.rates[columns])}


def _records(table: pd.DataFrame) -> list[dict[str, object]]:
    """Return the first rows as JSON takes them: dates as text, null and infinity as null."""
    shown = table.head(SHOWN)
    plain = shown.assign(
        **{c: shown[c].dt.strftime("%Y-%m-%d") for c in shown.select_dtypes("datetime").columns}
    )
    finite = plain.replace([float("inf"), -float("inf")], float("nan")).astype(object)
    records = finite.where(finite.notna(), None).to_dict("records")
    return [{str(name): value for name, value in record.items()} for record in records]
