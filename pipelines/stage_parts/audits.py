"""Every audit of a dataset: its tables, its features, its outcomes."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import pandas as pd

from common.errors import StridecastError
from common.extensions import offered
from features.audits.duplicates import audit_duplicates
from features.audits.identity import audit_identity
from features.audits.lookahead import check_no_look_ahead
from features.audits.near_duplicates import audit_near_duplicates
from features.audits.ranges import audit_ranges
from features.audits.result import Audit
from features.audits.units import audit_units
from features.catalogue.entry import BLOCKS
from features.matrix import catalogue_of, feature_matrix, own_features
from models.audits.changed_answers import audit_changed_answers
from models.audits.gains import Scored
from models.audits.groups import audit_groups
from models.audits.missingness import MissingnessAudit, audit_missingness
from models.audits.proximity import audit_label_proximity
from models.audits.purity import audit_purity
from models.audits.quick_score import QuickRows
from models.audits.records import audit_records
from models.audits.risk_set import audit_risk_set
from models.audits.single_feature import audit_single_features
from models.audits.timing import audit_timing
from models.sampling.outcomes import new_injuries
from models.sampling.splits import holdout
from models.settings.outcomes import Outcome
from pipelines.stage_parts.audit_answers import Report, with_answers
from pipelines.stage_parts.audited import Audited, Fits, Shared

SHOWN = 10
"""How many rows of an audit's table the report lists."""
TELLING = 8
"""On how many athletes it is found out which features read a column."""
FITS = 3
"""Quick models that two sets of features are compared by: chance in the fits averages out."""


def all_audits(audited: Audited) -> Report:
    """Return the verdict of every audit by name, with the first rows of its table."""
    outcomes = audited.params.outcomes
    with ThreadPoolExecutor(1) as beside:
        shared = Shared(audited, outcomes, beside)
        report = _without_labels(audited)
        for outcome in outcomes:
            report |= _of_outcome(audited, outcome, shared)
    return with_answers(report, audited)


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
    with ThreadPoolExecutor(1) as beside:
        report = _of_outcome(audited, outcome, Shared(audited, (outcome,), beside))
    return with_answers(report, audited)


def _of_outcome(audited: Audited, outcome: Outcome, shared: Shared) -> Report:
    settings, tables = audited.params.audit, audited.tables
    of_lead, alone, fits = shared.labels[outcome], shared.alone[outcome], shared.fits[outcome]
    at_risk = audit_risk_set(
        of_lead[0],
        tables["injuries"],
        tables["athletes"],
        reach_days=audited.params.outcome.reach_days,
        rules=audited.params.features.injuries,
    )
    scored = Scored(fits.rows, fits.score.result())
    missing = audit_missingness(
        fits.missing,
        fits.rows["event"],
        fits.rows["athlete"],
        settings.missingness,
        fits.pattern.result(),
    )
    events = {k: lead_labels["event"] for k, lead_labels in of_lead.items()}
    near = audit_label_proximity(
        shared.x, events, audited.rows["athlete"], settings.label_proximity, scored.score
    )
    injuries = new_injuries(
        shared.spells, outcome, audited.params.outcome, audited.params.features.injuries
    )
    records = audit_records(
        tables,
        injuries,
        scored,
        settings.records,
        shared.recorded,
        partial(_with_and_without, audited, fits, shared.x),
    )
    records["changed_answers"] = audit_changed_answers(
        tables, injuries, scored, settings.records, shared.answers
    )
    records |= audit_groups(shared.groups, scored, settings.groups)
    horizon = audited.params.outcome.horizon_days
    return {
        f"risk_set_{outcome}": _as_json(at_risk),
        f"missingness_{outcome}": _missingness(missing),
        f"label_proximity_{outcome}": _as_json(near),
        f"single_features_{outcome}": _as_json(
            audit_single_features(alone, settings.single_features)
        ),
        f"purity_{outcome}": _as_json(audit_purity(alone, settings.purity, horizon)),
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


def _with_and_without(
    audited: Audited, fits: Fits, x: pd.DataFrame, table: str, column: str
) -> tuple[Scored, Scored]:
    """Return the scores of all features, and of those that do not read a column."""
    blind = _features_of(audited, table, column)
    seeing = [name for name in x.columns if name not in blind]
    without = QuickRows(x.loc[fits.known, seeing])
    settings = audited.params.audit.label_proximity
    y = fits.rows["event"].to_numpy(dtype=float)
    who = fits.rows["athlete"].to_numpy(dtype=object)
    both = (quick.mean_score(y, who, settings, FITS) for quick in (fits.quick, without))
    every, other = (Scored(fits.rows, score) for score in both)
    return every, other


def _measures(audited: Audited) -> frozenset[str]:
    """Return the features that are measures of this project, not columns of somebody's own."""
    every = audited.params.features.model_copy(update={"blocks": BLOCKS})
    return frozenset(f.name for f in catalogue_of(every)) - own_features(every)


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
        # Whether a feature of your own looks at other athletes is not known.
        at_once=audited.compute is feature_matrix and not offered("features"),
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
